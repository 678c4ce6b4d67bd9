//! When Meta itself ends a dialog, whatever the person would say.

use super::problem::Problem;
use super::request::DialogRequest;
use crate::state::{AppMode, Data, DialogError, WithoutRole};

/// How a dialog is refused.
pub enum Refusal {
    /// On a page, without a way back to the app.
    Page(Problem),
    /// By an address of the app.
    Back(String),
}

/// Why this person gets no further, if so: the app is in development and they have no role on it,
/// or all dialogs are to fail.
pub fn refusal(data: &Data, request: &DialogRequest, person: &str) -> Option<Refusal> {
    let settings = &data.settings;
    let is_in_development = settings.app_mode == AppMode::Development;
    if is_in_development && !settings.app_roles.contains(person) {
        return Some(match settings.without_role {
            WithoutRole::Denied => Refusal::Back(request.denied()),
            WithoutRole::ErrorCode => Refusal::Back(request.failed(&DialogError::default())),
            WithoutRole::Page => Refusal::Page(Problem::in_development()),
        });
    }
    let error = settings.dialog_error.as_ref()?;
    Some(Refusal::Back(request.failed(error)))
}
