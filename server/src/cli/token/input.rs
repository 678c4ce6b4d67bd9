//! Tokens that stand one on a line.

use std::io::{self, BufRead, Read as _};

use secrecy::SecretString;
use tokio::sync::mpsc::Sender;
use zeroize::Zeroizing;

/// Bytes of the longest line that is taken for a token: Meta's have some two hundred, and no end of a file that is
/// no list of tokens is waited for.
const LINE_MAX: usize = 4_096;

/// A line of the input that is not blank.
pub struct Given {
    /// Counted from one, over all lines.
    pub line: u64,
    /// `None`: it is too long for a token, or no text.
    pub token: Option<SecretString>,
}

/// Reads line by line until the input ends or nobody takes lines any more.
pub fn read(mut input: impl BufRead, lines: &Sender<io::Result<Given>>) {
    // Made once and as large as it will get, so that no copy of a token is left behind.
    let mut buffer = Zeroizing::new(Vec::with_capacity(LINE_MAX + 2));
    let mut number = 0;
    loop {
        number += 1;
        let given = match next(&mut input, &mut buffer) {
            Ok(None) => return,
            Ok(Some(line)) => given(number, line).map(Ok),
            Err(error) => Some(Err(error)),
        };
        let Some(given) = given else { continue };
        let is_last = given.is_err();
        if lines.blocking_send(given).is_err() || is_last {
            return;
        }
    }
}

/// The next line without its end; one that is too long is read over, and is `None` inside.
fn next<'a>(
    input: &mut impl BufRead,
    buffer: &'a mut Zeroizing<Vec<u8>>,
) -> io::Result<Option<Option<&'a [u8]>>> {
    buffer.clear();
    let most = LINE_MAX as u64 + 1;
    let read = input.by_ref().take(most).read_until(b'\n', buffer)?;
    if read == 0 {
        return Ok(None);
    }
    if buffer.last() != Some(&b'\n') && buffer.len() > LINE_MAX {
        input.skip_until(b'\n')?;
        return Ok(Some(None));
    }
    Ok(Some(Some(buffer.as_slice())))
}

fn given(line: u64, bytes: Option<&[u8]>) -> Option<Given> {
    let Some(Ok(text)) = bytes.map(std::str::from_utf8) else {
        return Some(Given { line, token: None });
    };
    // Editors put a mark before the first line.
    let text = text.trim_start_matches('\u{feff}').trim();
    (!text.is_empty()).then(|| Given {
        line,
        token: Some(SecretString::from(text)),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use secrecy::ExposeSecret as _;
    use tokio::sync::mpsc;

    use super::*;

    fn all(input: &[u8]) -> Vec<(u64, Option<String>)> {
        let (sender, mut lines) = mpsc::channel(100);
        read(Cursor::new(input), &sender);
        drop(sender);
        let mut found = Vec::new();
        while let Ok(given) = lines.try_recv() {
            let given = given.expect("a line");
            let token = given.token.map(|token| token.expose_secret().to_owned());
            found.push((given.line, token));
        }
        found
    }

    fn token(line: u64, token: &str) -> (u64, Option<String>) {
        (line, Some(token.to_owned()))
    }

    #[test]
    fn white_space_is_forgiven_and_blank_lines_are_counted() {
        let found = all("\u{feff}EAA1\r\n\n  \t\n \tEAA2\u{a0} \nEAA3".as_bytes());
        assert_eq!(
            found,
            [token(1, "EAA1"), token(4, "EAA2"), token(5, "EAA3")]
        );
        assert_eq!(all(b""), []);
        assert_eq!(all(b"\n\n"), []);
    }

    #[test]
    fn what_cannot_be_a_token_keeps_its_line() {
        let long = vec![b'x'; LINE_MAX + 1];
        let mut input = long.clone();
        input.extend(b"\n\xff\xfe\nEAA1\n");
        input.extend(&long);
        assert_eq!(
            all(&input),
            [(1, None), (2, None), token(3, "EAA1"), (4, None)]
        );
        let longest = "y".repeat(LINE_MAX);
        let input = format!("{longest}\nEAA1");
        assert_eq!(
            all(input.as_bytes()),
            [token(1, &longest), token(2, "EAA1")]
        );
    }

    /// However long a line is, no more of it is held than a token may have.
    #[test]
    fn a_line_without_end_is_not_held() {
        let endless = io::repeat(b'z').take(50_000_000);
        let (sender, mut lines) = mpsc::channel(1);
        read(io::BufReader::new(endless), &sender);
        let given = lines.try_recv().expect("one line").expect("a line");
        assert!(given.token.is_none());
    }

    #[test]
    fn reading_ends_when_nobody_listens() {
        let (sender, lines) = mpsc::channel(1);
        drop(lines);
        read(io::BufReader::new(endless_lines()), &sender);
    }

    fn endless_lines() -> impl io::Read {
        struct Lines;
        impl io::Read for Lines {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                into.fill(b'\n');
                if let Some(first) = into.first_mut() {
                    *first = b'E';
                }
                Ok(into.len())
            }
        }
        Lines
    }
}
