use leptos::prelude::*;

use crate::components::{Icon, icon, moment, note, rich};
use crate::model::{
    BackupFilter, ClientFilter, ConnectionState, Ends, EndsFilter, Frame, MailFilter, Need,
    QueueTab, StateFilter, TokenStatus, Tone,
};
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// Where the page tells of Meta's limits.
pub(super) const USAGE: &str = "usage";
/// Where it tells of jobs.
pub(super) const WORK: &str = "work";

/// What needs a person, each with where to do it; or that nothing does.
pub(super) fn needs(_: &Frame, needs: &[Need]) -> AnyView {
    if needs.is_empty() {
        return note(Tone::Good, view! { <p>{t("needs-nothing")}</p> });
    }
    let lines: Vec<_> = needs.iter().map(|need| line(*need)).collect();
    view! {
        <section class="card stack" aria-labelledby="needs">
            <h2 id="needs">{t("needs-title")}</h2>
            <ul class="needs">{lines}</ul>
        </section>
    }
    .into_any()
}

fn line(need: Need) -> AnyView {
    let code = code(need);
    view! {
        <li class=tone(need).code()>
            {icon(Icon::Warning)}
            <div>
                <p><a href=href(need)>{words(need, code)}</a></p>
                <p class="soft small">{t(&format!("need-{code}-do"))}</p>
            </div>
        </li>
    }
    .into_any()
}

/// What a need is called in the catalogue.
const fn code(need: Need) -> &'static str {
    match need {
        Need::Trouble(_) => "trouble",
        Need::Stopped(_) => "stopped",
        Need::Dead(status, _) => status.code(),
        Need::NoBackup(_) => "no_backup",
        Need::Ending(_) => "ending",
        Need::WaitsLong(_) => "waits_long",
        Need::DeadLetters(_) => "dead_letters",
        Need::NoWorker(_) => "no_worker",
        Need::MailsFailed(_) => "mails_failed",
    }
}

fn words(need: Need, code: &str) -> AnyView {
    let key = format!("need-{code}");
    match need {
        Need::Trouble(kind) => t(&format!("trouble-{}-title", kind.code())).into_any(),
        Need::Stopped(at) | Need::NoWorker(at) => rich(&key, &[], vec![("when", moment(at))]),
        _ => {
            let count = need.count().unwrap_or_default();
            tv(&key, &[("count", count.into())]).into_any()
        }
    }
}

/// What is broken, and what will be.
const fn tone(need: Need) -> Tone {
    match need {
        Need::Trouble(_) | Need::Dead(..) | Need::DeadLetters(_) | Need::NoWorker(_) => Tone::Bad,
        Need::Stopped(_)
        | Need::NoBackup(_)
        | Need::Ending(_)
        | Need::WaitsLong(_)
        | Need::MailsFailed(_) => Tone::Warn,
    }
}

/// The list of exactly those.
fn href(need: Need) -> String {
    match need {
        Need::Trouble(_) => pattern::QUEUE.to_owned(),
        Need::Stopped(_) => format!("#{USAGE}"),
        Need::Dead(status, _) => clients(&dead(status)),
        Need::NoBackup(_) => clients(&ClientFilter {
            backup: Some(BackupFilter::Missing),
            ..ClientFilter::default()
        }),
        Need::Ending(_) => clients(&ClientFilter {
            ends: Some(Ends::Offered(EndsFilter::Fortnight)),
            ..ClientFilter::default()
        }),
        Need::WaitsLong(_) => routes::queue(QueueTab::Long).to_owned(),
        Need::DeadLetters(_) => pattern::JOBS.to_owned(),
        Need::NoWorker(_) => format!("#{WORK}"),
        Need::MailsFailed(_) => routes::outbox(MailFilter::ToSendAgain, None),
    }
}

fn dead(status: TokenStatus) -> ClientFilter {
    ClientFilter {
        state: Some(StateFilter::In(ConnectionState::Approved)),
        token: Some(status),
        ..ClientFilter::default()
    }
}

fn clients(filter: &ClientFilter) -> String {
    routes::clients(filter, None, None)
}
