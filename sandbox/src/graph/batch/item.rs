//! One call of a batch as the client writes it.

use serde::Deserialize;
use serde_json::Value;

use super::reference;
use crate::graph::reply::Reply;
use crate::graph::{GraphCall, GraphError};

/// An item of `batch`. Attached files are not known here.
#[derive(Debug, Clone, Deserialize)]
pub struct Item {
    #[serde(default = "get")]
    pub method: String,
    pub relative_url: String,
    /// As a form.
    pub body: Option<String>,
    pub name: Option<String>,
    depends_on: Option<String>,
    /// Absent: yes, if another item depends on this one.
    pub omit_response_on_success: Option<bool>,
}

fn get() -> String {
    "GET".to_owned()
}

impl Item {
    /// The names of the items that must have been done well before this one.
    pub fn needs(&self) -> Vec<String> {
        let texts = [Some(&self.relative_url), self.body.as_ref()];
        let named = texts.into_iter().flatten();
        let named = named.flat_map(|text| reference::names(text));
        self.depends_on.iter().cloned().chain(named).collect()
    }

    /// The call that this item is, as part of the batch `whole`.
    ///
    /// # Errors
    /// 960 if an item that it needs failed or did not answer; 100 for a reference that leads
    /// nowhere.
    pub fn call(
        &self,
        whole: &GraphCall,
        preceding: &[(&Self, &Reply)],
    ) -> Result<GraphCall, GraphError> {
        let result = |name: &str| {
            let found = preceding
                .iter()
                .find(|(item, _)| item.name.as_deref() == Some(name));
            let reply = found.map(|(_, reply)| reply);
            let reply = reply.filter(|reply| reply.status.is_success() && reply.seen_status() != 0);
            reply.map(|reply| serde_json::from_str(&reply.body).unwrap_or(Value::Null))
        };
        for name in self.needs() {
            result(&name).ok_or_else(GraphError::aborted)?;
        }
        let url = reference::resolve(&self.relative_url, result)?;
        let body = self.body.as_deref().unwrap_or_default();
        let body = reference::resolve(body, result)?;
        whole.item(&self.method, &url, &body)
    }
}
