//! Ports on loopback: one that is free, and whether a program answers on one.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Context, Failure, Outcome};
use crate::process::{self, Running};

/// A first start migrates the database, on a slow machine too.
const START_LIMIT: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(100);
const ANSWER_LIMIT: Duration = Duration::from_secs(5);

/// A port that nobody listens on.
pub fn free() -> Outcome<u16> {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .context("cannot find a free port")
}

/// Waits until a program answers 200.
pub fn wait_for(program: &mut Running, port: u16, path: &str) -> Outcome {
    let begun = Instant::now();
    while !answers(port, path) {
        process::go_on()?;
        program.still_serves()?;
        if begun.elapsed() > START_LIMIT {
            let name = program.name();
            return Err(Failure::new(format!(
                "{name} does not answer on port {port}{path}"
            )));
        }
        thread::sleep(GLANCE);
    }
    Ok(())
}

fn answers(port: u16, path: &str) -> bool {
    is_ok(port, &format!("GET {path} HTTP/1.1\r\n"), "")
}

/// Posts JSON to a program that serves; whether it answers 200.
pub fn post(port: u16, path: &str, json: &str) -> bool {
    let head = format!(
        "POST {path} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
        json.len()
    );
    is_ok(port, &head, json)
}

fn is_ok(port: u16, head: &str, body: &str) -> bool {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let Ok(mut stream) = TcpStream::connect_timeout(&address, ANSWER_LIMIT) else {
        return false;
    };
    let request = format!("{head}Host: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n{body}");
    let mut status = [0; "HTTP/1.1 200".len()];
    stream
        .set_read_timeout(Some(ANSWER_LIMIT))
        .and_then(|()| stream.write_all(request.as_bytes()))
        .and_then(|()| stream.read_exact(&mut status))
        .is_ok_and(|()| status.ends_with(b" 200"))
}
