use leptos::prelude::*;

use crate::components::{Weight, button_form, moment, note, rich};
use crate::model::{MetaTrouble, MetaTroubleView, Tone};
use crate::routes::pattern;
use crate::text::{t, tv};

/// What Meta has against the agency's app, and what to do about it. Clients are told only that it is being mended.
pub fn trouble(view: &MetaTroubleView) -> AnyView {
    let kind = view.kind.code();
    let address = (view.kind == MetaTrouble::WrongRedirect)
        .then(|| view! { <p><code>{view.redirect_uri.clone()}</code></p> });
    let numbers = view.code.map(|code| {
        let number = match view.subcode {
            Some(subcode) => format!("{code}/{subcode}"),
            None => code.to_string(),
        };
        view! { " " {tv("trouble-code", &[("code", number.into())])} }
    });
    let seen = rich(
        "trouble-seen",
        &[("count", view.count.into())],
        vec![
            ("since", moment(view.since)),
            ("last", moment(view.last_seen)),
        ],
    );
    let clear = view.may_clear.then(|| {
        button_form(
            pattern::META_MENDED.to_owned(),
            Weight::Plain,
            t("trouble-mended"),
            &[],
        )
    });
    let body = view! {
        <p><strong>{t(&format!("trouble-{kind}-title"))}</strong></p>
        <p>{t(&format!("trouble-{kind}-text"))}</p>
        {address}
        <p class="soft small">{seen} {numbers} " " {t("trouble-clients")}</p>
        {clear}
    };
    view! { <section aria-label=t("trouble-label")>{note(Tone::Bad, body)}</section> }.into_any()
}
