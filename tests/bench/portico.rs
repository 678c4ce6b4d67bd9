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

/// How often a program that starts is asked whether it answers.
const GLANCE: Duration = Duration::from_millis(1);
/// In what Linux tells processor time: USER_HZ is 100 on every architecture that Rust runs on.
const TICK: Duration = Duration::from_millis(10);
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

    async fn start(
        mut command: Command,
        log: PathBuf,
        server: SocketAddr,
        path: &str,
    ) -> (Self, Duration) {
        let file = File::create(&log).expect("a writable folder");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file);
        let begun = Instant::now();
        let child = command.spawn().expect("the program runs");
        let mut serving = Self { child, log };
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
        let path = format!("/proc/{}/status", self.id());
        let status = std::fs::read_to_string(path).expect("a process that runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.and_then(|line| line.trim().strip_suffix("kB"));
        let kib = kib.and_then(|kib| kib.trim().parse::<f64>().ok());
        kib.expect("a number of KiB") / 1_024.0
    }

    /// The time that it has had of the processors so far, its own and the kernel's for it.
    pub fn processor_time(&self) -> Duration {
        let path = format!("/proc/{}/stat", self.id());
        let stat = std::fs::read_to_string(path).expect("a process that runs");
        // The name may hold anything; behind it, user and system time are the 12th and the 13th field.
        let (_, fields) = stat.rsplit_once(')').expect("a name in brackets");
        let ticks = { fields.split_ascii_whitespace().skip(11).take(2) }
            .map(|field| field.parse::<u32>().expect("a number of ticks"));
        TICK * ticks.sum()
    }

    /// Asks it to stop, and waits until it is gone.
    pub async fn stop(mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.id()]).status();
        assert!(
            asked.await.is_ok_and(|status| status.success()),
            "no signal"
        );
        let ended = self.child.wait().await.expect("a process of ours");
        assert!(ended.success(), "{}", self.said());
    }

    fn id(&self) -> String {
        self.child.id().expect("a process that runs").to_string()
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
