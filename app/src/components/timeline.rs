use leptos::prelude::*;

/// How far a line of a story is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    Done,
    Now,
    Ahead,
    Failed,
}

impl Reached {
    const fn class(self) -> Option<&'static str> {
        match self {
            Self::Done => Some("done"),
            Self::Now => Some("now"),
            Self::Ahead => None,
            Self::Failed => Some("failed"),
        }
    }
}

/// One line of a story.
pub struct Event {
    pub reached: Reached,
    pub title: AnyView,
    pub below: AnyView,
}

/// A story, line by line.
pub fn timeline(events: Vec<Event>) -> AnyView {
    let lines: Vec<_> = events
        .into_iter()
        .map(|event| {
            view! {
                <li class=event.reached.class()>
                    <div>
                        <span>{event.title}</span>
                        <small>{event.below}</small>
                    </div>
                </li>
            }
        })
        .collect();
    view! { <ol class="line">{lines}</ol> }.into_any()
}
