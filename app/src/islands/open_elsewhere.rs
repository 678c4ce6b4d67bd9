use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::ShareData;

/// Out of an app's own window: a link that asks Android for the real browser, and the phone's own way to share, where
/// there is one. Both show themselves when they are awake; the link that can be copied stands beside them.
#[island]
pub fn OpenElsewhere(
    /// The address to open.
    link: String,
    /// The address that asks Android for its browser; `None` on a phone that knows no such thing.
    intent: Option<String>,
    /// The words of that link.
    open: String,
    /// The words of the button that shares.
    share: String,
) -> impl IntoView {
    let (is_asleep, set_asleep) = signal(true);
    let (may_share, set_may_share) = signal(false);
    let page = StoredValue::new(link);
    Effect::new(move |_| {
        set_may_share.set(can_share());
        set_asleep.set(false);
    });
    let open = intent.map(|intent| view! { <a class="btn" href=intent>{open}</a> });
    view! {
        <div class="row" hidden=is_asleep>
            {open}
            <button
                type="button"
                class="btn plain"
                hidden=move || !may_share.get()
                on:click=move |_| page.with_value(|link| offer(link))
            >
                {share}
            </button>
        </div>
    }
}

/// Old browsers have no such function, and some only on secure pages.
fn can_share() -> bool {
    let share = web_sys::js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("share"));
    share.is_ok_and(|share| share.is_function())
}

/// Whoever thinks better of it has shared nothing, which is no failure.
fn offer(link: &str) {
    let data = ShareData::new();
    data.set_url(link);
    let offered = window().navigator().share_with_data(&data);
    leptos::task::spawn_local(async move {
        let _ = wasm_bindgen_futures::JsFuture::from(offered).await;
    });
}
