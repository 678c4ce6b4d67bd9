//! The agency's own face: its settings, and pages in another colour and with a logo.

use app::model::*;
use app::pages::{admin, client};
use app::routes::{self, pattern};
use app::tint::Tint;

use super::{
    gallery::{Sample, sample},
    *,
};

/// The stylesheets that the samples wear, by name, for the gallery to write.
pub const WORN: &[(&str, Swatch)] = &[
    ("brand-blue.css", Swatch::Blue),
    ("brand-plum.css", Swatch::Plum),
    ("brand-chestnut.css", Swatch::Chestnut),
    ("brand-ink.css", Swatch::Ink),
];

/// The logo of the samples.
pub const LOGO: &[u8] = include_bytes!("../logo.png");

/// The stylesheet behind a name of [`WORN`].
pub fn stylesheet(swatch: Swatch) -> String {
    Tint::of(Colour::Named(swatch)).stylesheet()
}

/// A page in the colours and with the logo of an agency that has both.
fn wearing(mut frame: Frame, stylesheet: &str, has_logo: bool) -> Frame {
    frame.agency.stylesheet = Some(routes::brand(stylesheet));
    frame.agency.logo = has_logo.then(logo);
    frame
}

fn logo() -> LogoView {
    LogoView {
        path: routes::brand("logo.png"),
        width: 192,
        height: 192,
        alt: String::new(),
    }
}

fn set() -> FormState {
    FormState::default()
        .with("name", "Northlight Studio")
        .with("support_email", "hello@northlight.example")
        .with("colour", "spruce")
}

fn settings(form: FormState) -> AgencySettingsView {
    AgencySettingsView {
        form,
        logo: None,
        may_change: true,
        tried_on: None,
    }
}

fn refused() -> AgencySettingsView {
    let mut form = set()
        .with("name", "")
        .with("support_email", "hello@northlight")
        .with("colour", AgencySettingsView::OWN)
        .with("own_colour", "<b>blue</b>");
    form.refuse("name", Some(Problem::Required));
    form.refuse("support_email", Some(Problem::NotAnEmail));
    form.refuse("own_colour", Some(Problem::NotAColour));
    form.refuse("logo", Some(Problem::FileTooLarge(200)));
    settings(form)
}

pub fn pages() -> Vec<Sample> {
    let path = pattern::SETTINGS;
    let blue = set()
        .with("colour", "blue")
        .with("logo_alt", "A lighthouse");
    let tried_on = Frame {
        notice: Some(Notice::ColourTriedOn),
        ..staff(path)
    };
    vec![
        sample("settings-agency", staff(path), |f| {
            admin::settings(f, settings(set()))
        }),
        sample(
            "settings-agency-face",
            wearing(staff(path), "brand-blue.css", true),
            |f| {
                let view = AgencySettingsView {
                    logo: Some(logo()),
                    ..settings(blue)
                };
                admin::settings(f, view)
            },
        ),
        sample("settings-agency-refused", staff(path), |f| {
            admin::settings(f, refused())
        }),
        sample("settings-agency-tried-on", tried_on, |f| {
            let form = set()
                .with("colour", AgencySettingsView::OWN)
                .with("own_colour", "#8a2b5f");
            let view = AgencySettingsView {
                tried_on: Some(routes::brand("brand-plum.css")),
                ..settings(form)
            };
            admin::settings(f, view)
        }),
        sample(
            "settings-agency-look",
            wearing(staff(path), "brand-ink.css", false),
            |f| {
                let view = AgencySettingsView {
                    may_change: false,
                    ..settings(set().with("colour", "ink").with("support_email", ""))
                };
                admin::settings(f, view)
            },
        ),
        sample(
            "invitation-in-chestnut",
            wearing(visitor(), "brand-chestnut.css", true),
            |f| client::invitation(f, invitation("Kowalska Ceramics", DEFAULT_SCOPES)),
        ),
        sample(
            "queue-in-plum",
            wearing(staff(pattern::QUEUE), "brand-plum.css", true),
            |f| admin::queue(f, queue()),
        ),
    ]
}
