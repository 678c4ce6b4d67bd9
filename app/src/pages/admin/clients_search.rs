use leptos::prelude::*;

use crate::components::{Icon, connection_words, icon};
use crate::model::{CLIENT_ROWS, ClientsView, EndsFilter, StateFilter, TokenStatus};
use crate::routes::pattern;
use crate::text::{t, tv};

/// The search and the filters: a plain form, so that what it leads to can be bookmarked.
pub fn search(view: &ClientsView) -> AnyView {
    let filter = &view.filter;
    let key = if filter.is_empty() {
        "clients-total"
    } else {
        "clients-total-matching"
    };
    let clear = (!filter.is_empty())
        .then(|| view! { <a href=pattern::CLIENTS>{t("clients-show-all")}</a> });
    let many = (view.limit > CLIENT_ROWS)
        .then(|| view! { <input type="hidden" name="rows" value=view.limit.to_string() /> });
    let states = StateFilter::all().map(|state| (state.code(), state_words(state)));
    let statuses = { TokenStatus::ALL.iter() }
        .map(|status| (status.code(), t(&format!("token-status-{}", status.code()))));
    let ends = { EndsFilter::ALL.iter() }
        .map(|ends| (ends.code(), t(&format!("clients-ends-{}", ends.code()))));
    view! {
        <form class="stack-s" method="get" action=pattern::CLIENTS role="search">
            <div class="filters">
                <div class="field wide">
                    <label for="q">{t("clients-find")}</label>
                    <input
                        class="input"
                        id="q"
                        data-key="/"
                        name="q"
                        type="search"
                        dir="auto"
                        value=filter.query.clone()
                        placeholder=t("clients-find-placeholder")
                        autocomplete="off"
                        maxlength="254"
                        aria-describedby="found"
                    />
                </div>
                {choice("state", t("clients-state"), states, filter.state.map(StateFilter::code))}
                {choice("token", t("clients-token-status"), statuses, filter.token.map(TokenStatus::code))}
                {choice("ends", t("clients-ends"), ends, filter.ends.map(EndsFilter::code))}
                {many}
                <button type="submit" class="btn plain">{icon(Icon::Search)} {t("clients-search")}</button>
            </div>
            <p class="row soft small">
                <span id="found">{tv(key, &[("count", view.total.into())])}</span>
                {clear}
            </p>
        </form>
    }
    .into_any()
}

/// A choice that may be left open.
fn choice(
    name: &'static str,
    label: String,
    options: impl Iterator<Item = (&'static str, String)>,
    chosen: Option<&'static str>,
) -> AnyView {
    let options: Vec<_> = options
        .map(|(code, words)| {
            view! { <option value=code selected=chosen == Some(code)>{words}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select class="input" id=name name=name>
                <option value="">{t("clients-any")}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn state_words(state: StateFilter) -> String {
    match state {
        StateFilter::Nobody => t("clients-state-none"),
        StateFilter::In(state) => connection_words(state),
    }
}
