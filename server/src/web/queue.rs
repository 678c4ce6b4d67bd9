//! The queue and its decisions.

use app::{
    model::{FormState, Notice, QueueTab},
    pages, routes,
    routes::pattern,
    validate,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Web,
    extract::{Fields, Staff},
    failure::Failure,
    page::{self, see_other},
};
use crate::service::{
    Error,
    actor::StaffActor,
    approvals::{Case, Decided, Decision},
    drafts::Draft,
};

/// What a page shows beside itself.
#[derive(Debug, Default, Deserialize)]
pub struct DraftParam {
    pub draft: Option<Uuid>,
}

/// `/admin` is the queue.
pub async fn redirect() -> Response {
    see_other(pattern::QUEUE)
}

/// What waits for a decision.
pub async fn show(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<DraftParam>,
) -> Result<Response, Failure> {
    show_tab(&web, &actor, QueueTab::Waiting, params).await
}

/// What has waited for more than a day.
pub async fn long(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<DraftParam>,
) -> Result<Response, Failure> {
    show_tab(&web, &actor, QueueTab::Long, params).await
}

/// The backups that wait.
pub async fn backups(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<DraftParam>,
) -> Result<Response, Failure> {
    show_tab(&web, &actor, QueueTab::Backups, params).await
}

/// The reconnections that wait.
pub async fn reconnections(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<DraftParam>,
) -> Result<Response, Failure> {
    show_tab(&web, &actor, QueueTab::Reconnections, params).await
}

async fn show_tab(
    web: &Web,
    actor: &StaffActor,
    tab: QueueTab,
    params: DraftParam,
) -> Result<Response, Failure> {
    let draft = kept(web, actor, params.draft).await?;
    let view = web.portal.queue(actor, tab, draft.form).await?;
    page::desk(web, actor, routes::queue(tab), draft.notice, |frame| {
        pages::admin::queue(frame, view)
    })
    .await
}

/// Where the page of the list begins.
#[derive(Debug, Default, Deserialize)]
pub struct DecidedParams {
    before: Option<String>,
}

/// Who decided what lately.
pub async fn decided(
    State(web): State<Web>,
    Staff(actor): Staff,
    Query(params): Query<DecidedParams>,
) -> Result<Response, Failure> {
    let before = params.before.as_deref();
    let view = web.portal.decided(&actor, before).await?;
    page::desk(&web, &actor, pattern::QUEUE_DECIDED, None, |frame| {
        pages::admin::decided(frame, view)
    })
    .await
}

/// *Approve* and *Reject*, one or several.
pub async fn decide(
    State(web): State<Web>,
    Staff(actor): Staff,
    fields: Fields,
) -> Result<Response, Failure> {
    let (approve, reject) = (fields.one("approve"), fields.one("reject"));
    let which = if reject.is_empty() { approve } else { reject };
    let cases = cases(&fields, which).ok_or(Failure::BadRequest)?;
    let back = back(fields.one("back"));
    if cases.is_empty() {
        return leave(&web, &actor, &back, Draft::telling(Notice::NothingChosen)).await;
    }
    let decision = if reject.is_empty() {
        Decision::Approve
    } else {
        let field = match which {
            SELECTED => "reason-selected".to_owned(),
            _ => format!("reason-{}", cases[0].connection),
        };
        let reason = fields.one(&field);
        if let Some(problem) = validate::reason(reason) {
            let mut form = ticks(&fields).with(&field, reason);
            form.refuse(&field, Some(problem));
            let draft = Draft {
                form,
                ..Draft::default()
            };
            return leave(&web, &actor, &back, draft).await;
        }
        Decision::Reject(reason.trim().to_owned())
    };
    match decide_all(&web, &actor, &cases, &decision).await {
        Ok(told) => leave(&web, &actor, &back, Draft::telling(told)).await,
        Err(Error::StaleSignIn) => {
            Err(sign_in_again(&web, &actor, &back, typed_reason(&fields)).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// What was typed as reasons, for the page to show again.
fn typed_reason(fields: &Fields) -> FormState {
    fields
        .starting_with("reason-")
        .filter(|(_, reason)| !reason.is_empty())
        .fold(ticks(fields), |form, (field, reason)| {
            form.with(field, reason)
        })
}

/// What was ticked, for the page to tick again.
fn ticks(fields: &Fields) -> FormState {
    FormState::default().with("connection", fields.all("connection").join(" "))
}

/// *This is mended*: what Meta had against the app is no longer shown.
pub async fn mended(State(web): State<Web>, Staff(actor): Staff) -> Result<Response, Failure> {
    web.portal.clear_trouble(&actor).await?;
    Ok(see_other(pattern::QUEUE))
}

/// The value of the buttons that decide about everything that is ticked.
const SELECTED: &str = "selected";

async fn decide_all(
    web: &Web,
    actor: &StaffActor,
    cases: &[Case],
    decision: &Decision,
) -> Result<Notice, Error> {
    let (mut mine, mut others, mut changed) = (0, Vec::new(), 0);
    for case in cases {
        match web.portal.decide(actor, *case, decision).await? {
            Decided::Done => mine += 1,
            Decided::TooLate(other) => others.push(other),
            Decided::Changed => changed += 1,
        }
    }
    Ok(if !others.is_empty() {
        Notice::AlreadyDecided { mine, others }
    } else if changed > 0 {
        Notice::ChangedMeanwhile { mine, changed }
    } else {
        match decision {
            Decision::Approve => Notice::Approved { count: mine },
            Decision::Reject(_) => Notice::Rejected { count: mine },
        }
    })
}

/// The connections that a button speaks of; `None` for what no page of ours sends.
fn cases(fields: &Fields, which: &str) -> Option<Vec<Case>> {
    if which == SELECTED {
        return fields.all("connection").iter().map(|v| case(v)).collect();
    }
    Some(vec![case(which)?])
}

fn case(value: &str) -> Option<Case> {
    let (connection, version) = value.split_once(':')?;
    Some(Case {
        connection: connection.parse().ok()?,
        version: version.parse().ok()?,
    })
}

/// Back to the client's page or to the tab, where the decision was made there.
fn back(value: &str) -> String {
    let client = { value.strip_prefix("/admin/clients/") }.and_then(|id| id.parse().ok());
    let tab = { QueueTab::ALL.iter() }.find(|tab| routes::queue(**tab) == value);
    match (client, tab) {
        (Some(client), _) => routes::client(client),
        (None, Some(tab)) => routes::queue(*tab).to_owned(),
        (None, None) => pattern::QUEUE.to_owned(),
    }
}

/// Goes to a page with a draft that it shows.
pub async fn leave(
    web: &Web,
    actor: &StaffActor,
    path: &str,
    draft: Draft,
) -> Result<Response, Failure> {
    let id = web.portal.keep_draft(&actor.session_hash, &draft).await?;
    Ok(see_other(&format!("{path}?draft={id}")))
}

/// To the sign-in and back to a page, where what was typed is kept.
pub async fn sign_in_again(
    web: &Web,
    actor: &StaffActor,
    path: &str,
    form: FormState,
) -> Result<Failure, Error> {
    let draft = Draft {
        form,
        ..Draft::default()
    };
    let id = web.portal.keep_draft(&actor.session_hash, &draft).await?;
    Ok(Failure::SignInAgain(format!("{path}?draft={id}")))
}

/// The draft that a page was asked to show, if it is the actor's.
pub async fn kept(web: &Web, actor: &StaffActor, draft: Option<Uuid>) -> Result<Draft, Error> {
    match draft {
        Some(id) => Ok(web
            .portal
            .draft(id, &actor.session_hash)
            .await?
            .unwrap_or_default()),
        None => Ok(Draft::default()),
    }
}
