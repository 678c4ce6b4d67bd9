use leptos::{prelude::*, tachys::view::Position};

/// A table that turns into cards on a narrow screen. Roles are written out, since the cards' CSS would take them away.
/// Each row is made and rendered before the next: of a thousand of them no tree of views is held.
pub fn table(
    caption: String,
    heads: &[String],
    rows: impl IntoIterator<Item = Vec<AnyView>>,
) -> AnyView {
    let head: Vec<_> = heads
        .iter()
        .map(|head| view! { <th role="columnheader" scope="col">{head.clone()}</th> })
        .collect();
    let rows = rendered(rows.into_iter().map(|cells| row(heads, cells)));
    view! {
        <table class="table" role="table" aria-label=caption>
            <thead role="rowgroup">
                <tr role="row">{head}</tr>
            </thead>
            <tbody role="rowgroup" inner_html=rows></tbody>
        </table>
    }
    .into_any()
}

fn row(heads: &[String], cells: Vec<AnyView>) -> AnyView {
    let cells: Vec<_> = cells
        .into_iter()
        .zip(heads)
        .enumerate()
        .map(|(index, (cell, head))| {
            // The first cell names its row and needs no word before it.
            let label = (index > 0 && !head.is_empty()).then(|| head.clone());
            view! { <td role="cell" data-label=label>{cell}</td> }
        })
        .collect();
    view! { <tr role="row">{cells}</tr> }.into_any()
}

/// The HTML of views, one after the other, for the `inner_html` of what holds many.
pub(crate) fn rendered(views: impl IntoIterator<Item = AnyView>) -> String {
    let views = views.into_iter();
    let (count, _) = views.size_hint();
    let mut html = String::new();
    for (index, view) in views.enumerate() {
        let before = html.len();
        view.to_html_with_buf(&mut html, &mut Position::FirstChild, true, false, vec![]);
        if index == 0 {
            // The others are about as long as the first: room for all at once, and nothing has to move.
            html.reserve((html.len() - before) * count * 5 / 4);
        }
    }
    html
}

/// Stands in a cell that holds nothing. Cards on a narrow screen leave it out.
pub fn absent() -> AnyView {
    view! { <span class="soft absent">"–"</span> }.into_any()
}

/// Names and their values.
pub fn facts(pairs: Vec<(String, AnyView)>) -> AnyView {
    let pairs: Vec<_> = pairs
        .into_iter()
        .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> })
        .collect();
    view! { <div class="kv-room"><dl class="kv">{pairs}</dl></div> }.into_any()
}
