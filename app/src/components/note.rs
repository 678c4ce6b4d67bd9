use leptos::prelude::*;

use super::{Icon, icon};
use crate::model::Tone;

/// Something said apart from the rest, in a tone.
pub fn note(tone: Tone, body: impl IntoView + 'static) -> AnyView {
    let (class, sign) = match tone {
        Tone::Good => ("note good", Icon::Check),
        Tone::Warn => ("note warn", Icon::Warning),
        Tone::Bad => ("note bad", Icon::Warning),
        Tone::Quiet => ("note", Icon::Info),
    };
    view! {
        <div class=class>
            {icon(sign)}
            <div>{body.into_any()}</div>
        </div>
    }
    .into_any()
}
