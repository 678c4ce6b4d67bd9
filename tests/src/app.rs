use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use ::app::model::{InvitationKind, Role};
use chrono::TimeDelta;
use sandbox::Sandbox;
use secrecy::ExposeSecret as _;
use server::{
    boot::BootError,
    domain::agency::AgencyScope,
    jobs::{Report, Worker},
    meta::http::Limits,
    service::{
        Portal,
        actor::Who,
        clients::NewClient,
        invitations::{Sent, Way},
    },
};
use tokio::{net::TcpListener, task::JoinHandle};
use tracing::subscriber::DefaultGuard;
use url::Url;
use uuid::Uuid;

use crate::{
    Browser, Builder, Client, Consent, Logs, MailServer, Staff, TestClock, TestDatabase,
    browser::Transcript, builder,
};

/// A portal that serves over real HTTP, without a worker of its own: jobs run when a test says so.
pub struct TestApp {
    pub portal: Arc<Portal>,
    /// The first agency's.
    pub scope: AgencyScope,
    pub clock: Arc<TestClock>,
    pub sandbox: Sandbox,
    pub mail: MailServer,
    pub database: TestDatabase,
    pub logs: Logs,
    pub transcript: Transcript,
    /// As a browser writes it: `http://localhost:` and a port.
    pub origin: Url,
    /// Follows no redirect and keeps no cookie: a [`Browser`] does.
    pub(crate) http: reqwest::Client,
    pub(crate) settings: Vec<(String, String)>,
    pub(crate) serving: JoinHandle<std::io::Result<()>>,
    pub(crate) log_guard: Option<DefaultGuard>,
    pub(crate) visitors: AtomicU32,
    pub(crate) names: AtomicU32,
}

impl TestApp {
    /// Starts one as usual.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    /// Prepares one.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A new browser, at an address of its own.
    #[must_use]
    pub fn browser(&self) -> Browser {
        let number = self.visitors.fetch_add(1, Ordering::SeqCst) + 1;
        self.browser_at(&format!("198.51.{}.{}", number / 250, number % 250 + 1))
    }

    /// A new browser at this address.
    #[must_use]
    pub fn browser_at(&self, address: &str) -> Browser {
        Browser::new(
            self.http.clone(),
            &self.origin,
            address.to_owned(),
            self.transcript.clone(),
        )
    }

    /// A client in front of a new browser.
    #[must_use]
    pub fn client(&self) -> Client<'_> {
        Client::new(self, self.browser())
    }

    /// A client in front of this browser.
    #[must_use]
    pub fn client_at(&self, browser: Browser) -> Client<'_> {
        Client::new(self, browser)
    }

    /// A new member of the first agency's staff, signed in.
    ///
    /// # Panics
    /// When something stands in the way.
    pub async fn staff(&self, role: Role) -> Staff {
        let number = self.names.fetch_add(1, Ordering::SeqCst);
        let email = format!("{}{number}@northlight.example", role.code());
        Staff::join(self, self.scope, &email, role).await
    }

    /// A new client of the first agency. The address is made of the name.
    ///
    /// # Panics
    /// When something stands in the way.
    pub async fn add_client(&self, name: &str) -> Uuid {
        self.add_client_to(self.scope, name).await
    }

    /// A new client of an agency.
    ///
    /// # Panics
    /// When something stands in the way.
    pub async fn add_client_to(&self, scope: AgencyScope, name: &str) -> Uuid {
        let new = NewClient {
            name: name.to_owned(),
            email: address_of(name),
            meta_account_name: String::new(),
        };
        let added = self.portal.create_client(scope, &Who::Operator, &new).await;
        added.expect("a readable answer").expect("a valid client")
    }

    /// A guided link of a client, as the command line mints it.
    ///
    /// # Panics
    /// When there is none to be had.
    pub async fn invite(&self, client: Uuid) -> String {
        self.invite_to(self.scope, client).await
    }

    /// A guided link of this kind, as the command line mints it.
    ///
    /// # Panics
    /// When there is none to be had.
    pub async fn invite_for(&self, client: Uuid, kind: InvitationKind) -> String {
        self.mint(self.scope, client, kind).await
    }

    /// A guided link of a client of an agency.
    ///
    /// # Panics
    /// When there is none to be had.
    pub async fn invite_to(&self, scope: AgencyScope, client: Uuid) -> String {
        self.mint(scope, client, InvitationKind::Connect).await
    }

    async fn mint(&self, scope: AgencyScope, client: Uuid, kind: InvitationKind) -> String {
        let way = Way::CommandLine;
        let sent = self
            .portal
            .invite(scope, &Who::Operator, client, kind, way)
            .await;
        match sent.expect("a readable answer") {
            Sent::Done(minted) => minted.url.expose_secret().to_owned(),
            _ => panic!("no link for this client"),
        }
    }

    /// A client of this name whose connection waits for a decision: client and connection.
    ///
    /// # Panics
    /// When something stands in the way.
    pub async fn pending(&self, name: &str, person: &str) -> (Uuid, Uuid) {
        let client = self.add_client(name).await;
        let link = self.invite(client).await;
        self.client().connect(&link, &Consent::of(person)).await;
        let connection = self.connection_of(client).await;
        assert_eq!(connection.state, "pending");
        (client, connection.id)
    }

    /// A client of this name whose connection is approved: client and connection.
    ///
    /// # Panics
    /// When something stands in the way.
    pub async fn approved(&self, name: &str, person: &str) -> (Uuid, Uuid) {
        let (client, connection) = self.pending(name, person).await;
        let admin = self.staff(Role::Admin).await;
        let told = admin.approve(&admin.queue().await, connection).await;
        told.must_say("The connection was approved.");
        self.run_jobs().await;
        (client, connection)
    }

    /// Runs the jobs that are due, until none is.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn run_jobs(&self) -> Report {
        let report = Worker::new(self.portal.clone()).until_idle().await;
        report.expect("the queue can be read")
    }

    /// What the schedules do about what is over.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn tidy(&self) {
        let agency = self.portal.tidy_agency(self.scope).await;
        agency.expect("a tidy agency");
        let installation = self.portal.tidy_installation().await;
        installation.expect("a tidy installation");
    }

    /// Lets time pass, for the portal and for Meta.
    pub fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
        self.sandbox.state().advance(by.num_seconds());
    }

    /// Stops the portal and starts another one over the same database at the same address: what the first kept
    /// in memory is gone.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn restart(&mut self) {
        self.serving.abort();
        // It ends by having been aborted.
        drop((&mut self.serving).await);
        let address = SocketAddr::from(([127, 0, 0, 1], self.origin.port().expect("a port")));
        let listener = TcpListener::bind(address).await.expect("the same port");
        let seed = u64::from(self.names.fetch_add(1, Ordering::SeqCst)) + 1_000;
        let started = builder::boot(&self.settings, &self.clock, seed, Limits::REAL).await;
        let (portal, _) = started.expect("the portal starts again");
        self.serving = builder::serve(listener, &portal, &self.settings);
        self.portal = portal;
    }

    /// Starts another portal over the same database, with some settings changed.
    ///
    /// # Errors
    /// As the start of the program.
    pub async fn start_again(
        &self,
        changed: &[(&str, Option<&str>)],
    ) -> Result<(Arc<Portal>, AgencyScope), BootError> {
        let mut settings = self.settings.clone();
        for (key, value) in changed {
            settings.retain(|(known, _)| known != key);
            settings.extend(value.map(|value| ((*key).to_owned(), value.to_owned())));
        }
        builder::boot(&settings, &self.clock, 2, Limits::REAL).await
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.serving.abort();
        if std::thread::panicking() {
            eprintln!("the portal's log:\n{}", self.logs.text());
        }
        drop(self.log_guard.take());
    }
}

/// The address of whoever has this name.
fn address_of(name: &str) -> String {
    let word = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    format!(
        "{}@client.example",
        name.chars().map(word).collect::<String>()
    )
}
