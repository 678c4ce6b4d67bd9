//! Faults by name: one for every row of `meta.md` §6, those of §2.1 and §4, and the ways in which
//! an answer is no answer. Texts are Meta's where `meta.md` has them, else the sandbox's own.

mod broken;
mod errors;
mod throttles;
mod tokens;

use std::fmt;

use serde::Serialize;

use super::FaultKind;

const OAUTH: &str = "OAuthException";
const METHOD: &str = "GraphMethodException";

/// A fault by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Preset {
    pub name: &'static str,
    /// What `meta.md` tells a client to do: `relogin`, `retry`, `wait`, `config`, `permission`,
    /// `permanent`, `user_action`, `blocked`, `restart`, or `none`.
    pub action: &'static str,
    pub kind: FaultKind,
    pub status: u16,
    /// 0: there is none.
    pub code: i64,
    /// 0: there is none.
    pub subcode: i64,
    #[serde(rename = "type")]
    pub error_type: &'static str,
    pub message: &'static str,
    pub user_title: Option<&'static str>,
    pub user_message: Option<&'static str>,
    pub is_transient: bool,
    pub latency_ms: u64,
}

/// There is no preset of this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchPreset(pub(super) String);

impl fmt::Display for NoSuchPreset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no preset {:?}", self.0)
    }
}

impl std::error::Error for NoSuchPreset {}

pub(super) use errors::SERVICE_DOWN;

/// Every preset, in the order of the README's table.
pub fn presets() -> impl Iterator<Item = &'static Preset> {
    let tables = [
        tokens::PRESETS,
        errors::PRESETS,
        throttles::PRESETS,
        broken::PRESETS,
    ];
    tables.into_iter().flatten()
}

impl Preset {
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        presets().find(|preset| preset.name == name)
    }

    /// An error envelope with HTTP 400.
    const fn error(
        name: &'static str,
        action: &'static str,
        code: i64,
        subcode: i64,
        message: &'static str,
    ) -> Self {
        Self {
            name,
            action,
            kind: FaultKind::Error,
            status: 400,
            code,
            subcode,
            error_type: OAUTH,
            message,
            user_title: None,
            user_message: None,
            is_transient: false,
            latency_ms: 0,
        }
    }

    /// An answer that is no envelope.
    const fn broken(name: &'static str, kind: FaultKind, status: u16) -> Self {
        Self {
            kind,
            ..Self::error(name, "retry", 0, 0, "").status(status)
        }
    }

    const fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    const fn method(self) -> Self {
        Self {
            error_type: METHOD,
            ..self
        }
    }

    const fn transient(self) -> Self {
        Self {
            is_transient: true,
            ..self
        }
    }

    const fn told(self, title: &'static str, message: &'static str) -> Self {
        Self {
            user_title: Some(title),
            user_message: Some(message),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_plain() {
        let mut seen = BTreeSet::new();
        for preset in presets() {
            assert!(seen.insert(preset.name), "{} is there twice", preset.name);
            let plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            assert!(preset.name.bytes().all(plain), "{}", preset.name);
        }
    }

    /// The rows of the tables in `meta.md` §6: code and subcode, 0 for none.
    const ROWS: &[(i64, i64)] = &[
        (0, 0),
        (102, 0),
        (1, 0),
        (1, 99),
        (2, 0),
        (1, 2_853_001),
        (3, 0),
        (4, 0),
        (17, 0),
        (32, 0),
        (341, 0),
        (613, 0),
        (10, 0),
        (200, 0),
        (299, 0),
        (100, 0),
        (100, 33),
        (101, 0),
        (104, 0),
        (105, 0),
        (190, 0),
        (191, 0),
        (294, 0),
        (368, 0),
        (368, 1_390_008),
        (415, 0),
        (506, 0),
        (506, 1_455_006),
        (803, 0),
        (960, 0),
        (1150, 0),
        (3979, 0),
        (3980, 0),
        (3936, 0),
        (3944, 0),
        (2500, 0),
        (2635, 0),
        (2642, 0),
        (3018, 0),
        (190, 458),
        (190, 459),
        (190, 460),
        (190, 463),
        (190, 464),
        (190, 466),
        (190, 467),
        (190, 492),
        (190, 493),
        (4, 1_504_022),
        (4, 1_504_039),
        (17, 2_446_079),
        (17, 1_885_172),
        (613, 1_487_742),
        (613, 1_487_632),
        (613, 5_044_001),
        (613, 1996),
        (80_000, 2_446_079),
        (80_001, 0),
        (80_002, 0),
        (80_003, 2_446_079),
        (80_004, 2_446_079),
        (80_005, 0),
        (80_006, 0),
        (80_008, 0),
        (80_009, 0),
        (80_014, 0),
        (100, 1_487_534),
        (200, 4_841_013),
        (613, 4_841_018),
        // Of §2.1.
        (100, 36_007),
        (100, 36_008),
        (100, 36_009),
        (101, 0),
        (191, 0),
    ];

    #[test]
    fn every_row_of_the_error_tables_has_a_preset() {
        for &(code, subcode) in ROWS {
            let mut errors = presets().filter(|preset| preset.kind == FaultKind::Error);
            let there = errors.any(|preset| (preset.code, preset.subcode) == (code, subcode));
            assert!(there, "{code}/{subcode}");
        }
    }
}
