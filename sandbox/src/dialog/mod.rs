//! The login dialog: a page for a person without script, and one POST for a script without a
//! browser. Facts: `meta.md` §1.

mod back;
mod business;
mod consent;
mod gate;
mod page;
mod permissions;
mod problem;
mod request;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, LOCATION, REFERRER_POLICY};
use axum::http::{HeaderName, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{MethodRouter, get};

use crate::seed::Person;
use crate::state::{AppMode, Data, Dialog, Outcome, SandboxState};
use gate::Refusal;
pub use permissions::is_permission;
use problem::Problem;
use request::{Action, DialogRequest};

/// What Portico asks for when nothing else is said.
pub const USUAL_SCOPES: [&str; 4] = ["public_profile", "email", "ads_read", "business_management"];

/// The dialog's two methods.
pub fn routes() -> MethodRouter<SandboxState> {
    get(show).post(submit)
}

/// Headers of every page: no script, no style but the sheet, no picture but the empty icon.
fn security_headers() -> [(HeaderName, &'static str); 2] {
    [
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; \
             frame-ancestors 'none'",
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
        Some(Action::Cancel) => cancel(&state, &request),
        Some(Action::Continue) => go_on(&state, &request),
        Some(Action::Password) if request.wants_password() => {
            ask(&state, &request, Some("Enter your password."))
        }
        Some(Action::Password) => ask(&state, &request, None),
        None => ask(&state, &request, Some("Choose Continue or Cancel.")),
    }
}

/// Reads a request to an app that is not inactive.
fn read(state: &SandboxState, uri: &Uri, form: &[u8]) -> Result<DialogRequest, Problem> {
    let data = state.lock();
    let request = DialogRequest::read(state.config(), &data.world, uri, form)?;
    match data.settings.app_mode {
        AppMode::Inactive => Err(Problem::inactive()),
        AppMode::Live | AppMode::Development => Ok(request),
    }
}

/// The page that fits how far the person is, with what was wrong before.
fn ask(state: &SandboxState, request: &DialogRequest, problem: Option<&str>) -> Response {
    let mut data = state.lock();
    let html = match somebody(&data, request) {
        Some(person) => {
            if let Some(refusal) = gate::refusal(&data, request, &person.id) {
                return refuse(&mut data, request, refusal);
            }
            if request.wants_password() {
                page::password(request, person, problem)
            } else if business::is_open(&data, request, person) {
                page::business(&data, request, person, problem)
            } else {
                page::consent(&data, request, person, problem)
            }
        }
        None => page::choose(&data, request, problem),
    };
    let status = if problem.is_some() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    (status, security_headers(), Html(html)).into_response()
}

fn cancel(state: &SandboxState, request: &DialogRequest) -> Response {
    let mut data = state.lock();
    log(&mut data, request, Outcome::Cancelled);
    redirect(&request.cancelled(data.settings.cancel))
}

/// A script that posts once has no page to give a password on, so none is asked of it.
fn go_on(state: &SandboxState, request: &DialogRequest) -> Response {
    let mut data = state.lock();
    let Some(known) = somebody(&data, request) else {
        drop(data);
        return ask(state, request, Some("Choose who you are first."));
    };
    let person = known.id.clone();
    if let Some(refusal) = gate::refusal(&data, request, &person) {
        return refuse(&mut data, request, refusal);
    }
    if data.blocked.contains(&person) {
        return refuse(&mut data, request, Refusal::Page(Problem::locked()));
    }
    if business::is_open(&data, request, known) {
        drop(data);
        return ask(state, request, Some("Choose a business portfolio first."));
    }
    let code = consent::give(&mut data, request, &person);
    log(&mut data, request, Outcome::Granted);
    tracing::info!(person, "consent given");
    redirect(&request.granted(&code))
}

fn refuse(data: &mut Data, request: &DialogRequest, refusal: Refusal) -> Response {
    log(data, request, Outcome::Refused);
    match refusal {
        Refusal::Page(problem) => failure(&problem),
        Refusal::Back(address) => redirect(&address),
    }
}

fn log(data: &mut Data, request: &DialogRequest, outcome: Outcome) {
    let person = somebody(data, request).map(|person| person.id.clone());
    let at = data.clock.unix();
    let configuration = request.configuration.as_ref();
    data.dialogs.push(Dialog {
        person,
        asked: request.asked.clone(),
        auth_type: request.auth_type().map(str::to_owned),
        config_id: configuration.map(|configuration| configuration.id.clone()),
        password_given: request.has_given_password(),
        outcome,
        at,
    });
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
