//! A running sandbox, and a client that talks to it as Portico will.

use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use sandbox::{Config, Mint, Sandbox, app_secret_proof};
use serde_json::{Value, json};
use url::Url;

pub const APP_ID: &str = "1234567890123456";
pub const SECRET: &str = "0123456789abcdef";
pub const PORTAL: &str = "http://localhost:3000";
pub const REDIRECT: &str = "http://localhost:3000/oauth/facebook/callback";
pub const SCOPES: &str = "public_profile,email,ads_read,business_management";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub const MARTA: &str = "10158801234560001";
pub const NINA: &str = "10158801234560002";
pub const HENRIK: &str = "10158801234560003";
pub const PRIYA: &str = "10158801234560004";
/// Priya's portfolio with accounts: two of its own, three of clients.
pub const RAMAN: &str = "20188000000000001";
/// Configurations of Login for Business: a person's token, a system user's without end, and one
/// with sixty days.
pub const PERSONAL: &str = "701";
pub const ENDLESS: &str = "702";
pub const SIXTY_DAYS: &str = "703";
pub const TOMASZ: &str = "10158801234560008";
pub const AURORA: &str = "10158801234560010";

/// A running sandbox and a client without cookies that follows no redirect.
pub struct World {
    pub sandbox: Sandbox,
    pub http: Client,
}

impl World {
    pub async fn start() -> Self {
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        let config = Config::new(APP_ID, SECRET, PORTAL);
        let sandbox = Sandbox::start(config, ([127, 0, 0, 1], 0).into())
            .await
            .expect("a free port");
        let http = Client::builder()
            .redirect(Policy::none())
            .build()
            .expect("a client");
        Self { sandbox, http }
    }

    pub fn url(&self, path: &str) -> Url {
        Url::parse(&format!("{}{path}", self.sandbox.url())).expect("an address")
    }

    pub fn dialog_url(&self, more: &[(&str, &str)]) -> Url {
        let mut url = self.url("/v25.0/dialog/oauth");
        let usual = [
            ("client_id", APP_ID),
            ("redirect_uri", REDIRECT),
            ("state", "st&te"),
            ("scope", SCOPES),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        url.query_pairs_mut().extend_pairs(usual).extend_pairs(more);
        url
    }

    /// One POST of the dialog, as a script does it.
    pub async fn consent(
        &self,
        person: &str,
        form: &[(&str, &str)],
        more: &[(&str, &str)],
    ) -> Response {
        let mut fields = vec![("person", person), ("action", "continue")];
        fields.extend_from_slice(form);
        let request = self.http.post(self.dialog_url(more)).form(&fields);
        request.send().await.expect("an answer")
    }

    pub async fn code(&self, person: &str) -> String {
        let ticked = SCOPES
            .split(',')
            .map(|scope| ("scope", scope))
            .collect::<Vec<_>>();
        code_in(&self.consent(person, &ticked, &[]).await)
    }

    pub async fn exchange(&self, form: &[(&str, &str)]) -> (StatusCode, Value) {
        let request = self
            .http
            .post(self.url("/v25.0/oauth/access_token"))
            .form(form);
        answer(request.send().await.expect("an answer")).await
    }

    pub async fn redeem(&self, code: &str) -> (StatusCode, Value) {
        self.exchange(&redemption(code)).await
    }

    /// The whole login of a person who agrees to everything: a long-lived token.
    pub async fn login(&self, person: &str) -> String {
        let (_, short) = self.redeem(&self.code(person).await).await;
        let (status, long) = self
            .exchange(&[
                ("grant_type", "fb_exchange_token"),
                ("client_id", APP_ID),
                ("client_secret", SECRET),
                ("fb_exchange_token", text(&short["access_token"])),
            ])
            .await;
        assert_eq!(
            (status, &long["expires_in"]),
            (StatusCode::OK, &json!(5_184_000))
        );
        text(&long["access_token"]).to_owned()
    }

    /// A Graph call with a proof.
    pub async fn graph(
        &self,
        token: &str,
        path: &str,
        query: &[(&str, &str)],
    ) -> (StatusCode, Value) {
        let proof = app_secret_proof(SECRET, token);
        let request = self
            .http
            .get(self.url(&format!("/v25.0/{path}")))
            .query(query)
            .query(&[("appsecret_proof", proof.as_str())])
            .bearer_auth(token);
        answer(request.send().await.expect("an answer")).await
    }

    /// A Graph call with a form and a proof in it.
    pub async fn graph_post(
        &self,
        token: &str,
        path: &str,
        form: &[(&str, &str)],
    ) -> (StatusCode, Value) {
        let proof = app_secret_proof(SECRET, token);
        let mut fields = vec![("access_token", token), ("appsecret_proof", &proof)];
        fields.extend_from_slice(form);
        let request = self
            .http
            .post(self.url(&format!("/v25.0/{path}")))
            .form(&fields);
        answer(request.send().await.expect("an answer")).await
    }

    /// The token of a login for Priya's business with a configuration.
    pub async fn business_login(&self, config: &str) -> Value {
        let form = [("business", RAMAN)];
        let response = self.consent(PRIYA, &form, &[("config_id", config)]).await;
        self.redeem(&code_in(&response)).await.1
    }

    pub async fn page(&self, more: &[(&str, &str)]) -> String {
        let request = self.http.get(self.dialog_url(more));
        let response = request.send().await.expect("an answer");
        response.text().await.expect("a page")
    }

    pub async fn debug(&self, token: &str) -> Value {
        let app = format!("{APP_ID}|{SECRET}");
        let form = [("input_token", token), ("access_token", app.as_str())];
        let request = self.http.get(self.url("/v25.0/debug_token")).query(&form);
        let (status, body) = answer(request.send().await.expect("an answer")).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        body["data"].clone()
    }

    pub async fn control(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let request = self
            .http
            .post(self.url(&format!("/_control/{path}")))
            .json(&body);
        answer(request.send().await.expect("an answer")).await
    }

    pub fn mint(&self, person: &str) -> String {
        let mint = Mint {
            person: person.to_owned(),
            ..Mint::default()
        };
        self.sandbox
            .state()
            .mint(mint)
            .expect("a person")
            .access_token
    }
}

pub fn redemption(code: &str) -> Vec<(&str, &str)> {
    vec![
        ("client_id", APP_ID),
        ("client_secret", SECRET),
        ("redirect_uri", REDIRECT),
        ("code", code),
        ("code_verifier", VERIFIER),
    ]
}

pub fn location(response: &Response) -> Url {
    assert_eq!(response.status(), StatusCode::FOUND);
    let header = response.headers()["location"].to_str().expect("text");
    Url::parse(header).expect("an address")
}

pub fn code_in(response: &Response) -> String {
    let url = location(response);
    let code = url.query_pairs().find(|(key, _)| key == "code");
    code.map(|(_, value)| value.into_owned()).expect("a code")
}

pub async fn answer(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    (status, response.json().await.expect("JSON"))
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

pub fn codes(body: &Value) -> (i64, Option<i64>) {
    let error = &body["error"];
    (
        error["code"].as_i64().unwrap_or(0),
        error["error_subcode"].as_i64(),
    )
}
