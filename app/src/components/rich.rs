use leptos::prelude::*;

use crate::text::{Value, tv};

/// Stands for a slot while a text is put together. From Unicode's private use area: no name holds it,
/// and if one does, the text is only cut there.
const FIRST_MARK: u32 = 0xE000;

/// A text of the catalogue with views in some of its places: a name that keeps its own direction,
/// a word in bold, a link. The views' places are named like values.
pub fn rich(key: &str, values: &[(&str, Value)], slots: Vec<(&str, AnyView)>) -> AnyView {
    let mut all = values.to_vec();
    for (mark, (name, _)) in marks().zip(&slots) {
        all.push((name, Value::from(mark.to_string())));
    }
    let text = tv(key, &all);
    let mut slots: Vec<_> = slots.into_iter().map(|(_, view)| Some(view)).collect();
    let mut parts = Vec::new();
    let mut plain = String::new();
    for c in text.chars() {
        let slot = marks()
            .take(slots.len())
            .position(|mark| mark == c)
            .and_then(|index| slots[index].take());
        match slot {
            Some(view) => {
                push(&mut parts, &mut plain);
                parts.push(view);
            }
            None => plain.push(c),
        }
    }
    push(&mut parts, &mut plain);
    parts.into_any()
}

/// An empty text would be rendered as a space.
fn push(parts: &mut Vec<AnyView>, plain: &mut String) {
    if !plain.is_empty() {
        parts.push(std::mem::take(plain).into_any());
    }
}

fn marks() -> impl Iterator<Item = char> {
    (FIRST_MARK..FIRST_MARK + 16).filter_map(char::from_u32)
}

/// A name that somebody chose: it keeps its own direction inside a sentence.
pub fn name(name: &str) -> AnyView {
    view! { <bdi>{name.to_owned()}</bdi> }.into_any()
}

/// Like [`name`], in bold.
pub fn strong_name(name: &str) -> AnyView {
    view! { <strong><bdi>{name.to_owned()}</bdi></strong> }.into_any()
}
