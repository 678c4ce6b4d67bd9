use std::collections::BTreeMap;

use secrecy::{ExposeSecret as _, SecretString};

use super::*;
use crate::domain::rng::Rng;

/// Counts instead of throwing dice.
struct Counting;

impl Rng for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for (place, byte) in (0..).zip(bytes) {
            *byte = place;
        }
    }
}

fn dialog(config: MetaConfig, auth_type: Option<AuthType>) -> (String, BTreeMap<String, String>) {
    let graph = graph_at(config, LIMITS);
    let state = SecretString::from("the-state");
    let scopes = graph.config().scopes.clone();
    let url = graph.dialog_url(&DialogRequest {
        state: &state,
        challenge: new_pkce(&Counting).0,
        scopes: &scopes,
        auth_type,
        auth_nonce: (auth_type == Some(AuthType::Reauthenticate)).then_some("the-nonce"),
    });
    let pairs = url.query_pairs().into_owned().collect();
    (url.as_str().to_owned(), pairs)
}

#[test]
fn the_dialog_gets_state_challenge_and_the_one_address() {
    let (url, query) = dialog(config("https://www.facebook.com"), None);
    assert!(url.starts_with("https://www.facebook.com/v25.0/dialog/oauth?"));
    for (key, value) in [
        ("client_id", "257000000000001"),
        ("response_type", "code"),
        ("state", "the-state"),
        (
            "redirect_uri",
            "http://localhost:3000/oauth/facebook/callback",
        ),
        ("scope", "public_profile ads_read"),
        ("code_challenge_method", "S256"),
        ("code_challenge", new_pkce(&Counting).0.as_str()),
    ] {
        assert_eq!(query.get(key).map(String::as_str), Some(value), "{key}");
    }
    assert_eq!(query.len(), 7, "{url}");
    assert!(!url.contains(APP_SECRET));
}

#[test]
fn the_dialog_asks_again_or_as_the_login_configuration_says() {
    let base = "http://127.0.0.1:4000/";
    let (url, query) = dialog(config(base), Some(AuthType::Rerequest));
    assert!(
        url.starts_with("http://127.0.0.1:4000/v25.0/dialog/oauth?"),
        "{url}"
    );
    assert_eq!(query["auth_type"], "rerequest");

    let business = MetaConfig {
        login_config_id: Some("778".to_owned()),
        ..config(base)
    };
    let (_, query) = dialog(business, Some(AuthType::Reauthenticate));
    assert_eq!(query["config_id"], "778");
    assert_eq!(query["auth_type"], "reauthenticate");
    assert!(!query.contains_key("scope"));
}

#[test]
fn pkce_pairs_fit_and_are_ours() {
    let (challenge, verifier) = new_pkce(&Counting);
    assert_eq!(verifier.expose_secret().len(), 43);
    assert_eq!(challenge.method().as_str(), "S256");
    assert_eq!(
        verifier.expose_secret(),
        new_pkce(&Counting).1.expose_secret()
    );
}

#[tokio::test]
async fn the_code_is_exchanged_by_post_with_nothing_in_the_address() {
    let answer = r#"{"access_token":"EAAshort","token_type":"bearer","expires_in":5108}"#;
    let script = fake::Answer::of(200, "text/javascript; charset=UTF-8", answer);
    let fake = Fake::new([script]).await;
    let verifier = SecretString::from("the-verifier");
    let given = graph(&fake)
        .exchange_code("the-code".into(), &verifier)
        .await
        .expect("a token");
    assert_eq!(given.token.expose_secret(), "EAAshort");
    assert_eq!(given.expires_in, Some(5108));

    let asked = &fake.asked()[0];
    assert_eq!(
        (asked.method.as_str(), asked.address.as_str()),
        ("POST", "/v25.0/oauth/access_token")
    );
    let app_token = format!("257000000000001|{APP_SECRET}");
    for (key, value) in [
        ("client_id", "257000000000001"),
        ("client_secret", APP_SECRET),
        ("code", "the-code"),
        ("code_verifier", "the-verifier"),
        (
            "redirect_uri",
            "http://localhost:3000/oauth/facebook/callback",
        ),
        ("access_token", &app_token),
        (
            "appsecret_proof",
            &appsecret_proof(&APP_SECRET.into(), &app_token.as_str().into()),
        ),
    ] {
        assert_eq!(
            asked.form.get(key).map(String::as_str),
            Some(value),
            "{key}"
        );
    }
}

#[tokio::test]
async fn a_refused_code_is_not_sent_again() {
    let refusal = r#"{"error":{"message":"This authorization code has been used. code=the-code client_secret=app-secret-7c1f","type":"OAuthException","code":100,"error_subcode":36009,"fbtrace_id":"AbC"}}"#;
    let broken = fake::Answer::of(200, "application/json", "{\"access_token\":\"EAAsh");
    let fake = Fake::new([fake::Answer::of(400, "application/json", refusal), broken]).await;
    let graph = graph(&fake);
    let verifier = SecretString::from("the-verifier");
    let spent = graph.exchange_code("the-code".into(), &verifier).await;
    let error = spent.expect_err("a refusal");
    assert_eq!(
        (error.class, error.cause, error.subcode),
        (AnswerClass::Relogin, Some(Cause::CodeSpent), Some(36009))
    );
    assert_eq!(error.fbtrace.as_deref(), Some("AbC"));
    let told = format!("{error} {error:?}");
    assert!(
        !told.contains("the-code") && !told.contains(APP_SECRET),
        "{told}"
    );

    let cut = graph.exchange_code("the-code".into(), &verifier).await;
    let error = cut.expect_err("a cut off answer");
    assert_eq!(
        (error.class, error.fault),
        (AnswerClass::Retry, Fault::Nonsense)
    );
    assert_eq!(fake.asked().len(), 2);
}

#[tokio::test]
async fn a_token_is_made_long_lived_by_post() {
    let fake = Fake::json(&[
        r#"{"access_token":"EAAlong","token_type":"bearer","expires_in":5183944}"#,
        r#"{"access_token":"EAAnever","token_type":"bearer"}"#,
        r#"{"token_type":"bearer"}"#,
    ])
    .await;
    let graph = graph(&fake);
    let long = graph.exchange_long_lived(&token()).await.expect("a token");
    assert_eq!(long.expires_in, Some(5_183_944));
    let never = graph.exchange_long_lived(&token()).await.expect("a token");
    assert_eq!(never.expires_in, None);
    let none = graph.exchange_long_lived(&token()).await.expect_err("none");
    assert_eq!(none.fault, Fault::Nonsense);

    let asked = &fake.asked()[0];
    assert_eq!(asked.address, "/v25.0/oauth/access_token");
    assert_eq!(asked.form["grant_type"], "fb_exchange_token");
    assert_eq!(asked.form["fb_exchange_token"], TOKEN);
    assert!(!format!("{long:?}").contains("EAAlong"));
}
