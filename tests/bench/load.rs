//! The load: requests over connections that are kept, each connection one after the other, by a client so
//! plain that most of what is measured is the server.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::atomic::{AtomicU32, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use futures::future::join_all;
use tests::stats::Times;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// Pages that one visitor opens before the next one comes. The limits by address stay on while we measure: as a
/// proxy does, we name each visitor's own address, and no visitor comes near a limit.
const PAGES_OF_A_VISITOR: usize = 25;
/// Where the visitors are from: 198.18.0.0/15, which is kept for measurements (RFC 2544).
const VISITORS: u32 = u32::from_be_bytes([198, 18, 0, 0]);
const VISITORS_MASK: u32 = (1 << 17) - 1;
/// Requests that may be under way at once where they come at moments of their own.
const WAITING: usize = 16;
/// Longer than any page takes, so that a server that hangs is told.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is asked for, and where.
#[derive(Clone)]
pub struct Target {
    pub server: SocketAddr,
    pub path: String,
    /// Of the member of staff who is signed in; empty for a client.
    pub cookie: String,
}

/// An answer as it came. It is a 200: anything else ends the measurement.
pub struct Answer {
    pub head: String,
    pub body: Vec<u8>,
}

/// What came of it.
pub struct Load {
    pub times: Times,
    pub took: Duration,
}

impl Load {
    /// Requests in a second.
    pub fn rate(&self) -> f64 {
        let count = u32::try_from(self.times.len()).expect("a number of requests");
        f64::from(count) / self.took.as_secs_f64()
    }
}

/// Asks for the page again and again, for a time.
pub async fn for_a_time(target: &Target, connections: usize, time: Duration) -> Load {
    let until = Instant::now() + time;
    run(target, connections, || Instant::now() < until).await
}

/// Asks for the page a number of times.
pub async fn so_often(target: &Target, connections: usize, times: usize) -> Load {
    let left = AtomicUsize::new(times);
    let take = |left: usize| left.checked_sub(1);
    run(target, connections, || {
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    })
    .await
}

/// Asks for the page at moments that are fixed beforehand, whether or not the answer before is there, for a time.
/// What a request waits until a connection is free for it counts as its own, as it would for a person.
pub async fn at_a_rate(target: &Target, per_second: f64, time: Duration) -> Times {
    let opened = join_all((0..WAITING).map(|_| Connection::open(target))).await;
    let (next, begun) = (AtomicU32::new(0), Instant::now());
    let each = opened.into_iter().map(|mut connection| {
        let next = &next;
        async move {
            let mut times = Times::default();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let moment = Duration::from_secs_f64(f64::from(number) / per_second);
                if moment > time {
                    return times;
                }
                let due = begun + moment;
                tokio::time::sleep_until(due.into()).await;
                connection.ask().await;
                times.add(due.elapsed());
            }
        }
    });
    join_all(each)
        .await
        .into_iter()
        .fold(Times::default(), joined)
}

fn joined(mut all: Times, one: Times) -> Times {
    all.append(one);
    all
}

/// Asks for the page once.
pub async fn once(target: &Target) -> Answer {
    let mut connection = Connection::open(target).await;
    connection.ask().await;
    connection.answer()
}

async fn run(target: &Target, connections: usize, goes_on: impl Fn() -> bool + Sync) -> Load {
    let opened = join_all((0..connections).map(|_| Connection::open(target))).await;
    let begun = Instant::now();
    let each = opened.into_iter().map(|mut connection| {
        let goes_on = &goes_on;
        async move {
            let mut times = Times::default();
            while goes_on() {
                let asked = Instant::now();
                connection.ask().await;
                times.add(asked.elapsed());
            }
            times
        }
    });
    let all = join_all(each).await;
    Load {
        took: begun.elapsed(),
        times: all.into_iter().fold(Times::default(), joined),
    }
}

/// A connection that is kept.
struct Connection {
    stream: TcpStream,
    target: Target,
    /// The answer that is being read, and how much of it is there.
    buffer: Vec<u8>,
    filled: usize,
    body_begins: usize,
    asked: usize,
    request: String,
}

impl Connection {
    async fn open(target: &Target) -> Self {
        let stream = TcpStream::connect(target.server).await;
        let stream = stream.expect("a server that listens");
        stream.set_nodelay(true).expect("a socket of ours");
        Self {
            stream,
            target: target.clone(),
            buffer: vec![0; 64 * 1024],
            filled: 0,
            body_begins: 0,
            asked: 0,
            request: String::new(),
        }
    }

    /// One request, until its whole answer is there.
    async fn ask(&mut self) {
        if self.asked.is_multiple_of(PAGES_OF_A_VISITOR) {
            self.request = request(&self.target, next_visitor());
        }
        self.asked += 1;
        let exchange = tokio::time::timeout(PATIENCE, self.exchange()).await;
        exchange.unwrap_or_else(|_| panic!("{} is never answered", self.target.path));
    }

    async fn exchange(&mut self) {
        let sent = self.stream.write_all(self.request.as_bytes()).await;
        sent.expect("a connection that is kept");
        self.filled = 0;
        let (mut wanted, mut head) = (usize::MAX, None);
        while self.filled < wanted {
            if self.filled == self.buffer.len() {
                self.buffer.resize(self.buffer.len() * 2, 0);
            }
            let read = self.stream.read(&mut self.buffer[self.filled..]).await;
            let read = read.expect("a connection that is kept");
            assert!(read > 0, "{}: the connection was closed", self.target.path);
            self.filled += read;
            if head.is_none() {
                head = end_of_head(&self.buffer[..self.filled]);
                if let Some(end) = head {
                    self.body_begins = end;
                    wanted = end + self.length(end);
                }
            }
        }
        assert_eq!(self.filled, wanted, "more than was asked for");
    }

    /// How long the body is; an answer that is not 200 ends the measurement.
    fn length(&self, end: usize) -> usize {
        let head = std::str::from_utf8(&self.buffer[..end]).expect("a head in ASCII");
        assert_eq!(status(head), 200, "{}: {head}", self.target.path);
        let length = header(head, "content-length").unwrap_or_else(|| panic!("no length: {head}"));
        length.parse().expect("a length")
    }

    fn answer(&self) -> Answer {
        let (head, body) = self.buffer[..self.filled].split_at(self.body_begins);
        let head = String::from_utf8(head.to_vec()).expect("a head in ASCII");
        Answer {
            head,
            body: body.to_vec(),
        }
    }
}

/// What a browser sends, but that it takes no compressed answer: that is a proxy's work here.
fn request(target: &Target, visitor: Ipv4Addr) -> String {
    let Target {
        server,
        path,
        cookie,
    } = target;
    let port = server.port();
    let cookie = match cookie.as_str() {
        "" => String::new(),
        cookie => format!("Cookie: {cookie}\r\n"),
    };
    format!(
        "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\
         User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n\
         Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n\
         Accept-Language: en-GB,en;q=0.5\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\n\
         Sec-Fetch-Site: none\r\nX-Forwarded-For: {visitor}\r\n{cookie}\r\n"
    )
}

fn next_visitor() -> Ipv4Addr {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed) & VISITORS_MASK;
    Ipv4Addr::from_bits(VISITORS + number)
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    let mut windows = bytes.windows(4);
    windows
        .position(|four| four == b"\r\n\r\n")
        .map(|at| at + 4)
}

fn status(head: &str) -> u16 {
    let status = head.split(' ').nth(1).unwrap_or_default();
    status.parse().expect("a status")
}

/// A header of a head as it came.
fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}
