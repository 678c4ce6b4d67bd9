use leptos::prelude::*;

use super::{Icon, icon};
use crate::text::t;

/// A thing on a checklist.
pub struct Item {
    pub words: String,
    pub is_done: bool,
    /// The first that is open.
    pub is_next: bool,
    /// What to do about it, where that is to be said.
    pub more: Option<AnyView>,
}

/// Things to be done, in their order, ticked as they are.
pub fn checklist(items: Vec<Item>) -> AnyView {
    let items: Vec<_> = items
        .into_iter()
        .map(|item| {
            let class = item.is_done.then_some("done");
            let state = match (item.is_done, item.is_next) {
                (true, _) => t("checklist-done"),
                (false, true) => t("checklist-next"),
                (false, false) => t("checklist-open"),
            };
            view! {
                <li class=class aria-current=item.is_next.then_some("step")>
                    <span class="mark">{item.is_done.then(|| icon(Icon::Check))}</span>
                    <div>
                        <span>{item.words} <span class="unseen">", " {state}</span></span>
                        {item.more}
                    </div>
                </li>
            }
        })
        .collect();
    view! { <ol class="checks">{items}</ol> }.into_any()
}
