//! What Facebook's dialog sends back with the browser.

use secrecy::SecretString;

use super::error::redact;

/// The longest `state` or `code` that is taken. Ours have 43 characters, Meta's codes some hundreds.
const PARAM_MAX: usize = 4_096;

/// The query of a callback, read.
#[derive(Debug)]
pub enum Callback {
    Code {
        code: SecretString,
        state: SecretString,
    },
    Refused {
        /// Left out by Meta's documented forms; then it belongs to the browser's single visit in flight.
        state: Option<SecretString>,
        refusal: Refusal,
    },
    /// Nothing that Meta sends.
    Nonsense,
}

/// Why there is no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub kind: RefusalKind,
    /// `error_code`
    pub code: Option<i64>,
    /// Meta's words for the record, redacted. Never for the person's page: anybody can write them.
    pub message: Option<String>,
}

/// What kind of refusal it is, as far as Meta tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// Cancelled, or refused by Meta in the person's name: a login for business reports the same for a person
    /// without a role on an app in development mode. So no page may say that they cancelled.
    Denied,
    /// The Meta app is not set up for this (codes 101, 191 and 901: wrong app, address, development mode).
    AppSetup,
    /// Facebook has trouble of its own.
    Unavailable,
    Other,
}

/// Reads the query of a callback: an error goes before a code, and each parameter may stand there once.
#[must_use]
pub fn parse_callback(query: &str) -> Callback {
    let Some(params) = Params::read(query) else {
        return Callback::Nonsense;
    };
    if params.error.is_some() || params.error_code.is_some() || params.error_message.is_some() {
        return Callback::Refused {
            refusal: params.refusal(),
            state: params.state.map(SecretString::from),
        };
    }
    match (params.code, params.state) {
        (Some(code), Some(state)) => Callback::Code {
            code: SecretString::from(code),
            state: SecretString::from(state),
        },
        _ => Callback::Nonsense,
    }
}

#[derive(Default)]
struct Params {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    error_code: Option<String>,
    error_reason: Option<String>,
    error_description: Option<String>,
    error_message: Option<String>,
}

impl Params {
    fn read(query: &str) -> Option<Self> {
        let mut params = Self::default();
        for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let slot = match key.as_ref() {
                "code" => &mut params.code,
                "state" => &mut params.state,
                "error" => &mut params.error,
                "error_code" => &mut params.error_code,
                "error_reason" => &mut params.error_reason,
                "error_description" => &mut params.error_description,
                "error_message" => &mut params.error_message,
                _ => continue,
            };
            if value.len() > PARAM_MAX || slot.is_some() {
                return None;
            }
            if !value.is_empty() {
                *slot = Some(value.into_owned());
            }
        }
        Some(params)
    }

    fn refusal(&self) -> Refusal {
        let code = self.error_code.as_ref().and_then(|code| code.parse().ok());
        let words = self
            .error_message
            .as_ref()
            .or(self.error_description.as_ref());
        Refusal {
            kind: self.kind(code),
            code,
            message: words.map(|words| redact(words, &[])),
        }
    }

    fn kind(&self, code: Option<i64>) -> RefusalKind {
        let error = self.error.as_deref();
        if error == Some("access_denied") || self.error_reason.as_deref() == Some("user_denied") {
            return RefusalKind::Denied;
        }
        match (code, error) {
            (Some(101 | 191 | 901), _) => RefusalKind::AppSetup,
            (Some(1 | 2), _) | (_, Some("server_error" | "temporarily_unavailable")) => {
                RefusalKind::Unavailable
            }
            _ => RefusalKind::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn code_and_state_are_taken() {
        let Callback::Code { code, state } =
            parse_callback("code=AQ%2Bx&state=s1&granted_scopes=a")
        else {
            panic!("a code");
        };
        assert_eq!(code.expose_secret(), "AQ+x");
        assert_eq!(state.expose_secret(), "s1");
    }

    #[test]
    fn every_form_of_refusal_is_taken() {
        use RefusalKind::{AppSetup, Denied, Other, Unavailable};
        for (query, has_state, kind, code) in [
            (
                "error_reason=user_denied&error=access_denied&error_description=Permissions+error.",
                false,
                Denied,
                None,
            ),
            (
                "error=access_denied&error_code=200&error_description=Permissions+error&error_reason=user_denied&state=s",
                true,
                Denied,
                Some(200),
            ),
            (
                "error_code=901&error_message=This+app+is+in+sandbox+mode.",
                false,
                AppSetup,
                Some(901),
            ),
            ("error_message=URL+Blocked", false, Other, None),
            ("error=server_error&state=s", true, Unavailable, None),
            ("error=x&code=c&state=s", true, Other, None),
            ("error_code=none", false, Other, None),
        ] {
            let Callback::Refused { state, refusal } = parse_callback(query) else {
                panic!("{query}");
            };
            assert_eq!(state.is_some(), has_state, "{query}");
            assert_eq!((refusal.kind, refusal.code), (kind, code), "{query}");
        }
    }

    #[test]
    fn what_meta_never_sends_is_nonsense() {
        let long = format!("code=c&state={}", "s".repeat(5_000));
        for query in [
            "",
            "code=c",
            "state=s",
            "code=&state=s",
            "code=c&state=",
            "code=c&state=s&state=t",
            "code=c&code=d&state=s",
            "hello",
            &long,
        ] {
            assert!(
                matches!(parse_callback(query), Callback::Nonsense),
                "{query}"
            );
        }
    }

    #[test]
    fn debug_tells_no_code_and_no_state() {
        let told = format!("{:?}", parse_callback("code=telltale&state=gossip"));
        assert!(!told.contains("telltale") && !told.contains("gossip"));
    }
}
