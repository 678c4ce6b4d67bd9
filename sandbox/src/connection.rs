//! The sandbox's connections, which a fault can break off without an answer.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

const WHOLE: u8 = 0;
const CLOSED: u8 = 1;
const RESET: u8 = 2;

/// Breaks the connection that a call came by: nothing of the answer is written any more.
#[derive(Clone, Default)]
pub struct Breaker {
    state: Arc<AtomicU8>,
}

impl Breaker {
    /// Ends the connection in order, as a server does that stops: the client reads nothing.
    pub fn close(&self) {
        self.state.store(CLOSED, Ordering::Release);
    }

    /// Ends the connection with a TCP reset, as a broken middlebox does.
    pub fn reset(&self) {
        self.state.store(RESET, Ordering::Release);
    }

    /// Whether something may still be written.
    ///
    /// # Errors
    /// If the connection was broken. Who hears it drops the socket.
    fn check(&self, stream: &TcpStream) -> io::Result<()> {
        match self.state.load(Ordering::Acquire) {
            WHOLE => Ok(()),
            RESET => {
                // Dropping a socket that lingers for no time sends a reset.
                stream.set_zero_linger()?;
                Err(io::ErrorKind::ConnectionReset.into())
            }
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

/// A listener whose connections can be broken.
pub struct Fragile(pub TcpListener);

impl Listener for Fragile {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        // The trait's, which knows what to do when accepting fails.
        let (stream, address) = Listener::accept(&mut self.0).await;
        let breaker = Breaker::default();
        (Connection { stream, breaker }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Fragile>> for Breaker {
    fn connect_info(stream: IncomingStream<'_, Fragile>) -> Self {
        stream.io().breaker.clone()
    }
}

/// A connection that can be broken.
pub struct Connection {
    stream: TcpStream,
    breaker: Breaker,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.breaker.check(&self.stream)?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.breaker.check(&self.stream)?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.breaker.check(&self.stream)?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
