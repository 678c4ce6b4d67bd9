use leptos::prelude::*;

use super::decide::{decide, no_default_button};
use crate::components::{ago, moment, name, note, person_name, rich};
use crate::model::{CandidateView, ClientPageView, Frame, GrantLine, InvitationKind, Tone};
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// What waits for a decision beside the connection: a reconnection by another person, a backup.
pub fn candidates(frame: &Frame, view: &ClientPageView) -> Option<AnyView> {
    if view.candidates.is_empty() {
        return None;
    }
    let cards: Vec<_> = { view.candidates.iter() }
        .map(|candidate| one(frame, view, candidate))
        .collect();
    Some(
        view! {
            <section class="card stack-l">
                <h2>{t("candidates-title")}</h2>
                {cards}
            </section>
        }
        .into_any(),
    )
}

fn one(frame: &Frame, view: &ClientPageView, candidate: &CandidateView) -> AnyView {
    let is_backup = candidate.kind == InvitationKind::Backup;
    let key = if is_backup {
        "candidate-backup"
    } else {
        "candidate-reconnect"
    };
    let words = rich(
        key,
        &[],
        vec![
            ("person", name(&candidate.person_name)),
            ("when", ago(candidate.submitted_at, frame.now)),
        ],
    );
    let heading = format!("candidate-{}", candidate.case);
    let form = view.may_decide.then(|| {
        view! {
            <form method="post" action=pattern::QUEUE_DECIDE>
                {no_default_button(None)}
                <input type="hidden" name="back" value=routes::client(view.id) />
                {decide(candidate.case, candidate.version, &view.form, None, &heading)}
            </form>
        }
    });
    view! {
        <div class="stack">
            <h3 id=heading>{t(&format!("case-kind-{}", candidate.kind.code()))}</h3>
            {note(Tone::Quiet, view! { <p>{words}</p> })}
            <p><a href=routes::grant(view.id, candidate.grant)>{t("grant-open")}</a></p>
            {form}
        </div>
    }
    .into_any()
}

/// The evidence: every consent, and the logins that led to none.
pub fn grants(view: &ClientPageView) -> Option<AnyView> {
    if view.grants.is_empty() && view.failed_logins.is_empty() {
        return None;
    }
    let lines: Vec<_> = { view.grants.iter() }
        .map(|grant| line(view, grant))
        .collect();
    let failed: Vec<_> = { view.failed_logins.iter() }
        .map(|login| {
            view! {
                <li>
                    <a class="quiet-link" href=routes::login(view.id, login.id)>
                        {t("login-heading")}
                    </a>
                    <small class="push">{moment(login.at)}</small>
                </li>
            }
        })
        .collect();
    Some(
        view! {
            <section class="card stack">
                <h2>{t("grants-title")}</h2>
                <ul class="link-list">{lines} {failed}</ul>
            </section>
        }
        .into_any(),
    )
}

fn line(view: &ClientPageView, grant: &GrantLine) -> AnyView {
    let given = tv(
        "grant-given-of",
        &[
            ("given", grant.granted.into()),
            ("asked", grant.asked.into()),
        ],
    );
    view! {
        <li>
            <a class="quiet-link" href=routes::grant(view.id, grant.id)>
                {person_name(&grant.person_name)}
            </a>
            <small>{t(&format!("invitation-kind-{}", grant.kind.code()))} " · " {given}</small>
            <small class="push">{moment(grant.granted_at)}</small>
        </li>
    }
    .into_any()
}
