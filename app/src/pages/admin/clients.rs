use leptos::prelude::*;

use crate::components::{
    Drawing, Icon, KeyedRows, connection_badge, day, desk, empty, icon, invitation_badge, name,
    pager, row_keys, table, token_badge,
};
use crate::model::{ClientRow, ClientsView, Frame};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::{t, tv};

/// The list of clients, with a search.
pub fn clients(frame: &Frame, view: ClientsView) -> Page {
    let title = t("clients-title");
    let next = view.next.as_ref().map(|after| {
        format!(
            "{}?q={}&after={}",
            pattern::CLIENTS,
            routes::encode(&view.query),
            routes::encode(after)
        )
    });
    let content = view! {
        <div class="page-head">
            <h1>{title.clone()}</h1>
            {view.may_add.then(add_button)}
        </div>
        {search(&view)}
        {(!view.rows.is_empty()).then(|| row_keys(KeyedRows::Clients))}
        {list(&view)}
        {pager(next)}
    };
    Page::new(title, desk(frame, content))
}

fn add_button() -> AnyView {
    view! { <a class="btn" href=pattern::NEW_CLIENT>{icon(Icon::Plus)} {t("clients-add")}</a> }
        .into_any()
}

fn search(view: &ClientsView) -> AnyView {
    view! {
        <form class="stack-s measure" method="get" action=pattern::CLIENTS role="search">
            <div class="field">
                <label for="q">{t("clients-find")}</label>
                <div class="joined">
                    <input
                        class="input"
                        id="q"
                        data-key="/"
                        name="q"
                        type="search"
                        dir="auto"
                        value=view.query.clone()
                        placeholder=t("clients-find-placeholder")
                        autocomplete="off"
                        maxlength="254"
                        aria-describedby="found"
                    />
                    <button type="submit" class="btn plain">{icon(Icon::Search)} {t("clients-search")}</button>
                </div>
                <p class="hint" id="found">{tv("clients-total", &[("count", view.total.into())])}</p>
            </div>
        </form>
    }
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
        t("clients-until"),
    ];
    let rows = view.rows.iter().map(row).collect();
    view! { <div class="card clients">{table(t("clients-title"), &heads, rows)}</div> }.into_any()
}

fn nothing(view: &ClientsView) -> AnyView {
    if view.query.is_empty() {
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
    let all = view! { <p><a href=pattern::CLIENTS>{t("clients-show-all")}</a></p> };
    empty(Icon::Search, t("clients-none-match"), all)
}

fn row(client: &ClientRow) -> Vec<AnyView> {
    let none = || view! { <span class="soft">"–"</span> }.into_any();
    let named = view! {
        <strong>
            <a class="quiet-link" href=routes::client(client.id) data-key="o">{name(&client.name)}</a>
        </strong>
        <small>{client.email.clone()}</small>
    };
    vec![
        named.into_any(),
        client.connection.map_or_else(none, connection_badge),
        match client.connection {
            Some(state) if state.is_live() => token_badge(client.token_status),
            _ => none(),
        },
        client.invitation.map_or_else(none, invitation_badge),
        client.expires_at.map_or_else(none, day),
    ]
}
