//! Staff come and go.

use app::{
    model::{FirstSignInView, FormState, Notice, Problem, SignInView},
    pages, routes,
    routes::pattern,
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use secrecy::SecretString;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Web, cookies,
    extract::{Fields, From, Staff},
    failure::Failure,
    page::{self, see_other},
};
use crate::service::{
    Error,
    drafts::{self, Draft},
    sessions::Opened,
    sign_in::{FirstPassword, SignIn},
};

/// Where the sign-in page was come to from.
#[derive(Debug, Default, Deserialize)]
pub struct Params {
    next: Option<String>,
    draft: Option<Uuid>,
    signed_out: Option<String>,
    again: Option<String>,
}

/// The sign-in page. Whoever is signed in already goes on.
pub async fn show(
    State(web): State<Web>,
    staff: Option<Staff>,
    jar: CookieJar,
    Query(params): Query<Params>,
) -> Result<Response, Failure> {
    let next = params.next.filter(|next| is_own_path(next));
    let is_again = params.again.is_some() && staff.is_some();
    if staff.is_some() && !is_again {
        return Ok(see_other(next.as_deref().unwrap_or(pattern::QUEUE)));
    }
    let mut form = match &staff {
        Some(Staff(actor)) => FormState::default().with("email", actor.email.clone()),
        None => FormState::default(),
    };
    if let (Some(draft), Some(owner)) =
        (params.draft, cookies::read(&web, &jar, cookies::Kind::Form))
    {
        let owner = drafts::owner(&owner);
        form = web
            .portal
            .draft(draft, &owner)
            .await?
            .unwrap_or_default()
            .form;
    }
    let (_, agency) = web.portal.first_agency().await?;
    let view = SignInView {
        next,
        is_again,
        form,
    };
    let notice = params.signed_out.map(|_| Notice::SignedOut);
    Ok(page::public_with_notice(
        &web,
        pattern::SIGN_IN,
        agency,
        notice,
        |frame| pages::admin::sign_in(frame, view),
    ))
}

/// *Sign in*.
pub async fn submit(
    State(web): State<Web>,
    jar: CookieJar,
    From(origin): From,
    fields: Fields,
) -> Result<Response, Failure> {
    let email = fields.one("email");
    let next = Some(fields.one("next")).filter(|next| is_own_path(next));
    let password = SecretString::from(fields.one("password"));
    let previous = cookies::read(&web, &jar, cookies::Kind::Session);
    let tried = web
        .portal
        .sign_in(email, &password, previous.as_ref(), origin)
        .await?;
    match tried {
        SignIn::Done(opened) => {
            let jar = cookies::clear(&web, jar, cookies::Kind::Form);
            Ok(enter(&web, jar, &opened, next))
        }
        SignIn::Wrong => {
            let mut form =
                FormState::default().with("email", email.chars().take(254).collect::<String>());
            form.refuse("password", Some(Problem::WrongSignIn));
            let owner = cookies::read(&web, &jar, cookies::Kind::Form)
                .unwrap_or_else(|| web.portal.new_secret());
            let draft = Draft {
                form,
                ..Draft::default()
            };
            let hash = drafts::owner(&owner);
            let id = web.portal.keep_draft(&hash, &draft).await?;
            let jar = cookies::set(&web, jar, cookies::Kind::Form, &owner);
            let path = match (fields.one("again"), next) {
                ("", next) => routes::sign_in(next),
                (_, next) => routes::sign_in_again(next.unwrap_or(pattern::QUEUE)),
            };
            let mark = if path.contains('?') { '&' } else { '?' };
            Ok((jar, see_other(&format!("{path}{mark}draft={id}"))).into_response())
        }
        SignIn::TooMany {
            retry_after_seconds,
        } => Err(Error::TooMany(retry_after_seconds).into()),
    }
}

/// Gives the browser its new session: on to the desk, or to the second step.
fn enter(web: &Web, jar: CookieJar, opened: &Opened, next: Option<&str>) -> Response {
    let (session, path) = match opened {
        Opened::Desk(session) => (session, next.unwrap_or(pattern::QUEUE).to_owned()),
        Opened::SecondStep(session) => (session, routes::second_step(next)),
    };
    let jar = cookies::set(web, jar, cookies::Kind::Session, session);
    (jar, see_other(&path)).into_response()
}

/// Ends the session and forgets what the browser keeps of us.
pub async fn sign_out(
    State(web): State<Web>,
    staff: Option<Staff>,
    jar: CookieJar,
) -> Result<Response, Failure> {
    if let Some(Staff(actor)) = staff {
        web.portal.sign_out(&actor).await?;
    }
    let jar = cookies::clear(&web, jar, cookies::Kind::Session);
    let clear = [(
        HeaderName::from_static("clear-site-data"),
        "\"cache\", \"storage\"",
    )];
    let path = format!("{}?signed_out=1", pattern::SIGN_IN);
    Ok((clear, jar, see_other(&path)).into_response())
}

/// The page behind a one-time link. Opening it changes nothing.
pub async fn show_first(
    State(web): State<Web>,
    Path(secret): Path<String>,
) -> Result<Response, Failure> {
    first_page(&web, &secret, FormState::default()).await
}

/// *Set password and sign in*. A refused password is shown at once and not kept: it is a secret.
pub async fn submit_first(
    State(web): State<Web>,
    Path(secret): Path<String>,
    jar: CookieJar,
    From(origin): From,
    fields: Fields,
) -> Result<Response, Failure> {
    let password = SecretString::from(fields.one("new_password"));
    let set = web
        .portal
        .set_first_password(&secret, &password, origin)
        .await?;
    match set {
        FirstPassword::Done(opened) => Ok(enter(&web, jar, &opened, None)),
        FirstPassword::Refused(problem) => {
            let mut form = FormState::default();
            form.refuse("new_password", Some(problem));
            let shown = first_page(&web, &secret, form).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
        FirstPassword::LinkEnded => Err(Failure::SignInLinkEnded),
    }
}

async fn first_page(web: &Web, secret: &str, form: FormState) -> Result<Response, Failure> {
    let email = web
        .portal
        .one_time_link(secret)
        .await?
        .ok_or(Failure::SignInLinkEnded)?;
    let (_, agency) = web.portal.first_agency().await?;
    let view = FirstSignInView {
        email,
        action: routes::first_sign_in(secret),
        form,
    };
    let mut response = page::public(web, pattern::SIGN_IN, agency, |frame| {
        pages::admin::first_sign_in(frame, view)
    });
    response.headers_mut().remove(header::LOCATION);
    Ok(response)
}

/// A page of the desk on this site: never another host's, whatever way its address is written.
pub fn is_own_path(next: &str) -> bool {
    let is_desk = next == pattern::ADMIN || next.starts_with("/admin/");
    is_desk
        && !next.contains('\\')
        && !next.chars().any(char::is_control)
        && !next.contains("//")
        && !next.starts_with(pattern::SIGN_OUT)
}

#[cfg(test)]
mod tests {
    use super::is_own_path;

    #[test]
    fn only_own_paths_are_led_back_to() {
        for own in ["/admin", "/admin/queue", "/admin/clients?q=a%20b&after=1"] {
            assert!(is_own_path(own), "{own}");
        }
        for foreign in [
            "",
            "/",
            "//evil.example",
            "https://evil.example",
            "/admin/../..//evil.example",
            "/adminevil",
            "\\\\evil.example",
            "/admin/\\evil",
            "/admin/\nx",
            "javascript:alert(1)",
            "/i/secret",
            "/admin/sign-out",
        ] {
            assert!(!is_own_path(foreign), "{foreign:?}");
        }
    }
}
