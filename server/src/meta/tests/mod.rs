//! The Graph client against a server of ours that answers as Meta has been recorded to.

mod again;
mod batches;
mod classes;
mod fake;
mod login;
mod reads;
mod trouble;

use std::{sync::Arc, time::Duration};

use app::model::AnswerClass;
use secrecy::SecretString;

use fake::Fake;

use super::{http::Limits, *};
use crate::domain::{clock::SystemClock, rng::TestRng};

const APP_SECRET: &str = "app-secret-7c1f";
const TOKEN: &str = "EAAmarkedtoken0123456789";

fn token() -> SecretString {
    TOKEN.into()
}

fn config(base: &str) -> MetaConfig {
    MetaConfig {
        app_id: "257000000000001".to_owned(),
        app_secret: APP_SECRET.into(),
        scopes: vec!["public_profile".to_owned(), "ads_read".to_owned()],
        login_config_id: None,
        graph_version: "v25.0".to_owned(),
        graph_url: base.parse().expect("an address"),
        dialog_url: base.parse().expect("an address"),
        redirect_uri: "http://localhost:3000/oauth/facebook/callback".to_owned(),
    }
}

/// Nothing is waited for between two tries.
const LIMITS: Limits = Limits {
    retry: Duration::ZERO,
    ..Limits::REAL
};

/// A client that calls the fake.
fn graph(fake: &Fake) -> Graph {
    graph_at(config(&fake.base), LIMITS)
}

fn graph_at(config: MetaConfig, limits: Limits) -> Graph {
    Graph::new(
        config,
        limits,
        Arc::new(SystemClock),
        Arc::new(TestRng::default()),
    )
}
