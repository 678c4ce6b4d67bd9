use leptos::prelude::*;

use super::clients_search::search;
use crate::components::{
    Drawing, Icon, KeyedRows, absent, connection_badge, day, desk, drawn, empty, icon,
    invitation_badge, name, row_keys, table, token_badge,
};
use crate::model::{
    CLIENT_ROWS, CLIENT_ROWS_MAX, ClientProgress, ClientRow, ClientsView, Frame, Milestone,
};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// The list of clients, with a search and filters.
pub fn clients(frame: &Frame, view: ClientsView) -> Page {
    let title = t("clients-title");
    let content = view! {
        <div class="page-head">
            <h1>{title.clone()}</h1>
            {view.may_add.then(add_button)}
        </div>
        {search(&view)}
        {(!view.rows.is_empty()).then(|| row_keys(KeyedRows::Clients))}
        {list(&view)}
        {foot(&view)}
    };
    Page::new(title, desk(frame, content))
}

fn add_button() -> AnyView {
    view! { <a class="btn" href=pattern::NEW_CLIENT>{icon(Icon::Plus)} {t("clients-add")}</a> }
        .into_any()
}

fn list(view: &ClientsView) -> AnyView {
    if view.rows.is_empty() {
        return nothing(view);
    }
    let heads = [
        t("clients-name"),
        t("clients-connection"),
        t("clients-token"),
        t("clients-link"),
        t("clients-progress"),
        t("clients-until"),
    ];
    let rows = view.rows.iter().map(row);
    view! { <div class="card clients">{table(t("clients-title"), &heads, rows)}</div> }.into_any()
}

fn nothing(view: &ClientsView) -> AnyView {
    if view.filter.is_empty() {
        let add = view.may_add.then(add_button);
        return empty(
            Drawing::EmptyClients,
            t("clients-empty"),
            view! {
                <p class="soft">{t("clients-empty-text")}</p>
                {add}
            },
        );
    }
    let all = view! {
        <p class="soft">{t("clients-none-match-text")}</p>
        <p><a href=pattern::CLIENTS>{t("clients-show-all")}</a></p>
    };
    empty(Icon::Search, t("clients-none-match"), all)
}

fn row(client: &ClientRow) -> Vec<AnyView> {
    let named = view! {
        <strong>
            <a class="quiet-link" href=routes::client(client.id) data-key="o">{name(&client.name)}</a>
        </strong>
        <small>{client.email.clone()}</small>
    };
    vec![
        named.into_any(),
        client.connection.map_or_else(absent, connection_badge),
        match client.connection {
            Some(state) if state.is_live() => token_badge(client.token_status),
            _ => absent(),
        },
        client.invitation.map_or_else(absent, invitation_badge),
        progress(client.progress),
        client.ends_at.map_or_else(absent, day),
    ]
}

/// How far a client has come, in a line: `4 of 7`, and what comes next.
fn progress(progress: ClientProgress) -> AnyView {
    let (reached, next) = (progress.count(), progress.next());
    let code = next.map_or("", Milestone::code);
    let number = i64::try_from(reached).unwrap_or(i64::MAX);
    drawn(("progress", code.into(), number), || {
        progress_words(reached, next)
    })
}

fn progress_words(reached: u64, next: Option<Milestone>) -> AnyView {
    let all = Milestone::ALL.len() as u64;
    let next = match next {
        Some(step) => {
            let step = t(&format!("milestone-{}", step.code()));
            tv("clients-progress-next", &[("step", step.into())])
        }
        None => t("clients-progress-whole"),
    };
    let words = tv(
        "clients-progress-of",
        &[("reached", reached.into()), ("all", all.into())],
    );
    view! {
        <span class="far num">
            <progress class="meter" max=all value=reached aria-hidden="true"></progress>
            {words}
        </span>
        <small>{next}</small>
    }
    .into_any()
}

/// The way to the next page, back to the first, and how many rows one holds. Search and filters stay.
fn foot(view: &ClientsView) -> Option<AnyView> {
    let rows = (view.limit != CLIENT_ROWS).then_some(view.limit);
    let is_whole = view.next.is_none() && view.total == view.rows.len() as u64;
    if is_whole && view.limit <= CLIENT_ROWS {
        return None;
    }
    let next = view.next.as_deref().map(|after| {
        let href = routes::clients(&view.filter, rows, Some(after));
        view! { <a class="btn plain" href=href rel="next">{t("pager-next")}</a> }
    });
    // Where nothing comes before and after, this is the first page.
    let first = (view.next.is_none() && !is_whole).then(|| {
        let href = routes::clients(&view.filter, rows, None);
        view! { <a href=href rel="first">{t("clients-first")}</a> }
    });
    let (other, words) = if view.limit > CLIENT_ROWS {
        (None, t("clients-fewer-rows"))
    } else {
        (Some(CLIENT_ROWS_MAX), t("clients-more-rows"))
    };
    let href = routes::clients(&view.filter, other, None);
    Some(
        view! {
            <nav class="pager" aria-label=t("pager-label")>
                {next}
                {first}
                <a href=href>{words}</a>
            </nav>
        }
        .into_any(),
    )
}
