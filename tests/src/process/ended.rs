//! A program that has ended, and what it left.

use std::process::Stdio;

use serde_json::Value;
use tokio::{io::AsyncWriteExt as _, process::Command};

use super::PATIENCE;

/// What a verb left.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ended {
    /// Asserts the exit code.
    ///
    /// # Panics
    /// When it is another one.
    #[must_use]
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    /// Asserts that it failed, printed nothing on stdout, and said these words last on stderr.
    ///
    /// # Panics
    /// When it is otherwise.
    #[track_caller]
    pub fn must_refuse(&self, words: &str) {
        assert_eq!((self.code, self.stdout.as_str()), (1, ""), "{self:?}");
        let line = self.stderr.lines().last().unwrap_or_default();
        assert!(line.starts_with("portico: "), "{self:?}");
        assert!(line.contains(words), "does not say {words:?}: {self:?}");
    }

    /// The lines of JSON on stdout.
    ///
    /// # Panics
    /// When there is anything else.
    #[must_use]
    #[track_caller]
    pub fn json_lines(&self) -> Vec<Value> {
        let parse = |line| match serde_json::from_str(line) {
            Ok(value) => value,
            Err(error) => panic!("{error}: {line:?} of {self:?}"),
        };
        self.stdout.lines().map(parse).collect()
    }

    /// The one line of JSON on stdout.
    ///
    /// # Panics
    /// When there is anything else.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.stdout.lines().count(), 1, "{self:?}");
        match serde_json::from_str(&self.stdout) {
            Ok(value) => value,
            Err(error) => panic!("{error}: {self:?}"),
        }
    }
}

/// Gives a program its input, if it takes any, and waits for its end.
pub(super) async fn end_of(mut command: Command, input: &[u8]) -> Ended {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    let stdin = child.stdin.take();
    let fed = async {
        if let Some(mut stdin) = stdin {
            // Whoever ends early does not read it all.
            drop(stdin.write_all(input).await);
        }
    };
    let both = async { tokio::join!(fed, child.wait_with_output()).1 };
    let output = tokio::time::timeout(PATIENCE, both).await;
    let output = output.expect("the verb ends").expect("the program runs");
    Ended {
        code: output.status.code().expect("an end of its own"),
        stdout: String::from_utf8(output.stdout).expect("text"),
        stderr: String::from_utf8(output.stderr).expect("text"),
    }
}
