//! The one home of reqwest.

use std::{sync::Once, time::Duration};

use url::{Host, Url};

use super::error::Endpoint;

/// How long Meta is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For a connection to open.
    pub connect: Duration,
    /// For a call in all, with all its tries.
    pub call: Duration,
    /// By a page, before it shows that the work goes on.
    pub page: Duration,
    /// Before a read is made again, at the longest; twice as much before the third try.
    pub retry: Duration,
    /// Calls in a row that nothing answers until the next ones are held back.
    pub trips: u32,
}

impl Limits {
    /// 5 s to connect, 10 s a call; a page waits 8 s and never 10 (`security.md`, when things break).
    pub const REAL: Self = Self {
        connect: Duration::from_secs(5),
        call: Duration::from_secs(10),
        page: Duration::from_secs(8),
        retry: Duration::from_millis(250),
        trips: 10,
    };

    /// How long a call to this endpoint may take in all: for a batch, behind which no page waits, three times as
    /// long as for a single one.
    pub(super) fn of(&self, endpoint: Endpoint) -> Duration {
        match endpoint {
            Endpoint::Batch => self.call * 3,
            _ => self.call,
        }
    }
}

/// The client for every call that leaves the server: rustls with ring, no redirects, no proxy from the
/// environment, no retry, and a limit of time.
///
/// # Panics
/// When the machine has no certificates to verify servers with (Debian: `apt-get install ca-certificates`).
#[must_use]
pub fn client(connect: Duration, total: Duration) -> reqwest::Client {
    install_crypto();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // A code exchange that may have reached Meta must not be sent again.
        .retry(reqwest::retry::never())
        .no_proxy()
        .referer(false)
        .connect_timeout(connect)
        .timeout(total)
        .user_agent(concat!("Portico/", env!("CARGO_PKG_VERSION")))
        .build()
        .expect("the machine has certificates to verify servers with (package ca-certificates)")
}

/// Makes ring the cryptography of every TLS connection of this process; any number of calls does it once.
pub fn install_crypto() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // An error says that one is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// Whether a call may go there: by https, or by http to this very machine (the sandbox).
#[must_use]
pub fn permits(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.has_host(),
        "http" => is_loopback(url),
        _ => false,
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        for (address, allowed) in [
            ("https://graph.facebook.com", true),
            ("http://graph.facebook.com", false),
            ("http://127.0.0.1:4000", true),
            ("http://[::1]:4000", true),
            ("http://localhost:4000", true),
            ("http://localhost.example.com", false),
            ("http://127.0.0.1.example.com", false),
            ("file:///etc/passwd", false),
        ] {
            let url = Url::parse(address).expect("an address");
            assert_eq!(permits(&url), allowed, "{address}");
        }
    }
}
