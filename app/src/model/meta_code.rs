//! Meta's errors that are known: what Meta says, and what it is to people. Which class an answer has is judged
//! by the Graph client alone; a test holds this table against it.
//!
//! Sources: docs/graph-api/guides/error-handling, docs/graph-api/overview/rate-limiting, and bodies recorded in
//! public repositories and in reports from the field.

mod limits;
mod logins;
mod others;

use super::{AnswerClass, Explanation, MetaCall};

/// An error of Meta's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetaCode {
    /// `error.code`; `None` where Meta gives none.
    pub code: Option<i64>,
    /// The last code of a range that means the same, where there is one.
    pub until: Option<i64>,
    /// `error.error_subcode`
    pub subcode: Option<i64>,
    /// Tells rows with the same numbers apart; empty for the usual one.
    pub case: &'static str,
    /// The one call where it means this; everywhere, where none is named.
    pub call: Option<MetaCall>,
    /// Meta's words, in full or as far as they stay the same.
    pub says: &'static str,
    pub explanation: Explanation,
}

impl MetaCode {
    const fn new(code: i64, subcode: i64, explanation: Explanation, says: &'static str) -> Self {
        Self {
            code: Some(code),
            until: None,
            subcode: if subcode == 0 { None } else { Some(subcode) },
            case: "",
            call: None,
            says,
            explanation,
        }
    }

    /// One of several with the same numbers.
    const fn case(self, case: &'static str) -> Self {
        Self { case, ..self }
    }

    /// Every code from this one to that.
    const fn until(self, last: i64) -> Self {
        Self {
            until: Some(last),
            ..self
        }
    }

    /// Where it means this.
    const fn at(self, call: MetaCall) -> Self {
        Self {
            call: Some(call),
            ..self
        }
    }

    /// Its place on the page and in the document that explain it.
    #[must_use]
    pub fn anchor(&self) -> String {
        let mut anchor = anchor(self.code, self.subcode);
        if !self.case.is_empty() {
            anchor.push('-');
            anchor.push_str(self.case);
        }
        anchor
    }

    /// `190/463`, or `200–299`; `None` where Meta gives no number.
    #[must_use]
    pub fn number(&self) -> Option<String> {
        let code = self.code?;
        Some(match self.until {
            Some(last) => format!("{code}–{last}"),
            None => number(code, self.subcode),
        })
    }

    /// Whether it is of these numbers, and not of a range around them.
    fn is_of(&self, code: i64, subcode: Option<i64>) -> bool {
        self.code == Some(code) && self.subcode == subcode
    }

    /// Whether its range holds this code.
    fn holds(&self, code: i64) -> bool {
        let range = self.code.zip(self.until);
        range.is_some_and(|(first, last)| (first..=last).contains(&code))
    }
}

/// Numbers of Meta's as people write them: `190/463`.
#[must_use]
pub fn number(code: i64, subcode: Option<i64>) -> String {
    match subcode {
        Some(subcode) => format!("{code}/{subcode}"),
        None => code.to_string(),
    }
}

/// The place of the usual row of these numbers.
fn anchor(code: Option<i64>, subcode: Option<i64>) -> String {
    match (code, subcode) {
        (None, _) => "code-none".to_owned(),
        (Some(code), None) => format!("code-{code}"),
        (Some(code), Some(subcode)) => format!("code-{code}-{subcode}"),
    }
}

/// The place that explains what no row does.
pub const UNKNOWN: &str = "unlisted";

/// The place that explains an error of Meta's: the row of its numbers, else of its code alone; `None` where
/// neither is known.
#[must_use]
pub fn place(code: i64, subcode: Option<i64>) -> Option<String> {
    narrowest(code, subcode, |_| true).map(MetaCode::anchor)
}

/// What is said of these numbers under this class.
pub(super) fn lookup(code: i64, subcode: Option<i64>, class: AnswerClass) -> Option<Explanation> {
    narrowest(code, subcode, |row| row.explanation.class() == class).map(|row| row.explanation)
}

/// The row of both numbers, else of the subcode under whatever code, else of the code, else of a range around it.
fn narrowest(
    code: i64,
    subcode: Option<i64>,
    fits: impl Fn(&MetaCode) -> bool,
) -> Option<&'static MetaCode> {
    let find = |is_it: &dyn Fn(&MetaCode) -> bool| {
        // The usual row before those that are told apart by words.
        let mut rows: Vec<_> = { known() }.filter(|row| fits(row) && is_it(row)).collect();
        rows.sort_by_key(|row| !row.case.is_empty());
        rows.first().copied()
    };
    find(&|row| row.is_of(code, subcode))
        .or_else(|| find(&|row| row.subcode.is_some() && row.subcode == subcode))
        .or_else(|| find(&|row| row.is_of(code, None)))
        .or_else(|| find(&|row| row.holds(code)))
}

/// Every error that is known, in the order in which they are explained.
pub fn known() -> impl Iterator<Item = &'static MetaCode> {
    [logins::ROWS, limits::ROWS, others::ROWS]
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_has_a_place_of_its_own() {
        let places: BTreeSet<String> = known().map(MetaCode::anchor).collect();
        assert_eq!(places.len(), known().count());
        assert!(places.contains("code-190-463") && places.contains("code-100-proof"));
    }

    #[test]
    fn an_error_leads_to_its_row_or_to_that_of_its_code() {
        assert_eq!(place(190, Some(463)).as_deref(), Some("code-190-463"));
        assert_eq!(place(190, Some(7)).as_deref(), Some("code-190"));
        assert_eq!(place(190, None).as_deref(), Some("code-190"));
        assert_eq!(place(100, None).as_deref(), Some("code-100"));
        assert_eq!(place(250, None).as_deref(), Some("code-200"));
        assert_eq!(place(299, None).as_deref(), Some("code-299"));
        assert_eq!(place(987_654, None), None);
    }
}
