use leptos::prelude::*;

use super::{Icon, icon};
use crate::text::t;

/// The way to the next page of a long list; nothing on the last one.
pub fn pager(next: Option<String>) -> Option<AnyView> {
    next.map(|href| {
        view! {
            <nav class="pager" aria-label=t("pager-label")>
                <a class="btn plain" href=href rel="next">{t("pager-next")}</a>
            </nav>
        }
        .into_any()
    })
}

/// What stands where a list would be.
pub fn empty(sign: Icon, title: String, body: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="empty">
            {icon(sign)}
            <h2>{title}</h2>
            {body.into_any()}
        </div>
    }
    .into_any()
}
