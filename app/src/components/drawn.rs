use std::{borrow::Cow, cell::RefCell, collections::HashMap};

use leptos::{prelude::*, tachys::html::InertElement};

/// What a piece is, and what it is told from: words and a number.
type Key = (&'static str, Cow<'static, str>, i64);

thread_local! {
    /// The pieces of the page that is being rendered; a page is rendered by one thread from its begin to its end.
    static DRAWN: RefCell<Option<HashMap<Key, String>>> = const { RefCell::new(None) };
}

/// Renders a page of which no piece is drawn yet.
pub(crate) fn anew<T>(render: impl FnOnce() -> T) -> T {
    /// Lets go of the pieces also where the page panics.
    struct Forget;
    impl Drop for Forget {
        fn drop(&mut self) {
            DRAWN.set(None);
        }
    }
    DRAWN.set(Some(HashMap::new()));
    let _forget = Forget;
    render()
}

/// A text that stands many times on a page, put together once.
pub(crate) fn said(key: Key, say: impl FnOnce() -> String) -> String {
    let known = DRAWN.with_borrow(|drawn| drawn.as_ref()?.get(&key).cloned());
    known.unwrap_or_else(|| {
        let text = say();
        DRAWN.with_borrow_mut(|drawn| {
            if let Some(drawn) = drawn {
                drawn.insert(key, text.clone());
            }
        });
        text
    })
}

/// A piece that stands many times on a page, drawn once. It holds nothing that a key does not tell.
pub(crate) fn drawn(key: Key, draw: impl FnOnce() -> AnyView) -> AnyView {
    InertElement::new(said(key, || draw().to_html())).into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_drawn_once_a_page() {
        let mut times = 0;
        let mut draw = || {
            drawn(("piece", "code".into(), 1), || {
                times += 1;
                view! { <b>"Ann & Bob"</b> }.into_any()
            })
            .to_html()
        };
        let (first, again) = anew(|| (draw(), draw()));
        assert!(first.starts_with("<b>Ann &amp; Bob"), "{first}");
        assert_eq!(again, first);
        anew(&mut draw);
        assert_eq!(times, 2);
    }
}
