//! Answers that are none. Each kind of fault has a preset of its own name.

use super::Preset;
use crate::state::FaultKind;

pub(super) const PRESETS: &[Preset] = &[
    Preset::broken("html", FaultKind::Html, 502),
    Preset::broken("html_400", FaultKind::Html, 400),
    Preset::broken("html_200", FaultKind::Html, 200),
    Preset::broken("text", FaultKind::Text, 200),
    Preset::broken("text_503", FaultKind::Text, 503),
    Preset::broken("empty", FaultKind::Empty, 200),
    Preset::broken("empty_500", FaultKind::Empty, 500),
    Preset::broken("cut_off", FaultKind::CutOff, 200),
    Preset::broken("truncated", FaultKind::Truncated, 200),
    Preset::broken("lie", FaultKind::Lie, 200),
    Preset::broken("reset", FaultKind::Reset, 0),
    Preset::broken("close", FaultKind::Close, 0),
    Preset::broken("hang", FaultKind::Hang, 0),
    Preset::broken("null", FaultKind::Null, 0),
    Preset {
        action: "none",
        latency_ms: 3000,
        ..Preset::broken("slow", FaultKind::Slow, 200)
    },
    Preset {
        kind: FaultKind::LegacyError,
        ..Preset::error(
            "legacy_error",
            "relogin",
            190,
            0,
            "Invalid OAuth access token signature.",
        )
    },
];
