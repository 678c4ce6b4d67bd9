//! What goes back to the client: an answer, an error, or what a fault makes of them.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::stream;
use serde_json::{Value, json};

use super::Answer;
use crate::connection::Breaker;
use crate::state::{Fault, FaultKind, Gate};

const JSON: &str = "application/json; charset=UTF-8";
const PLAIN: &str = "text/plain; charset=UTF-8";

/// An answer before it is sent, alone or as an item of a batch.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// Code of the error in the body.
    pub error_code: Option<i64>,
    /// Whether it comes from Graph, or from something in front of it that knows no Graph headers.
    pub is_graphs: bool,
    pub delivery: Delivery,
}

/// How an answer is brought to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    Whole,
    /// Headers that declare all of the body, then half of it, then the end of the connection.
    CutOff,
    Reset,
    Close,
    /// As an item of a batch: not at all.
    Null,
}

impl Reply {
    /// What Graph says.
    pub fn of(answer: Answer, trace: &str) -> Self {
        match answer {
            Ok(body) => Self::json(StatusCode::OK, &body),
            Err(error) => {
                let mut reply = Self::json(error.status, &error.body(trace));
                reply.error_code = (error.code != 0).then_some(error.code);
                if let Some(mirror) = error.mirror() {
                    reply.headers.insert(WWW_AUTHENTICATE, mirror);
                }
                reply
            }
        }
    }

    pub fn json(status: StatusCode, body: &Value) -> Self {
        Self::text(status, JSON, body.to_string())
    }

    fn text(status: StatusCode, kind: &'static str, body: impl Into<String>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        Self {
            status,
            headers,
            body: body.into(),
            error_code: None,
            is_graphs: true,
            delivery: Delivery::Whole,
        }
    }

    /// What a fault says, or what it makes of `worked`, the answer that would have been.
    pub fn faulty(fault: &Fault, worked: Option<Self>, trace: &str) -> Self {
        let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::OK);
        let worked = worked.unwrap_or_else(|| Self::text(status, JSON, ""));
        let own = |usual: &str| fault.body.clone().unwrap_or_else(|| usual.to_owned());
        match fault.kind {
            FaultKind::Error => Self::of(Err(fault.into()), trace),
            FaultKind::LegacyError => {
                let body = json!({ "error_code": fault.code, "error_description": fault.message });
                let error_code = Some(fault.code);
                Self {
                    error_code,
                    ..Self::json(status, &body)
                }
            }
            FaultKind::Html => {
                let page = Self::text(status, "text/html; charset=utf-8", own(&gateway(status)));
                page.not_graphs()
            }
            FaultKind::Text => Self::text(status, PLAIN, own("Service Unavailable")).not_graphs(),
            FaultKind::Empty => Self::text(status, JSON, "").not_graphs(),
            FaultKind::Lie => Self::text(status, JSON, own(r#"{"data":{"unexpected":true}}"#)),
            FaultKind::CutOff => worked.delivered(Delivery::CutOff),
            FaultKind::Truncated => worked.truncated(),
            FaultKind::Reset => worked.delivered(Delivery::Reset),
            FaultKind::Close | FaultKind::Hang => worked.delivered(Delivery::Close),
            FaultKind::Null => worked.delivered(Delivery::Null),
            FaultKind::Slow => worked,
        }
    }

    fn not_graphs(self) -> Self {
        Self {
            is_graphs: false,
            ..self
        }
    }

    fn delivered(self, delivery: Delivery) -> Self {
        Self { delivery, ..self }
    }

    fn truncated(mut self) -> Self {
        self.body.truncate(self.half());
        self
    }

    /// Where half of the body ends.
    pub fn half(&self) -> usize {
        self.body.floor_char_boundary(self.body.len() / 2)
    }

    /// The status that the client gets to see; 0 for none.
    pub fn seen_status(&self) -> u16 {
        match self.delivery {
            Delivery::Whole | Delivery::CutOff => self.status.as_u16(),
            Delivery::Reset | Delivery::Close | Delivery::Null => 0,
        }
    }

    fn response(mut self, breaker: &Breaker) -> Response {
        let half = self.half();
        match self.delivery {
            Delivery::Reset => breaker.reset(),
            Delivery::Close => breaker.close(),
            Delivery::CutOff => {
                self.headers.insert(CONTENT_LENGTH, self.body.len().into());
                self.body.truncate(half);
                return (self.status, self.headers, broken_off(self.body)).into_response();
            }
            Delivery::Whole | Delivery::Null => {}
        }
        (self.status, self.headers, self.body).into_response()
    }
}

/// A reply, and when it is to be sent.
pub struct Due {
    pub reply: Reply,
    pub latency: Duration,
    /// Waited at before the reply goes out.
    pub hang: Option<Arc<Gate>>,
    /// Names of the edges whose holds keep it back.
    pub edges: Vec<String>,
}

impl Due {
    /// A reply that nothing keeps back.
    pub fn now(reply: Reply) -> Self {
        Self {
            reply,
            latency: Duration::ZERO,
            hang: None,
            edges: Vec::new(),
        }
    }

    /// Sends the reply when its time has come.
    pub async fn send(self, breaker: &Breaker) -> Response {
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
        if let Some(gate) = &self.hang {
            gate.pass().await;
        }
        self.reply.response(breaker)
    }
}

/// A body that says so much and then breaks off.
fn broken_off(said: String) -> Body {
    let pieces = stream::unfold(Some(said), |said| async {
        match said {
            Some(said) => Some((Ok(said), None)),
            None => {
                // Lets the server write out what there is before the end comes.
                tokio::task::yield_now().await;
                Some((Err(io::Error::from(io::ErrorKind::ConnectionAborted)), None))
            }
        }
    });
    Body::from_stream(pieces)
}

/// A gateway's page, as nginx writes it.
fn gateway(status: StatusCode) -> String {
    let title = format!(
        "{} {}",
        status.as_u16(),
        status.canonical_reason().unwrap_or("Error")
    );
    format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n\
         <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
}
