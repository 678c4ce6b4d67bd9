use leptos::prelude::*;

use super::{
    health_charts::{ends, outcomes},
    health_needs::{WORK, needs},
    health_usage::usage,
};
use crate::components::{ago, desk, facts, mail_badge, token_badge};
use crate::model::{ClientFilter, Frame, HealthView, MailFilter};
use crate::render::Page;
use crate::routes;
use crate::text::t;

/// What needs a person, and the state of everything: each number leads to the list behind it.
pub fn health(frame: &Frame, view: HealthView) -> Page {
    let title = t("health-title");
    let content = view! {
        <div class="page-head">
            <h1>{title.clone()}</h1>
        </div>
        {needs(frame, &view.needs)}
        <div class="health">
            {section(t("health-tokens"), tokens(&view))}
            {section(t("health-ends"), ends(&view.ends))}
            <div class="wide">{section(t("health-outcomes"), outcomes(&view.outcomes))}</div>
            <div class="wide">{section(t("health-usage"), usage(frame, &view.usage))}</div>
            {section(t("health-jobs"), jobs(frame, &view))}
            {section(t("health-mails"), mails(&view))}
        </div>
    };
    Page::new(title, desk(frame, content))
}

fn section(head: String, body: AnyView) -> AnyView {
    view! {
        <section class="stack">
            <h2>{head}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// Lines of a word and its number, which leads to what it counts.
fn tally(lines: impl IntoIterator<Item = (AnyView, String, u64)>) -> AnyView {
    let lines: Vec<_> = { lines.into_iter() }
        .map(|(words, href, count)| {
            view! {
                <li>
                    <span>{words}</span>
                    <a class="num" href=href>{count.to_string()}</a>
                </li>
            }
        })
        .collect();
    view! { <ul class="counts">{lines}</ul> }.into_any()
}

fn tokens(view: &HealthView) -> AnyView {
    if view.tokens.is_empty() {
        return view! { <p class="soft">{t("health-tokens-none")}</p> }.into_any();
    }
    let lines = view.tokens.iter().map(|(status, count)| {
        let filter = ClientFilter {
            token: Some(*status),
            ..ClientFilter::default()
        };
        let href = routes::clients(&filter, None, None);
        (token_badge(*status), href, *count)
    });
    tally(lines)
}

fn jobs(frame: &Frame, view: &HealthView) -> AnyView {
    let oldest = view
        .jobs
        .oldest_due
        .map(|due| (t("health-jobs-oldest"), ago(due, frame.now)));
    let number = |count: u64| view! { <span class="num">{count.to_string()}</span> }.into_any();
    // The page behind it also tells of work that waits for a newer version.
    let dead = view! { <a href=routes::pattern::JOBS>{number(view.jobs.dead)}</a> }.into_any();
    let counted = [
        (t("health-jobs-due"), number(view.jobs.due)),
        (t("health-jobs-dead"), dead),
    ];
    let lines = counted.into_iter().chain(oldest).collect();
    view! { <div id=WORK>{facts(lines)}</div> }.into_any()
}

fn mails(view: &HealthView) -> AnyView {
    if view.mails.is_empty() {
        return view! { <p class="soft">{t("health-mails-none")}</p> }.into_any();
    }
    let lines = view.mails.iter().map(|(state, count)| {
        let href = routes::outbox(MailFilter::In(*state), None);
        (mail_badge(*state), href, *count)
    });
    tally(lines)
}
