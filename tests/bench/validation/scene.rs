use std::{net::SocketAddr, sync::Arc, time::Duration};

use secrecy::SecretString;
use serde_json::json;
use server::{
    boot::{self, World},
    domain::agency::AgencyScope,
    service::Portal,
};
use tests::{
    TestDatabase,
    process::{Program, free_port},
};

use crate::{control::Control, portico::Serving, processors, world};

/// How long Meta takes for an answer, in milliseconds; for a batch as long as for its slowest item.
pub const LATENCY: u64 = 50;
/// People whom Meta knows. Each is behind many connections: what Meta keeps of people is not what is measured.
const PEOPLE: usize = 500;

/// A person at Meta, and the token that they have given.
pub struct Person {
    pub id: String,
    pub token: SecretString,
}

/// An agency with nobody in it, and a Meta that takes its time.
pub struct Scene {
    pub program: Program,
    pub portal: Arc<Portal>,
    pub scope: AgencyScope,
    pub people: Vec<Person>,
    pub sandbox: Serving,
    pub database: TestDatabase,
}

impl Scene {
    pub async fn set() -> Self {
        let database = TestDatabase::create().await;
        let program = Program::over(&database);
        let meta = SocketAddr::from(([127, 0, 0, 1], free_port()));
        let seed = program.folder().join("people.json");
        std::fs::write(&seed, world::sandbox_seed(PEOPLE).to_string()).expect("a folder");
        let sandbox = Serving::sandbox(&program, meta, &seed).await;
        let control = Control::of(meta);
        control.unlimited().await;
        let mut people = Vec::with_capacity(PEOPLE);
        for number in 0..PEOPLE {
            let id = world::client(number).person;
            let token = control.post("tokens", &json!({ "person": id })).await;
            let token = token["access_token"].as_str().expect("a token");
            people.push(Person {
                token: token.into(),
                id,
            });
        }
        let late = json!({"edge": "debug_token", "kind": "slow", "latency_ms": LATENCY});
        control.post("faults", &late).await;
        let program = program
            .set("PORTICO_META__GRAPH_URL", &format!("http://{meta}"))
            .set("PORTICO_META__DIALOG_URL", &format!("http://{meta}"));
        let config = program.configuration();
        let db = boot::database(&config).await.expect("a database");
        let started = boot::portal(&config, db, World::real()).await;
        let (portal, scope) = started.expect("the portal starts");
        Self {
            program,
            portal,
            scope,
            people,
            sandbox,
            database,
        }
    }
}

impl Scene {
    /// What the sandbox has had of the processors so far.
    pub fn sandbox_time(&self) -> Duration {
        processors::of_process(self.sandbox.id())
    }
}
