//! Many reads in one call (docs/graph-api/batch-requests): up to fifty, each with its own token and proof, all in
//! the body. Meta counts each as a call, so what is saved is the way there and back.

use futures::{StreamExt as _, stream};
use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use url::form_urlencoded;

use app::model::AnswerClass;

use super::{
    error::{Endpoint, Fault, MetaError},
    graph::{Call, Graph},
    lenient,
    record::Heard,
    usage::Told,
};

/// Items of one batch.
const ITEMS_MAX: usize = 50;
/// What has to be asked singly is asked so many at a time.
const SINGLY_AT_ONCE: usize = 5;

type Answer = Result<Value, MetaError>;

impl Graph {
    /// Makes reads, fifty in one call. One answer for each, in their order. What Meta left out (`null`) or failed
    /// at for the moment is asked singly.
    pub(super) async fn batch(&self, calls: &[Call<'_>]) -> Vec<Answer> {
        let mut answers = Vec::with_capacity(calls.len());
        for some in calls.chunks(ITEMS_MAX) {
            answers.extend(self.batch_of(some).await);
        }
        answers
    }

    async fn batch_of(&self, calls: &[Call<'_>]) -> Vec<Answer> {
        if let [single] = calls {
            return vec![self.call(single).await];
        }
        let mut answers: Vec<Option<Answer>> =
            calls.iter().map(|call| self.stopped(call)).collect();
        let open: Vec<usize> = positions_of_none(&answers);
        if open.len() > 1 {
            let items: Vec<&Call<'_>> = open.iter().map(|at| &calls[*at]).collect();
            match self.send_batch(&items).await {
                Ok(told) => {
                    for (at, answer) in open.into_iter().zip(told) {
                        answers[at] = answer;
                    }
                }
                Err(error) if is_for_one_by_one(&error) => {}
                Err(error) => {
                    for at in open {
                        answers[at] = Some(Err(MetaError {
                            endpoint: calls[at].endpoint,
                            ..error.clone()
                        }));
                    }
                }
            }
        }
        let singly = stream::iter(positions_of_none(&answers))
            .map(|at| async move { (at, self.call(&calls[at]).await) })
            .buffer_unordered(SINGLY_AT_ONCE)
            .collect::<Vec<_>>()
            .await;
        for (at, answer) in singly {
            answers[at] = Some(answer);
        }
        answers.into_iter().flatten().collect()
    }

    /// The error of a call whose object's share stands still. The app's own share is asked for with the batch.
    fn stopped(&self, call: &Call<'_>) -> Option<Answer> {
        let buckets = &call.buckets()[1..];
        let admitted = self.admit(call.endpoint, buckets, 1);
        admitted.err().map(Err)
    }

    /// `None` for an item that is to be asked singly.
    async fn send_batch(&self, items: &[&Call<'_>]) -> Result<Vec<Option<Answer>>, MetaError> {
        let token = self.app_token();
        let list: Vec<Value> = items
            .iter()
            .map(|call| json!({"method": "GET", "relative_url": self.relative_url(call, &token)}))
            .collect();
        let list = SecretString::from(Value::from(list).to_string());
        // What the app's own reads are counted against stands in the headers of the whole.
        let has_own = items.iter().any(|call| call.buckets().len() > 1);
        let secrets: Vec<&SecretString> = items
            .iter()
            .flat_map(|call| call.secrets.iter().copied().chain([call.token]))
            .collect();
        let whole = Call {
            endpoint: Endpoint::Batch,
            method: Method::POST,
            path: &[""],
            token: &token,
            params: &[
                ("batch", list.expose_secret()),
                ("include_headers", if has_own { "true" } else { "false" }),
            ],
            secrets: &secrets,
            weight: u32::try_from(items.len()).unwrap_or(u32::MAX),
        };
        let answer = self.call(&whole).await?;
        Ok(match answer.as_array() {
            Some(rows) if rows.len() == items.len() => {
                let told = items.iter().zip(rows);
                told.map(|(call, row)| self.item(call, row)).collect()
            }
            // Whose answer is whose cannot be told.
            _ => vec![None; items.len()],
        })
    }

    fn relative_url(&self, call: &Call<'_>, batch_token: &SecretString) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(call.params);
        if call.token.expose_secret() != batch_token.expose_secret() {
            query.append_pair("access_token", call.token.expose_secret());
            query.append_pair("appsecret_proof", &self.proof(call.token));
        }
        format!("{}?{}", call.path.join("/"), query.finish())
    }

    /// What a row of the answer says to its call, judged like the answer to a single one.
    fn item(&self, call: &Call<'_>, row: &Value) -> Option<Answer> {
        let body = row.get("body").and_then(Value::as_str)?;
        let status = row.get("code").and_then(lenient::integer);
        let heard = Heard {
            status: status.and_then(|status| u16::try_from(status).ok()),
            body: body.as_bytes().to_vec(),
            told: row.get("headers").map(told),
        };
        let buckets = call.buckets();
        if let Some(told) = &heard.told {
            self.hear_headers(&buckets, told);
        }
        let mut answer = self.judge(call, &heard.body);
        if let Err(error) = &mut answer {
            self.put_off(error, &buckets);
        }
        self.remember(call, &heard, &answer);
        let is_for_singly = matches!(&answer, Err(error) if error.class == AnswerClass::Retry && !error.asks_for_less());
        (!is_for_singly).then_some(answer)
    }
}

/// `[{"name":"X-App-Usage","value":"…"}]`.
fn told(headers: &Value) -> Told {
    let headers: Vec<(&str, &str)> = headers
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|header| {
            Some((
                header.get("name")?.as_str()?,
                header.get("value")?.as_str()?,
            ))
        })
        .collect();
    Told::read(|name| {
        let found = headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| *value)
    })
}

/// Whether the batch failed as a batch (960: it took too long), so that its items may well be answered. Where Meta
/// was not reached, did not answer or is down (2), fifty calls more would fare no better.
fn is_for_one_by_one(error: &MetaError) -> bool {
    error.class == AnswerClass::Retry && error.fault == Fault::Graph && error.code != Some(2)
}

fn positions_of_none(answers: &[Option<Answer>]) -> Vec<usize> {
    let open = answers.iter().enumerate();
    open.filter(|(_, answer)| answer.is_none())
        .map(|(at, _)| at)
        .collect()
}
