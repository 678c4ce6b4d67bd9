use tokio::{io::AsyncReadExt as _, net::TcpListener};

use super::{fake::Answer, *};

#[tokio::test]
async fn what_is_no_graph_answer_is_nonsense_and_temporary() {
    for answer in [
        Answer::of(
            400,
            "text/html",
            "<html><h1>400 Bad Request</h1><p>nginx</p></html>",
        ),
        Answer::of(200, "text/plain", "Service Unavailable"),
        Answer::of(503, "text/plain", ""),
        Answer::json(r#"{"id":"77","name":"An"#),
        Answer::json(r#"["77"]"#),
        Answer::json("true"),
        Answer::json("null"),
        Answer::json(r#"{"id":{"a":1}}"#),
    ] {
        let fake = Fake::new([answer.clone()]).await;
        let error = graph(&fake).me(&token()).await.expect_err("nonsense");
        assert_eq!(error.fault, Fault::Nonsense, "{answer:?}");
        assert_eq!(error.class, AnswerClass::Retry, "{answer:?}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let answer =
        Answer::of(302, "application/json", r#"{"id":"77"}"#).with("location", "/elsewhere");
    let fake = Fake::new([answer, Answer::json(r#"{"id":"66"}"#)]).await;
    let error = graph(&fake).me(&token()).await.expect_err("a redirect");
    assert_eq!(error.fault, Fault::Nonsense);
    assert_eq!(fake.asked().len(), 1);
}

#[tokio::test]
async fn an_endless_answer_is_left() {
    let fake = Fake::new([Answer::json(&" ".repeat(5 * 1024 * 1024))]).await;
    let error = graph(&fake).me(&token()).await.expect_err("too much");
    assert_eq!(error.fault, Fault::Nonsense);
}

#[tokio::test]
async fn errors_are_judged_whatever_the_status_and_shape() {
    for (answer, class, code) in [
        (
            Answer::of(
                401,
                "text/javascript; charset=UTF-8",
                r#"{"error":{"message":"x","type":"OAuthException","code":190,"error_subcode":463}}"#,
            ),
            AnswerClass::Relogin,
            Some(190),
        ),
        (
            Answer::json(r#"{"error":{"message":"x","type":"OAuthException","code":"17"}}"#),
            AnswerClass::Wait,
            Some(17),
        ),
        (
            Answer::of(
                500,
                "application/json",
                r#"{"error":{"message":"x","type":"OAuthException","code":2,"is_transient":true}}"#,
            ),
            AnswerClass::Retry,
            Some(2),
        ),
        (
            Answer::json(
                r#"{"error_code":190,"error_description":"Invalid OAuth 2.0 Access Token"}"#,
            ),
            AnswerClass::Relogin,
            Some(190),
        ),
        (
            Answer::json(r#"{"error":"nonsense"}"#),
            AnswerClass::Retry,
            None,
        ),
        (Answer::json(r#"{"error":{}}"#), AnswerClass::Retry, None),
    ] {
        // As often as a read is made at most.
        let fake = Fake::new(vec![answer.clone(); 3]).await;
        let error = graph(&fake).me(&token()).await.expect_err("an error");
        assert_eq!(error.fault, Fault::Graph, "{answer:?}");
        assert_eq!((error.class, error.code), (class, code), "{answer:?}");
    }
}

#[tokio::test]
async fn errors_tell_no_token_no_secret_and_no_proof() {
    let proof = appsecret_proof(&APP_SECRET.into(), &token());
    let body = format!(
        r#"{{"error":{{"message":"Bad call /me?access_token={TOKEN}&appsecret_proof={proof} by {APP_SECRET}","type":"OAuthException","code":190}}}}"#
    );
    let fake = Fake::json(&[&body]).await;
    let error = graph(&fake).me(&token()).await.expect_err("an error");
    let told = format!("{error} {error:?} {:?}", graph(&fake));
    for secret in [TOKEN, APP_SECRET, &proof] {
        assert!(!told.contains(secret), "{told}");
    }
    assert!(told.contains("Bad call /me?access_token="), "{told}");
}

#[tokio::test]
async fn a_silent_server_ends_in_a_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a caller");
        // Reads until the caller hangs up, and says nothing.
        let mut heard = Vec::new();
        let _ = stream.read_to_end(&mut heard).await;
    });
    let patience = Duration::from_millis(50);
    let limits = Limits {
        connect: patience,
        call: patience,
        ..LIMITS
    };
    let graph = graph_at(config(&base), limits);
    let error = graph.me(&token()).await.expect_err("no answer");
    assert_eq!(
        (error.fault, error.class),
        (Fault::Timeout, AnswerClass::Retry)
    );
    assert!(!format!("{error:?}").contains("127.0.0.1"));
}

#[tokio::test]
async fn a_broken_and_a_missing_connection_are_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let served = tokio::spawn(async move {
        for _ in 0..3 {
            let (mut stream, _) = listener.accept().await.expect("a caller");
            let mut some = [0; 16];
            let _ = stream.read(&mut some).await;
        }
    });
    let graph = graph_at(config(&base), LIMITS);
    let broken = graph.me(&token()).await.expect_err("hung up");
    assert_eq!(
        (broken.fault, broken.class),
        (Fault::Broken, AnswerClass::Retry)
    );
    served.await.expect("the server ends");

    let missing = graph.me(&token()).await.expect_err("nobody there");
    assert_eq!(
        (missing.fault, missing.class),
        (Fault::Unreachable, AnswerClass::Retry)
    );
}

#[tokio::test]
async fn plain_http_to_another_machine_is_not_sent() {
    let graph = graph_at(config("http://graph.example.com"), LIMITS);
    let error = graph.me(&token()).await.expect_err("not allowed");
    assert_eq!(error.fault, Fault::NotSent);
}
