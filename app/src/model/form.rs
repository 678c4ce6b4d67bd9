use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is wrong with a value that somebody typed. The words are in the catalogue (`problem-…`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "problem", content = "limit")]
pub enum Problem {
    Required,
    /// Longer than this many characters.
    TooLong(u32),
    /// Shorter than this many characters.
    TooShort(u32),
    NotAnEmail,
    /// Contains a character that cannot be shown.
    ControlCharacter,
    /// Another client of this agency has this address.
    EmailTaken,
    /// One of the passwords that everybody tries first.
    CommonPassword,
    /// E-mail or password is wrong; which one is not told.
    WrongSignIn,
    /// It is not the person's password now.
    WrongPassword,
    /// The code is not that of now, or was used before.
    WrongCode,
    /// No account was ticked.
    NothingChosen,
    /// No colour as `#rrggbb`.
    NotAColour,
    /// Neither PNG nor JPEG nor WebP, or broken.
    NotAPicture,
    /// A file of more than this many KiB.
    FileTooLarge(u32),
    /// A picture of more than this many pixels to a side.
    PictureTooLarge(u32),
    /// A picture of fewer than this many pixels to a side.
    PictureTooSmall(u32),
}

/// A form as it was sent and refused: what was typed (never a secret) and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    pub values: BTreeMap<String, String>,
    pub problems: BTreeMap<String, Problem>,
}

impl FormState {
    /// What was typed into a field, or nothing.
    #[must_use]
    pub fn value(&self, field: &str) -> String {
        self.values.get(field).cloned().unwrap_or_default()
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<Problem> {
        self.problems.get(field).copied()
    }

    /// Keeps a value.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl Into<String>) -> Self {
        self.values.insert(field.to_owned(), value.into());
        self
    }

    /// Notes a problem, if there is one.
    pub fn refuse(&mut self, field: &str, problem: Option<Problem>) {
        if let Some(problem) = problem {
            self.problems.insert(field.to_owned(), problem);
        }
    }
}
