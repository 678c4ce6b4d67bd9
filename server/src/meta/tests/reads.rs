use secrecy::ExposeSecret as _;

use super::*;

#[tokio::test]
async fn a_valid_token_is_told_with_all_its_facts() {
    let fake = Fake::json(&[
        r#"{"data":{"app_id":"257000000000001","type":"USER","application":"Portico","data_access_expires_at":1676526788,"expires_at":1673934788,"is_valid":true,"issued_at":1668750788,"scopes":["public_profile","ads_read"],"granular_scopes":[{"scope":"ads_read","target_ids":["123",456]},{"scope":"public_profile"}],"user_id":"9007199254740993123"}}"#,
        r#"{"data":{"app_id":257000000000001,"type":"SYSTEM_USER","expires_at":0,"data_access_expires_at":0,"is_valid":true,"scopes":[],"user_id":"1"}}"#,
    ])
    .await;
    let graph = graph(&fake);
    let facts = graph.debug_token(&token()).await.expect("facts");
    assert!(facts.is_valid && facts.error.is_none());
    assert_eq!(facts.app_id.as_deref(), Some("257000000000001"));
    assert_eq!(facts.user_id.as_deref(), Some("9007199254740993123"));
    assert_eq!(facts.kind, Some(TokenKind::User));
    let seconds = facts.expires_at.map(|at| at.timestamp());
    assert_eq!(seconds, Some(1_673_934_788));
    assert_eq!(facts.scopes, ["public_profile", "ads_read"]);
    let targets = facts.granular[0].target_ids.clone();
    assert_eq!(targets, Some(vec!["123".to_owned(), "456".to_owned()]));
    assert_eq!(facts.granular[1].target_ids, None);

    let system = graph.debug_token(&token()).await.expect("facts");
    assert_eq!(system.kind, Some(TokenKind::SystemUser));
    assert_eq!(system.app_id.as_deref(), Some("257000000000001"));
    assert_eq!(
        (system.expires_at, system.data_access_expires_at),
        (None, None)
    );

    let asked = &fake.asked()[0];
    let app_token = format!("257000000000001|{APP_SECRET}");
    assert_eq!(asked.path, "/v25.0/debug_token");
    assert_eq!(
        asked.headers["authorization"],
        format!("Bearer {app_token}")
    );
    assert_eq!(asked.query["input_token"], TOKEN);
    assert!(!asked.address.contains(APP_SECRET));
    assert!(!asked.query.contains_key("access_token"));
}

#[tokio::test]
async fn a_bad_token_is_an_answer() {
    let unparsable = format!(
        r#"{{"data":{{"error":{{"code":190,"message":"Malformed access token {TOKEN}"}},"is_valid":false,"scopes":[]}}}}"#
    );
    let fake = Fake::json(&[
        &unparsable,
        r#"{"data":{"app_id":"1","type":"USER","expires_at":0,"is_valid":false,"scopes":["ads_read"],"user_id":"5","error":{"code":190,"subcode":460,"message":"The session has been invalidated because the user changed the password."}}}"#,
        r#"{"data":{"is_valid":false,"error":{"code":190,"subcode":459,"message":"checkpoint"}}}"#,
        r#"{"data":{"scopes":[]}}"#,
    ])
    .await;
    let graph = graph(&fake);
    let facts = graph.debug_token(&token()).await.expect("facts");
    assert!(!facts.is_valid && facts.app_id.is_none());
    let told = format!("{facts:?}");
    assert!(!told.contains(TOKEN), "{told}");
    assert_eq!(facts.class(), Some(AnswerClass::Relogin));

    let changed = graph.debug_token(&token()).await.expect("facts");
    assert_eq!(
        changed.error.as_ref().and_then(|error| error.subcode),
        Some(460)
    );
    assert_eq!(changed.scopes, ["ads_read"]);
    let blocked = graph.debug_token(&token()).await.expect("facts");
    assert_eq!(blocked.class(), Some(AnswerClass::Blocked));
    let shapeless = graph.debug_token(&token()).await.expect_err("nonsense");
    assert_eq!(shapeless.fault, Fault::Nonsense);
}

#[tokio::test]
async fn me_takes_pictures_from_metas_hosts_only() {
    let with = |url: &str, silhouette: bool| {
        format!(
            r#"{{"id":"77","name":"Anna","email":"a@b.example","picture":{{"data":{{"url":"{url}","is_silhouette":{silhouette}}}}}}}"#
        )
    };
    let good = "https://scontent.xx.fbcdn.net/v/1.jpg?_nc=1";
    for (url, silhouette, expected) in [
        (good, false, Some(good)),
        (
            "https://platform-lookaside.fbsbx.com/p",
            false,
            Some("https://platform-lookaside.fbsbx.com/p"),
        ),
        (
            "https://lookaside.facebook.com/p",
            false,
            Some("https://lookaside.facebook.com/p"),
        ),
        (good, true, None),
        ("http://scontent.xx.fbcdn.net/v/1.jpg", false, None),
        ("https://fbcdn.net.example.com/1.jpg", false, None),
        ("https://evilfbcdn.net/1.jpg", false, None),
        ("javascript:alert(1)", false, None),
        ("https://user@scontent.fbcdn.net/1.jpg", false, None),
    ] {
        let fake = Fake::json(&[&with(url, silhouette)]).await;
        let me = graph(&fake).me(&token()).await.expect("a person");
        assert_eq!(me.picture.as_deref(), expected, "{url}");
        assert_eq!((me.id.as_str(), me.name.as_str()), ("77", "Anna"));
    }
}

#[tokio::test]
async fn me_forgives_fields_that_were_not_granted() {
    let fake = Fake::json(&[r#"{"id":"77"}"#, r#"{"name":"Anna"}"#]).await;
    let graph = graph(&fake);
    let me = graph.me(&token()).await.expect("a person");
    assert_eq!((me.name.as_str(), me.email, me.picture), ("77", None, None));
    let nobody = graph.me(&token()).await.expect_err("nonsense");
    assert_eq!(nobody.fault, Fault::Nonsense);
}

#[tokio::test]
async fn every_read_has_its_proof_and_no_token_in_the_address() {
    let fake = Fake::json(&[
        r#"{"id":"77"}"#,
        r#"{"data":[{"permission":"ads_read","status":"granted"},{"permission":"email","status":"declined"},{"permission":"x","status":"expired"},{"permission":"y","status":"new"}]}"#,
        "true",
        r#"{"success":true}"#,
        r#"{"data":[]}"#,
        r#"{"data":[]}"#,
        r#"{"data":[]}"#,
        r#"{"data":[],"summary":{"total_count":12}}"#,
        r#"{"success":false}"#,
    ])
    .await;
    let graph = graph(&fake);
    let token = token();
    graph.me(&token).await.expect("a person");
    let permissions = graph.permissions(&token).await.expect("permissions");
    let said: Vec<_> = permissions
        .iter()
        .map(|one| (one.name.as_str(), one.status))
        .collect();
    assert_eq!(
        said,
        [
            ("ads_read", PermissionStatus::Granted),
            ("email", PermissionStatus::Declined),
            ("x", PermissionStatus::Expired)
        ]
    );
    graph.revoke(&token, "77").await.expect("revoked");
    graph.revoke(&token, "77").await.expect("revoked");
    graph.ad_accounts(&token, None).await.expect("a page");
    graph.businesses(&token, None).await.expect("a page");
    let edge = BusinessEdge::Client;
    graph
        .business_accounts(&token, "5", edge, None)
        .await
        .expect("a page");
    assert_eq!(
        graph.campaigns_count(&token, "120").await.expect("a count"),
        12
    );
    graph.revoke(&token, "77").await.expect_err("no success");

    let asked = fake.asked();
    let calls: Vec<_> = asked
        .iter()
        .map(|one| format!("{} {}", one.method, one.path))
        .collect();
    assert_eq!(
        calls[..8],
        [
            "GET /v25.0/me",
            "GET /v25.0/me/permissions",
            "DELETE /v25.0/77/permissions",
            "DELETE /v25.0/77/permissions",
            "GET /v25.0/me/adaccounts",
            "GET /v25.0/me/businesses",
            "GET /v25.0/5/client_ad_accounts",
            "GET /v25.0/act_120/campaigns",
        ]
    );
    let proof = appsecret_proof(&APP_SECRET.into(), &token);
    for one in asked {
        assert_eq!(one.query["appsecret_proof"], proof, "{one:?}");
        assert_eq!(
            one.headers["authorization"],
            format!("Bearer {}", token.expose_secret())
        );
        assert!(!one.address.contains(TOKEN), "{}", one.address);
        let agent = one.headers["user-agent"].to_str().expect("text");
        assert!(agent.starts_with("Portico/"));
    }
}

#[tokio::test]
async fn pages_follow_the_cursor_and_never_the_address() {
    let fake = Fake::json(&[
        r#"{"data":[{"id":"act_1","account_id":"1","name":"One","account_status":1,"currency":"EUR","timezone_name":"Europe/Berlin","disable_reason":0,"user_tasks":["DRAFT","ANALYZE"],"business":{"id":"5","name":"Five"}},{"id":"act_2","account_status":2,"disable_reason":3},{"name":"no id"},{"id":"act_../me"},7],"paging":{"cursors":{"before":"b","after":"c1"},"next":"https://evil.example/steal?access_token=EAAx&after=zzz"}}"#,
        r#"{"data":[],"paging":{"next":"https://graph.facebook.com/x?access_token=EAAx&after=c2%3D"}}"#,
        r#"{"data":[],"paging":{"cursors":{"after":"c2="},"next":"https://graph.facebook.com/x"}}"#,
        r#"{"data":[],"paging":{"cursors":{"before":"b","after":"c3"}}}"#,
    ])
    .await;
    let graph = graph(&fake);
    let first = graph.ad_accounts(&token(), None).await.expect("a page");
    assert_eq!(first.next.as_deref(), Some("c1"));
    assert_eq!(
        first.items,
        [
            AdAccount {
                number: "1".to_owned(),
                name: "One".to_owned(),
                account_status: 1,
                disable_reason: None,
                currency: Some("EUR".to_owned()),
                timezone_name: Some("Europe/Berlin".to_owned()),
                business: Some(Business {
                    id: "5".to_owned(),
                    name: "Five".to_owned(),
                }),
                tasks: Some(vec!["DRAFT".to_owned(), "ANALYZE".to_owned()]),
            },
            AdAccount {
                number: "2".to_owned(),
                name: "2".to_owned(),
                account_status: 2,
                disable_reason: Some(3),
                currency: None,
                timezone_name: None,
                business: None,
                tasks: None,
            },
        ]
    );
    let second = graph
        .ad_accounts(&token(), Some("c1"))
        .await
        .expect("a page");
    assert_eq!(second.next.as_deref(), Some("c2="));
    let stuck = graph
        .ad_accounts(&token(), Some("c2="))
        .await
        .expect("a page");
    assert_eq!(stuck.next, None, "the same cursor again");
    let last = graph
        .ad_accounts(&token(), Some("x"))
        .await
        .expect("a page");
    assert_eq!(last.next, None, "no next");

    let asked = fake.asked();
    assert_eq!(asked[1].query["after"], "c1");
    assert_eq!(asked[1].query["limit"], "100");
    assert!(asked[1].query["fields"].contains("business{id,name}"));
}

#[tokio::test]
async fn a_page_that_is_too_big_is_asked_for_again_smaller() {
    let less = r#"{"error":{"message":"Please reduce the amount of data you're asking for, then retry your request","type":"OAuthException","code":1}}"#;
    let fake = Fake::json(&[less, r#"{"data":[]}"#, less, less]).await;
    let graph = graph(&fake);
    graph.ad_accounts(&token(), None).await.expect("a page");
    let error = graph.ad_accounts(&token(), None).await.expect_err("still");
    assert_eq!(error.class, AnswerClass::Retry);
    let limits: Vec<_> = fake
        .asked()
        .iter()
        .map(|one| one.query["limit"].clone())
        .collect();
    assert_eq!(limits, ["100", "25", "100", "25"]);
}

#[tokio::test]
async fn campaigns_are_counted_or_not_guessed() {
    let fake = Fake::json(&[r#"{"data":[]}"#, r#"{"data":[{"id":"1"}]}"#]).await;
    let graph = graph(&fake);
    assert_eq!(graph.campaigns_count(&token(), "1").await.expect("none"), 0);
    let error = graph
        .campaigns_count(&token(), "1")
        .await
        .expect_err("no count");
    assert_eq!(error.fault, Fault::Nonsense);
    assert_eq!(fake.asked()[0].query["summary"], "total_count");
}

#[tokio::test]
async fn ids_that_are_none_are_not_sent() {
    let fake = Fake::json(&[]).await;
    let graph = graph(&fake);
    let edge = BusinessEdge::Owned;
    for id in ["", "me", "../1", "1/2", "act_1", "1?x"] {
        let error = graph.campaigns_count(&token(), id).await.expect_err(id);
        assert_eq!(error.fault, Fault::NotSent);
        graph.revoke(&token(), id).await.expect_err(id);
        let page = graph.business_accounts(&token(), id, edge, None).await;
        page.expect_err(id);
    }
    assert!(fake.asked().is_empty());
}
