//! The one line that a wrong configuration stops the start with.

use std::fmt;

use super::keys::{Key, variable};

/// What is wrong with the configuration: its Display is one line with the key, the problem and an example.
///
/// No value that was given is ever part of it: it may be a secret that strayed into the wrong key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ConfigError {
    name: String,
    problem: String,
    example: String,
}

impl ConfigError {
    /// A key that is wrong or missing.
    pub(super) fn of(key: &Key, problem: impl Into<String>) -> Self {
        Self {
            name: variable(key.path),
            problem: problem.into(),
            example: key.example.to_owned(),
        }
    }

    /// Something that is no key of ours: a file, an unknown name.
    pub(super) fn about(name: &str, problem: impl Into<String>, example: &str) -> Self {
        Self {
            name: name.to_owned(),
            problem: problem.into(),
            example: example.to_owned(),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!("{}: {}; example: {}", self.name, self.problem, self.example);
        // Names of files and variables come from outside and may hold a line end.
        for c in line.chars() {
            if c.is_control() {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        Ok(())
    }
}
