use leptos::prelude::*;

use crate::components::{Item, checklist};
use crate::model::{ClientPageView, ClientProgress, Milestone};
use crate::text::{t, tv};

/// How far a client has come, and what comes next.
pub fn way(view: &ClientPageView) -> AnyView {
    let progress = view.progress;
    let next = progress.next();
    let items = progress
        .each()
        .map(|(milestone, is_reached)| Item {
            words: t(&format!("milestone-{}", milestone.code())),
            is_done: is_reached,
            is_next: next == Some(milestone),
            more: None,
        })
        .collect();
    view! {
        <section class="card way stack" aria-labelledby="way">
            <h2 id="way">{title(progress)}</h2>
            {checklist(items)}
            {next.map(|milestone| next_step(view, milestone))}
        </section>
    }
    .into_any()
}

fn title(progress: ClientProgress) -> String {
    tv(
        "client-way",
        &[
            ("reached", progress.count().into()),
            ("all", (Milestone::ALL.len() as u64).into()),
        ],
    )
}

/// The next step in a sentence, and where on the page it is taken.
fn next_step(view: &ClientPageView, milestone: Milestone) -> AnyView {
    let place = match milestone {
        Milestone::Invited | Milestone::Opened | Milestone::SignedIn | Milestone::BackupHeld => {
            (!view.links.is_empty()).then_some(("#links", "client-way-links"))
        }
        Milestone::Approved => Some(("#connection", "client-way-connection")),
        Milestone::Tested => Some(("#accounts", "client-way-accounts")),
        Milestone::AccountsChosen => None,
    };
    let link = place.map(|(href, words)| view! { " " <a href=href>{t(words)}</a> });
    view! {
        <p>
            <strong>{t("client-way-next")}</strong>
            " "
            {t(&format!("milestone-next-{}", milestone.code()))}
            {link}
        </p>
    }
    .into_any()
}
