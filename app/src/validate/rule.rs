use super::{EMAIL_MAX, NAME_MAX, email, name, optional_email, optional_name};
use crate::model::Problem;

/// A rule that a field is held against while it is filled in, by the same code that judges it on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Email,
    OptionalEmail,
    Name,
    OptionalName,
}

impl Rule {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Email,
        Self::OptionalEmail,
        Self::Name,
        Self::OptionalName,
    ];

    /// Its name on the way to the browser.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::OptionalEmail => "optional-email",
            Self::Name => "name",
            Self::OptionalName => "optional-name",
        }
    }

    /// The rule of this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.code() == code)
    }

    /// Characters that it allows.
    #[must_use]
    pub const fn max(self) -> u32 {
        match self {
            Self::Email | Self::OptionalEmail => EMAIL_MAX,
            Self::Name | Self::OptionalName => NAME_MAX,
        }
    }

    /// What is wrong with a value.
    #[must_use]
    pub fn check(self, value: &str) -> Option<Problem> {
        match self {
            Self::Email => email(value),
            Self::OptionalEmail => optional_email(value),
            Self::Name => name(value),
            Self::OptionalName => optional_name(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_found_by_its_code() {
        for rule in Rule::ALL {
            assert_eq!(Rule::from_code(rule.code()), Some(*rule));
        }
        assert_eq!(Rule::from_code("something"), None);
    }

    #[test]
    fn each_judges_as_the_server_does() {
        for value in [
            "",
            "  ",
            "marta@kowalska.example",
            "Marta",
            "a\u{7}b",
            &"x".repeat(300),
        ] {
            assert_eq!(Rule::Email.check(value), email(value));
            assert_eq!(Rule::OptionalEmail.check(value), optional_email(value));
            assert_eq!(Rule::Name.check(value), name(value));
            assert_eq!(Rule::OptionalName.check(value), optional_name(value));
        }
    }

    #[test]
    fn none_allows_more_than_it_says() {
        for rule in Rule::ALL {
            let long = "x".repeat(300);
            assert_eq!(rule.check(&long), Some(Problem::TooLong(rule.max())));
        }
    }
}
