use leptos::prelude::*;

use crate::components::{
    Icon, Weight, ago, button_form, desk, empty, name, note, pager, rich, table,
};
use crate::model::{Frame, JobRow, JobsView, Tone, UnknownJobs};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// What Portico has given up, in words, for whoever can put right what was in the way.
pub fn jobs(frame: &Frame, view: &JobsView) -> Page {
    let title = t("jobs-title");
    let next = { view.next.as_deref() }.map(|after| routes::jobs(Some(after)));
    let may_run_all = view.may_mend && view.count > 1;
    let run_all = may_run_all.then(|| {
        let all = pattern::JOBS_AGAIN.to_owned();
        button_form(all, Weight::Plain, t("jobs-run-all"), &[])
    });
    let lead = (view.count > 0).then(|| view! { <p class="soft measure">{t("jobs-lead")}</p> });
    let content = view! {
        <div class="stack">
            <p class="crumbs"><a href=pattern::HEALTH>{t("nav-health")}</a></p>
            <div class="page-head">
                <h1>{title.clone()}</h1>
                {run_all}
            </div>
            {lead}
        </div>
        {unknown(frame, &view.unknown)}
        {list(frame, view)}
        {pager(next)}
    };
    Page::new(title, desk(frame, content))
}

fn list(frame: &Frame, view: &JobsView) -> AnyView {
    if view.jobs.is_empty() {
        let text = view! { <p class="soft">{t("jobs-empty-text")}</p> };
        return empty(Icon::Check, t("jobs-empty"), text);
    }
    let mut heads = vec![t("jobs-what"), t("jobs-why"), t("jobs-when")];
    if view.may_mend {
        heads.push(t("jobs-action"));
    }
    let rows = { view.jobs.iter() }.map(|job| row(frame, job, view.may_mend));
    view! { <div class="card">{table(t("jobs-title"), &heads, rows)}</div> }.into_any()
}

fn row(frame: &Frame, job: &JobRow, may_mend: bool) -> Vec<AnyView> {
    let client = job.client.as_ref().map(|(id, client)| {
        let link = view! { <a href=routes::client(*id)>{name(client)}</a> };
        view! { <small>{rich("jobs-for", &[], vec![("client", link.into_any())])}</small> }
    });
    let what = view! {
        <strong>{t(&format!("jobs-kind-{}", job.kind.code()))}</strong>
        {client}
    };
    let given_up = vec![("when", ago(job.given_up_at, frame.now))];
    let since = vec![("when", ago(job.enqueued_at, frame.now))];
    let when = view! {
        <span class="stack-s">
            <span>{rich("jobs-given-up", &[], given_up)}</span>
            <small>{tv("jobs-tries", &[("count", u64::from(job.tries).into())])}</small>
            <small>{rich("jobs-since", &[], since)}</small>
        </span>
    };
    let mut cells = vec![what.into_any(), why(job), when.into_any()];
    if may_mend {
        cells.push(actions(job));
    }
    cells
}

fn why(job: &JobRow) -> AnyView {
    let details = job.error.clone().map(|error| {
        view! {
            <details class="more small">
                <summary class="soft">{t("jobs-details")}</summary>
                <bdi>{error}</bdi>
            </details>
        }
    });
    view! {
        <span>{t(&format!("jobs-trouble-{}", job.trouble.code()))}</span>
        {details}
    }
    .into_any()
}

fn actions(job: &JobRow) -> AnyView {
    view! {
        <div class="row">
            {button_form(routes::job_again(job.id), Weight::Link, t("jobs-run-again"), &[])}
            {button_form(routes::job_dismiss(job.id), Weight::Link, t("jobs-dismiss"), &[])}
        </div>
    }
    .into_any()
}

/// Work of a newer version, which was rolled back.
fn unknown(frame: &Frame, kinds: &[UnknownJobs]) -> Option<AnyView> {
    if kinds.is_empty() {
        return None;
    }
    let heads = [
        t("jobs-unknown-kind"),
        t("jobs-unknown-how-many"),
        t("jobs-when"),
    ];
    let rows = kinds.iter().map(|unknown| {
        let since = vec![("when", ago(unknown.since, frame.now))];
        vec![
            view! { <code>{unknown.kind.clone()}</code> }.into_any(),
            tv("jobs-unknown-count", &[("count", unknown.count.into())]).into_any(),
            rich("jobs-since", &[], since),
        ]
    });
    let text = view! { <p>{t("jobs-unknown-text")}</p> };
    Some(
        view! {
            <section class="stack">
                <h2>{t("jobs-unknown-title")}</h2>
                {note(Tone::Warn, text)}
                <div class="card">{table(t("jobs-unknown-title"), &heads, rows)}</div>
            </section>
        }
        .into_any(),
    )
}
