//! How a verb ends when it does not end well.

use std::fmt::Display;

/// What a step of a verb gives.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Why a verb ended early.
#[derive(Debug)]
pub enum Failure {
    /// Something went wrong; the text is for the person at the terminal.
    Message(String),
    /// The person (or the system) asked for the end: Ctrl-C, SIGTERM, SIGHUP.
    Stopped,
}

impl Failure {
    /// A failure told in words.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }
}

/// Puts what was being done in front of an error.
pub trait Context<T> {
    /// `what` reads as the beginning of a sentence: "cannot read data/keys".
    fn context(self, what: impl Display) -> Outcome<T>;
}

impl<T, E: Display> Context<T> for Result<T, E> {
    fn context(self, what: impl Display) -> Outcome<T> {
        self.map_err(|error| Failure::Message(format!("{what}: {error}")))
    }
}
