//! Programs at work: the portal, whose memory and start are measured, and the sandbox beside it.

use std::{
    fs::File,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use tests::process::{APP_ID, APP_SECRET, Program};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    process::{Child, Command},
};

use crate::processors;

/// How often a program that starts is asked whether it answers.
const GLANCE: Duration = Duration::from_millis(1);
/// Longer than any start takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program at work, its log in a file as under a service manager. Dropped, it is killed.
pub struct Serving {
    child: Child,
    log: PathBuf,
}

impl Serving {
    /// Starts the portal and waits until it can serve. Gives how long that took, from the start of the process.
    pub async fn portal(program: &Program, arguments: &[&str]) -> (Self, Duration) {
        let mut verb = vec!["serve"];
        verb.extend(arguments);
        let log = program.folder().join("log");
        Self::start(program.command(&verb), log, program.address(), "/readyz").await
    }

    /// Starts the sandbox for a portal, with the people of a file.
    pub async fn sandbox(program: &Program, address: SocketAddr, people: &Path) -> Self {
        let portal = program.origin().origin().ascii_serialization();
        let path = std::env::var_os("SANDBOX_BIN").expect("SANDBOX_BIN names the sandbox");
        let mut command = Command::new(path);
        command
            .args(["--listen", &address.to_string()])
            .args(["--app-id", APP_ID, "--app-secret", APP_SECRET])
            .args(["--callback-url", &portal])
            .args([
                "--redirect-uri",
                &format!("{portal}/oauth/facebook/callback"),
            ])
            .arg("--seed")
            .arg(people)
            .kill_on_drop(true);
        let log = program.folder().join("sandbox-log");
        Self::start(command, log, address, "/_control/state")
            .await
            .0
    }

    /// Starts a worker that serves nobody.
    pub fn worker(program: &Program, name: &str) -> Self {
        Self::spawn(program.command(&["worker"]), program.folder().join(name))
    }

    fn spawn(mut command: Command, log: PathBuf) -> Self {
        let file = File::create(&log).expect("a writable folder");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file);
        let child = command.spawn().expect("the program runs");
        Self { child, log }
    }

    async fn start(
        command: Command,
        log: PathBuf,
        server: SocketAddr,
        path: &str,
    ) -> (Self, Duration) {
        let begun = Instant::now();
        let mut serving = Self::spawn(command, log);
        while !answers(server, path).await {
            let ended = serving.child.try_wait().expect("a process of ours");
            assert!(ended.is_none(), "it ended instead: {}", serving.said());
            assert!(begun.elapsed() < PATIENCE, "no answer: {}", serving.said());
            tokio::time::sleep(GLANCE).await;
        }
        (serving, begun.elapsed())
    }

    /// The memory that it holds now, in MiB.
    pub fn resident(&self) -> f64 {
        self.memory("VmRSS:")
    }

    /// The most memory that it has held, in MiB.
    pub fn highest(&self) -> f64 {
        self.memory("VmHWM:")
    }

    fn memory(&self, kind: &str) -> f64 {
        let path = format!("/proc/{}/status", self.id());
        let status = std::fs::read_to_string(path).expect("a process that runs");
        let line = status.lines().find_map(|line| line.strip_prefix(kind));
        let kib = line.and_then(|line| line.trim().strip_suffix("kB"));
        let kib = kib.and_then(|kib| kib.trim().parse::<f64>().ok());
        kib.expect("a number of KiB") / 1_024.0
    }

    /// The time that it has had of the processors so far, its own and the kernel's for it.
    pub fn processor_time(&self) -> Duration {
        processors::of_process(self.id())
    }

    /// Asks it to stop, and waits until it is gone.
    pub async fn stop(mut self) {
        let asked = Command::new("kill")
            .args(["-TERM", &self.id().to_string()])
            .status();
        assert!(
            asked.await.is_ok_and(|status| status.success()),
            "no signal"
        );
        let ended = self.child.wait().await.expect("a process of ours");
        assert!(ended.success(), "{}", self.said());
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id().expect("a process that runs")
    }

    fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

/// Whether a server says 200, over a connection of its own.
async fn answers(server: SocketAddr, path: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(server).await else {
        return false;
    };
    let request = format!("GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n\r\n");
    let mut answer = Vec::new();
    stream.write_all(request.as_bytes()).await.is_ok()
        && stream.read_to_end(&mut answer).await.is_ok()
        && answer.starts_with(b"HTTP/1.1 200")
}
