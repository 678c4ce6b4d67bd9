use proptest::prelude::*;

use super::*;

const TOKEN: &str = "EAAGm0PX4ZCpsBAKZBxyz0123456789abcdefghij";
/// What `fb_exchange_token` gives: a token that the call did not know of.
const FRESH: &str = "EAAfreshZB9876543210zyxwvutsrqponmlkjihg";

fn text(raw: &str) -> String {
    redact_body(raw.as_bytes(), &["very-secret"]).text
}

#[test]
fn what_gives_access_goes_and_the_rest_stays() {
    let raw = format!(r#"{{"access_token":"{FRESH}","token_type":"bearer","expires_in":5183944}}"#);
    let kept: Value = serde_json::from_str(&text(&raw)).unwrap();
    assert_eq!(kept["access_token"], REDACTED);
    assert_eq!(kept["expires_in"], 5_183_944);
    assert_eq!(kept["token_type"], "bearer");

    let raw = format!(
        r#"{{"data":[{{"id":"act_120330000123456789","name":"Brand_DE_Performance_2026_Q4","account_status":1}}],
            "paging":{{"cursors":{{"after":"MjM4NDM"}},"next":"https:\/\/graph.facebook.com\/v25.0\/me\/adaccounts?access_token={TOKEN}&limit=25"}}}}"#
    );
    let kept: Value = serde_json::from_str(&text(&raw)).unwrap();
    assert_eq!(kept["data"][0]["name"], "Brand_DE_Performance_2026_Q4");
    assert_eq!(kept["data"][0]["id"], "act_120330000123456789");
    assert_eq!(kept["paging"]["cursors"]["after"], "MjM4NDM");
    assert_eq!(
        kept["paging"]["next"],
        "https://graph.facebook.com/v25.0/me/adaccounts?[redacted]"
    );

    let raw = r#"{"id":"1015","name":"Marta Kowalska","email":"marta@kowalska.example",
        "picture":{"data":{"url":"https://scontent.fbcdn.net/v/1.jpg?oh=00_AfB&oe=6743"}}}"#;
    let kept: Value = serde_json::from_str(&text(raw)).unwrap();
    assert_eq!(kept["email"], "marta@kowalska.example");
    assert_eq!(kept["name"], "Marta Kowalska");
    assert!(!kept.to_string().contains("oh="), "{kept}");
}

#[test]
fn an_errors_numbers_stay_and_a_logins_code_does_not() {
    let raw = r#"{"error":{"message":"Malformed access token very-secret","type":"OAuthException","code":190,
        "error_subcode":463,"fbtrace_id":"EJplcsCHuLu"}}"#;
    let kept: Value = serde_json::from_str(&text(raw)).unwrap();
    assert_eq!(kept["error"]["code"], 190);
    assert_eq!(kept["error"]["fbtrace_id"], "EJplcsCHuLu");
    assert_eq!(
        kept["error"]["message"],
        "Malformed access token [redacted]"
    );
    for (raw, expected) in [
        (r#"{"code":"190"}"#, "190"),
        (r#"{"code":"AQBx1y2z3"}"#, REDACTED),
    ] {
        let kept: Value = serde_json::from_str(&text(raw)).unwrap();
        assert_eq!(kept["code"], expected);
    }
}

#[test]
fn what_is_no_json_is_looked_through_as_a_text() {
    for raw in [
        format!(r#"{{"access_token":"{FRESH}","token_ty"#),
        format!(r#"{{"access_token" : "{}"#, &FRESH[..9]),
        r#"{"access_token":"short"#.to_owned(),
        format!(r#"<html><a href="https://x.example/?access_token={FRESH}">{FRESH}</a>"#),
        format!(r#"{{"next":"https:\/\/graph.facebook.com\/me?access_token={FRESH}&limit=1"#),
        format!(
            "GET /me?access_token={FRESH}&appsecret_proof={}",
            "0af1".repeat(16)
        ),
    ] {
        let kept = text(&raw);
        assert!(!kept.contains(&FRESH[..9]), "{kept}");
        assert!(!kept.contains("short"), "{kept}");
        assert!(!kept.contains("0af10af1"), "{kept}");
        assert!(kept.contains(REDACTED), "{kept}");
    }
    let page = "<html><title>Sorry, something went wrong.</title></html>";
    assert_eq!(text(page), page);
}

#[test]
fn a_long_answer_is_cut_at_a_whole_character() {
    let body = redact_body("ä ".repeat(KEPT_MAX).as_bytes(), &[]);
    assert!(body.is_cut);
    assert!(body.text.len() <= KEPT_MAX);
    assert!(!redact_body(b"{}", &[]).is_cut);
}

/// A credential as Meta makes them: a token, a code, a proof.
fn credential() -> impl Strategy<Value = String> {
    prop_oneof![
        "EAA[A-Za-z0-9]{20,120}",
        "AQ[A-Za-z0-9_-]{10,60}[0-9][A-Za-z0-9_-]{20,60}",
        "[0-9a-f]{63}[0-9]",
        "[0-9]{15,16}\\|[0-9a-zA-Z]{26,32}",
    ]
}

/// Any JSON with the credential somewhere in it, as a value or within one.
fn somewhere(credential: &str) -> impl Strategy<Value = Value> + use<> {
    let key = "[a-z_]{1,12}";
    let leaf = prop_oneof![
        Just(Value::String(credential.to_owned())),
        Just(Value::String(format!(
            "https://graph.facebook.com/v25.0/me?access_token={credential}&limit=1"
        ))),
        Just(Value::String(format!(
            "Malformed access token {credential}"
        ))),
        any::<i64>().prop_map(Value::from),
        "[a-z ]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    /// Wherever a credential stands, in whole JSON or in what is left of it when the connection broke.
    #[test]
    fn no_credential_is_kept(
        (secret, value) in credential().prop_flat_map(|secret| (Just(secret.clone()), somewhere(&secret))),
        cut in any::<prop::sample::Index>(),
    ) {
        let raw = value.to_string();
        let kept = redact_body(raw.as_bytes(), &[]).text;
        prop_assert!(!kept.contains(&secret), "{kept}");
        prop_assert!(!kept.contains(&secret[..24.min(secret.len())]), "{kept}");
        let torn = &raw[..cut.index(raw.len() + 1)];
        let kept = redact_body(torn.as_bytes(), &[]).text;
        prop_assert!(!kept.contains(&secret), "{kept}");
        prop_assert!(!kept.contains(&secret[..24.min(secret.len())]), "{kept}");
    }

    /// Known secrets go whatever they look like.
    #[test]
    fn no_known_secret_is_kept(secret in "[a-z]{8,40}", around in "[ -~]{0,60}", at in any::<prop::sample::Index>()) {
        let (left, right) = around.split_at(at.index(around.len() + 1));
        let raw = format!("{left}{secret}{right}");
        for raw in [raw.clone(), Value::String(raw).to_string()] {
            let kept = redact_body(raw.as_bytes(), &[&secret]).text;
            prop_assert!(!kept.contains(&secret), "{kept}");
        }
    }

    /// Nothing makes it fail, and nothing longer is kept than said.
    #[test]
    fn any_bytes_are_taken(raw in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(redact_body(&raw, &[]).text.len() <= KEPT_MAX);
    }
}
