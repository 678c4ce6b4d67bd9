//! The bare handler: axum and nothing around it, answering always the same bytes, as they were recorded from
//! the portal. What it does in a second is what a page could do at best.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue},
    routing::get,
};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    net::TcpListener,
    process::{Child, Command},
};

use crate::load::Answer;

/// Set by the server of every answer, of the bare one too.
const OF_THE_SERVER: [&str; 3] = ["content-length", "date", "connection"];

/// Serves what was recorded in a file, and says on stdout where.
pub async fn serve(file: &Path) {
    let recorded = std::fs::read(file).expect("a recorded answer");
    let (headers, body) = parse(&recorded);
    let router = Router::new().route("/", get(async move || (headers.clone(), body.clone())));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    println!("{}", listener.local_addr().expect("an address"));
    axum::serve(listener, router).await.expect("a listener");
}

fn parse(recorded: &[u8]) -> (HeaderMap, Bytes) {
    let mut windows = recorded.windows(4);
    let end = windows.position(|four| four == b"\r\n\r\n");
    let (head, body) = recorded.split_at(end.expect("an end of the head") + 4);
    let head = std::str::from_utf8(head).expect("a head in ASCII");
    let headers = { head.lines().skip(1) }
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| !OF_THE_SERVER.contains(&name.to_ascii_lowercase().as_str()))
        .map(|(name, value)| {
            let name: HeaderName = name.parse().expect("a name of a header");
            let value: HeaderValue = value.trim().parse().expect("a value of a header");
            (name, value)
        });
    (headers.collect(), Bytes::copy_from_slice(body))
}

/// The bare handler as a process of its own. Dropped, it is killed.
pub struct Bare {
    pub address: SocketAddr,
    _child: Child,
    _file: tempfile::TempDir,
}

impl Bare {
    /// Starts one that gives this answer.
    pub async fn start(answer: &Answer) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file: PathBuf = folder.path().join("answer");
        let recorded = [answer.head.as_bytes(), &answer.body].concat();
        std::fs::write(&file, recorded).expect("a writable folder");
        let own = std::env::current_exe().expect("the path of this program");
        let mut command = Command::new(own);
        command.arg("bare").arg(&file).stdin(Stdio::null());
        let mut child = { command.stdout(Stdio::piped()).kill_on_drop(true) }
            .spawn()
            .expect("this program runs");
        let stdout = child.stdout.take().expect("its stdout");
        let line = BufReader::new(stdout).lines().next_line().await;
        let line = line.expect("text").expect("where it listens");
        Self {
            address: line.parse().expect("an address"),
            _child: child,
            _file: folder,
        }
    }
}
