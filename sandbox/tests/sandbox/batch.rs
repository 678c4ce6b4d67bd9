//! Many calls in one.

use reqwest::StatusCode;
use sandbox::{Fault, app_secret_proof};
use serde_json::{Value, json};

use crate::world::{APP_ID, HENRIK, MARTA, SECRET, World, answer, codes, text};

/// A batch with the app's token as the one to fall back on.
async fn batch(world: &World, items: &Value, more: &[(&str, &str)]) -> (StatusCode, Value) {
    let app = format!("{APP_ID}|{SECRET}");
    let items = items.to_string();
    let mut form = vec![("access_token", app.as_str()), ("batch", items.as_str())];
    form.extend_from_slice(more);
    let request = world.http.post(world.url("/v25.0/")).form(&form);
    answer(request.send().await.expect("an answer")).await
}

fn body(item: &Value) -> Value {
    serde_json::from_str(text(&item["body"])).expect("JSON inside")
}

fn own(path: &str, token: &str) -> Value {
    let proof = app_secret_proof(SECRET, token);
    let mark = if path.contains('?') { '&' } else { '?' };
    let url = format!("{path}{mark}access_token={token}&appsecret_proof={proof}");
    json!({ "method": "GET", "relative_url": url })
}

#[tokio::test]
async fn each_item_has_its_own_token_answer_and_place_in_the_log() {
    let world = World::start().await;
    let (marta, henrik) = (world.mint(MARTA), world.mint(HENRIK));
    let items = json!([
        own("me?fields=id", &marta),
        own("/v26.0/me", &henrik),
        { "method": "GET", "relative_url": format!("me?access_token={marta}") },
        { "method": "POST", "relative_url": "debug_token", "body": format!("input_token={henrik}") },
        { "method": "GET", "relative_url": "nonsense/more" },
        own("act_1015880000000101/campaigns?limit=1&summary=total_count", &marta),
    ]);
    let (status, rows) = batch(&world, &items, &[]).await;
    assert_eq!(status, StatusCode::OK);
    let codes_of = |at: usize| codes(&body(&rows[at]));
    assert_eq!(body(&rows[0]), json!({ "id": MARTA }));
    assert_eq!(body(&rows[1])["id"], HENRIK);
    assert_eq!(
        (rows[2]["code"].as_i64(), codes_of(2)),
        (Some(400), (100, None)),
        "no proof"
    );
    let seen = body(&rows[3]);
    assert_eq!(
        (&seen["data"]["user_id"], &seen["data"]["is_valid"]),
        (&json!(HENRIK), &json!(true))
    );
    assert_eq!(codes_of(4), (2500, None));
    assert_eq!(body(&rows[5])["summary"]["total_count"], 7);
    let headers = rows[1]["headers"].as_array().expect("headers");
    let version = headers
        .iter()
        .find(|header| header["name"] == "Facebook-Api-Version");
    assert_eq!(
        version.map(|header| &header["value"]),
        Some(&json!("v26.0"))
    );

    let calls = world.sandbox.state().calls();
    let edges: Vec<_> = calls
        .iter()
        .map(|call| (call.edge.as_str(), call.batch))
        .collect();
    let expected = [
        ("me", true),
        ("me", true),
        ("me", true),
        ("debug_token", true),
        ("unknown", true),
        ("campaigns", true),
        ("batch", false),
    ];
    assert_eq!(edges, expected);
    assert!(
        calls
            .iter()
            .all(|call| !call.token_in_url && !call.secret_in_url)
    );
    assert!(calls[0].proof && !calls[2].proof);

    let (_, bare) = batch(
        &world,
        &json!([own("me", &marta)]),
        &[("include_headers", "false")],
    )
    .await;
    assert!(bare[0].get("headers").is_none());
}

#[tokio::test]
async fn an_item_without_a_token_uses_the_batchs() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let proof = app_secret_proof(SECRET, &token);
    let items = json!([
        { "method": "GET", "relative_url": "me" },
        { "method": "DELETE", "relative_url": "me/permissions/email" },
    ]);
    let more = [
        ("access_token", token.as_str()),
        ("appsecret_proof", proof.as_str()),
    ];
    let items = items.to_string();
    let ask = |form: Vec<(&'static str, String)>| {
        let request = world.http.post(world.url("/")).form(&form);
        async move { answer(request.send().await.expect("an answer")).await }
    };
    let mut form: Vec<_> = vec![("batch", items)];
    let (status, refused) = ask(form.clone()).await;
    assert_eq!((status, codes(&refused).0), (StatusCode::BAD_REQUEST, 104));
    form.push(("access_token", more[0].1.to_owned()));
    assert_eq!(
        codes(&ask(form.clone()).await.1).0,
        100,
        "it needs its proof"
    );
    form.push(("appsecret_proof", more[1].1.to_owned()));
    let (_, rows) = ask(form.clone()).await;
    assert_eq!(body(&rows[0])["id"], MARTA);
    assert_eq!(body(&rows[1]), json!({ "success": true }));
    let state = world.sandbox.state();
    let dead = sandbox::Target::Token(token);
    state.event(sandbox::Event::LogOut, &dead).expect("a token");
    assert_eq!(
        codes(&ask(form).await.1),
        (190, Some(467)),
        "a dead one ends the whole batch"
    );
}

#[tokio::test]
async fn faults_reach_items_and_the_whole() {
    let world = World::start().await;
    let state = world.sandbox.state();
    let (marta, henrik) = (world.mint(MARTA), world.mint(HENRIK));
    let items = json!([
        own("me", &marta),
        own("me", &henrik),
        own("me/permissions", &marta)
    ]);
    state.fault(Fault {
        person: Some(HENRIK.to_owned()),
        ..Fault::preset("me", "null").expect("a preset")
    });
    state.fault(Fault::preset("me/permissions", "throttled_user").expect("a preset"));
    let (_, rows) = batch(&world, &items, &[]).await;
    assert_eq!(
        (body(&rows[0])["id"].as_str(), &rows[1]),
        (Some(MARTA), &Value::Null)
    );
    assert_eq!(
        (rows[2]["code"].as_i64(), codes(&body(&rows[2]))),
        (Some(400), (17, None))
    );

    state.fault(Fault::preset("me", "null").expect("a preset"));
    assert_eq!(
        world.graph(&marta, "me", &[]).await.0,
        StatusCode::OK,
        "not outside a batch"
    );
    state.clear_faults(None);
    state.fault(Fault::preset("me", "cut_off").expect("a preset"));
    let (_, rows) = batch(&world, &json!([own("me", &marta)]), &[]).await;
    let half = text(&rows[0]["body"]);
    assert!(serde_json::from_str::<Value>(half).is_err() && !half.is_empty());

    state.fault(Fault::preset("batch", "legacy_error").expect("a preset"));
    let (status, whole) = batch(&world, &items, &[]).await;
    let legacy =
        json!({ "error_code": 190, "error_description": "Invalid OAuth access token signature." });
    assert_eq!((status, whole), (StatusCode::BAD_REQUEST, legacy));
    state.fault(Fault::preset("batch", "token_bad_signature").expect("a preset"));
    assert_eq!(codes(&batch(&world, &items, &[]).await.1), (190, None));
    state.fault(Fault::preset("me", "reset").expect("a preset"));
    let form = [
        ("access_token", format!("{APP_ID}|{SECRET}")),
        ("batch", items.to_string()),
    ];
    let reset = world
        .http
        .post(world.url("/v25.0"))
        .form(&form)
        .send()
        .await;
    assert!(reset.is_err(), "an item's reset takes all with it");
}

#[tokio::test]
async fn batches_have_their_bounds() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let fifty = Value::Array(vec![own("me", &token); 50]);
    let (_, rows) = batch(&world, &fifty, &[]).await;
    assert_eq!(rows.as_array().map(Vec::len), Some(50));
    let more = Value::Array(vec![own("me", &token); 51]);
    let (status, refused) = batch(&world, &more, &[]).await;
    let error = &refused["error"];
    let words = "Too many requests in batch message. Maximum batch size is 50";
    assert_eq!(
        (status, text(&error["message"])),
        (StatusCode::BAD_REQUEST, words)
    );
    assert_eq!(
        (text(&error["type"]), error.get("code")),
        ("GraphBatchException", None)
    );
    for wrong in [json!({}), json!([{ "method": "GET" }]), json!("x")] {
        assert_eq!(codes(&batch(&world, &wrong, &[]).await.1).0, 100, "{wrong}");
    }
    let put = json!([{ "method": "PUT", "relative_url": "me" }, { "method": "POST", "relative_url": "?batch=[]" }]);
    let (_, rows) = batch(&world, &put, &[]).await;
    assert_eq!(
        (codes(&body(&rows[0])).0, codes(&body(&rows[1])).0),
        (100, 2500)
    );
}

#[tokio::test]
async fn an_item_can_use_what_an_earlier_one_answered() {
    let world = World::start().await;
    let token = world.mint(MARTA);
    let mut list = own("me/adaccounts?limit=2", &token);
    list["name"] = json!("list");
    let proof = app_secret_proof(SECRET, &token);
    let url = format!("{{result=list:$.data[1].id}}?access_token={token}&appsecret_proof={proof}");
    let account = json!({ "method": "GET", "relative_url": url });
    let (_, rows) = batch(&world, &json!([list, account]), &[]).await;
    assert_eq!(rows[0], Value::Null, "what was only a step is left out");
    assert_eq!(body(&rows[1])["account_id"], "12015880000000102");
    list["omit_response_on_success"] = json!(false);
    let (_, rows) = batch(&world, &json!([list, account]), &[]).await;
    assert_eq!(rows[0]["code"], 200);

    let fault = Fault::preset("me/adaccounts", "throttled_user").expect("a preset");
    world.sandbox.state().fault(fault);
    let (_, rows) = batch(&world, &json!([list, account]), &[]).await;
    assert_eq!(codes(&body(&rows[0])).0, 17, "a failure is told");
    assert_eq!(codes(&body(&rows[1])).0, 960);
    let (_, refused) = batch(&world, &json!([account, list]), &[]).await;
    let message = text(&refused["error"]["message"]);
    assert!(
        message.starts_with("Request 0 cannot depend on an"),
        "{message}"
    );
    let waits = json!([{ "method": "GET", "relative_url": "me", "depends_on": "nobody" }]);
    assert!(batch(&world, &waits, &[]).await.1["error"].is_object());
}
