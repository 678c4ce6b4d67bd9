use std::sync::{Arc, Mutex, PoisonError};

use mailparse::{MailHeaderMap as _, ParsedMail};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::JoinHandle,
};

/// A mail that arrived.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// The same for every try to send one mail.
    pub message_id: String,
    /// As it came over the wire.
    pub raw: String,
}

impl Mail {
    /// The guided link in it.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn link(&self) -> String {
        let mut words = self.text.split_whitespace();
        let link = words.find(|word| word.contains("/i/"));
        link.unwrap_or_else(|| panic!("a mail without a link: {}", self.text))
            .to_owned()
    }

    fn parse(raw: &str) -> Self {
        let mail = mailparse::parse_mail(raw.as_bytes()).expect("a mail as RFC 5322 wants it");
        let header = |name| mail.headers.get_first_value(name).unwrap_or_default();
        Self {
            to: header("To"),
            subject: header("Subject"),
            message_id: header("Message-ID"),
            text: part(&mail, "text/plain").expect("a plain part"),
            html: part(&mail, "text/html").expect("an HTML part"),
            raw: raw.to_owned(),
        }
    }
}

fn part(mail: &ParsedMail, kind: &str) -> Option<String> {
    if mail.ctype.mimetype == kind {
        return mail.get_body().ok();
    }
    mail.subparts.iter().find_map(|inner| part(inner, kind))
}

/// A mail server on loopback that keeps what it gets, or refuses it when told to.
pub struct MailServer {
    port: u16,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    mails: Mutex<Vec<Mail>>,
    arrivals: watch::Sender<()>,
    refusal: Mutex<Option<String>>,
}

impl MailServer {
    /// Listens on any free port.
    ///
    /// # Panics
    /// When there is none.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared::default());
        let served = shared.clone();
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let served = served.clone();
                // A caller that hangs up ends the talk like one that says goodbye.
                tokio::spawn(async move { drop(Talk::new(stream).serve(&served).await) });
            }
        });
        Self {
            port,
            shared,
            serving,
        }
    }

    /// For `PORTICO_MAIL__URL`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// What arrived so far.
    #[must_use]
    pub fn mails(&self) -> Vec<Mail> {
        let mails = self.shared.mails.lock();
        mails.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until so many have arrived in all.
    pub async fn received(&self, count: usize) {
        let mut arrivals = self.shared.arrivals.subscribe();
        // The sender lives as long as this server.
        let _ = arrivals.wait_for(|()| self.mails().len() >= count).await;
    }

    /// Answers every recipient with this from now on, for example `451 later`.
    pub fn refuse(&self, answer: &str) {
        self.set_refusal(Some(answer.to_owned()));
    }

    /// Takes every mail again.
    pub fn accept(&self) {
        self.set_refusal(None);
    }

    fn set_refusal(&self, refusal: Option<String>) {
        let known = self.shared.refusal.lock();
        *known.unwrap_or_else(PoisonError::into_inner) = refusal;
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// One connection of a sender.
struct Talk {
    lines: Lines<BufReader<OwnedReadHalf>>,
    out: OwnedWriteHalf,
}

impl Talk {
    fn new(stream: TcpStream) -> Self {
        let (read, out) = stream.into_split();
        Self {
            lines: BufReader::new(read).lines(),
            out,
        }
    }

    async fn serve(mut self, shared: &Shared) -> std::io::Result<()> {
        self.say("220 tests ESMTP").await?;
        while let Some(line) = self.lines.next_line().await? {
            let verb = line.split([' ', ':']).next().unwrap_or_default();
            let refusal = shared.refusal.lock();
            let refusal = refusal.unwrap_or_else(PoisonError::into_inner).clone();
            match (verb, refusal) {
                ("EHLO", _) => self.say("250-tests\r\n250 8BITMIME").await?,
                ("RCPT", Some(refusal)) => self.say(&refusal).await?,
                ("DATA", _) => {
                    self.say("354 go on").await?;
                    let mail = Mail::parse(&self.read_mail().await?);
                    let mails = shared.mails.lock();
                    mails.unwrap_or_else(PoisonError::into_inner).push(mail);
                    shared.arrivals.send_replace(());
                    self.say("250 kept").await?;
                }
                ("QUIT", _) => return self.say("221 bye").await,
                _ => self.say("250 ok").await?,
            }
        }
        Ok(())
    }

    async fn read_mail(&mut self) -> std::io::Result<String> {
        let mut mail = String::new();
        while let Some(line) = self.lines.next_line().await? {
            if line == "." {
                break;
            }
            // A line that begins with a dot comes with one more (RFC 5321, 4.5.2).
            mail.push_str(line.strip_prefix('.').unwrap_or(&line));
            mail.push_str("\r\n");
        }
        Ok(mail)
    }

    async fn say(&mut self, answer: &str) -> std::io::Result<()> {
        self.out.write_all(format!("{answer}\r\n").as_bytes()).await
    }
}
