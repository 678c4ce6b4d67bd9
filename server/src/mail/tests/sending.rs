use super::{
    smtp::{Manner, serve},
    *,
};

async fn sent_by_smtp(manner: Manner) -> (Result<SendOutcome, SendError>, super::smtp::Heard) {
    let (port, served) = serve(manner).await;
    let mailer = mailer(&format!("smtp://desk:hunter2@127.0.0.1:{port}"));
    let outcome = mailer.send(&outgoing()).await;
    (outcome, served.await.expect("the server ends"))
}

/// One header with its folded lines, or nothing.
fn header<'a>(mail: &'a str, name: &str) -> Option<&'a str> {
    let head = mail.split("\r\n\r\n").next()?;
    let prefix = format!("{name}: ");
    head.split("\r\n")
        .find_map(|line| line.strip_prefix(prefix.as_str()))
}

/// The bodies of a multipart mail by content type, decoded.
fn parts(mail: &str) -> Vec<(String, String)> {
    let kind = mail.split("boundary=\"").nth(1).expect("a boundary");
    let boundary = format!("--{}", kind.split('"').next().expect("its end"));
    mail.split(boundary.as_str())
        .skip(1)
        .filter_map(|part| part.trim_start().split_once("\r\n\r\n"))
        .filter(|(head, _)| head.starts_with("Content-Type"))
        .map(|(head, body)| {
            let coded = head.contains("quoted-printable");
            let body = if coded {
                unquoted(body)
            } else {
                body.to_owned()
            };
            (head.to_owned(), body)
        })
        .collect()
}

/// Undoes quoted-printable.
fn unquoted(body: &str) -> String {
    let body = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = body.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let code = hex.and_then(|two| u8::from_str_radix(two, 16).ok());
        if let (b'=', Some(code)) = (*first, code) {
            bytes.push(code);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn assert_whole(mail: &str) {
    assert!(mail.is_ascii(), "{mail}");
    assert!(mail.split("\r\n").all(|line| line.len() <= 998));
    let id = "<00000000000000000000000000000007@example.org>";
    assert_eq!(header(mail, "Message-ID"), Some(id), "{mail}");
    assert_eq!(header(mail, "To"), Some("anna@example.com"));
    assert_eq!(
        header(mail, "From"),
        Some("Nordlicht <portico@example.org>")
    );
    assert_eq!(header(mail, "Reply-To"), Some("help@nordlicht.example"));
    assert_eq!(header(mail, "Auto-Submitted"), Some("auto-generated"));
    assert_eq!(
        header(mail, "Date"),
        Some("Sun, 29 Nov 2026 12:00:00 +0000")
    );
    assert!(mail.contains("multipart/alternative"));
    let parts = parts(mail);
    assert_eq!(parts.len(), 2, "{mail}");
    assert!(parts[0].0.contains("text/plain; charset=utf-8"), "{mail}");
    assert!(parts[0].1.contains("über https://portal.example.com/i/abc"));
    assert!(parts[1].0.contains("text/html; charset=utf-8"), "{mail}");
    assert!(parts[1].1.contains("<p>Hello Anna</p>"));
}

#[tokio::test]
async fn outbox_keeps() {
    let mailer = mailer("outbox:");
    assert!(mailer.keeps());
    assert_eq!(mailer.send(&outgoing()).await, Ok(SendOutcome::Kept));
}

#[tokio::test]
async fn a_mail_server_gets_the_whole_mail() {
    let (outcome, heard) = sent_by_smtp(Manner::Accepts).await;
    assert_eq!(outcome, Ok(SendOutcome::Sent));
    assert_whole(&heard.mail);
    let envelope: Vec<_> = heard
        .commands
        .iter()
        .filter(|line| line.starts_with("MAIL") || line.starts_with("RCPT"))
        .collect();
    assert!(envelope[0].starts_with("MAIL FROM:<portico@example.org>"));
    assert_eq!(envelope[1], "RCPT TO:<anna@example.com>");
    assert_eq!(heard.commands.last().map(String::as_str), Some("QUIT"));
}

#[tokio::test]
async fn refusals_are_told_apart() {
    for (manner, permanent, words) in [
        (
            Manner::RefusesRecipient("550 no such mailbox"),
            true,
            "no such mailbox",
        ),
        (
            Manner::RefusesRecipient("451 try later"),
            false,
            "try later",
        ),
        (
            Manner::RefusesLogin("535 wrong password"),
            false,
            "wrong password",
        ),
        (Manner::HangsUp, false, ""),
    ] {
        let (outcome, _) = sent_by_smtp(manner).await;
        let error = outcome.expect_err("a refusal");
        assert_eq!(error.permanent, permanent, "{error}");
        assert!(error.message.contains(words), "{error}");
        assert!(!error.message.contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn nobody_at_the_port_is_temporary() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    drop(listener);
    let url = format!("smtp://desk:hunter2@127.0.0.1:{port}");
    let error = mailer(&url).send(&outgoing()).await.expect_err("nobody");
    assert!(!error.permanent && !error.message.contains("hunter2"));
}

#[tokio::test]
async fn a_folder_gets_one_file_a_mail() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("new");
    let mailer = mailer(&format!("file://{}", inner.display()));
    for _ in 0..2 {
        assert_eq!(mailer.send(&outgoing()).await, Ok(SendOutcome::Sent));
    }
    let files: Vec<_> = std::fs::read_dir(&inner)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert_eq!(files, [inner.join(format!("{}.eml", outgoing().id))]);
    assert_whole(&std::fs::read_to_string(&files[0]).expect("the mail"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = files[0].metadata().expect("its data").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn nothing_typed_becomes_a_header() {
    let folder = tempfile::tempdir().expect("a folder");
    let mailer = mailer(&format!("file://{}", folder.path().display()));
    let long = "Ж".repeat(200);
    for typed in [
        "x\r\nBcc: victim@example.com",
        "x\nBcc: victim@example.com",
        "\"quoted\" <a@b>, c",
        "שלום עולם",
        &long,
    ] {
        let mail = Outgoing {
            subject: typed.to_owned(),
            agency_name: typed.to_owned(),
            ..outgoing()
        };
        assert_eq!(mailer.send(&mail).await, Ok(SendOutcome::Sent), "{typed}");
        let file = folder.path().join(format!("{}.eml", mail.id));
        let sent = std::fs::read_to_string(file).expect("the mail");
        assert!(header(&sent, "Bcc").is_none(), "{sent}");
        assert!(sent.is_ascii() && sent.split("\r\n").all(|line| line.len() <= 998));
        assert_eq!(sent.matches("portico@example.org").count(), 1, "{sent}");
    }
}

#[tokio::test]
async fn an_address_that_cannot_be_is_permanent() {
    for to in ["", "anna", "a@b\r\nBcc: c@d", "a@b, c@d", "<a@b>"] {
        let mail = Outgoing {
            to: to.to_owned(),
            ..outgoing()
        };
        let error = mailer("smtp://127.0.0.1:1").send(&mail).await;
        assert!(error.expect_err(to).permanent, "{to}");
    }
}

#[test]
fn a_sender_is_read() {
    assert!(parse_from("portico@localhost").is_ok());
    let from = parse_from("Nordlicht Ads <ads@nordlicht.example>").expect("a sender");
    assert_eq!(from.name.as_deref(), Some("Nordlicht Ads"));
    assert!(parse_from("Nordlicht").is_err());
}
