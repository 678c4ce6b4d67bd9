//! The task that makes the calls. Only ever to the configured callback address.

use std::time::Duration;

use axum::http::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use serde::Deserialize;
use tokio::task::JoinSet;

use super::Parcel;
use crate::state::{Attempt, DeletionAnswer, Errand, SandboxState};

/// How long the portal may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Makes calls as they come up, side by side, for as long as the task lives.
pub async fn run(state: SandboxState) {
    // Most sandboxes never call, and a client is not for free.
    state.errand().await;
    let client = match client() {
        Ok(client) => client,
        Err(error) => return tracing::error!(%error, "no callbacks: there is no HTTP client"),
    };
    let mut under_way = JoinSet::new();
    loop {
        for errand in state.take_errands() {
            under_way.spawn(go(client.clone(), state.clone(), errand));
        }
        tokio::select! {
            () = state.errand() => {}
            Some(_) = under_way.join_next() => {}
        }
    }
}

fn client() -> reqwest::Result<Client> {
    // An error means that somebody in this process chose one before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .build()
}

/// Tries until it works or the pauses are used up.
async fn go(client: Client, state: SandboxState, errand: Errand) {
    let mut pauses = errand.pauses.iter();
    loop {
        let attempt = attempt(&client, &state, &errand.parcel).await;
        tracing::info!(
            path = errand.parcel.path(),
            status = attempt.status,
            worked = attempt.worked(),
            "callback"
        );
        let pause = pauses.next().filter(|_| !attempt.worked());
        if !state.record(&errand.id, attempt, pause.is_none()) {
            return;
        }
        match pause {
            Some(seconds) => tokio::time::sleep(Duration::from_secs(*seconds)).await,
            None => return,
        }
    }
}

async fn attempt(client: &Client, state: &SandboxState, parcel: &Parcel) -> Attempt {
    let mut attempt = Attempt::new(state.now().timestamp());
    match request(client, state, parcel).send().await {
        Ok(response) => read(&mut attempt, response, parcel).await,
        Err(error) => attempt.problem = Some(reason(&error)),
    }
    attempt
}

fn request(client: &Client, state: &SandboxState, parcel: &Parcel) -> RequestBuilder {
    let base = state.config().callback_url.trim_end_matches('/');
    let url = format!("{base}{}", parcel.path());
    match parcel {
        Parcel::Form { body, .. } => client
            .post(url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.clone()),
        Parcel::Json { body, signature } => client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("x-hub-signature-256", signature)
            .body(body.clone()),
        Parcel::Verification { query } => client.get(format!("{url}?{query}")),
    }
}

async fn read(attempt: &mut Attempt, response: Response, parcel: &Parcel) {
    attempt.status = Some(response.status().as_u16());
    if !response.status().is_success() {
        attempt.problem = Some("not a 2xx answer".to_owned());
        return;
    }
    let body = match response.text().await {
        Ok(body) => body,
        Err(error) => return attempt.problem = Some(reason(&error)),
    };
    match parcel {
        Parcel::Verification { .. } if !Parcel::is_challenge(&body) => {
            attempt.problem = Some("the answer is not the challenge".to_owned());
        }
        Parcel::Form { path, .. } if path.ends_with("deletion") => {
            match serde_json::from_str::<Promise>(&body) {
                Ok(promise) => attempt.answer = Some(promise.into()),
                Err(error) => {
                    attempt.problem = Some(format!("no url and confirmation_code: {error}"));
                }
            }
        }
        _ => {}
    }
}

/// What a deletion request must be answered with.
#[derive(Deserialize)]
struct Promise {
    url: String,
    confirmation_code: String,
}

impl From<Promise> for DeletionAnswer {
    fn from(promise: Promise) -> Self {
        Self {
            url: promise.url,
            confirmation_code: promise.confirmation_code,
        }
    }
}

/// Without the address, which may hold a verify token.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        "no answer in time".to_owned()
    } else if error.is_connect() {
        "no connection".to_owned()
    } else {
        "the connection broke".to_owned()
    }
}
