//! Where mails go: `PORTICO_MAIL__URL`.

use std::{net::IpAddr, path::PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

/// The port of mail submission (RFC 6409).
const SUBMISSION_PORT: u16 = 587;
/// The port of submission inside TLS (RFC 8314).
const SUBMISSIONS_PORT: u16 = 465;

const EXAMPLES: &str = "write outbox:, smtp://user:password@mail.example.com:587, \
    smtps://user:password@mail.example.com:465 or file:///var/mail/portico";

/// How mails leave.
#[derive(Clone, Debug)]
pub enum MailUrl {
    /// `outbox:` They do not: they are kept for reading in `/admin/outbox`.
    Outbox,
    /// `smtp://` and `smtps://`
    Smtp(SmtpServer),
    /// `file:///dir` One `.eml` file each.
    File(PathBuf),
}

/// A mail server.
#[derive(Clone, Debug)]
pub struct SmtpServer {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub login: Option<Login>,
}

/// How the connection to a mail server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// `smtps://` TLS from the first byte.
    Tls,
    /// `smtp://` to another machine: STARTTLS or no mail, so that nobody on the way can strip it.
    StartTls,
    /// `smtp://` to this machine: STARTTLS when offered, with whatever certificate. There is no way between.
    Loopback,
}

/// Name and password at a mail server.
#[derive(Clone, Debug)]
pub struct Login {
    pub user: String,
    pub password: SecretString,
}

impl MailUrl {
    /// Reads the address.
    ///
    /// # Errors
    /// What is wrong, for a person, with examples and without any part of the address: a password may be in it.
    pub fn parse(address: &SecretString) -> Result<Self, String> {
        let url = Url::parse(address.expose_secret().trim())
            .map_err(|_| format!("is not an address; {EXAMPLES}"))?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(format!(
                "has a ? or # in it (in a password write %3F and %23); {EXAMPLES}"
            ));
        }
        match url.scheme() {
            "outbox" if url.path().is_empty() && !url.has_authority() => Ok(Self::Outbox),
            "smtp" => server(&url, SUBMISSION_PORT).map(Self::Smtp),
            "smtps" => server(&url, SUBMISSIONS_PORT).map(Self::Smtp),
            "file" => url
                .to_file_path()
                .map(Self::File)
                .map_err(|()| format!("names no folder of this machine; {EXAMPLES}")),
            _ => Err(format!(
                "is none of the known kinds outbox, smtp, smtps and file; {EXAMPLES}"
            )),
        }
    }
}

fn server(url: &Url, default_port: u16) -> Result<SmtpServer, String> {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    if host.is_empty() || !host.chars().all(plain) {
        return Err(format!("names no mail server; {EXAMPLES}"));
    }
    if !matches!(url.path(), "" | "/") {
        return Err(format!("has a path behind the mail server; {EXAMPLES}"));
    }
    Ok(SmtpServer {
        host: host.to_owned(),
        port: url.port().unwrap_or(default_port),
        security: match url.scheme() {
            "smtps" => Security::Tls,
            _ if is_loopback(host) => Security::Loopback,
            _ => Security::StartTls,
        },
        login: login(url)?,
    })
}

fn login(url: &Url) -> Result<Option<Login>, String> {
    let user = decoded(url.username())?;
    match (user.is_empty(), url.password()) {
        (true, None) => Ok(None),
        (false, Some(password)) => Ok(Some(Login {
            user,
            password: SecretString::from(decoded(password)?),
        })),
        _ => Err(format!("needs both user and password, or none; {EXAMPLES}")),
    }
}

/// Undoes percent encoding. `form_urlencoded` does it too, but for a `+`, which stays what it is here.
fn decoded(text: &str) -> Result<String, String> {
    let pair = format!("x={}", text.replace('+', "%2B").replace('&', "%26"));
    let value = url::form_urlencoded::parse(pair.as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default();
    if value.contains(|c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER) {
        return Err(format!(
            "has a user or password that is not text; {EXAMPLES}"
        ));
    }
    Ok(value)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(address: &str) -> Result<MailUrl, String> {
        MailUrl::parse(&address.into())
    }

    #[test]
    fn known_kinds_are_read() {
        assert!(matches!(parse("outbox:"), Ok(MailUrl::Outbox)));
        assert!(
            matches!(parse("file:///var/mail"), Ok(MailUrl::File(dir)) if dir.to_str() == Some("/var/mail"))
        );
        for (address, host, port, security) in [
            (
                "smtp://localhost:1025",
                "localhost",
                1025,
                Security::Loopback,
            ),
            (
                "smtp://127.0.0.1:1025/",
                "127.0.0.1",
                1025,
                Security::Loopback,
            ),
            ("smtp://[::1]:1025", "::1", 1025, Security::Loopback),
            (
                "smtp://mail.example.com",
                "mail.example.com",
                587,
                Security::StartTls,
            ),
            (
                "smtps://mail.example.com",
                "mail.example.com",
                465,
                Security::Tls,
            ),
            (
                "smtp://127.0.0.1.example.com:25",
                "127.0.0.1.example.com",
                25,
                Security::StartTls,
            ),
        ] {
            let Ok(MailUrl::Smtp(server)) = parse(address) else {
                panic!("{address}");
            };
            assert_eq!(server.host, host);
            assert_eq!(
                (server.port, server.security),
                (port, security),
                "{address}"
            );
            assert!(server.login.is_none());
        }
    }

    #[test]
    fn user_and_password_are_decoded_and_not_told() {
        let address = "smtp://desk%40example.com:p%3Aa+s%25s@mail.example.com:2525";
        let Ok(MailUrl::Smtp(server)) = parse(address) else {
            panic!("a server");
        };
        assert!(!format!("{server:?}").contains("p:a"));
        let login = server.login.expect("a login");
        assert_eq!(login.user, "desk@example.com");
        assert_eq!(login.password.expose_secret(), "p:a+s%s");
    }

    #[test]
    fn errors_tell_no_password() {
        for address in [
            "",
            "hunter2",
            "smtp://",
            "smtp://user:hunter2@",
            "smtp://user:hunter2@host:99999",
            "smtp://user:hunter2@host/path",
            "smtp://user:hunter2@host?x=1",
            "smtp://user:hunter2#@host",
            "smtp://:hunter2@host",
            "smtp://hunter2@host",
            "smtp://user:hunter2%00@host",
            "smtp://user:hunter2%ff@host",
            "smtp://user:hunter2@ho%20st",
            "imap://user:hunter2@host",
            "outbox:hunter2",
            "outbox://hunter2",
            "file://hunter2/dir",
        ] {
            let error = parse(address).expect_err(address);
            assert!(!error.contains("hunter2"), "{error}");
            assert!(error.contains("outbox:"), "{error}");
        }
    }
}
