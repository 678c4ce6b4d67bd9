//! Trouble on demand: which calls a fault hits, how often, and what it does to them.

use serde::{Deserialize, Serialize};

use super::presets::{NoSuchPreset, Preset};

/// What a fault does to a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// Meta's error envelope.
    #[default]
    Error,
    /// The error of a whole batch in its old form: `error_code`, `error_description`.
    LegacyError,
    /// A page of a gateway.
    Html,
    /// Plain text, as "Service Unavailable" with HTTP 200.
    Text,
    /// Headers without a body.
    Empty,
    /// The answer as it would be, whose body ends in the middle: the declared length is never
    /// reached.
    CutOff,
    /// As `CutOff`, but what is there is a whole HTTP answer; only its JSON ends in the middle.
    Truncated,
    /// HTTP 200 and JSON that is not what this edge answers.
    Lie,
    /// The connection ends with a TCP reset.
    Reset,
    /// The connection ends in order, without an answer.
    Close,
    /// No answer, until the fault is cleared; then as `Close`.
    Hang,
    /// Of a batch item: `null` in its place. Calls outside a batch are not hit.
    Null,
    /// Nothing but [`Fault::latency_ms`].
    Slow,
}

/// Trouble that calls get. It hits the calls on `edge` that also fit `person`, `token` and
/// `account`, where those are given. Make one with [`Fault::preset`] or [`Fault::transient`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fault {
    /// Name of the edge, `*` for every one.
    pub edge: String,
    /// Calls with a token or a code of this person, or about them.
    pub person: Option<String>,
    /// Calls that carry this token: as bearer, to inspect, or to exchange.
    pub token: Option<String>,
    /// Calls on this ad account (digits) or on something inside it.
    pub account: Option<String>,
    /// How many calls it still hits; [`Fault::UNTIL_CLEARED`] for no end.
    #[serde(serialize_with = "times")]
    pub times: u32,
    /// The share of fitting calls that are hit, 0 to 1, evenly spread and not at random:
    /// with 0.5 every second one. Absent: all.
    pub share: Option<f64>,
    /// Fitting calls that `share` has been asked about. Start higher to begin elsewhere: with a
    /// share of 0.5, 0 spares the first call, 1 hits it.
    pub seen: u64,
    /// Meta does its work (the code is spent, the token made) and only the answer is this
    /// fault's. Always so for `CutOff`, `Truncated` and `Slow`.
    pub after_work: bool,
    /// The answer comes so much later, milliseconds.
    pub latency_ms: u64,
    pub kind: FaultKind,
    /// HTTP status.
    pub status: u16,
    /// 0: left out, as in very old bodies.
    pub code: i64,
    pub subcode: Option<i64>,
    /// `OAuthException`, `GraphMethodException` …
    #[serde(rename = "type")]
    pub error_type: String,
    pub message: String,
    pub user_title: Option<String>,
    pub user_message: Option<String>,
    pub is_transient: bool,
    /// What `Html`, `Text` and `Lie` say instead of the usual.
    pub body: Option<String>,
}

/// What a fault is compared with.
pub(crate) struct Subject {
    pub edge: String,
    pub people: Vec<String>,
    pub tokens: Vec<String>,
    /// Digits.
    pub account: Option<String>,
    pub in_batch: bool,
}

impl Fault {
    /// `times` of a fault that ends only when it is cleared.
    pub const UNTIL_CLEARED: u32 = u32::MAX;

    /// A fault that hits one call: `2`, "service temporarily unavailable", HTTP 500.
    pub fn transient(edge: &str) -> Self {
        Self::of(
            edge,
            &Preset {
                status: 500,
                ..super::presets::SERVICE_DOWN
            },
        )
    }

    /// A fault that hits one call, as the preset of this name has it. See [`crate::presets`].
    ///
    /// # Errors
    /// If there is no such preset.
    pub fn preset(edge: &str, name: &str) -> Result<Self, NoSuchPreset> {
        let preset = Preset::named(name).ok_or_else(|| NoSuchPreset(name.to_owned()))?;
        Ok(Self::of(edge, preset))
    }

    fn of(edge: &str, preset: &Preset) -> Self {
        Self {
            edge: edge.to_owned(),
            person: None,
            token: None,
            account: None,
            times: 1,
            share: None,
            seen: 0,
            after_work: false,
            latency_ms: preset.latency_ms,
            kind: preset.kind,
            status: preset.status,
            code: preset.code,
            subcode: (preset.subcode != 0).then_some(preset.subcode),
            error_type: preset.error_type.to_owned(),
            message: preset.message.to_owned(),
            user_title: preset.user_title.map(str::to_owned),
            user_message: preset.user_message.map(str::to_owned),
            is_transient: preset.is_transient,
            body: None,
        }
    }

    /// Whether Meta does its work before this fault.
    pub(crate) fn lets_work(&self) -> bool {
        let answers = matches!(
            self.kind,
            FaultKind::CutOff | FaultKind::Truncated | FaultKind::Slow
        );
        self.after_work || answers
    }

    fn fits(&self, call: &Subject) -> bool {
        let edge = self.edge == call.edge || self.edge == "*";
        let given = |wanted: &Option<String>, there: &[String]| {
            wanted.as_ref().is_none_or(|wanted| there.contains(wanted))
        };
        edge && given(&self.person, &call.people)
            && given(&self.token, &call.tokens)
            && given(&self.account, call.account.as_slice())
            && (self.kind != FaultKind::Null || call.in_batch)
    }

    /// Whether the next fitting call is within the share: as soon as the calls so far, this one
    /// included, make up one more hit.
    fn is_due(&mut self) -> bool {
        let Some(share) = self.share else {
            return true;
        };
        // A whole number of hits that floats put a hair below itself counts.
        let hits = |calls: u64| (calls as f64 * share + 1e-9).floor();
        let before = hits(self.seen);
        self.seen += 1;
        hits(self.seen) > before
    }

    fn is_used_up(&mut self) -> bool {
        if self.times != Self::UNTIL_CLEARED {
            self.times = self.times.saturating_sub(1);
        }
        self.times == 0
    }
}

/// The fault that hits this call, if any: the oldest that fits and is due. One time less remains
/// of it.
pub(crate) fn take(faults: &mut Vec<Fault>, call: &Subject) -> Option<Fault> {
    let at = faults
        .iter_mut()
        .position(|fault| fault.fits(call) && fault.is_due())?;
    let taken = faults[at].clone();
    if faults[at].is_used_up() {
        faults.remove(at);
    }
    Some(taken)
}

/// `null` for what has no end.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn times<S: serde::Serializer>(times: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    match *times {
        Fault::UNTIL_CLEARED => serializer.serialize_none(),
        times => serializer.serialize_some(&times),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(edge: &str) -> Subject {
        Subject {
            edge: edge.to_owned(),
            people: vec!["7".to_owned()],
            tokens: vec!["EAAx".to_owned()],
            account: Some("42".to_owned()),
            in_batch: false,
        }
    }

    fn pattern(share: f64, seen: u64) -> String {
        let mut faults = vec![Fault {
            times: Fault::UNTIL_CLEARED,
            share: Some(share),
            seen,
            ..Fault::transient("me")
        }];
        let mut hit = || take(&mut faults, &call("me")).is_some();
        (0..10).map(|_| if hit() { 'x' } else { '.' }).collect()
    }

    #[test]
    fn a_share_is_spread_evenly_and_always_the_same() {
        assert_eq!(pattern(0.5, 0), ".x.x.x.x.x");
        assert_eq!(pattern(0.5, 1), "x.x.x.x.x.");
        assert_eq!(pattern(0.3, 0), "...x..x..x");
        assert_eq!(pattern(0.1, 0), ".........x");
        assert_eq!(pattern(0.0, 0), "..........");
        assert_eq!(pattern(1.0, 0), "xxxxxxxxxx");
    }

    #[test]
    fn a_fault_hits_only_what_it_is_for() {
        let hits = |change: fn(&mut Fault)| {
            let mut fault = Fault::transient("me");
            change(&mut fault);
            take(&mut vec![fault], &call("me")).is_some()
        };
        let text = |text: &str| Some(text.to_owned());
        assert!(hits(|fault| fault.person = Some("7".to_owned())));
        assert!(!hits(|fault| fault.person = Some("8".to_owned())));
        assert!(hits(|fault| fault.token = Some("EAAx".to_owned())));
        assert!(!hits(|fault| fault.token = Some("EAAy".to_owned())));
        assert!(hits(|fault| fault.account = Some("42".to_owned())));
        assert!(!hits(|fault| fault.account = Some("4".to_owned())));
        assert!(hits(|fault| fault.edge = "*".to_owned()));
        assert!(!hits(|fault| fault.edge = "campaigns".to_owned()));
        assert!(!hits(|fault| fault.kind = FaultKind::Null));
        let mut both = Fault::transient("me");
        (both.person, both.account) = (text("7"), text("4"));
        assert!(take(&mut vec![both], &call("me")).is_none());
    }

    #[test]
    fn a_fault_ends_after_its_times() {
        let mut faults = vec![Fault {
            times: 2,
            ..Fault::transient("me")
        }];
        let mut hit = || take(&mut faults, &call("me")).is_some();
        assert_eq!([hit(), hit(), hit()], [true, true, false]);
        assert!(faults.is_empty());
    }
}
