//! The login dialog: a page for a person without script, and one POST for a script without a
//! browser. Facts: `meta.md` §1.

mod business;
mod consent;
pub mod page;
mod request;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, LOCATION, REFERRER_POLICY};
use axum::http::{HeaderName, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{MethodRouter, get};

use crate::seed::Person;
use crate::state::{Data, SandboxState};
pub use request::is_permission;
use request::{Action, DialogRequest, Problem};

/// What Portico asks for when nothing else is said.
pub const USUAL_SCOPES: [&str; 4] = ["public_profile", "email", "ads_read", "business_management"];

/// The dialog's two methods.
pub fn routes() -> MethodRouter<SandboxState> {
    get(show).post(submit)
}

/// Headers of every page: no script, no style but the sheet.
pub fn security_headers() -> [(HeaderName, &'static str); 2] {
    [
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (REFERRER_POLICY, "no-referrer"),
    ]
}

async fn show(State(state): State<SandboxState>, uri: Uri) -> Response {
    let request = match read(&state, &uri, &[]) {
        Ok(request) => request,
        Err(problem) => return failure(&problem),
    };
    ask(&state, &request, None)
}

async fn submit(State(state): State<SandboxState>, uri: Uri, body: Bytes) -> Response {
    let request = match read(&state, &uri, &body) {
        Ok(request) => request,
        Err(problem) => return failure(&problem),
    };
    match request.action() {
        Some(Action::Cancel) => redirect(&request.cancelled()),
        Some(Action::Continue) => go_on(&state, &request),
        None => ask(&state, &request, Some("Choose Continue or Cancel.")),
    }
}

fn read(state: &SandboxState, uri: &Uri, form: &[u8]) -> Result<DialogRequest, Problem> {
    DialogRequest::read(state.config(), &state.lock().world, uri, form)
}

/// The page that fits how far the person is, with what was wrong before.
fn ask(state: &SandboxState, request: &DialogRequest, problem: Option<&str>) -> Response {
    let data = state.lock();
    let html = match somebody(&data, request) {
        Some(person) if business::is_open(&data, request, person) => {
            page::business(&data, request, person, problem)
        }
        Some(person) => page::consent(&data, request, person, problem),
        None => page::choose(&data, request, problem),
    };
    let status = if problem.is_some() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    (status, security_headers(), Html(html)).into_response()
}

fn go_on(state: &SandboxState, request: &DialogRequest) -> Response {
    let mut data = state.lock();
    let Some(known) = somebody(&data, request) else {
        drop(data);
        return ask(state, request, Some("Choose who you are first."));
    };
    let person = known.id.clone();
    if data.blocked.contains(&person) {
        return failure(&Problem::locked());
    }
    if business::is_open(&data, request, known) {
        drop(data);
        return ask(state, request, Some("Choose a business portfolio first."));
    }
    let code = consent::give(&mut data, request, &person);
    tracing::info!(person, "consent given");
    redirect(&request.granted(&code))
}

/// The person who is logging in. A system user never does.
fn somebody<'a>(data: &'a Data, request: &DialogRequest) -> Option<&'a Person> {
    let person = request.person().and_then(|id| data.world.person(id));
    person.filter(|person| person.system_user.is_none())
}

fn redirect(location: &str) -> Response {
    (StatusCode::FOUND, [(LOCATION, location.to_owned())]).into_response()
}

/// A page that says what is wrong. Never a redirect, which would make the dialog an open one.
fn failure(problem: &Problem) -> Response {
    (
        StatusCode::BAD_REQUEST,
        security_headers(),
        Html(page::failure(problem)),
    )
        .into_response()
}
