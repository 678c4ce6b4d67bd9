//! The addresses that a dialog sends the person back to.

use url::form_urlencoded::Serializer;

use super::request::DialogRequest;
use crate::state::{CancelForm, DialogError};

impl DialogRequest {
    /// Where a consent leads.
    pub fn granted(&self, code: &str) -> String {
        self.back(&[("code", code)])
    }

    /// Where *Cancel* leads, in one of the two forms of `meta.md` §1.
    pub fn cancelled(&self, form: CancelForm) -> String {
        match form {
            CancelForm::Field => self.denied(),
            CancelForm::Documented => self.back_without_state(&[
                ("error_reason", "user_denied"),
                ("error", "access_denied"),
                ("error_description", "Permissions error."),
            ]),
        }
    }

    /// The form seen in the field, which is richer than the documented one. Meta also sends it to
    /// people who did not cancel.
    pub fn denied(&self) -> String {
        self.back(&[
            ("error", "access_denied"),
            ("error_code", "200"),
            ("error_description", "Permissions error"),
            ("error_reason", "user_denied"),
        ])
    }

    /// The form that has no `error` in it.
    pub fn failed(&self, error: &DialogError) -> String {
        let code = error.error_code.to_string();
        let pairs = [
            ("error_code", code.as_str()),
            ("error_message", error.error_message.as_str()),
        ];
        if error.state {
            self.back(&pairs)
        } else {
            self.back_without_state(&pairs)
        }
    }

    fn back(&self, pairs: &[(&str, &str)]) -> String {
        let state = self.get("state").map(|state| ("state", state));
        let pairs: Vec<(&str, &str)> = pairs.iter().copied().chain(state).collect();
        self.back_without_state(&pairs)
    }

    fn back_without_state(&self, pairs: &[(&str, &str)]) -> String {
        let uri = self.redirect_uri();
        let mut query = Serializer::new(String::new());
        query.extend_pairs(pairs);
        let joint = if uri.contains('?') { '&' } else { '?' };
        format!("{uri}{joint}{}#_=_", query.finish())
    }
}
