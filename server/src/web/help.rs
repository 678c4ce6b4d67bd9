//! What the desk explains.

use app::{pages, routes::pattern};
use axum::{extract::State, response::Response};

use super::{Web, extract::Staff, failure::Failure, page};

/// What Meta's answers mean, and what to do.
pub async fn errors(State(web): State<Web>, Staff(actor): Staff) -> Result<Response, Failure> {
    let path = pattern::HELP_ERRORS;
    page::desk(&web, &actor, path, None, pages::admin::errors).await
}
