//! The real program as a process of its own: what whoever runs Portico sees, and what a kill leaves.

use std::{
    ffi::OsString,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use serde_json::Value;
use server::config::Config;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, ChildStderr, Command},
    sync::watch,
};
use url::Url;

use crate::{Browser, Consent, RING, TestDatabase, Transcript, browser, facebook};

/// Longer than any verb takes, so that a test that waits in vain says so.
const PATIENCE: Duration = Duration::from_secs(60);

/// The Meta app that the program is configured with.
pub const APP_ID: &str = "1000000000000002";
/// Its secret.
pub const APP_SECRET: &str = "fedcba9876543210fedcba9876543210";

/// Keys whose values no verb may print.
const SECRETS: [&str; 4] = [
    "PORTICO_KEYS",
    "PORTICO_META__APP_SECRET",
    "PORTICO_MAIL__URL",
    "PORTICO_DATABASE_URL",
];

/// `portico` with a configuration, in an empty folder and an empty environment.
pub struct Program {
    settings: Vec<(String, String)>,
    folder: TempDir,
    port: u16,
}

/// What a verb left.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Program {
    /// Without any configuration.
    ///
    /// # Panics
    /// When there is no folder to run in.
    #[must_use]
    pub fn bare() -> Self {
        // Tests of one process share the provider: whoever comes second finds it there.
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        Self {
            settings: Vec::new(),
            folder: tempfile::tempdir().expect("a temporary folder"),
            port: free_port(),
        }
    }

    /// Over a database, with keys, a Meta app that nobody plays, and mail that stays in the outbox.
    ///
    /// # Panics
    /// As [`Program::bare`].
    #[must_use]
    pub fn over(database: &TestDatabase) -> Self {
        let program = Self::bare();
        let port = program.port;
        program
            .set("PORTICO_BASE_URL", &format!("http://localhost:{port}"))
            .set("PORTICO_LISTEN", &format!("127.0.0.1:{port}"))
            .set("PORTICO_TRUSTED_PROXIES", "127.0.0.1")
            .set("PORTICO_DATABASE_URL", &database.url)
            .set("PORTICO_KEYS", RING)
            .set("PORTICO_AGENCY__NAME", "Northlight Studio")
            .set("PORTICO_META__APP_ID", APP_ID)
            .set("PORTICO_META__APP_SECRET", APP_SECRET)
    }

    /// A key of the configuration, in place of what it was.
    #[must_use]
    pub fn set(mut self, key: &str, value: &str) -> Self {
        self = self.without(key);
        self.settings.push((key.to_owned(), value.to_owned()));
        self
    }

    /// Without a key of the configuration.
    #[must_use]
    pub fn without(mut self, key: &str) -> Self {
        self.settings.retain(|(known, _)| known != key);
        self
    }

    /// The folder that it runs in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// As a browser writes it.
    ///
    /// # Panics
    /// Never: it is an address.
    #[must_use]
    pub fn origin(&self) -> Url {
        let origin = format!("http://localhost:{}", self.port);
        Url::parse(&origin).expect("an address")
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.port).into()
    }

    /// Its configuration.
    ///
    /// # Panics
    /// When it does not hold together.
    #[must_use]
    pub fn configuration(&self) -> Config {
        let config = Config::load(None, self.settings.iter().cloned());
        config.expect("a configuration that holds together")
    }

    /// A new browser in front of it.
    #[must_use]
    pub fn browser(&self) -> Browser {
        self.browser_at("198.51.100.7")
    }

    /// A new browser at this address in front of it.
    #[must_use]
    pub fn browser_at(&self, address: &str) -> Browser {
        let http = browser::http_to(self.address());
        Browser::new(
            http,
            &self.origin(),
            address.to_owned(),
            Transcript::default(),
        )
    }

    /// Runs a verb to its end.
    ///
    /// # Panics
    /// When it does not end, is killed, or prints a secret of its configuration.
    pub async fn run(&self, arguments: &[&str]) -> Ended {
        let mut command = self.command(arguments);
        let output = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let output = tokio::time::timeout(PATIENCE, output.output()).await;
        let output = output.expect("the verb ends").expect("the program runs");
        let ended = Ended {
            code: output.status.code().expect("an end of its own"),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        };
        self.assert_silent(&ended.stdout);
        self.assert_silent(&ended.stderr);
        ended
    }

    /// Runs a verb with `--json` that succeeds, and gives what it printed.
    ///
    /// # Panics
    /// When it fails or prints anything else on stdout.
    pub async fn json(&self, arguments: &[&str]) -> Value {
        let mut with = arguments.to_vec();
        with.push("--json");
        self.run(&with).await.expect(0).json()
    }

    /// Starts the server and waits until it serves.
    ///
    /// # Panics
    /// When it ends instead; then with what it said.
    pub async fn serve(&self, arguments: &[&str]) -> Server {
        let mut verb = vec!["serve"];
        verb.extend(arguments);
        self.start(&verb, "serving").await
    }

    /// Starts a worker of its own and waits until it works.
    ///
    /// # Panics
    /// As [`Program::serve`].
    pub async fn work(&self) -> Server {
        self.start(&["worker"], "working").await
    }

    async fn start(&self, verb: &[&str], first_word: &str) -> Server {
        let mut command = self.command(verb);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let stderr = child.stderr.take().expect("its stderr");
        let said = Said::of(stderr);
        let server = Server { child, said };
        server.has_said(first_word).await;
        server
    }

    /// A call of it, to be started by whoever asks. It is killed when it is dropped.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command
            .args(arguments)
            .env_clear()
            .envs(inherited())
            .envs(self.settings.iter().map(|(key, value)| (key, value)))
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// Asserts that none of the configured secrets stands in a text.
    ///
    /// # Panics
    /// When one does.
    #[track_caller]
    pub fn assert_silent(&self, text: &str) {
        for (key, value) in &self.settings {
            let is_secret = SECRETS.contains(&key.as_str());
            for secret in secret_parts(value).filter(|_| is_secret) {
                assert!(!text.contains(secret), "{key} was printed: {text}");
            }
        }
    }
}

/// What is secret in a value: each key of a ring without its id, the password of an address, or all.
fn secret_parts(value: &str) -> impl Iterator<Item = &str> {
    let password = value
        .split_once("://")
        .map(|(_, rest)| match rest.split_once('@') {
            Some((login, _)) => login.split_once(':').map_or("", |(_, password)| password),
            None => "",
        });
    let parts: Vec<&str> = match password {
        Some(password) => vec![password],
        None => value
            .split(',')
            .map(|key| key.split_once('/').map_or(key, |(_, secret)| secret))
            .collect(),
    };
    parts.into_iter().filter(|part| part.len() >= 8)
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

/// A server that serves, or a worker that works. Dropped, it is killed.
pub struct Server {
    child: Child,
    said: Said,
}

impl Server {
    /// Waits until it has logged this message.
    ///
    /// # Panics
    /// When it ends without.
    pub async fn has_said(&self, message: &str) {
        let wanted = format!("\"message\":\"{message}\"");
        let mut lines = self.said.changes.clone();
        let seen = lines.wait_for(|_| self.said.text().contains(&wanted));
        let seen = tokio::time::timeout(PATIENCE, seen).await;
        let is_seen = seen.is_ok_and(|seen| seen.is_ok());
        // The last line may have come with the end.
        assert!(
            is_seen || self.said.text().contains(&wanted),
            "the server never said {message:?}: {}",
            self.said.text()
        );
    }

    /// Everything that it has logged.
    #[must_use]
    pub fn log(&self) -> String {
        self.said.text()
    }

    /// Kills it, as `kill -9` does, and waits until it is gone.
    ///
    /// # Panics
    /// When it is gone already.
    pub async fn kill(mut self) {
        let still_runs = self.child.try_wait().expect("a process of ours").is_none();
        assert!(still_runs, "it ended before: {}", self.said.text());
        self.child.kill().await.expect("a process of ours");
    }

    /// Asks it to stop, as a service manager does.
    ///
    /// # Panics
    /// When it is gone already.
    pub async fn ask_to_stop(&self) {
        let id = self.child.id().expect("a process that runs").to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().await;
        assert!(asked.is_ok_and(|status| status.success()), "no signal");
    }

    /// Waits for its end; gives how it ended and what it had logged.
    ///
    /// # Panics
    /// When it does not end.
    pub async fn end(mut self) -> (ExitStatus, String) {
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        let status = ended.expect("it ends").expect("a process of ours");
        let mut lines = self.said.changes.clone();
        // The reader ends with the process, and closes this with it.
        while lines.changed().await.is_ok() {}
        (status, self.said.text())
    }

    /// Stops it and waits until it is gone.
    ///
    /// # Panics
    /// When it does not stop well.
    pub async fn stop(self) -> String {
        self.ask_to_stop().await;
        let (status, log) = self.end().await;
        assert_eq!(status.code(), Some(0), "{log}");
        log
    }
}

/// What a process says on stderr, line by line.
struct Said {
    text: Arc<Mutex<String>>,
    changes: watch::Receiver<()>,
}

impl Said {
    fn of(stderr: ChildStderr) -> Self {
        let text = Arc::new(Mutex::new(String::new()));
        let (change, changes) = watch::channel(());
        let kept = text.clone();
        tokio::spawn(async move {
            let mut lines = BufReader::new(stderr).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.push_str(&line);
                kept.push('\n');
                drop(kept);
                change.send_replace(());
            }
        });
        Self { text, changes }
    }

    fn text(&self) -> String {
        let text = self.text.lock();
        text.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What a program needs of our environment, and nothing that could configure it.
fn inherited() -> impl Iterator<Item = (&'static str, OsString)> {
    ["PATH", "HOME", "TMPDIR"]
        .into_iter()
        .filter_map(|name| Some((name, std::env::var_os(name)?)))
}

/// A port that is free, and stays so: below those that the system gives to whoever asks for any, so that
/// a server that was killed finds it free again.
///
/// # Panics
/// Never: the numbers are those of ports.
#[must_use]
pub fn free_port() -> u16 {
    const FIRST: u32 = 18_000;
    const COUNT: u32 = 14_000;
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let begin = std::process::id().wrapping_mul(97);
    loop {
        let number = begin.wrapping_add(NEXT.fetch_add(1, Ordering::SeqCst)) % COUNT;
        let port = u16::try_from(FIRST + number).expect("a port");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// The program: `PORTICO_BIN`, or else built once, beside this test.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| match std::env::var_os("PORTICO_BIN") {
        Some(path) => path.into(),
        None => build(),
    })
}

/// The same packages as this test was built with, so that nothing is built twice.
fn build() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = std::process::Command::new(cargo)
        .args(["build", "--quiet", "--package", "tests"])
        .args(["--package", "server", "--bin", "portico"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(
        built.is_ok_and(|status| status.success()),
        "the server builds"
    );
    let test = std::env::current_exe().expect("the path of this test");
    // target/debug/deps/tests-… and target/debug/portico
    let folder = test.parent().and_then(Path::parent);
    folder.expect("a target folder").join("portico")
}

/// Agrees to everything in Facebook's dialog as a person of the sandbox. Gives path and query of the
/// callback, as a browser would ask for it.
///
/// # Panics
/// When the dialog refuses.
pub async fn agree(dialog: &Url, person: &str) -> String {
    let http = browser::http_to(([127, 0, 0, 1], 0).into());
    facebook::agree(&http, dialog, &Consent::of(person)).await
}
