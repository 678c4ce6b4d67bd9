use leptos::prelude::*;

use super::{Stage, state};
use crate::text::t;

/// Every colour of `style/tokens.css`.
const COLOURS: &[&str] = &[
    "paper",
    "surface",
    "sunken",
    "ink",
    "soft",
    "line",
    "edge",
    "accent",
    "accent-strong",
    "accent-ink",
    "accent-wash",
    "good",
    "good-wash",
    "warn",
    "warn-wash",
    "bad",
    "bad-wash",
    "facebook",
    "facebook-strong",
];
/// The scale of type, small to large.
const LETTERS: &[&str] = &["t0", "t1", "t2", "t3", "t4"];
const SPACES: &[&str] = &["s1", "s2", "s3", "s4", "s5", "s6", "s7"];
const CORNERS: &[&str] = &["r1", "r2", "r3"];

/// The value of a token, for an attribute of a drawing: the page may have no style of its own.
fn value(token: &str) -> String {
    format!("var(--{token})")
}

fn code(token: &str) -> AnyView {
    view! { <code class="small">{format!("--{token}")}</code> }.into_any()
}

pub(super) fn colours(_: &Stage) -> AnyView {
    let swatches: Vec<_> = COLOURS
        .iter()
        .map(|token| {
            view! {
                <li class="stack-s">
                    <svg class="swatch" width="100%" height="48" aria-hidden="true">
                        <rect width="100%" height="48" fill=value(token) />
                    </svg>
                    {code(token)}
                </li>
            }
        })
        .collect();
    let hue = view! { <p class="soft small">{code("hue")} " " {t("guide-hue")} <br /> {code("tint")} " " {t("guide-tint")}</p> };
    view! { <ul class="swatches">{swatches}</ul> {hue} }.into_any()
}

pub(super) fn letters(_: &Stage) -> AnyView {
    let sizes: Vec<_> = LETTERS
        .iter()
        .map(|token| {
            let words = t("guide-sample");
            view! {
                <li class="stack-s">
                    {code(token)}
                    <svg class="line-of-type" width="100%" height="44" aria-hidden="true">
                        <text y="32" fill="currentColor" font-size=value(token)>{words}</text>
                    </svg>
                </li>
            }
        })
        .collect();
    view! {
        <ul class="stack">{sizes}</ul>
        <div class="stack">
            <h2>{t("guide-section-head")}</h2>
            <h3>{t("guide-small-head")}</h3>
            <p>{t("guide-sample-text")} " " <a href="#main">{t("guide-sample-link")}</a></p>
            <p class="soft">{t("guide-sample-text")}</p>
            <small>{t("guide-sample-text")}</small>
        </div>
    }
    .into_any()
}

pub(super) fn space(_: &Stage) -> AnyView {
    let bars: Vec<_> = SPACES
        .iter()
        .map(|token| {
            view! {
                <li class="row">
                    {code(token)}
                    <svg width="48" height="12" aria-hidden="true">
                        <rect height="12" width=value(token) fill="var(--accent)" />
                    </svg>
                </li>
            }
        })
        .collect();
    let corners: Vec<_> = CORNERS
        .iter()
        .map(|token| {
            view! {
                <li class="stack-s">
                    <svg width="64" height="48" aria-hidden="true">
                        <rect width="64" height="48" rx=value(token) fill="var(--accent-wash)" />
                    </svg>
                    {code(token)}
                </li>
            }
        })
        .collect();
    let card = view! { <div class="card">{t("guide-sample-text")}</div> };
    view! {
        <ul class="stack-s">{bars}</ul>
        <ul class="row">{corners}</ul>
        {code("shadow")}
        {state(t("guide-shadow"), card)}
    }
    .into_any()
}
