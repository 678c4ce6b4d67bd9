use leptos::prelude::*;
use web_sys::Event;

use super::dom;

/// Where the choice is remembered, and the event that tells the page of it: the script in each page's head reads
/// the one and listens to the other.
const THEME: &str = "theme";

/// Chooses between the system's scheme of colours, light and dark, for this browser. It shows itself when it is
/// awake; without script, and where nothing may be remembered, the system's scheme holds.
#[island]
pub fn ThemeSwitch(
    /// What the three buttons are about.
    label: String,
    /// The system's scheme.
    system: String,
    light: String,
    dark: String,
) -> impl IntoView {
    let (is_asleep, set_asleep) = signal(true);
    let (chosen, set_chosen) = signal(String::new());
    Effect::new(move |_| {
        let read = move || set_chosen.set(dom::remembered(THEME).unwrap_or_default());
        for event in [THEME, "storage"] {
            dom::listen(&window(), event, move |_: Event| read());
        }
        read();
        set_asleep.set(!dom::may_remember());
    });
    let choices = [("", system), ("light", light), ("dark", dark)].map(|(theme, words)| {
        let is_chosen = move || (chosen.get() == theme).to_string();
        view! {
            <button type="button" aria-pressed=is_chosen on:click=move |_| choose(theme)>
                {words}
            </button>
        }
    });
    view! {
        <div class="theme" role="group" aria-label=label hidden=is_asleep>
            {choices.into_iter().collect_view()}
        </div>
    }
}

fn choose(theme: &str) {
    dom::remember(THEME, (!theme.is_empty()).then_some(theme));
    if let Ok(event) = Event::new(THEME) {
        let _ = window().dispatch_event(&event);
    }
}
