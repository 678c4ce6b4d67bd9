use leptos::prelude::*;

use super::{Drawing, Icon, drawing, icon};
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

/// What a place where a list would be is marked with: a drawing where nothing ever was, a sign where a search
/// found nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptySign {
    Icon(Icon),
    Drawing(Drawing),
}

impl From<Icon> for EmptySign {
    fn from(icon: Icon) -> Self {
        Self::Icon(icon)
    }
}

impl From<Drawing> for EmptySign {
    fn from(drawing: Drawing) -> Self {
        Self::Drawing(drawing)
    }
}

/// What stands where a list would be.
pub fn empty(sign: impl Into<EmptySign>, title: String, body: impl IntoView + 'static) -> AnyView {
    let sign = match sign.into() {
        EmptySign::Icon(sign) => icon(sign),
        EmptySign::Drawing(sign) => drawing(sign),
    };
    view! {
        <div class="empty">
            {sign}
            <div class="stack">
                <h2>{title}</h2>
                {body.into_any()}
            </div>
        </div>
    }
    .into_any()
}
