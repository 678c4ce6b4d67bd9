use leptos::{prelude::*, task::spawn_local};
use web_sys::{Document, Element, HtmlElement, HtmlProgressElement};

use super::dom;

/// Between two looks.
const LOOK_MILLIS: i32 = 1_000;
/// Every so many looks the state is told to who listens: each second would be a stutter.
const TOLD_EVERY: u32 = 10;

/// Follows work in progress: looks at the page's own address, takes bar and text over, and goes on when the work is
/// done. Until it is awake, and where it never is, the page asks for itself again.
#[island]
pub fn LiveProgress(
    /// The page of the work.
    path: String,
    /// What is said while there is no connection.
    away: String,
) -> impl IntoView {
    let (is_away, set_away) = signal(false);
    let (told, set_told) = signal(String::new());
    Effect::new(move |_| {
        // The browser was told to load the page again in some seconds. Where it does so all the same, nothing is lost.
        let _ = window().stop();
        spawn_local(follow(path.clone(), set_away, set_told));
    });
    view! {
        <p role="status">
            <span class="unseen">{told}</span>
            <span hidden=move || !is_away.get()>{away}</span>
        </p>
    }
}

async fn follow(path: String, set_away: WriteSignal<bool>, set_told: WriteSignal<String>) {
    // The text changes faster than it can be read out.
    if let Some(text) = dom::first::<Element>(&document(), "#progress-text") {
        let _ = text.set_attribute("aria-live", "off");
    }
    for look in 1_u32.. {
        dom::pause(LOOK_MILLIS).await;
        let answer = dom::ask(&path, None).await;
        // Too many requests, or trouble of the server: it will pass.
        let answer = answer.filter(|answer| answer.status != 429 && answer.status < 500);
        set_away.set(answer.is_none());
        let Some(answer) = answer else { continue };
        let page = dom::parsed(&answer.text).filter(|_| !answer.is_redirected);
        let Some(text) = page.and_then(|page| take_over(&page)) else {
            let _ = window().location().replace(&path);
            return;
        };
        if look % TOLD_EVERY == 0 {
            set_told.set(text);
        }
    }
}

/// Takes bar and text over from a look at the same work. `None`: that is another page by now.
fn take_over(page: &Document) -> Option<String> {
    let here = document();
    let heading = |page: &Document| dom::first::<Element>(page, "h1")?.text_content();
    if heading(page) != heading(&here) {
        return None;
    }
    let new: HtmlProgressElement = dom::first(page, "progress")?;
    let bar: HtmlProgressElement = dom::first(&here, "progress")?;
    if new.has_attribute("value") {
        bar.set_max(new.max());
        bar.set_value(new.value());
    }
    let words = dom::first::<HtmlElement>(page, "#progress-text")?.text_content()?;
    let text: HtmlElement = dom::first(&here, "#progress-text")?;
    if text.text_content().as_deref() != Some(&words) {
        text.set_text_content(Some(&words));
    }
    Some(words)
}
