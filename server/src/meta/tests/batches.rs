//! Many reads in one call, and what becomes of each.

use serde_json::{Value, json};

use super::{fake::Answer, *};

fn tokens(count: usize) -> Vec<SecretString> {
    (0..count)
        .map(|number| format!("EAAtoken{number:04}").into())
        .collect()
}

fn facts(person: usize) -> Value {
    let body = json!({"data": {"is_valid": true, "app_id": "257000000000001", "user_id": person.to_string(), "scopes": []}});
    json!({"code": 200, "body": body.to_string()})
}

fn batch(rows: Vec<Value>) -> Answer {
    Answer::json(&Value::from(rows).to_string())
}

fn people(answers: &[Result<TokenFacts, MetaError>]) -> Vec<Option<String>> {
    let told = answers.iter();
    told.map(|answer| answer.as_ref().ok()?.user_id.clone())
        .collect()
}

#[tokio::test]
async fn fifty_tokens_are_one_call_with_nothing_secret_in_its_address() {
    let rows = |range: std::ops::Range<usize>| batch(range.map(facts).collect());
    let fake = Fake::new([rows(0..50), rows(50..100), rows(100..120)]).await;
    let tokens = tokens(120);
    let answers = graph(&fake).debug_tokens(&tokens).await;
    let expected: Vec<_> = (0..120).map(|number| Some(number.to_string())).collect();
    assert_eq!(people(&answers), expected);
    let asked = fake.asked();
    assert_eq!(asked.len(), 3);
    for call in asked {
        assert_eq!(
            (call.method.as_str(), call.address.as_str()),
            ("POST", "/v25.0/")
        );
        let app = format!("257000000000001|{APP_SECRET}");
        assert_eq!(call.form["access_token"], app);
        let proof = appsecret_proof(&APP_SECRET.into(), &app.into());
        assert_eq!(call.form["appsecret_proof"], proof);
        assert_eq!(call.form["include_headers"], "false");
        let items: Vec<Value> = serde_json::from_str(&call.form["batch"]).expect("items");
        assert!(items.len() <= 50);
        for item in items {
            assert_eq!(item["method"], "GET");
            let url = item["relative_url"].as_str().expect("an address");
            assert!(url.starts_with("debug_token?input_token=EAAtoken"), "{url}");
            assert!(
                !url.contains(APP_SECRET) && !url.contains("access_token"),
                "{url}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_null_or_failed_for_the_moment_is_asked_singly() {
    let service_down = json!({"error": {"message": "x", "code": 2}}).to_string();
    let dead = json!({"data": {"is_valid": false, "scopes": [], "error": {"code": 190, "subcode": 463, "message": "x"}}});
    let rows = vec![
        facts(0),
        Value::Null,
        json!({"code": 500, "body": service_down}),
        json!({"code": 200, "body": "{\"data\":{\"is_va"}),
        json!({"code": 200, "body": dead.to_string()}),
        json!({"code": 200}),
    ];
    let single = |person: usize| {
        let row = facts(person);
        Answer::json(row["body"].as_str().expect("a body"))
    };
    let fake = Fake::new([batch(rows), single(7), single(7), single(7), single(7)]).await;
    let answers = graph(&fake).debug_tokens(&tokens(6)).await;
    let seven = Some("7".to_owned());
    let expected = [
        Some("0".to_owned()),
        seven.clone(),
        seven.clone(),
        seven.clone(),
        None,
        seven,
    ];
    assert_eq!(people(&answers), expected);
    let dead = answers[4].as_ref().expect("an answer about a dead token");
    assert_eq!(dead.class(), Some(AnswerClass::Relogin));
    let asked = fake.asked();
    let mut singly: Vec<_> = asked[1..]
        .iter()
        .map(|call| &call.query["input_token"])
        .collect();
    singly.sort();
    assert_eq!(
        singly,
        [
            "EAAtoken0001",
            "EAAtoken0002",
            "EAAtoken0003",
            "EAAtoken0005"
        ]
    );
}

#[tokio::test]
async fn an_item_is_judged_like_a_single_answer() {
    let row = |body: &str| json!({"code": 400, "body": body});
    let rows = vec![
        row(r#"{"error":{"message":"x","code":100,"error_subcode":33}}"#),
        json!({"code": 200, "body": r#"{"data":[],"summary":{"total_count":4}}"#}),
        row(
            r#"{"error":{"message":"Error validating access token: EAAtoken0002 is over","code":190,"error_subcode":463}}"#,
        ),
        json!({"code": 400, "body": r#"{"error":{"message":"too many","code":80004,"error_subcode":2446079}}"#,
            "headers": [{"name": "X-Business-Use-Case-Usage", "value": r#"{"4":[{"call_count":100,"estimated_time_to_regain_access":9}]}"#}]}),
    ];
    let fake = Fake::new([batch(rows)]).await;
    let graph = graph(&fake);
    let tokens = tokens(5);
    let numbers = ["1", "2", "3", "4", "none"];
    let accounts: Vec<_> = tokens
        .iter()
        .zip(numbers)
        .map(|(token, number)| AccountRef { token, number })
        .collect();
    let answers = graph.campaigns_counts(&accounts).await;
    let class = |at: usize| answers[at].as_ref().map_err(|error| error.class).copied();
    assert_eq!(class(0), Err(AnswerClass::NotFound));
    assert_eq!(class(1), Ok(4));
    let ended = answers[2].as_ref().expect_err("ended");
    assert_eq!(
        (ended.class, ended.cause),
        (AnswerClass::Relogin, Some(Cause::Ended))
    );
    assert!(!format!("{ended:?}").contains("EAAtoken"), "{ended:?}");
    assert_eq!(class(3), Err(AnswerClass::Wait));
    assert_eq!(
        answers[4].as_ref().expect_err("no number").fault,
        Fault::NotSent
    );

    let call = &fake.asked()[0];
    assert_eq!(call.form["include_headers"], "true");
    let items: Vec<Value> = serde_json::from_str(&call.form["batch"]).expect("items");
    assert_eq!(items.len(), 4);
    for (token, item) in tokens.iter().zip(&items) {
        let url = item["relative_url"].as_str().expect("an address");
        let proof = appsecret_proof(&APP_SECRET.into(), token);
        assert!(url.contains(&format!("appsecret_proof={proof}")), "{url}");
    }

    let again = graph.campaigns_counts(&accounts[3..4]).await;
    assert_eq!(again[0].as_ref().expect_err("held").fault, Fault::Held);
    assert_eq!(fake.asked().len(), 1, "its account is stopped");
}

#[tokio::test]
async fn a_batch_that_fails_as_a_whole_fails_each_by_its_class() {
    for (body, class) in [
        (
            r#"{"error_code":190,"error_description":"Invalid OAuth 2.0 Access Token"}"#,
            AnswerClass::FixConfig,
        ),
        (
            r#"{"error":{"message":"x","type":"OAuthException","code":101}}"#,
            AnswerClass::FixConfig,
        ),
        (
            r#"{"error":{"message":"x","type":"OAuthException","code":4}}"#,
            AnswerClass::Wait,
        ),
    ] {
        let fake = Fake::new([Answer::of(400, "application/json", body)]).await;
        let answers = graph(&fake).debug_tokens(&tokens(3)).await;
        assert_eq!(answers.len(), 3);
        for answer in answers {
            let error = answer.expect_err(body);
            assert_eq!((error.class, error.endpoint), (class, Endpoint::DebugToken));
        }
        assert_eq!(fake.asked().len(), 1, "{body}");
    }
    let html = || Answer::of(503, "text/html", "<html>");
    let fake = Fake::new([html(), html(), html()]).await;
    let answers = graph(&fake).debug_tokens(&tokens(3)).await;
    assert!(answers.iter().all(Result::is_err));
    assert_eq!(
        fake.asked().len(),
        3,
        "a batch of reads is tried again, its items are not"
    );
}

#[tokio::test]
async fn a_batch_that_took_too_long_or_makes_no_sense_is_asked_one_by_one() {
    let aborted = || {
        let body = r#"{"error":{"message":"Request aborted.","type":"OAuthException","code":960}}"#;
        Answer::of(400, "application/json", body)
    };
    let single = || {
        let row = facts(7);
        Answer::json(row["body"].as_str().expect("a body"))
    };
    let short = batch(vec![facts(0)]);
    for whole in [
        vec![aborted(), aborted(), aborted()],
        vec![short],
        vec![Answer::json("{}")],
    ] {
        let answers = whole.into_iter().chain([single(), single()]);
        let fake = Fake::new(answers).await;
        let answers = graph(&fake).debug_tokens(&tokens(2)).await;
        assert_eq!(
            people(&answers),
            [Some("7".to_owned()), Some("7".to_owned())]
        );
    }
}

#[tokio::test]
async fn accounts_of_many_people_come_with_their_cursors() {
    let page = json!({"data": [{"id": "act_1", "account_id": "1", "name": "One", "account_status": 1}],
        "paging": {"cursors": {"before": "b", "after": "next"}, "next": "https://graph.facebook.com/x?access_token=EAAx&after=next"}});
    let none = json!({"data": []});
    let rows = [page, none].map(|body| json!({"code": 200, "body": body.to_string()}));
    let fake = Fake::new([batch(rows.to_vec())]).await;
    let tokens = tokens(2);
    let tokens: Vec<_> = tokens.iter().collect();
    let pages = graph(&fake).ad_accounts_of_each(&tokens).await;
    let first = pages[0].as_ref().expect("a page");
    assert_eq!(
        (first.items[0].number.as_str(), first.next.as_deref()),
        ("1", Some("next"))
    );
    assert_eq!(pages[1].as_ref().expect("a page").next, None);
}

#[tokio::test]
async fn what_a_batch_brings_is_recorded_item_by_item() {
    let rows = vec![facts(0), facts(1)];
    let fake = Fake::new([batch(rows)]).await;
    let recorder = Recorder::default();
    let graph = graph(&fake).recording(&recorder);
    let answers = graph.debug_tokens(&tokens(2)).await;
    assert!(answers.iter().all(Result::is_ok));
    let kept = recorder.take();
    assert_eq!(kept.len(), 2);
    assert!(
        kept.iter()
            .all(|answer| answer.endpoint == Endpoint::DebugToken && answer.status == Some(200))
    );
}
