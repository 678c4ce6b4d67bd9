//! The Graph client, and what happens to a call: held back or let through, sent, judged, sent again.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::Instant;
use url::Url;

use app::model::AnswerClass;

use super::{
    body::redact_body,
    breaker::Breaker,
    drift::{Drift, Versions},
    error::{Endpoint, Fault, MetaError},
    gate::{Bucket, Gate, UsageRow},
    http::{self, Limits},
    record::{Heard, Recorder},
    retry::{self, may_repeat},
    usage::Told,
};
use crate::domain::{clock::SharedClock, rng::SharedRng};

/// The Meta app and where Meta is.
#[derive(Clone, Debug)]
pub struct MetaConfig {
    pub app_id: String,
    pub app_secret: SecretString,
    /// The permissions that the agency asks for.
    pub scopes: Vec<String>,
    /// A configuration of Facebook Login for Business; its permissions then take the place of `scopes`.
    pub login_config_id: Option<String>,
    /// Such as `v25.0`.
    pub graph_version: String,
    /// `https://graph.facebook.com`, or the sandbox.
    pub graph_url: Url,
    /// `https://www.facebook.com`, or the sandbox.
    pub dialog_url: Url,
    /// The one address that Meta sends browsers back to. Sent byte by byte as it is: Meta compares exactly.
    pub redirect_uri: String,
}

/// The Graph client of one Meta app. Cheap to clone.
#[derive(Clone)]
pub struct Graph(Arc<Inner>, Option<Recorder>);

struct Inner {
    http: reqwest::Client,
    config: MetaConfig,
    limits: Limits,
    clock: SharedClock,
    rng: SharedRng,
    gate: Gate,
    breaker: Breaker,
    versions: Versions,
}

impl std::fmt::Debug for Graph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Graph").field(&self.0.config).finish()
    }
}

/// A call to be made.
pub(super) struct Call<'a> {
    pub endpoint: Endpoint,
    pub method: Method,
    /// Below the version.
    pub path: &'a [&'a str],
    pub token: &'a SecretString,
    /// In the query of a read, in the body of a post.
    pub params: &'a [(&'a str, &'a str)],
    /// More secrets that must not come back in an error.
    pub secrets: &'a [&'a SecretString],
    /// As how many Meta counts it: the items of a batch.
    pub weight: u32,
}

impl<'a> Call<'a> {
    /// The read of one object or page.
    pub const fn read(
        endpoint: Endpoint,
        path: &'a [&'a str],
        token: &'a SecretString,
        params: &'a [(&'a str, &'a str)],
    ) -> Self {
        Self {
            endpoint,
            method: Method::GET,
            path,
            token,
            params,
            secrets: &[],
            weight: 1,
        }
    }

    /// The shares that it is counted against.
    pub fn buckets(&self) -> Vec<Bucket> {
        let of_business = [Endpoint::Business, Endpoint::BusinessAccounts];
        Bucket::of_path(self.path, of_business.contains(&self.endpoint))
    }
}

impl Graph {
    /// The client of one app, with a connection pool of its own.
    ///
    /// # Panics
    /// As [`http::client`].
    #[must_use]
    pub fn new(config: MetaConfig, limits: Limits, clock: SharedClock, rng: SharedRng) -> Self {
        let inner = Inner {
            http: http::client(limits.connect, limits.call),
            config,
            limits,
            clock,
            rng,
            gate: Gate::default(),
            breaker: Breaker::default(),
            versions: Versions::default(),
        };
        Self(Arc::new(inner), None)
    }

    /// The same client, which remembers what Meta answers.
    #[must_use]
    pub fn recording(&self, recorder: &Recorder) -> Self {
        Self(Arc::clone(&self.0), Some(recorder.clone()))
    }

    /// The Meta app that it speaks for.
    #[must_use]
    pub fn config(&self) -> &MetaConfig {
        &self.0.config
    }

    /// What Meta last said about how much of our shares is used, the fullest first.
    #[must_use]
    pub fn usage_report(&self) -> Vec<UsageRow> {
        self.0.gate.report()
    }

    /// Takes over what another process was told, so that a stop of Meta's outlives a restart.
    pub fn seed_usage(&self, rows: Vec<UsageRow>) {
        self.0.gate.seed(rows, self.now());
    }

    /// Whether Meta answered with another version than the one that was asked for.
    #[must_use]
    pub fn drift(&self) -> Option<Drift> {
        self.0.versions.drift()
    }

    pub(super) fn http(&self) -> &reqwest::Client {
        &self.0.http
    }

    pub(super) fn recorder(&self) -> Option<&Recorder> {
        self.1.as_ref()
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// The app's own token: `{app-id}|{app-secret}` (docs: facebook-login/guides/access-tokens, app tokens).
    pub(super) fn app_token(&self) -> SecretString {
        let config = self.config();
        SecretString::from(format!(
            "{}|{}",
            config.app_id,
            config.app_secret.expose_secret()
        ))
    }

    /// Reads one object or page.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        endpoint: Endpoint,
        path: &[&str],
        token: &SecretString,
        params: &[(&str, &str)],
    ) -> Result<T, MetaError> {
        let call = Call::read(endpoint, path, token, params);
        let value = self.call(&call).await?;
        decode(endpoint, value)
    }

    /// Makes the call and gives the JSON of the answer, or the judged error. A read that failed for the moment is
    /// made again within the time that a call has in all.
    pub(super) async fn call(&self, call: &Call<'_>) -> Result<Value, MetaError> {
        let limits = &self.0.limits;
        let buckets = call.buckets();
        let mut deadline = Instant::now() + limits.of(call.endpoint);
        for tries in 1.. {
            deadline += self.wait_for_turn(call, &buckets).await?;
            let mut heard = Heard::default();
            let outcome = self.attempt(call, &buckets, deadline, &mut heard).await;
            let Err(error) = &outcome else {
                return outcome;
            };
            let pause = retry::pause(limits.retry, tries, &*self.0.rng);
            let is_over = tries == retry::TRIES || Instant::now() + pause >= deadline;
            if is_over || !may_repeat(call, error, &heard) {
                return outcome;
            }
            tokio::time::sleep(pause).await;
        }
        unreachable!("the last try gives its outcome")
    }

    /// Waits until the call may be made; gives how long that was.
    async fn wait_for_turn(
        &self,
        call: &Call<'_>,
        buckets: &[Bucket],
    ) -> Result<Duration, MetaError> {
        let wait = self.admit(call.endpoint, buckets, call.weight)?;
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
        let now = self.now();
        self.0.breaker.admit(now).map_err(|until| {
            let words = "Meta has not answered for a while";
            self.held(call.endpoint, AnswerClass::Retry, until, words)
        })?;
        Ok(wait)
    }

    /// Asks the gate for so many calls; gives the wait until they may be made.
    pub(super) fn admit(
        &self,
        endpoint: Endpoint,
        buckets: &[Bucket],
        calls: u32,
    ) -> Result<Duration, MetaError> {
        let admitted = self
            .0
            .gate
            .admit(buckets, calls, self.now(), Instant::now());
        admitted.map_err(|until| {
            let words = "Meta asked to wait before the next call";
            self.held(endpoint, AnswerClass::Wait, until, words)
        })
    }

    fn held(
        &self,
        endpoint: Endpoint,
        class: AnswerClass,
        until: DateTime<Utc>,
        words: &str,
    ) -> MetaError {
        metrics::counter!("portico_meta_held_total", "edge" => endpoint.name()).increment(1);
        MetaError {
            class,
            retry_at: Some(until),
            ..MetaError::of_fault(endpoint, Fault::Held, words)
        }
    }

    /// Makes the call once.
    async fn attempt(
        &self,
        call: &Call<'_>,
        buckets: &[Bucket],
        deadline: Instant,
        heard: &mut Heard,
    ) -> Result<Value, MetaError> {
        let inner = &self.0;
        let (began, started) = (self.now(), Instant::now());
        let mut outcome = self.hear(call, deadline - started, heard).await;
        let took = started.elapsed();
        let now = self.now();
        if let Some(told) = &heard.told {
            inner.gate.hear(buckets, told, now);
            inner.versions.hear(&inner.config.graph_version, told);
        }
        if let Err(error) = &mut outcome {
            self.put_off(error, buckets);
        }
        if !matches!(&outcome, Err(error) if error.fault == Fault::NotSent) {
            let is_answered = outcome.is_ok() || heard.status.is_some_and(|code| code < 500);
            let is_graph = matches!(&outcome, Err(error) if error.fault == Fault::Graph);
            let trips = inner.limits.trips;
            inner
                .breaker
                .note(is_answered || is_graph, trips, began, now);
            count(call.endpoint, &outcome, took);
        }
        self.remember(call, heard, &outcome);
        outcome
    }

    /// Notes a throttle, and until when it lasts.
    pub(super) fn put_off(&self, error: &mut MetaError, buckets: &[Bucket]) {
        if error.class == AnswerClass::Wait && error.fault == Fault::Graph {
            let until = self.0.gate.throttled(error.code, buckets, self.now());
            error.retry_at = Some(until);
        }
    }

    /// Takes in what the headers of a batch's item tell.
    pub(super) fn hear_headers(&self, buckets: &[Bucket], told: &Told) {
        self.0.gate.hear(buckets, told, self.now());
    }

    /// Keeps the answer for support, where that is wanted.
    pub(super) fn remember(
        &self,
        call: &Call<'_>,
        heard: &Heard,
        outcome: &Result<Value, MetaError>,
    ) {
        let error = outcome.as_ref().err();
        // What a batch brings is kept item by item.
        if call.endpoint == Endpoint::Batch && error.is_none() {
            return;
        }
        if let Some(recorder) = self.recorder() {
            recorder.keep(call.endpoint, heard, error, || {
                self.with_known(call.token, call.secrets, |known| {
                    redact_body(&heard.body, known)
                })
            });
        }
    }
}

fn count(endpoint: Endpoint, outcome: &Result<Value, MetaError>, took: Duration) {
    let edge = endpoint.name();
    let error = outcome.as_ref().err();
    let class = error.map_or(AnswerClass::None, |error| error.class);
    metrics::counter!("portico_meta_calls_total", "edge" => edge, "class" => class.code())
        .increment(1);
    metrics::histogram!("portico_meta_call_seconds", "edge" => edge).record(took.as_secs_f64());
    tracing::debug!(
        meta.endpoint = edge,
        meta.code = error.and_then(|error| error.code),
        meta.class = class.code(),
        duration_ms = took.as_millis(),
        "graph call"
    );
}

/// Into a shape of ours. Serde's own words are not kept: they tell values.
pub(super) fn decode<T: DeserializeOwned>(
    endpoint: Endpoint,
    value: Value,
) -> Result<T, MetaError> {
    serde_json::from_value(value)
        .map_err(|_| MetaError::nonsense(endpoint, "an answer of an unknown shape"))
}
