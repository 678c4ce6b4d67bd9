//! Many tokens looked at in few calls, while Meta fails at some of them.

use sandbox::{Event, Fault, Mint, Target};
use secrecy::SecretString;
use tests::{TestApp, people};

const TOKENS: usize = 120;

fn mint(app: &TestApp, number: usize) -> String {
    let mint = Mint {
        person: people::MARTA.to_owned(),
        ..Mint::default()
    };
    let token = app
        .sandbox
        .state()
        .mint(mint)
        .expect("a person")
        .access_token;
    if number.is_multiple_of(3) {
        let target = Target::Token(token.clone());
        let happened = app.sandbox.state().event(Event::Invalidate, &target);
        happened.expect("a known token");
    }
    token
}

#[tokio::test]
async fn tokens_in_batches_are_all_judged_right_whatever_fails() {
    for preset in ["null", "service_down", "truncated", "unknown_error"] {
        let app = TestApp::start().await;
        let tokens: Vec<SecretString> = (0..TOKENS).map(|n| mint(&app, n).into()).collect();
        let graph = app.portal.graph().expect("a Graph client");
        let fault = Fault::preset("debug_token", preset).expect("a preset");
        let state = app.sandbox.state();
        state.fault(Fault {
            times: Fault::UNTIL_CLEARED,
            share: Some(0.3),
            ..fault
        });
        let answers = graph.debug_tokens(&tokens).await;
        let mut silent = 0;
        for (number, answer) in answers.iter().enumerate() {
            match answer {
                Ok(facts) => assert_eq!(facts.is_valid, !number.is_multiple_of(3), "{number}"),
                Err(error) => {
                    assert!(error.class.passes(), "{error}");
                    silent += 1;
                }
            }
        }
        assert!(silent < TOKENS / 10, "{preset}: {silent} without an answer");
        let calls = state.calls();
        let batches = calls.iter().filter(|call| call.edge == "batch").count();
        assert_eq!(batches, TOKENS.div_ceil(50), "{preset}");
        let singly = calls
            .iter()
            .filter(|call| call.edge == "debug_token" && !call.batch);
        assert!(singly.count() >= TOKENS / 5, "{preset}");
        for call in calls
            .iter()
            .filter(|call| !call.batch && call.edge == "batch")
        {
            assert!(
                !call.token_in_url && !call.secret_in_url && call.proof,
                "{call:?}"
            );
        }
    }
}
