use leptos::prelude::*;

use crate::components::{Icon, connection_words, days_words, icon};
use crate::model::{
    BackupFilter, CLIENT_ROWS, ClientsView, Ends, EndsFilter, StateFilter, TokenStatus,
};
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
    let ends = { EndsFilter::ALL.iter() }.map(|ends| Ends::Offered(*ends));
    // Days are nobody's to choose here: a chart led to them.
    let days = filter.ends.filter(|ends| matches!(ends, Ends::On(_)));
    let ends = { ends.chain(days) }.map(|ends| (ends.code(), ends_words(ends)));
    let backup = { filter.backup }.map(|chosen| {
        let lacks = BackupFilter::ALL.iter().map(|backup| {
            let words = t(&format!("clients-backup-{}", backup.code()));
            (backup.code(), words)
        });
        choice("backup", t("clients-backup"), lacks, Some(chosen.code()))
    });
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
                {choice("ends", t("clients-ends"), ends, filter.ends.map(Ends::code))}
                {backup}
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
fn choice<C: Into<String> + PartialEq>(
    name: &'static str,
    label: String,
    options: impl Iterator<Item = (C, String)>,
    chosen: Option<C>,
) -> AnyView {
    let options: Vec<_> = options
        .map(|(code, words)| {
            let is_chosen = chosen.as_ref() == Some(&code);
            view! { <option value=code.into() selected=is_chosen>{words}</option> }
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

fn ends_words(ends: Ends) -> String {
    match ends {
        Ends::Offered(ends) => t(&format!("clients-ends-{}", ends.code())),
        Ends::On(days) => days_words(days),
    }
}

fn state_words(state: StateFilter) -> String {
    match state {
        StateFilter::Nobody => t("clients-state-none"),
        StateFilter::In(state) => connection_words(state),
    }
}
