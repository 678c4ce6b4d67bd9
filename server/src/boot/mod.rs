//! From the configuration to a running portal: the same steps for the server, the worker, the command
//! line and the tests.

pub mod metrics;
mod serve;
pub mod telemetry;

use std::sync::{Arc, RwLock};

use sea_orm::DbErr;
use tokio::sync::Notify;
use tokio_util::task::TaskTracker;

pub use crate::store::migrations;
pub use serve::{Listening, serve, stop_signal};

use crate::{
    config::{Config, ConfigError},
    domain::{
        agency::AgencyScope,
        clock::{SharedClock, SystemClock},
        rng::{SharedRng, SystemRng},
    },
    mail::{MailConfig, MailUrl, Mailer, parse_from},
    meta::{Graph, MetaConfig, http},
    service::{
        self, Portal,
        installation::{self, FirstAgency},
    },
    store::{self, Database},
    vault::{KeyRing, KeyRingError, PasswordHasher, Vault},
};

/// A start that came to nothing, in words for the person who starts Portico.
#[derive(Debug, thiserror::Error)]
pub enum BootError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("PORTICO_KEYS: {0}")]
    Ring(#[from] KeyRingError),
    #[error(transparent)]
    Keys(#[from] installation::KeyProblem),
    #[error("{key}: {problem}")]
    Mail { key: &'static str, problem: String },
    #[error("PORTICO_DATABASE_URL: the database cannot be used: {0}")]
    Database(#[from] DbErr),
    #[error("the database is behind this program ({0} migrations to go): run `portico migrate`")]
    Behind(usize),
    #[error("{key}: cannot listen on {address}: {problem}")]
    Listen {
        key: &'static str,
        address: String,
        problem: String,
    },
    #[error("{0}")]
    Service(#[from] service::Error),
}

/// What is the machine's in production and the test's own in tests.
#[derive(Clone)]
pub struct World {
    pub clock: SharedClock,
    pub rng: SharedRng,
    pub passwords: PasswordHasher,
    /// How long Meta is waited for.
    pub limits: http::Limits,
}

impl World {
    /// The machine's clock and randomness, and passwords hashed as OWASP asks.
    #[must_use]
    pub fn real() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            rng: Arc::new(SystemRng),
            passwords: PasswordHasher::default(),
            limits: http::Limits::REAL,
        }
    }
}

/// Opens the database.
///
/// # Errors
/// When it cannot be reached.
pub async fn database(config: &Config) -> Result<Database, BootError> {
    Ok(store::connect(&config.database_url).await?)
}

/// Builds the portal over a database that is up to date: opens the keys, makes sure of the first agency.
///
/// # Errors
/// When a key is missing or wrong, or the configuration does not hold together.
pub async fn portal(
    config: &Config,
    db: Database,
    world: World,
) -> Result<(Arc<Portal>, AgencyScope), BootError> {
    let ring = KeyRing::parse(config.require_keys()?)?;
    let vault = Vault::new(ring, world.rng.clone());
    let keys = installation::open_keys(&db, &vault, &*world.rng, &*world.clock).await?;
    let graph = graph(config, &world);
    let portal = Portal {
        db,
        clock: world.clock,
        rng: world.rng,
        vault,
        keys,
        graph,
        webhook_verify_token: config.meta.webhook_verify_token.clone(),
        patience: world.limits.page,
        mailer: mailer(config)?,
        passwords: world.passwords,
        origin: config.origin(),
        wake: Arc::new(Notify::new()),
        face: RwLock::default(),
        watched: Default::default(),
        tasks: TaskTracker::new(),
    };
    let scope = portal
        .ensure_agency(&FirstAgency {
            name: &config.agency.name,
            support_email: config.agency.support_email.as_deref(),
            required_scopes: &config.agency.required_scopes,
            accepts_limited: config.agency.accepts_limited,
            validation_hours: config.agency.validation_hours,
        })
        .await?;
    // The first start seals the installation's own keys; a verb that only looks ends without another chance.
    portal.flush_key_counts().await?;
    portal.learn_usage().await?;
    Ok((Arc::new(portal), scope))
}

/// The Graph client, where a Meta app is configured.
fn graph(config: &Config, world: &World) -> Option<Graph> {
    let app = config.require_meta().ok()?;
    let meta = &config.meta;
    let config = MetaConfig {
        app_id: app.id.to_owned(),
        app_secret: app.secret.clone(),
        scopes: meta.scopes.clone(),
        login_config_id: meta.login_config_id.clone(),
        graph_version: meta.graph_version.clone(),
        graph_url: meta.graph_url.clone(),
        dialog_url: meta.dialog_url.clone(),
        redirect_uri: format!("{}{}", config.origin(), app::routes::CALLBACK),
    };
    let (clock, rng) = (world.clock.clone(), world.rng.clone());
    Some(Graph::new(config, world.limits, clock, rng))
}

/// The way out for mail, as configured.
///
/// # Errors
/// When address or sender cannot be read.
pub fn mailer(config: &Config) -> Result<Mailer, BootError> {
    let wrong = |key| move |problem| BootError::Mail { key, problem };
    Ok(Mailer::new(MailConfig {
        url: MailUrl::parse(&config.mail.url).map_err(wrong("PORTICO_MAIL__URL"))?,
        from: parse_from(&config.mail.from).map_err(wrong("PORTICO_MAIL__FROM"))?,
    }))
}
