//! What the sandbox is told beforehand.

use std::net::SocketAddr;

use serde_json::{Value, json};

/// The sandbox's control API.
pub struct Control {
    client: reqwest::Client,
    address: SocketAddr,
}

impl Control {
    pub fn of(address: SocketAddr) -> Self {
        let client = reqwest::Client::builder().no_proxy().build();
        Self {
            client: client.expect("a client"),
            address,
        }
    }

    /// What Meta allows within an hour is not what is measured.
    pub async fn unlimited(&self) {
        let quotas =
            json!({"app": 1_000_000_000, "account": 1_000_000, "ads_management": 1_000_000});
        self.post("quotas", &quotas).await;
    }

    pub async fn post(&self, what: &str, body: &Value) -> Value {
        let address = format!("http://{}/_control/{what}", self.address);
        let answer = self.client.post(address).json(body).send().await;
        let answer = answer.expect("a sandbox that answers");
        assert!(answer.status().is_success(), "{what}: {}", answer.status());
        answer.json().await.expect("JSON")
    }
}
