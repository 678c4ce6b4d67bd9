//! Settings → Agency.

use app::{
    model::{FormState, Notice},
    pages,
    routes::pattern,
};
use axum::{
    extract::{Query, State},
    response::Response,
};

use super::{
    Web,
    extract::{Fields, Staff},
    failure::Failure,
    page,
    queue::{DraftParam, kept, leave, sign_in_again},
    upload::{File, Parts},
};
use crate::{
    domain::{logo::BYTES_MAX, role::Permission},
    service::{
        Error,
        actor::StaffActor,
        drafts::Draft,
        settings::{AgencyForm, LogoFile},
    },
};

/// What clients see of the agency.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<DraftParam>,
) -> Result<Response, Failure> {
    let draft = kept(&web, &actor, params.draft).await?;
    let view = web.portal.agency_settings(&actor, draft.form).await?;
    page::desk(&web, &actor, pattern::SETTINGS, draft.notice, |frame| {
        pages::admin::settings(frame, view)
    })
    .await
}

/// *Save*, and *Try it on*.
pub async fn save(
    State(web): State<Web>,
    Staff(actor): Staff,
    parts: Result<Parts, Response>,
) -> Result<Response, Failure> {
    actor.require(Permission::ManageSettings)?;
    let sent = match parts {
        Ok(parts) => parts.read("logo", BYTES_MAX).await,
        Err(refused) => Err(refused),
    };
    let sent = match sent {
        Ok(sent) => sent,
        Err(refused) => return Ok(refused),
    };
    let asked = asked(&sent.fields, sent.file);
    if sent.fields.one("do") == "try" {
        let form = web.portal.try_colour(&actor, &asked)?;
        let notice = form.problems.is_empty().then_some(Notice::ColourTriedOn);
        return show_again(&web, &actor, form, notice).await;
    }
    let typed = asked.state();
    match web.portal.save_agency(&actor, asked).await {
        Ok(Ok(())) => {
            let draft = Draft::telling(Notice::AgencySaved);
            leave(&web, &actor, pattern::SETTINGS, draft).await
        }
        Ok(Err(form)) => show_again(&web, &actor, form, None).await,
        Err(Error::StaleSignIn) => {
            Err(sign_in_again(&web, &actor, pattern::SETTINGS, typed).await?)
        }
        Err(error) => Err(error.into()),
    }
}

fn asked(fields: &Fields, file: File) -> AgencyForm {
    let text = |name| fields.one(name).to_owned();
    AgencyForm {
        name: text("name"),
        support_email: text("support_email"),
        colour: text("colour"),
        own_colour: text("own_colour"),
        logo_alt: text("logo_alt"),
        remove_logo: fields.one("remove_logo") == "yes",
        logo: match file {
            File::None => LogoFile::None,
            File::TooLarge => LogoFile::TooLarge,
            File::Read(bytes) => LogoFile::Read(bytes),
        },
    }
}

async fn show_again(
    web: &Web,
    actor: &StaffActor,
    form: FormState,
    notice: Option<Notice>,
) -> Result<Response, Failure> {
    let draft = Draft {
        form,
        notice,
        ..Draft::default()
    };
    leave(web, actor, pattern::SETTINGS, draft).await
}
