use std::{net::SocketAddr, sync::Arc};

use chrono::TimeDelta;
use sandbox::Sandbox;
use server::{
    boot::{self, BootError, World},
    config::Config,
    domain::{agency::AgencyScope, clock::Clock as _},
    meta::http::Limits,
    service::Portal,
    vault::PasswordHasher,
    web::{self, Site},
};
use tokio::{net::TcpListener, task::JoinHandle};
use url::Url;

use crate::{Logs, MailServer, SeededRng, TestApp, TestClock, TestDatabase, browser};

/// The key ring of every test.
pub const RING: &str = "test-1/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

const APP_ID: &str = "1000000000000001";
/// The secret of the Meta app.
pub const APP_SECRET: &str = "0123456789abcdef0123456789abcdef";
/// No test is a flood, but the one about floods.
const REQUESTS_PER_MINUTE: u32 = 1_000_000;

/// Prepares a [`TestApp`].
pub struct Builder {
    settings: Vec<(String, String)>,
    requests_per_minute: u32,
    limits: Limits,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            settings: Vec::new(),
            requests_per_minute: REQUESTS_PER_MINUTE,
            limits: Limits::REAL,
        }
    }
}

impl Builder {
    /// A key of the configuration, in place of the usual one.
    #[must_use]
    pub fn set(mut self, key: &str, value: &str) -> Self {
        self.settings.push((key.to_owned(), value.to_owned()));
        self
    }

    /// The limit against floods.
    #[must_use]
    pub const fn requests_per_minute(mut self, limit: u32) -> Self {
        self.requests_per_minute = limit;
        self
    }

    /// How long Meta is waited for.
    #[must_use]
    pub const fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Starts sandbox, mail server and portal.
    ///
    /// # Panics
    /// When one of them does not start.
    pub async fn start(self) -> TestApp {
        // Tests of one process share the provider: whoever comes second finds it there.
        rustls::crypto::ring::default_provider()
            .install_default()
            .ok();
        let (logs, log_guard) = Logs::catch();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let origin = format!("http://localhost:{}", address.port());
        let clock = Arc::new(TestClock::default());
        let sandbox = start_sandbox(&origin, &clock).await;
        let mail = MailServer::start().await;
        let database = TestDatabase::create().await;
        let mut settings = usual(&origin, &sandbox, &mail, &database);
        for (key, value) in self.settings {
            settings.retain(|(known, _)| *known != key);
            settings.push((key, value));
        }
        let (portal, scope) = boot(&settings, &clock, 1, self.limits)
            .await
            .expect("the portal starts");
        let serving = serve_limited(listener, &portal, &settings, self.requests_per_minute);
        TestApp {
            portal,
            scope,
            clock,
            sandbox,
            mail,
            database,
            origin: Url::parse(&origin).expect("an address"),
            http: browser::http_to(address),
            settings,
            serving,
            logs,
            transcript: Default::default(),
            log_guard: Some(log_guard),
            visitors: 0.into(),
            names: 0.into(),
        }
    }
}

/// Lets a portal answer at an address.
pub(crate) fn serve(
    listener: TcpListener,
    portal: &Arc<Portal>,
    settings: &[(String, String)],
) -> JoinHandle<std::io::Result<()>> {
    serve_limited(listener, portal, settings, REQUESTS_PER_MINUTE)
}

fn serve_limited(
    listener: TcpListener,
    portal: &Arc<Portal>,
    settings: &[(String, String)],
    requests_per_minute: u32,
) -> JoinHandle<std::io::Result<()>> {
    let site = Site {
        requests_per_minute,
        ..Site::of(&configuration(settings))
    };
    let router =
        web::router(portal.clone(), &site).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, router).await })
}

async fn start_sandbox(origin: &str, clock: &TestClock) -> Sandbox {
    let config = sandbox::Config::new(APP_ID, APP_SECRET, origin);
    let sandbox = Sandbox::start(config, ([127, 0, 0, 1], 0).into()).await;
    let sandbox = sandbox.expect("the sandbox starts");
    sandbox.state().set_now(clock.now() + TimeDelta::seconds(1));
    sandbox
}

fn usual(
    origin: &str,
    sandbox: &Sandbox,
    mail: &MailServer,
    database: &TestDatabase,
) -> Vec<(String, String)> {
    let settings = [
        ("PORTICO_BASE_URL", origin.to_owned()),
        ("PORTICO_TRUSTED_PROXIES", "127.0.0.1".to_owned()),
        ("PORTICO_DATABASE_URL", database.url.clone()),
        ("PORTICO_KEYS", RING.to_owned()),
        ("PORTICO_AGENCY__NAME", "Northlight Studio".to_owned()),
        (
            "PORTICO_AGENCY__SUPPORT_EMAIL",
            "hello@northlight.example".to_owned(),
        ),
        ("PORTICO_META__APP_ID", APP_ID.to_owned()),
        ("PORTICO_META__APP_SECRET", APP_SECRET.to_owned()),
        ("PORTICO_META__GRAPH_URL", sandbox.url()),
        ("PORTICO_META__DIALOG_URL", sandbox.url()),
        ("PORTICO_MAIL__URL", mail.url()),
        (
            "PORTICO_MAIL__FROM",
            "Portico <portico@northlight.example>".to_owned(),
        ),
    ];
    settings
        .map(|(key, value)| (key.to_owned(), value))
        .to_vec()
}

fn configuration(settings: &[(String, String)]) -> Config {
    let config = Config::load(None, settings.iter().cloned());
    config.expect("a configuration that holds together")
}

/// From the settings to a portal, the way the program goes.
pub(crate) async fn boot(
    settings: &[(String, String)],
    clock: &Arc<TestClock>,
    seed: u64,
    limits: Limits,
) -> Result<(Arc<Portal>, AgencyScope), BootError> {
    let config = configuration(settings);
    let database = boot::database(&config).await?;
    let world = World {
        clock: clock.clone(),
        rng: Arc::new(SeededRng::new(seed)),
        passwords: PasswordHasher::cheap(),
        limits,
    };
    boot::portal(&config, database, world).await
}
