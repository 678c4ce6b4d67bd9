use leptos::prelude::*;

use super::health_charts::words;
use crate::components::{
    Icon, Tab, absent, date_words, desk, empty, moment, name, pager, rich, table, tabs, token_badge,
};
use crate::model::{AnswerClass, Frame, ValidationRow, ValidationsView};
use crate::render::Page;
use crate::routes::{self, pattern};
use crate::text::t;

/// The validations behind a number of the page of health, newest first.
pub fn validations(frame: &Frame, view: ValidationsView) -> Page {
    let title = t("validations-title");
    let next = { view.next.as_deref() }
        .map(|after| routes::validations(view.class, view.day, Some(after)));
    let day = view.day.map(|day| {
        let all = routes::validations(view.class, None, None);
        view! {
            <p class="row soft small">
                <span>{rich("validations-of-day", &[("day", date_words(day).into())], vec![])}</span>
                <a href=all>{t("validations-all-days")}</a>
            </p>
        }
    });
    let content = view! {
        <div class="stack">
            <p class="crumbs"><a href=pattern::HEALTH>{t("nav-health")}</a></p>
            <h1>{title.clone()}</h1>
        </div>
        {classes(&view)}
        {day}
        {list(&view)}
        {pager(next)}
    };
    Page::new(title, desk(frame, content))
}

fn classes(view: &ValidationsView) -> AnyView {
    let each = AnswerClass::ALL.iter().map(|class| Tab {
        href: routes::validations(*class, view.day, None),
        words: words(*class),
        count: None,
        is_here: *class == view.class,
    });
    tabs(t("validations-classes"), each.collect())
}

fn list(view: &ValidationsView) -> AnyView {
    if view.validations.is_empty() {
        let text = view! { <p class="soft">{t("validations-none-text")}</p> };
        return empty(Icon::Pulse, t("validations-none"), text);
    }
    let heads = [
        t("validations-client"),
        t("validations-when"),
        t("validations-status"),
        t("validations-code"),
    ];
    let rows = view.validations.iter().map(row);
    view! { <div class="card">{table(t("validations-title"), &heads, rows)}</div> }.into_any()
}

fn row(validation: &ValidationRow) -> Vec<AnyView> {
    let client = view! {
        <strong>
            <a class="quiet-link" href=routes::client(validation.client_id)>{name(&validation.client_name)}</a>
        </strong>
    };
    let code = validation.code.map(|code| match validation.subcode {
        Some(subcode) => format!("{code}/{subcode}"),
        None => code.to_string(),
    });
    vec![
        client.into_any(),
        moment(validation.made_at),
        token_badge(validation.status),
        code.map_or_else(absent, IntoAny::into_any),
    ]
}
