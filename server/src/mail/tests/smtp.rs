//! A mail server that says what the test wants.

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, BufWriter},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// How the server behaves.
#[derive(Clone, Copy)]
pub(super) enum Manner {
    Accepts,
    /// Answers this to the recipient.
    RefusesRecipient(&'static str),
    /// Answers this to the login.
    RefusesLogin(&'static str),
    /// Hangs up when the mail has been sent, before saying whether it took it.
    HangsUp,
}

/// What the server heard: the commands, and the mail.
#[derive(Default)]
pub(super) struct Heard {
    pub commands: Vec<String>,
    pub mail: String,
}

/// Serves one connection; gives the port, and what was heard when it ends.
pub(super) async fn serve(manner: Manner) -> (u16, JoinHandle<Heard>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let served = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a caller");
        let mut heard = Heard::default();
        // A caller that hangs up ends the talk like one that says goodbye.
        let _ = talk(stream, manner, &mut heard).await;
        heard
    });
    (port, served)
}

async fn talk(stream: TcpStream, manner: Manner, heard: &mut Heard) -> std::io::Result<()> {
    let (read, write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut out = BufWriter::new(write);
    say(&mut out, "220 test ESMTP").await?;
    while let Some(line) = lines.next_line().await? {
        heard.commands.push(line.clone());
        let verb = line.split([' ', ':']).next().unwrap_or_default();
        let answer = match (verb, manner) {
            ("EHLO", _) => "250-test\r\n250-8BITMIME\r\n250 AUTH PLAIN",
            ("AUTH", Manner::RefusesLogin(answer)) => answer,
            ("AUTH", _) => "235 welcome",
            ("RCPT", Manner::RefusesRecipient(answer)) => answer,
            ("DATA", _) => {
                say(&mut out, "354 go on").await?;
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    let line = line.strip_prefix('.').unwrap_or(&line);
                    heard.mail.push_str(line);
                    heard.mail.push_str("\r\n");
                }
                if matches!(manner, Manner::HangsUp) {
                    return Ok(());
                }
                "250 taken"
            }
            ("QUIT", _) => {
                return say(&mut out, "221 bye").await;
            }
            _ => "250 fine",
        };
        say(&mut out, answer).await?;
    }
    Ok(())
}

async fn say(
    out: &mut BufWriter<tokio::net::tcp::OwnedWriteHalf>,
    answer: &str,
) -> std::io::Result<()> {
    out.write_all(answer.as_bytes()).await?;
    out.write_all(b"\r\n").await?;
    out.flush().await
}
