//! Forms that come in parts, since a file may be among them.

use axum::{
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError, MultipartRejection},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{extract::Fields, failure::Failure, layers::Refusal};

/// Bytes of everything that is typed into such a form.
const TYPED_MAX: usize = super::layers::limits::FORM_BYTES;

/// A form in parts that is not read yet: whoever may not send it is told before.
pub struct Parts(Multipart);

impl<S: Send + Sync> FromRequest<S> for Parts {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let parts = Multipart::from_request(request, state).await;
        parts
            .map(Self)
            .map_err(|_: MultipartRejection| Failure::BadRequest.into_response())
    }
}

/// What came with the form.
pub struct Sent {
    pub fields: Fields,
    pub file: File,
}

/// The file of a form.
pub enum File {
    /// None was chosen.
    None,
    /// It is larger than what is kept; the rest was read and dropped, so that the browser gets its answer.
    TooLarge,
    Read(Vec<u8>),
}

impl Parts {
    /// Reads the form, with one file in the field of this name and of at most so many bytes.
    ///
    /// # Errors
    /// The page that says what is wrong with the request.
    pub async fn read(mut self, file_field: &str, max: usize) -> Result<Sent, Response> {
        let (mut pairs, mut file, mut typed) = (Vec::new(), File::None, 0);
        while let Some(part) = self.0.next_field().await.map_err(|error| refuse(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            if name == file_field {
                file = match limited(part, max).await? {
                    Some(bytes) if bytes.is_empty() => File::None,
                    Some(bytes) => File::Read(bytes),
                    None => File::TooLarge,
                };
                continue;
            }
            let value = limited(part, TYPED_MAX - typed)
                .await?
                .ok_or_else(|| Refusal::TooLarge.into_response())?;
            typed += value.len();
            let value =
                String::from_utf8(value).map_err(|_| Failure::BadRequest.into_response())?;
            pairs.push((name, value));
        }
        Ok(Sent {
            fields: Fields::of(pairs),
            file,
        })
    }
}

/// The bytes of a part; `None` where they are more than so many. All are read in either case.
async fn limited(mut part: Field<'_>, max: usize) -> Result<Option<Vec<u8>>, Response> {
    let mut kept = Some(Vec::new());
    while let Some(chunk) = part.chunk().await.map_err(|error| refuse(&error))? {
        kept = kept.filter(|bytes: &Vec<u8>| bytes.len() + chunk.len() <= max);
        if let Some(bytes) = &mut kept {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok(kept)
}

fn refuse(error: &MultipartError) -> Response {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Refusal::TooLarge.into_response()
    } else {
        Failure::BadRequest.into_response()
    }
}
