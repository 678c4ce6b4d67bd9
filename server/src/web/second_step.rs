//! The second step of a sign-in.

use app::{
    model::{FormState, Notice, Problem, SecondStepView},
    pages,
    routes::{self, pattern},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{
    Web, cookies,
    extract::{Fields, From},
    failure::Failure,
    page::{self, see_other},
    sign_in::is_own_path,
};
use crate::service::{
    Error,
    drafts::{self, Draft},
    second_factor::{CodeTried, Means},
};

/// Where the sign-in leads to.
#[derive(Debug, Default, Deserialize)]
pub struct Params {
    next: Option<String>,
}

/// Asks for the code. Whoever has not shown a password of late is asked for that first.
pub async fn show(
    State(web): State<Web>,
    jar: CookieJar,
    Query(params): Query<Params>,
) -> Result<Response, Failure> {
    let next = params.next.filter(|next| is_own_path(next));
    page_with(&web, &jar, next, FormState::default()).await
}

/// *Sign in*, with a code. A wrong one is told at once: nothing of it is kept.
pub async fn submit(
    State(web): State<Web>,
    jar: CookieJar,
    From(origin): From,
    fields: Fields,
) -> Result<Response, Failure> {
    let next = Some(fields.one("next")).filter(|next| is_own_path(next));
    let Some(secret) = cookies::read(&web, &jar, cookies::Kind::Session) else {
        return Ok(see_other(&routes::sign_in(next)));
    };
    match web
        .portal
        .try_code(&secret, fields.one("code"), origin)
        .await?
    {
        CodeTried::Done { session, means } => {
            let path = path_on(&web, &session, means, next).await?;
            let jar = cookies::set(&web, jar, cookies::Kind::Session, &session);
            Ok((jar, see_other(&path)).into_response())
        }
        CodeTried::Wrong => {
            let mut form = FormState::default();
            form.refuse("code", Some(Problem::WrongCode));
            let next = next.map(str::to_owned);
            let shown = page_with(&web, &jar, next, form).await?;
            if shown.status() == StatusCode::OK {
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
            }
            Ok(shown)
        }
        CodeTried::TooMany {
            retry_after_seconds,
        } => Err(Error::TooMany(retry_after_seconds).into()),
        CodeTried::Ended => Ok(see_other(&routes::sign_in(next))),
    }
}

/// On to where the person wanted to go; by way of their account if there is something to keep or to mend.
async fn path_on(
    web: &Web,
    session: &SecretString,
    means: Means,
    next: Option<&str>,
) -> Result<String, Error> {
    let draft = match means {
        Means::App => return Ok(next.unwrap_or(pattern::QUEUE).to_owned()),
        Means::RecoveryCode => Draft {
            notice: Some(Notice::RecoveryCodeUsed),
            ..Draft::default()
        },
        Means::NewApp(codes) => Draft {
            notice: Some(Notice::SecondFactorAdded),
            recovery_codes: plain(&codes),
            ..Draft::default()
        },
    };
    let id = web
        .portal
        .keep_draft(&drafts::owner(session), &draft)
        .await?;
    Ok(format!("{}?draft={id}", pattern::ACCOUNT))
}

/// Recovery codes as the page shows them once.
pub fn plain(codes: &[SecretString]) -> Vec<String> {
    codes
        .iter()
        .map(|code| code.expose_secret().to_owned())
        .collect()
}

async fn page_with(
    web: &Web,
    jar: &CookieJar,
    next: Option<String>,
    form: FormState,
) -> Result<Response, Failure> {
    let step = match cookies::read(web, jar, cookies::Kind::Session) {
        Some(secret) => web.portal.second_step(&secret).await?,
        None => None,
    };
    let Some(step) = step else {
        return Ok(see_other(&routes::sign_in(next.as_deref())));
    };
    let (_, agency) = web.portal.first_agency().await?;
    let view = SecondStepView {
        email: step.email,
        factor: step.factor,
        next,
        form,
    };
    Ok(page::public(web, pattern::SECOND_STEP, agency, |frame| {
        pages::admin::second_step(frame, view)
    }))
}
