//! What Meta answered, remembered for support: each answer redacted before it is kept.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::model::AnswerClass;
use secrecy::SecretString;

use super::{
    error::{Endpoint, MetaError},
    usage::Told,
};

/// Good answers of a list that are kept: its first page. How many there were is told beside it.
const FIRST_PAGE: usize = 1;
/// Good answers of a test call that are kept.
const TESTS_MAX: usize = 50;
/// Good answers of every other call that are kept.
const OTHERS_MAX: usize = 10;
/// Failures of each call that are kept.
const FAILURES_MAX: usize = 10;

/// One answer. Its text is redacted, and personal all the same: it is only ever stored sealed.
pub struct Answer {
    pub endpoint: Endpoint,
    /// Missing where no answer came.
    pub status: Option<u16>,
    /// What was wrong: the class, and Meta's code and subcode.
    pub error: Option<(AnswerClass, Option<i64>, Option<i64>)>,
    pub text: SecretString,
    /// Bytes that came, before anything was left out.
    pub size: usize,
    /// The end of the text was left out.
    pub is_cut: bool,
    /// How many answers there were to calls of this kind.
    pub calls: u64,
}

/// Remembers the answers to the calls of a [`Graph`](super::Graph) that records into it. Cheap to clone.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<Kept>>>);

struct Kept {
    endpoint: Endpoint,
    calls: u64,
    good: Vec<Answer>,
    failed: Vec<Answer>,
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recorder")
    }
}

/// What was heard of Meta in one call, as it came.
#[derive(Default)]
pub(super) struct Heard {
    pub status: Option<u16>,
    pub body: Vec<u8>,
    /// What the headers tell of our shares.
    pub told: Option<Told>,
}

impl Recorder {
    /// Everything that was kept, in the order of the calls of each kind. Nothing is left behind.
    #[must_use]
    pub fn take(&self) -> Vec<Answer> {
        let kept = std::mem::take(&mut *self.kept());
        kept.into_iter()
            .flat_map(|kind| {
                let calls = kind.calls;
                kind.good
                    .into_iter()
                    .chain(kind.failed)
                    .map(move |answer| Answer { calls, ..answer })
            })
            .collect()
    }

    /// Remembers an answer, unless there are enough of its kind. The text is made only where it is kept.
    pub(super) fn keep(
        &self,
        endpoint: Endpoint,
        heard: &Heard,
        error: Option<&MetaError>,
        redact: impl FnOnce() -> super::body::Body,
    ) {
        let mut kept = self.kept();
        let at = match kept.iter().position(|kind| kind.endpoint == endpoint) {
            Some(at) => at,
            None => {
                kept.push(Kept {
                    endpoint,
                    calls: 0,
                    good: Vec::new(),
                    failed: Vec::new(),
                });
                kept.len() - 1
            }
        };
        let kind = &mut kept[at];
        kind.calls += 1;
        let (list, max) = match error {
            Some(_) => (&mut kind.failed, FAILURES_MAX),
            None => (&mut kind.good, good_max(endpoint)),
        };
        if list.len() >= max {
            return;
        }
        let body = redact();
        list.push(Answer {
            endpoint,
            status: heard.status,
            error: error.map(|error| (error.class, error.code, error.subcode)),
            text: SecretString::from(body.text),
            size: heard.body.len(),
            is_cut: body.is_cut,
            calls: 0,
        });
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const fn good_max(endpoint: Endpoint) -> usize {
    match endpoint {
        Endpoint::AdAccounts | Endpoint::Businesses | Endpoint::BusinessAccounts => FIRST_PAGE,
        Endpoint::Campaigns => TESTS_MAX,
        _ => OTHERS_MAX,
    }
}
