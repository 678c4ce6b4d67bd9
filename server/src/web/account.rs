//! One's own account.

use app::{
    model::{FormState, Notice, Problem},
    pages,
    routes::pattern,
};
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use secrecy::SecretString;

use super::{
    Web, cookies,
    extract::{Fields, Id, Staff},
    failure::Failure,
    page::{self, see_other},
    queue::{DraftParam, kept, leave},
    second_step::plain,
};
use crate::service::{
    Error,
    drafts::{self, Draft},
    password::PasswordChange,
};

/// The second factor, and where one is signed in.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<DraftParam>,
) -> Result<Response, Failure> {
    let draft = kept(&web, &actor, params.draft).await?;
    let mut view = web.portal.account(&actor, draft.recovery_codes).await?;
    view.form = draft.form;
    page::desk(&web, &actor, pattern::ACCOUNT, draft.notice, |frame| {
        pages::admin::account(frame, view)
    })
    .await
}

/// *Change password*. Nothing of what was typed is kept: both are secrets.
pub async fn change_password(
    State(web): State<Web>,
    Staff(actor): Staff,
    jar: CookieJar,
    fields: Fields,
) -> Result<Response, Failure> {
    let current = SecretString::from(fields.one("current_password"));
    let new = SecretString::from(fields.one("new_password"));
    let changed = web
        .portal
        .change_password(&actor, &current, &new)
        .await
        .map_err(|error| Failure::or_sign_in_again(error, pattern::ACCOUNT))?;
    match changed {
        PasswordChange::Done(session) => {
            let draft = Draft::telling(Notice::PasswordChanged);
            let owner = drafts::owner(&session);
            let id = web.portal.keep_draft(&owner, &draft).await?;
            let jar = cookies::set(&web, jar, cookies::Kind::Session, &session);
            let path = format!("{}?draft={id}", pattern::ACCOUNT);
            Ok((jar, see_other(&path)).into_response())
        }
        PasswordChange::Refused(form) => {
            let draft = Draft {
                form,
                ..Draft::default()
            };
            leave(&web, &actor, pattern::ACCOUNT, draft).await
        }
        PasswordChange::TooMany {
            retry_after_seconds,
        } => Err(Error::TooMany(retry_after_seconds).into()),
    }
}

/// *Set up a second factor*.
pub async fn begin(State(web): State<Web>, Staff(actor): Staff) -> Result<Response, Failure> {
    web.portal
        .begin_second_factor(&actor)
        .await
        .map_err(|error| Failure::or_sign_in_again(error, pattern::ACCOUNT))?;
    leave(&web, &actor, pattern::ACCOUNT, Draft::default()).await
}

/// *Switch it on*, with the first code.
pub async fn confirm(
    State(web): State<Web>,
    Staff(actor): Staff,
    fields: Fields,
) -> Result<Response, Failure> {
    let confirmed = web
        .portal
        .confirm_second_factor(&actor, fields.one("code"))
        .await?;
    let draft = match confirmed {
        Some(codes) => Draft {
            notice: Some(Notice::SecondFactorAdded),
            recovery_codes: plain(&codes),
            ..Draft::default()
        },
        None => {
            let mut form = FormState::default();
            form.refuse("code", Some(Problem::WrongCode));
            Draft {
                form,
                ..Draft::default()
            }
        }
    };
    leave(&web, &actor, pattern::ACCOUNT, draft).await
}

/// *Make new recovery codes*.
pub async fn renew_codes(State(web): State<Web>, Staff(actor): Staff) -> Result<Response, Failure> {
    let codes = web
        .portal
        .renew_recovery_codes(&actor)
        .await
        .map_err(|error| Failure::or_sign_in_again(error, pattern::ACCOUNT))?;
    let draft = Draft {
        notice: Some(Notice::RecoveryCodesMade),
        recovery_codes: plain(&codes),
        ..Draft::default()
    };
    leave(&web, &actor, pattern::ACCOUNT, draft).await
}

/// *Turn it off*.
pub async fn turn_off(State(web): State<Web>, Staff(actor): Staff) -> Result<Response, Failure> {
    web.portal
        .turn_off_second_factor(&actor)
        .await
        .map_err(|error| Failure::or_sign_in_again(error, pattern::ACCOUNT))?;
    let draft = Draft::telling(Notice::SecondFactorRemoved);
    leave(&web, &actor, pattern::ACCOUNT, draft).await
}

/// *Sign out there*: one of one's own sessions.
pub async fn end_session(
    State(web): State<Web>,
    Staff(actor): Staff,
    Id(id): Id,
) -> Result<Response, Failure> {
    web.portal.end_session(&actor, id).await?;
    let draft = Draft::telling(Notice::SessionEnded);
    leave(&web, &actor, pattern::ACCOUNT, draft).await
}
