use leptos::prelude::*;

/// One of several views of the same list.
pub struct Tab {
    pub href: String,
    pub words: String,
    /// How many stand there.
    pub count: Option<u64>,
    pub is_here: bool,
}

/// Links to several views of the same list. Links, not ARIA tabs: each is a page.
pub fn tabs(label: String, tabs: Vec<Tab>) -> AnyView {
    let links: Vec<_> = tabs
        .into_iter()
        .map(|tab| {
            let count = tab.count.map(|count| {
                view! { " " <span class="num">{count.to_string()}</span> }
            });
            view! {
                <a href=tab.href aria-current=tab.is_here.then_some("page")>
                    {tab.words}
                    {count}
                </a>
            }
        })
        .collect();
    view! { <nav class="tabs" aria-label=label>{links}</nav> }.into_any()
}
