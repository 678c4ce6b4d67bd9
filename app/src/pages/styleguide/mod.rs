//! The style guide: every component in every state and in both schemes, made of the components themselves, so
//! that it cannot drift. It is looked at while one works on the look; a portal on the internet does not have it.

mod charts;
mod controls;
mod signs;
mod told;
mod values;
mod woken;

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::model::{FormState, Frame};
use crate::render::Page;
use crate::text::t;

/// A name that is hard on a layout, and one in a script that runs the other way.
const LONG: &str =
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH";
const RIGHT_TO_LEFT: &str = "شركة النور للتجارة";
const USUAL: &str = "Marta Kowalska";

/// The scheme that a column is drawn in, whatever the reader's is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Light,
    Dark,
}

/// Where pieces are drawn: the scheme keeps their ids apart.
struct Stage<'a> {
    scheme: Scheme,
    frame: &'a Frame,
}

impl Stage<'_> {
    fn now(&self) -> DateTime<Utc> {
        self.frame.now
    }

    /// One of two names for a thing that stands in either column.
    fn either(&self, light: &'static str, dark: &'static str) -> &'static str {
        match self.scheme {
            Scheme::Light => light,
            Scheme::Dark => dark,
        }
    }
}

/// Draws the pieces of a section.
type Draw = fn(&Stage) -> AnyView;

/// The page.
#[must_use]
pub fn styleguide(frame: &Frame) -> Page {
    let title = t("guide-title");
    let sections: [(&str, Draw); 14] = [
        ("guide-colours", values::colours),
        ("guide-type", values::letters),
        ("guide-space", values::space),
        ("guide-icons", signs::icons),
        ("guide-drawings", signs::drawings),
        ("guide-badges", signs::badges),
        ("guide-people", signs::people),
        ("guide-buttons", controls::buttons),
        ("guide-fields", controls::fields),
        ("guide-notes", told::notes),
        ("guide-lists", told::lists),
        ("guide-charts", charts::charts),
        ("guide-ways", told::ways),
        ("guide-woken", woken::woken),
    ];
    let sections: Vec<_> = sections
        .into_iter()
        .map(|(key, draw)| section(frame, key, draw))
        .collect();
    let body = view! {
        <main class="guide stack-l" id="main" tabindex="-1">
            <div class="stack measure">
                <h1>{title.clone()}</h1>
                <p class="soft">{t("guide-intro")}</p>
            </div>
            {sections}
        </main>
    };
    Page::new(title, body)
}

/// A kind of pieces, in both schemes side by side.
fn section(frame: &Frame, key: &str, draw: Draw) -> AnyView {
    let column = |scheme, class: &'static str| {
        let stage = Stage { scheme, frame };
        view! { <div class=class>{draw(&stage)}</div> }
    };
    view! {
        <section class="stack">
            <h2>{t(key)}</h2>
            <div class="schemes">
                {column(Scheme::Light, "scheme light stack-l")}
                {column(Scheme::Dark, "scheme dark stack-l")}
            </div>
        </section>
    }
    .into_any()
}

/// A piece, and the words for the state that it is in.
fn state(words: impl Into<String>, piece: impl IntoView + 'static) -> AnyView {
    view! {
        <div class="stack-s">
            <p class="soft small">{words.into()}</p>
            {piece.into_any()}
        </div>
    }
    .into_any()
}

/// A piece as it looks under a pointer, and as it looks when the keyboard has reached it.
fn touched(draw: impl Fn() -> AnyView) -> [AnyView; 2] {
    [
        state(
            t("guide-hover"),
            view! { <div class="as-hover">{draw()}</div> },
        ),
        state(
            t("guide-focus"),
            view! { <div class="as-focus">{draw()}</div> },
        ),
    ]
}

/// Nothing typed, nothing wrong.
fn blank() -> FormState {
    FormState::default()
}
