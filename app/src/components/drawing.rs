use leptos::prelude::*;

/// A drawing made for this product: paper, one line, one accent. It helps the words beside it and says
/// nothing by itself, so a screen reader passes it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// The house with its open door: somebody is let in.
    Door,
    /// The same, shut: a link that leads no further.
    ShutDoor,
    /// What happens next: signing in, a look by the agency, the open door.
    WhatNext,
    /// Facebook's own window, with the ticks that matter.
    WhereToTick,
    /// Nothing under the glass: no ad account.
    NothingFound,
    /// A way that was cut, and the turn back to its beginning.
    Stopped,
    /// A letter that is on its way.
    Letter,
    /// A tray with nothing in it.
    EmptyQueue,
    /// The first of those who will come.
    EmptyClients,
    /// A box that no letter went into yet.
    EmptyOutbox,
}

const DOOR: &str = r#"<path d="M30 110h260M50 110V58M270 110V58M40 58h240L160 14z"/><path class="way" d="M96 110V70h48v40"/><path class="leaf" d="M96 70l30 9v38l-30-7"/><path d="M176 110V70h48v40"/><circle class="knob" cx="119" cy="98" r="2"/><path d="M12 110c14-6 26-4 34 0M280 110c10-5 20-5 30 0"/>"#;

const SHUT_DOOR: &str = r#"<path d="M30 110h260M50 110V58M270 110V58M40 58h240L160 14zM176 110V70h48v40M12 110c14-6 26-4 34 0M280 110c10-5 20-5 30 0"/><path class="tell" d="M96 110V70h48v40M120 75l-10 8M120 75l10 8"/><rect class="way" x="104" y="83" width="32" height="13" rx="2"/><circle class="dot" cx="138" cy="102" r="2"/>"#;

const WHAT_NEXT: &str = r#"<path d="M8 110h304"/><rect class="tell" x="22" y="34" width="44" height="76" rx="7"/><path d="M34 50h20M34 58h12"/><rect class="leaf" x="31" y="88" width="26" height="10" rx="3"/><path class="dash" d="M78 84h40M204 84h34"/><path class="tell" d="M130 110V62a4 4 0 0 1 4-4h36a4 4 0 0 1 4 4v48"/><path d="M140 70h24M140 80h16M140 90h10"/><circle class="way" cx="172" cy="88" r="13"/><path class="go" d="M166.5 88l4 4 7-8M181.5 97.5l9 9"/><path class="tell" d="M252 110V66M304 110V66M246 66h64l-32-22z"/><path class="way" d="M266 110V78h24v32"/><path class="leaf" d="M266 78l15 5v29l-15-2"/><circle class="knob" cx="277" cy="97" r="1.5"/>"#;

const WHERE_TO_TICK: &str = r#"<path class="tell" d="M52 24h216M60 4h200a8 8 0 0 1 8 8v96a8 8 0 0 1-8 8H60a8 8 0 0 1-8-8V12a8 8 0 0 1 8-8z"/><circle class="fb" cx="66" cy="14" r="5"/><path d="M78 14h52M66 38h92M66 57h70M66 76h82"/><g class="way"><rect x="236" y="31" width="15" height="15" rx="3"/><rect x="236" y="50" width="15" height="15" rx="3"/><rect x="236" y="69" width="15" height="15" rx="3"/></g><path class="go" d="M239.5 39l3 3 5-7M239.5 58l3 3 5-7M239.5 77l3 3 5-7M192 57h30M214 50l8 7-8 7"/><rect class="fb" x="66" y="93" width="188" height="14" rx="4"/>"#;

const NOTHING_FOUND: &str = r#"<path d="M20 110h280M56 52h24M56 62h36M224 52h24M224 62h36"/><path class="dash" d="M50 38h52a6 6 0 0 1 6 6v32a6 6 0 0 1-6 6H50a6 6 0 0 1-6-6V44a6 6 0 0 1 6-6zM134 38h52a6 6 0 0 1 6 6v32a6 6 0 0 1-6 6h-52a6 6 0 0 1-6-6V44a6 6 0 0 1 6-6zM218 38h52a6 6 0 0 1 6 6v32a6 6 0 0 1-6 6h-52a6 6 0 0 1-6-6V44a6 6 0 0 1 6-6z"/><circle class="way" cx="166" cy="62" r="24"/><path class="go" d="M183.5 79.5l21 25M158 62h16"/>"#;

const STOPPED: &str = r#"<path d="M8 110h304M236 110V62M304 110V62M228 62h84l-42-30zM256 110V76h28v34"/><rect class="tell" x="22" y="34" width="44" height="76" rx="7"/><path d="M34 50h20M34 58h12"/><rect class="leaf" x="31" y="88" width="26" height="10" rx="3"/><path class="dash" d="M78 94h52M186 94h36"/><path class="go" d="M154 76c0-20-16-34-38-34-12 0-22 5-29 13M86 42v14h14"/><path class="tell" d="M149 86v16M159 86v16"/><circle class="dot" cx="278" cy="94" r="2"/>"#;

const LETTER: &str = r#"<path d="M20 110h280"/><rect class="tell" x="112" y="34" width="96" height="62" rx="6"/><path class="tell" d="M113 39l42 31a8 8 0 0 0 10 0l42-31"/><circle class="leaf" cx="208" cy="36" r="11"/><path class="knob line" d="M203 36l4 4 6-8"/><path class="dash" d="M30 84h56M50 68h40M66 52h30"/>"#;

const EMPTY_QUEUE: &str = r#"<path d="M8 88h144"/><path class="tell" d="M28 88V60l14-28h76l14 28v28M28 60h32l8 12h24l8-12h32"/><path class="go" d="M68 40l9 9 17-20"/>"#;

const EMPTY_CLIENTS: &str = r#"<path d="M8 88h144"/><path class="dash" d="M20 88V78a14 14 0 0 1 14-14h12a14 14 0 0 1 14 14M140 88V78a14 14 0 0 0-14-14h-12a14 14 0 0 0-14 14M29 44a11 11 0 0 0 22 0 11 11 0 0 0-22 0M109 44a11 11 0 0 0 22 0 11 11 0 0 0-22 0"/><circle class="way" cx="80" cy="36" r="13"/><path class="way" d="M56 88V78a17 17 0 0 1 17-17h14a17 17 0 0 1 17 17v10"/><path class="go" d="M80 70v12M74 76h12"/>"#;

const EMPTY_OUTBOX: &str = r#"<path d="M8 88h144M60 64h40M60 72h40"/><path class="tell" d="M44 88V42a18 18 0 0 1 18-18h36a18 18 0 0 1 18 18v46"/><path class="way" d="M64 48V14l4-4h24l4 4v34"/><path class="go" d="M58 48h44M65 14l15 12 15-12"/>"#;

impl Drawing {
    const fn paths(self) -> &'static str {
        match self {
            Self::Door => DOOR,
            Self::ShutDoor => SHUT_DOOR,
            Self::WhatNext => WHAT_NEXT,
            Self::WhereToTick => WHERE_TO_TICK,
            Self::NothingFound => NOTHING_FOUND,
            Self::Stopped => STOPPED,
            Self::Letter => LETTER,
            Self::EmptyQueue => EMPTY_QUEUE,
            Self::EmptyClients => EMPTY_CLIENTS,
            Self::EmptyOutbox => EMPTY_OUTBOX,
        }
    }

    /// Where its paper begins, and how large it is: no more of it than is drawn on. Those of empty places stand
    /// beside a few words and are smaller.
    const fn paper(self) -> (u32, u32, u32) {
        match self {
            Self::EmptyQueue | Self::EmptyClients | Self::EmptyOutbox => (0, 160, 96),
            Self::WhatNext | Self::NothingFound | Self::Stopped => (28, 320, 92),
            Self::Letter => (20, 320, 100),
            Self::Door | Self::ShutDoor | Self::WhereToTick => (0, 320, 120),
        }
    }
}

/// Draws one of them; its size stands in the attributes, so that nothing moves before the stylesheet is there.
pub fn drawing(drawing: Drawing) -> AnyView {
    let (top, width, height) = drawing.paper();
    let view_box = format!("0 {top} {width} {height}");
    view! {
        <svg
            class="drawing"
            viewBox=view_box
            width=width.to_string()
            height=height.to_string()
            aria-hidden="true"
            inner_html=drawing.paths()
        ></svg>
    }
    .into_any()
}

/// Where to tick on Facebook's page: the drawing, and the words that say so.
pub fn where_to_tick(words: String) -> AnyView {
    view! {
        <figure class="shown stack-s">
            {drawing(Drawing::WhereToTick)}
            <figcaption class="soft small">{words}</figcaption>
        </figure>
    }
    .into_any()
}
