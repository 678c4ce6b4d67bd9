use leptos::prelude::*;

/// Copies a text that stands beside it in a field. It shows itself when it is awake: without script there is
/// no button that does nothing, and the field can be selected by hand.
#[island]
pub fn CopyButton(
    /// What is copied.
    text: String,
    /// The button's words.
    label: String,
    /// Its words after it has copied.
    copied: String,
) -> impl IntoView {
    let (is_asleep, set_asleep) = signal(true);
    // Effects run in the browser only.
    Effect::new(move |_| set_asleep.set(false));
    let (is_copied, set_copied) = signal(false);
    let words = move || {
        if is_copied.get() {
            copied.clone()
        } else {
            label.clone()
        }
    };
    view! {
        <button type="button" class="btn plain" hidden=is_asleep on:click=move |_| copy(&text, set_copied)>
            <span aria-live="polite">{words}</span>
        </button>
    }
}

/// A clipboard that refuses changes nothing: the field can still be copied by hand.
#[cfg(feature = "hydrate")]
fn copy(text: &str, done: WriteSignal<bool>) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let promise = window.navigator().clipboard().write_text(text);
    leptos::task::spawn_local(async move {
        let copied = wasm_bindgen_futures::JsFuture::from(promise).await;
        done.set(copied.is_ok());
    });
}

#[cfg(not(feature = "hydrate"))]
fn copy(_text: &str, _done: WriteSignal<bool>) {}
