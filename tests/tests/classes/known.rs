//! `docs/ERRORS.md` against the one judge of Meta's errors, and against the sandbox's own list of them, which its
//! tests hold complete. (That the document says what the tables say is a test of the app's.)

use std::collections::BTreeSet;

use app::model::{
    AnswerClass, Explanation, MetaCall,
    meta_code::{MetaCode, known, place},
};
use sandbox::FaultKind;
use server::meta::{Endpoint, Symptom, classify};

/// Where a row is met: at the call that it names, else at any that is made with a client's token.
const fn endpoint(row: &MetaCode) -> Endpoint {
    match row.call {
        Some(MetaCall::CodeExchange) => Endpoint::CodeExchange,
        Some(MetaCall::DebugToken) => Endpoint::DebugToken,
        _ => Endpoint::Me,
    }
}

fn judged(
    endpoint: Endpoint,
    code: Option<i64>,
    subcode: Option<i64>,
    message: &str,
) -> AnswerClass {
    classify(&Symptom {
        endpoint,
        code,
        subcode,
        kind: Some("OAuthException"),
        transient: false,
        message,
    })
}

#[test]
fn every_row_is_explained_as_it_is_judged() {
    for row in known() {
        // Each of the words that it has been seen with.
        for says in row.says.split(" / ") {
            let codes = [row.code, row.until];
            let codes = codes.into_iter().flatten().map(Some);
            let codes: Vec<_> = if row.code.is_some() {
                codes.collect()
            } else {
                vec![None]
            };
            for code in codes {
                let class = judged(endpoint(row), code, row.subcode, says);
                assert_eq!(class, row.explanation.class(), "{row:?}");
            }
        }
    }
}

#[test]
fn every_class_is_explained() {
    for class in AnswerClass::ALL {
        let told = { Explanation::ALL.iter() }.filter(|told| told.class() == *class);
        assert!(told.count() > 0, "{class:?}");
    }
}

/// A number is known to the judge if it means more than a number that nobody has ever seen. Meta's codes have had
/// five digits so far.
#[test]
fn every_code_that_the_judge_knows_has_a_row() {
    const NEW: i64 = 98_765;
    let unknown = judged(Endpoint::Me, Some(NEW), None, "");
    assert_eq!(unknown, AnswerClass::Retry);
    let mut known = 0;
    for code in 0..100_000 {
        if judged(Endpoint::Me, Some(code), None, "") != unknown {
            known += 1;
            assert!(place(code, None).is_some(), "code {code} has no row");
        }
    }
    assert!(known > 100, "{known}");
}

#[test]
fn every_subcode_that_the_judge_knows_has_a_row() {
    let rows: BTreeSet<_> = known().filter_map(|row| row.subcode).collect();
    let endpoints = [Endpoint::Me, Endpoint::CodeExchange];
    for (endpoint, code) in
        { endpoints.into_iter() }.flat_map(|at| [1, 100, 190, 200].map(|code| (at, code)))
    {
        let alone = judged(endpoint, Some(code), None, "");
        // The numbers of sessions, and those that rows have: of the rest of five million no rule can be seen.
        for subcode in (0..5_000).chain(rows.iter().copied()) {
            if judged(endpoint, Some(code), Some(subcode), "") != alone {
                // 99 is an excuse, not an error: `unknown` that is transient.
                assert!(rows.contains(&subcode), "{code}/{subcode} has no row");
            }
        }
    }
}

#[test]
fn every_error_of_the_sandbox_has_a_row() {
    let rows: BTreeSet<_> = known()
        .map(|row| (row.code.unwrap_or(0), row.subcode.unwrap_or(0)))
        .collect();
    let mut count = 0;
    for preset in sandbox::presets().filter(|preset| preset.kind == FaultKind::Error) {
        count += 1;
        let numbers = (preset.code, preset.subcode);
        assert!(rows.contains(&numbers), "{}: {numbers:?}", preset.name);
    }
    assert!(count > 60, "{count}");
}
