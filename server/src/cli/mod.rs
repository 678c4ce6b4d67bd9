//! The command line: one file a verb.

mod admin;
pub mod args;
mod audit;
mod client;
mod doctor;
mod invite;
mod keys;
mod migrate;
mod output;
mod serve;
pub mod token;
mod worker;

use std::process::ExitCode;

use uuid::Uuid;

use crate::{
    boot::{self, BootError, World},
    config::{Config, process_env},
    domain::agency::AgencyScope,
    service::{Error, Portal},
};
use args::{AdminVerb, AuditVerb, Cli, ClientVerb, EXIT_FAILED, KeysVerb, TokenVerb, Verb};

/// A verb that failed: why, for stderr.
type Outcome = Result<ExitCode, Box<dyn std::error::Error + Send + Sync>>;

/// Runs a verb. Exit code 0: done; 1: failed, with the reason on stderr.
pub async fn run(cli: Cli) -> ExitCode {
    match dispatch(cli).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("portico: {error}");
            ExitCode::from(EXIT_FAILED)
        }
    }
}

async fn dispatch(cli: Cli) -> Outcome {
    let json = cli.json;
    if let Verb::Keys(KeysVerb::Generate) = cli.verb {
        return keys::generate();
    }
    let config = Config::load(cli.config.as_deref(), process_env());
    if let Verb::Doctor = cli.verb {
        return doctor::run(config, json).await;
    }
    let config = config?;
    match cli.verb {
        Verb::Serve(args) => serve::run(&config, &args).await,
        Verb::Worker(args) => worker::run(&config, &args, json).await,
        Verb::Migrate => migrate::run(&config, json).await,
        Verb::Admin(AdminVerb::Create { email, role }) => {
            admin::create(&config, &email, role, json).await
        }
        Verb::Admin(AdminVerb::ResetSecondFactor { email }) => {
            admin::reset_second_factor(&config, &email, json).await
        }
        Verb::Client(ClientVerb::Add {
            name,
            email,
            meta_account_name,
        }) => {
            let meta_account_name = meta_account_name.unwrap_or_default();
            client::add(&config, name, email, meta_account_name, json).await
        }
        Verb::Invite(args) => invite::run(&config, &args, json).await,
        Verb::Token(TokenVerb::Check(args)) => token::check(&config, &args, json).await,
        Verb::Keys(KeysVerb::Generate) => keys::generate(),
        Verb::Keys(KeysVerb::Status) => keys::status(&config, json).await,
        Verb::Audit(AuditVerb::Verify) => audit::verify(&config, json).await,
        Verb::Doctor => doctor::run(Ok(config), json).await,
    }
}

/// The portal over a database that is up to date, for verbs that do one thing and end.
async fn open(config: &Config) -> Result<(std::sync::Arc<Portal>, AgencyScope), BootError> {
    let db = boot::database(config).await?;
    boot::migrations::apply(&db).await?;
    boot::portal(config, db, World::real()).await
}

/// A client by id or address, as somebody typed it.
async fn client_of(
    portal: &Portal,
    scope: AgencyScope,
    typed: &str,
) -> Result<Uuid, Box<dyn std::error::Error + Send + Sync>> {
    match portal.find_client(scope, typed).await {
        Err(Error::NotFound) => Err(format!("--client: there is no client {typed:?}").into()),
        found => Ok(found?),
    }
}
