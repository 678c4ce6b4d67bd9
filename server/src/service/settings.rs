//! Settings → Agency: the name, the support address, the colour and the logo that clients see.

use app::{
    model::{AgencySettingsView, Colour, FormState, Problem, Swatch},
    validate,
};
use sea_orm::DatabaseTransaction;

use super::{
    Error, Portal, Result,
    actor::StaffActor,
    audit::Event,
    brand::{colour_of, file_name, logo_of, stylesheet_path, view},
};
use crate::{
    domain::{logo, numbers::FRESH_SIGN_IN_APPROVAL, role::Permission},
    store::{
        self,
        agencies::{Face, Logo},
        entity::agencies,
        logos,
    },
};

/// What the form of the settings sends.
#[derive(Clone, Debug, Default)]
pub struct AgencyForm {
    pub name: String,
    pub support_email: String,
    /// The name of a swatch, or [`AgencySettingsView::OWN`].
    pub colour: String,
    pub own_colour: String,
    pub logo_alt: String,
    pub remove_logo: bool,
    pub logo: LogoFile,
}

/// A file that may have come with the form.
#[derive(Clone, Debug, Default)]
pub enum LogoFile {
    /// None was chosen.
    #[default]
    None,
    /// Larger than a logo may be: it was not kept.
    TooLarge,
    Read(Vec<u8>),
}

/// What the form asks for, where it is right.
struct Wanted {
    name: String,
    support_email: Option<String>,
    colour: Colour,
    logo: Wish,
    logo_alt: String,
}

enum Wish {
    Keep,
    Remove,
    Put(logo::Facts, Vec<u8>),
}

impl AgencyForm {
    /// The colour that is chosen; `None` for one's own that is none.
    fn chosen(&self) -> Option<Colour> {
        if self.colour == AgencySettingsView::OWN {
            Colour::own(&self.own_colour)
        } else {
            Swatch::from_code(&self.colour).map(Colour::Named)
        }
    }

    /// What was typed, to be shown again. Not the file: a page cannot put one back.
    #[must_use]
    pub fn state(&self) -> FormState {
        let remove = if self.remove_logo { "yes" } else { "" };
        FormState::default()
            .with("name", self.name.as_str())
            .with("support_email", self.support_email.as_str())
            .with("colour", self.colour.as_str())
            .with("own_colour", self.own_colour.as_str())
            .with("logo_alt", self.logo_alt.as_str())
            .with("remove_logo", remove)
    }

    fn check(self) -> std::result::Result<Wanted, FormState> {
        let mut form = self.state();
        form.refuse("name", validate::name(&self.name));
        form.refuse(
            "support_email",
            validate::optional_email(&self.support_email),
        );
        form.refuse("logo_alt", validate::optional_name(&self.logo_alt));
        let colour = self.chosen();
        if colour.is_none() {
            form.refuse("own_colour", Some(Problem::NotAColour));
        }
        let logo = match self.logo {
            LogoFile::TooLarge => Err(Problem::FileTooLarge(validate::LOGO_KIB)),
            LogoFile::Read(bytes) => logo::examine(&bytes).map(|facts| Wish::Put(facts, bytes)),
            LogoFile::None if self.remove_logo => Ok(Wish::Remove),
            LogoFile::None => Ok(Wish::Keep),
        };
        form.refuse("logo", logo.as_ref().err().copied());
        let (Some(colour), Ok(logo), true) = (colour, logo, form.problems.is_empty()) else {
            return Err(form);
        };
        let support = self.support_email.trim();
        Ok(Wanted {
            name: self.name.trim().to_owned(),
            support_email: (!support.is_empty()).then(|| support.to_owned()),
            colour,
            logo,
            logo_alt: self.logo_alt.trim().to_owned(),
        })
    }
}

impl Portal {
    /// The agency's settings, or what was typed of them and refused.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn agency_settings(
        &self,
        actor: &StaffActor,
        typed: FormState,
    ) -> Result<AgencySettingsView> {
        actor.require(Permission::SeeTeam)?;
        let row = store::agencies::get(self.db.reader(), actor.scope)
            .await?
            .ok_or(Error::NotFound)?;
        let saved = colour_of(&row);
        let logo = logo_of(&row);
        let is_typed = !typed.values.is_empty();
        let form = if is_typed { typed } else { state_of(row) };
        let shown = chosen_in(&form).filter(|shown| is_typed && *shown != saved);
        Ok(AgencySettingsView {
            logo,
            may_change: actor.may(Permission::ManageSettings),
            tried_on: shown.map(stylesheet_path),
            form,
        })
    }

    /// *Try it on*: nothing is changed. The form, to be kept for the page that wears its colour, and what is wrong
    /// with that.
    ///
    /// # Errors
    /// When the role does not allow it.
    pub fn try_colour(&self, actor: &StaffActor, asked: &AgencyForm) -> Result<FormState> {
        actor.require(Permission::ManageSettings)?;
        let mut form = asked.state();
        if asked.chosen().is_none() {
            form.refuse("own_colour", Some(Problem::NotAColour));
        }
        Ok(form)
    }

    /// *Save*: all of it or nothing. A refused form comes back with what was typed.
    ///
    /// # Errors
    /// When the role does not allow it, [`Error::StaleSignIn`], or when the database fails.
    pub async fn save_agency(
        &self,
        actor: &StaffActor,
        asked: AgencyForm,
    ) -> Result<std::result::Result<(), FormState>> {
        actor.require(Permission::ManageSettings)?;
        let (scope, now) = (actor.scope, self.now());
        // Clients trust this name and write to this address: as much as a decision about one of them.
        actor.require_fresh(now, FRESH_SIGN_IN_APPROVAL)?;
        let wanted = match asked.check() {
            Ok(wanted) => wanted,
            Err(form) => return Ok(Err(form)),
        };
        let tx = self.begin().await?;
        store::agencies::hold(&tx, scope, now).await?;
        let before = store::agencies::get(&tx, scope)
            .await?
            .ok_or(Error::NotFound)?;
        let logo = self.put_logo(&tx, actor, &before, wanted.logo).await?;
        let face = Face {
            name: wanted.name,
            support_email: wanted.support_email,
            colour: Some(wanted.colour.code()),
            logo_alt: logo.is_some().then_some(wanted.logo_alt),
            logo,
        };
        store::agencies::set_face(&tx, scope, face, now).await?;
        let after = store::agencies::get(&tx, scope)
            .await?
            .ok_or(Error::NotFound)?;
        self.record_changes(&tx, actor, &before, &after).await?;
        self.commit(tx).await?;
        self.see_face(scope, &view(after));
        Ok(Ok(()))
    }

    /// The logo from now on.
    async fn put_logo(
        &self,
        tx: &DatabaseTransaction,
        actor: &StaffActor,
        before: &agencies::Model,
        wish: Wish,
    ) -> Result<Option<Logo>> {
        match wish {
            Wish::Keep => Ok(before.logo_file.clone().map(|file| Logo {
                file,
                width: before.logo_width,
                height: before.logo_height,
            })),
            Wish::Remove => {
                logos::remove(tx, actor.scope).await?;
                Ok(None)
            }
            Wish::Put(facts, bytes) => {
                let file = file_name(&bytes, facts.kind.code());
                let row = logos::Model {
                    agency_id: actor.scope.agency(),
                    file: file.clone(),
                    kind: facts.kind.code().to_owned(),
                    bytes,
                };
                logos::put(tx, actor.scope, row).await?;
                Ok(Some(Logo {
                    file,
                    width: i32::try_from(facts.width).ok(),
                    height: i32::try_from(facts.height).ok(),
                }))
            }
        }
    }

    /// An event for each thing that is another one now.
    async fn record_changes(
        &self,
        tx: &DatabaseTransaction,
        actor: &StaffActor,
        before: &agencies::Model,
        after: &agencies::Model,
    ) -> Result<()> {
        let logo = match (&before.logo_file, &after.logo_file) {
            (Some(_), None) => "agency.logo_removed",
            _ => "agency.logo_changed",
        };
        let has_other_logo =
            (&before.logo_file, &before.logo_alt) != (&after.logo_file, &after.logo_alt);
        let who = actor.who();
        for (is_changed, action) in [
            (before.name != after.name, "agency.renamed"),
            (
                before.support_email != after.support_email,
                "agency.support_address_changed",
            ),
            (
                colour_of(before) != colour_of(after),
                "agency.colour_changed",
            ),
            (has_other_logo, logo),
        ] {
            if is_changed {
                let event = Event::about_agency(&who, action, actor.scope);
                self.record(tx, actor.scope, event).await?;
            }
        }
        Ok(())
    }
}

/// What is set, as the form shows it.
fn state_of(row: agencies::Model) -> FormState {
    let colour = colour_of(&row);
    let (choice, own) = match colour {
        Colour::Named(swatch) => (swatch.code(), String::new()),
        Colour::Own(_) => (AgencySettingsView::OWN, colour.code()),
    };
    FormState::default()
        .with("name", row.name)
        .with("support_email", row.support_email.unwrap_or_default())
        .with("colour", choice)
        .with("own_colour", own)
        .with("logo_alt", row.logo_alt.unwrap_or_default())
}

/// The colour that a form has chosen, if it is one.
fn chosen_in(form: &FormState) -> Option<Colour> {
    let asked = AgencyForm {
        colour: form.value("colour"),
        own_colour: form.value("own_colour"),
        ..AgencyForm::default()
    };
    asked.chosen()
}
