use leptos::prelude::*;

/// A table that turns into cards on a narrow screen. Roles are written out, since the cards' CSS would take them away.
pub fn table(caption: String, heads: &[String], rows: Vec<Vec<AnyView>>) -> AnyView {
    let head: Vec<_> = heads
        .iter()
        .map(|head| view! { <th role="columnheader" scope="col">{head.clone()}</th> })
        .collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|cells| {
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
            view! { <tr role="row">{cells}</tr> }
        })
        .collect();
    view! {
        <table class="table" role="table" aria-label=caption>
            <thead role="rowgroup">
                <tr role="row">{head}</tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
    .into_any()
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
