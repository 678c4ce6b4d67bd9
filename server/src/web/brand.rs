//! An agency's own face: the stylesheet with its colour, and its logo.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use super::{Web, failure::Failure};
use crate::{assets::FOR_EVER, service::Error};

/// A file by its name, which holds a hash of its content.
pub async fn file(State(web): State<Web>, Path(name): Path<String>) -> Result<Response, Failure> {
    let file = web.portal.brand_file(&name).await?.ok_or(Error::NotFound)?;
    let kind = header::HeaderValue::from_static(file.media_type);
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, FOR_EVER),
    ];
    Ok((headers, file.bytes).into_response())
}
