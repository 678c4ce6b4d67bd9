//! The agency's face as browsers load it: a stylesheet with its colour, and its logo. Both have a hash of their
//! content for a name, so that they never change and may be kept for ever.

use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{LazyLock, PoisonError},
};

use app::{
    model::{AgencyView, Colour, LogoView},
    routes,
    tint::{Shade, Tint},
};
use sha2::{Digest as _, Sha256};

use super::{Portal, Result};
use crate::{
    domain::{agency::AgencyScope, logo::Kind},
    mail::{self, Accent, Letterhead},
    store::{entity::agencies, lookup},
};

/// Bytes of a hash that stand in a name.
const NAME_BYTES: usize = 16;

/// A file of somebody's face.
pub struct BrandFile {
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

/// Every stylesheet there can be, by its name. They are made of the tint alone, so that a page which was kept
/// finds its stylesheet whatever the agency has chosen since, at any replica and without the database.
static STYLESHEETS: LazyLock<HashMap<String, Tint>> = LazyLock::new(|| {
    Tint::all()
        .map(|tint| (stylesheet_name(tint), tint))
        .collect()
});

fn stylesheet_name(tint: Tint) -> String {
    file_name(tint.stylesheet().as_bytes(), "css")
}

/// The name that a file is served under.
#[must_use]
pub fn file_name(bytes: &[u8], ending: &str) -> String {
    let mut name = String::new();
    for byte in Sha256::digest(bytes).iter().take(NAME_BYTES) {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    format!("{name}.{ending}")
}

/// The path of the stylesheet of a colour.
#[must_use]
pub fn stylesheet_path(colour: Colour) -> String {
    routes::brand(&stylesheet_name(Tint::of(colour)))
}

/// The colour that an agency has chosen.
#[must_use]
pub fn colour_of(row: &agencies::Model) -> Colour {
    { row.colour.as_deref() }
        .and_then(Colour::from_code)
        .unwrap_or_default()
}

/// The logo of an agency.
#[must_use]
pub fn logo_of(row: &agencies::Model) -> Option<LogoView> {
    let side = |pixels: Option<i32>| u32::try_from(pixels?).ok();
    Some(LogoView {
        path: routes::brand(row.logo_file.as_deref()?),
        width: side(row.logo_width)?,
        height: side(row.logo_height)?,
        alt: row.logo_alt.clone().unwrap_or_default(),
    })
}

/// The agency as its clients see it.
#[must_use]
pub fn view(row: agencies::Model) -> AgencyView {
    let colour = colour_of(&row);
    // Pages have the first colour by themselves.
    let is_other = Tint::of(colour) != Tint::of(Colour::default());
    AgencyView {
        stylesheet: is_other.then(|| stylesheet_path(colour)),
        logo: logo_of(&row),
        name: row.name,
        support_email: row.support_email,
    }
}

impl Portal {
    /// The file of this name; `None` where there is none (any more).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn brand_file(&self, name: &str) -> Result<Option<BrandFile>> {
        if let Some(tint) = STYLESHEETS.get(name) {
            return Ok(Some(BrandFile {
                media_type: "text/css; charset=utf-8",
                bytes: tint.stylesheet().into_bytes(),
            }));
        }
        let Some(row) = lookup::logo(self.db.reader(), name).await? else {
            return Ok(None);
        };
        Ok(Kind::from_code(&row.kind).map(|kind| BrandFile {
            media_type: kind.media_type(),
            bytes: row.bytes,
        }))
    }

    /// What mails of an agency are written on.
    #[must_use]
    pub fn letterhead(&self, row: &agencies::Model) -> Letterhead {
        let tint = Tint::of(colour_of(row));
        Letterhead {
            agency: row.name.clone(),
            logo: logo_of(row).map(|logo| mail::Logo {
                url: self.absolute(&logo.path),
                width: logo.width,
                height: logo.height,
                alt: logo.alt,
            }),
            accent: Accent {
                light: tint.hex(Shade::ACCENT),
                in_dark: tint.hex(Shade::ACCENT_IN_DARK),
                ink_in_dark: tint.hex(Shade::INK_IN_DARK),
            },
        }
    }

    /// The face of the first agency, as it was last seen: for pages that must not wait for the database,
    /// since it may be what failed.
    #[must_use]
    pub fn last_face(&self) -> AgencyView {
        let face = self.face.read().unwrap_or_else(PoisonError::into_inner);
        face.1.clone()
    }

    /// From now on this agency is the one whose face is shown where none can be asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn show_face(&self, scope: AgencyScope) -> Result<()> {
        let view = self.agency(scope).await?;
        *self.face.write().unwrap_or_else(PoisonError::into_inner) = (Some(scope), view);
        Ok(())
    }

    /// Notes what was just read of an agency, if it is the first one.
    pub(super) fn see_face(&self, scope: AgencyScope, view: &AgencyView) {
        let is_news = {
            let face = self.face.read().unwrap_or_else(PoisonError::into_inner);
            face.0 == Some(scope) && face.1 != *view
        };
        if is_news {
            self.face.write().unwrap_or_else(PoisonError::into_inner).1 = view.clone();
        }
    }
}
