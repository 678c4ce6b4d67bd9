//! A visit: from Facebook's answer to *Done*.

use app::{
    model::{FormState, OWN_ACCOUNTS, Problem, StopReason, StoppedView},
    pages, routes,
};
use axum::{
    extract::{Path, Query, RawQuery, State},
    response::Response,
};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Web,
    aside::kept,
    cookies,
    extract::{Fields, From, Visit},
    failure::Failure,
    limit,
    page::{self, see_other},
};
use crate::service::{
    Error,
    accounts::{Choice, ListQuery, Whole},
    visits::{Again, Step},
};

/// Facebook sends the browser here. What became of it stands on a page with a clean address; the empty
/// fragment takes the place of the `#_=_` that Facebook leaves behind.
pub async fn callback(
    State(web): State<Web>,
    RawQuery(query): RawQuery,
    jar: CookieJar,
    From(origin): From,
) -> Result<Response, Failure> {
    limit(&web, &origin, "callback").await?;
    let browser = cookies::read(&web, &jar, cookies::Kind::Browser);
    let query = query.unwrap_or_default();
    let path = web
        .portal
        .callback(&query, browser.as_ref(), origin)
        .await?;
    Ok(see_other(&format!("{path}#main")))
}

/// A halt for a browser without a visit of its own.
pub async fn stopped(
    State(web): State<Web>,
    Path(reason): Path<String>,
) -> Result<Response, Failure> {
    let reason = StopReason::from_code(&reason).ok_or(Error::NotFound)?;
    let (_, agency) = web.portal.first_agency().await?;
    let view = StoppedView {
        reason,
        again: None,
        resume: None,
    };
    Ok(page::public(&web, "/connect", agency, |frame| {
        pages::client::stopped(frame, view)
    }))
}

/// Which part of the list of accounts is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct ListParams {
    #[serde(default)]
    query: String,
    #[serde(default)]
    page: Option<String>,
    /// Nothing was ticked when the choice was submitted.
    #[serde(default)]
    problem: Option<String>,
    /// What the last action led to.
    #[serde(default)]
    draft: Option<Uuid>,
}

/// The step that a visit is at.
pub async fn show(
    State(web): State<Web>,
    Visit(visitor): Visit,
    Query(params): Query<ListParams>,
) -> Result<Response, Failure> {
    let Some(visitor) = visitor else {
        return Ok(see_other(&routes::stopped(StopReason::OtherBrowser)));
    };
    let mut form = FormState::default();
    if params.problem.as_deref() == Some(NOTHING_CHOSEN) {
        form.refuse("account", Some(Problem::NothingChosen));
    }
    let list = ListQuery {
        words: params.query.chars().take(200).collect(),
        page: params.page.and_then(|page| page.parse().ok()).unwrap_or(1),
        form,
    };
    let notice = kept(&web, &visitor, params.draft).await?.notice;
    let step = web.portal.step(&visitor, &list).await?;
    let agency = web.portal.visit_agency(&visitor).await?;
    Ok(page::public_with_notice(
        &web,
        "/connect",
        agency,
        notice,
        |frame| match step {
            Step::Progress(view) => pages::client::progress(frame, visitor.visit.id, view),
            Step::Identity(view) => pages::client::identity(frame, view),
            Step::Accounts(view) => pages::client::accounts(frame, view),
            Step::NoAccounts(view) => pages::client::no_accounts(frame, view),
            Step::Done(view) => pages::client::done(frame, view),
            Step::Unreached(view) => pages::client::unreached(frame, view),
            Step::Stopped(view) => pages::client::stopped_within(frame, view, visitor.visit.id),
        },
    ))
}

/// Signs in with Facebook once more.
pub async fn again(
    State(web): State<Web>,
    Visit(visitor): Visit,
    fields: Fields,
) -> Result<Response, Failure> {
    let Some(visitor) = visitor else {
        return Ok(see_other(&routes::stopped(StopReason::OtherBrowser)));
    };
    let again = match fields.one("how") {
        "another" => Again::AnotherPerson,
        "missing" => Again::MissingScopes,
        "accounts" => Again::MoreAccounts,
        _ => Again::Same,
    };
    match web.portal.sign_in_again(&visitor, again).await {
        Ok(Some(dialog)) => Ok(see_other(dialog.as_str())),
        // Over, or gone on in another tab: the visit's page shows which.
        Ok(None) | Err(Error::NotFound) => Ok(see_other(&routes::visit(visitor.visit.id))),
        Err(error) => Err(error.into()),
    }
}

/// *Try again*: goes on where a login was stopped.
pub async fn resume(State(web): State<Web>, Visit(visitor): Visit) -> Result<Response, Failure> {
    let Some(visitor) = visitor else {
        return Ok(see_other(&routes::stopped(StopReason::OtherBrowser)));
    };
    web.portal.resume(&visitor).await?;
    Ok(see_other(&routes::visit(visitor.visit.id)))
}

/// *Yes, this is me*.
pub async fn confirm(State(web): State<Web>, Visit(visitor): Visit) -> Result<Response, Failure> {
    let Some(visitor) = visitor else {
        return Ok(see_other(&routes::stopped(StopReason::OtherBrowser)));
    };
    let done = web.portal.confirm_identity(&visitor).await;
    forgive_lost_draft(done)?;
    Ok(see_other(&routes::visit_accounts(visitor.visit.id)))
}

/// Reads the accounts once more.
pub async fn read_again(
    State(web): State<Web>,
    Visit(visitor): Visit,
) -> Result<Response, Failure> {
    let Some(visitor) = visitor else {
        return Ok(see_other(&routes::stopped(StopReason::OtherBrowser)));
    };
    let done = web.portal.read_accounts_again(&visitor).await;
    forgive_lost_draft(done)?;
    Ok(see_other(&routes::visit_accounts(visitor.visit.id)))
}

const NOTHING_CHOSEN: &str = "nothing-chosen";

/// The choice of accounts: searched, paged, or submitted; what is ticked is kept each time.
pub async fn choose(
    State(web): State<Web>,
    Visit(visitor): Visit,
    fields: Fields,
) -> Result<Response, Failure> {
    let Some(visitor) = visitor else {
        return Ok(see_other(&routes::stopped(StopReason::OtherBrowser)));
    };
    let action = fields.one("action");
    let choice = Choice {
        shown: fields.all("shown"),
        chosen: fields.all("account"),
        is_submitted: action == "submit",
        whole: whole(action, fields.one("query")),
    };
    let id = visitor.visit.id;
    let stays = choice.is_submitted || choice.whole.is_some();
    let page = match action.strip_prefix("page:") {
        Some(page) => page.parse().unwrap_or(1),
        None if stays => fields.one("page").parse().unwrap_or(1),
        None => 1_u64,
    };
    let mut path = format!(
        "{}?query={}&page={page}",
        routes::visit_accounts(id),
        routes::encode(fields.one("query"))
    );
    match web.portal.choose_accounts(&visitor, choice).await {
        Ok(Some(Problem::NothingChosen)) => {
            path.push_str("&problem=");
            path.push_str(NOTHING_CHOSEN);
        }
        Ok(_) if action == "submit" => path = routes::visit(id),
        Ok(_) => {}
        lost => forgive_lost_draft(lost.map(drop))?,
    }
    Ok(see_other(&path))
}

/// *Select all* or *None* of a business, as the buttons beside its name send them.
fn whole(action: &str, words: &str) -> Option<Whole> {
    let (verb, key) = action.split_once(':')?;
    let is_chosen = match verb {
        "all" => true,
        "none" => false,
        _ => return None,
    };
    Some(Whole {
        business: (key != OWN_ACCOUNTS).then(|| key.to_owned()),
        words: words.chars().take(200).collect(),
        is_chosen,
    })
}

/// A draft that went on in another tab is no failure: the visit's page shows where it stands now.
fn forgive_lost_draft(done: Result<(), Error>) -> Result<(), Error> {
    match done {
        Err(Error::NotFound) => Ok(()),
        other => other,
    }
}
