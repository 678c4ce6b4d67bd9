//! `kill -9` of one of two workers under load, ten times: nothing is lost, and nothing is done twice.
//!
//! Two kinds of work show it, both idempotent by their nature. A mail into a folder is a file that bears the
//! mail's id, so a second delivery takes the place of the first; what could be doubled is the note in the trail.
//! A token that was taken back at Meta is dead there, and a second call changes nothing; what could be doubled
//! is the call of a job that no worker was killed over, and again the note.

use std::collections::BTreeMap;

use app::model::{ConnectionState, InvitationKind, JobKind, TokenKind, TokenSource, TokenStanding};
use sandbox::Sandbox;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    sea_query::Expr,
};
use secrecy::SecretString;
use serde_json::json;
use server::{
    boot::{self, World},
    domain::agency::AgencyScope,
    jobs::Pace,
    service::{
        Portal,
        actor::Who,
        clients::NewClient,
        invitations::{Sent, Way},
    },
    store::{
        connections,
        entity::{audit_events, client_tokens, jobs},
        tokens,
    },
    vault::Place,
};
use tests::{
    Kind, TestDatabase,
    process::{APP_ID, APP_SECRET, Program, Server},
};
use uuid::Uuid;

use super::scene::ago;

const ROUNDS: usize = 10;
/// Both workers are full, and more waits.
const REVOCATIONS_AT_FIRST: usize = 32;
const REVOCATIONS_EACH: usize = 8;
const MAILS_EACH: usize = 3;
const EDGE: &str = "me/permissions:delete";

/// What outlives the workers.
struct Load {
    program: Program,
    meta: Sandbox,
    portal: std::sync::Arc<Portal>,
    scope: AgencyScope,
    database: TestDatabase,
    client: Uuid,
    connection: Uuid,
    /// The Meta user of each token.
    people: BTreeMap<Uuid, String>,
    mails: usize,
}

impl Load {
    async fn prepare() -> Self {
        let database = TestDatabase::create().await;
        let program = Program::over(&database);
        let folder = program.folder().join("mails");
        std::fs::create_dir(&folder).expect("a folder");
        let origin = program.origin().origin().ascii_serialization();
        let config = sandbox::Config::new(APP_ID, APP_SECRET, &origin);
        let meta = Sandbox::start(config, ([127, 0, 0, 1], 0).into()).await;
        let meta = meta.expect("the sandbox starts");
        let program = program
            .set("PORTICO_MAIL__URL", &format!("file://{}", folder.display()))
            .set("PORTICO_META__GRAPH_URL", &meta.url())
            .set("PORTICO_META__DIALOG_URL", &meta.url());
        let db = database.open().await;
        let booted = boot::portal(&program.configuration(), db, World::real()).await;
        let (portal, scope) = booted.expect("a portal");
        let mut load = Self {
            connection: portal.new_id(),
            client: Uuid::nil(),
            people: BTreeMap::new(),
            mails: 0,
            program,
            meta,
            portal,
            scope,
            database,
        };
        load.client = load.add_client("Kowalska").await;
        load.add_connection().await;
        load
    }

    async fn add_client(&self, name: &str) -> Uuid {
        let new = NewClient {
            name: name.to_owned(),
            email: format!("{}@client.example", name.to_lowercase()),
            meta_account_name: String::new(),
        };
        let added = self.portal.create_client(self.scope, &Who::Operator, &new);
        added.await.expect("an answer").expect("a client")
    }

    /// A connection that is over, whose tokens have to go.
    async fn add_connection(&self) {
        let now = self.portal.now();
        let row = connections::Model {
            id: self.connection,
            agency_id: self.scope.agency(),
            client_id: self.client,
            state: ConnectionState::Disconnected.code().to_owned(),
            state_since: now,
            version: 1,
            meta_user_id: "1".to_owned(),
            meta_user_name: "Marta".to_owned(),
            is_business: false,
            meta_business_id: None,
            invitation_id: None,
            visit_id: None,
            confirmed_at: None,
            reading: "done".to_owned(),
            read_count: 0,
            probing: "none".to_owned(),
            submitted_at: None,
            decided_at: None,
            decided_by: None,
            decision_reason: None,
            created_at: now,
            updated_at: now,
            link_id: None,
            diagnosis: None,
        };
        let created = connections::create(self.portal.db.reader(), row).await;
        created.expect("a connection");
    }

    /// A token of a person of its own, so that the sandbox's log of calls tells which one it was; and the job
    /// that takes it back.
    async fn revoke_one(&mut self) {
        let portal = self.portal.clone();
        let (id, now) = (portal.new_id(), portal.now());
        let person = format!("{}", 9_000_000_000 + self.people.len());
        let secret = SecretString::from(format!("EAA{person:0>190}"));
        let place = Place {
            table: tokens::TABLE,
            column: tokens::COLUMN,
            agency: self.scope.agency(),
            row: id,
        };
        let row = client_tokens::Model {
            id,
            agency_id: self.scope.agency(),
            client_id: self.client,
            connection_id: self.connection,
            kind: TokenKind::User.code().to_owned(),
            standing: TokenStanding::Superseded.code().to_owned(),
            source: TokenSource::Login.code().to_owned(),
            token_sealed: Some(portal.vault.seal_text(place, &secret)),
            key_id: None,
            token_hash: portal.keys.token_hash(&secret).to_vec(),
            token_status: "active".to_owned(),
            meta_user_id: person.clone(),
            scopes: "[]".to_owned(),
            issued_at: None,
            created_at: now,
            expires_at: None,
            data_access_expires_at: None,
            last_used: None,
            last_validated_at: None,
            destroyed_at: None,
            version: 1,
            next_validation_at: None,
            next_refresh_at: None,
            checks_failed: 0,
            missing_account: false,
            granular_scopes: None,
        };
        let tx = portal.begin().await.expect("a transaction");
        tokens::create(&tx, row).await.expect("a token");
        let kind = JobKind::RevokeToken;
        let enqueued = portal.enqueue(&tx, self.scope, kind, id).await;
        enqueued.expect("a job");
        portal.commit(tx).await.expect("a commit");
        self.people.insert(id, person);
    }

    async fn mail_one(&mut self) {
        self.mails += 1;
        let client = self.add_client(&format!("Client{}", self.mails)).await;
        let kind = InvitationKind::Connect;
        let sent = self
            .portal
            .invite(self.scope, &Who::Operator, client, kind, Way::Mail);
        assert!(matches!(sent.await.expect("an answer"), Sent::Done(_)));
    }

    async fn grow(&mut self, revocations: usize, mails: usize) {
        for _ in 0..revocations {
            self.revoke_one().await;
        }
        for _ in 0..mails {
            self.mail_one().await;
        }
    }

    /// The jobs that a worker which was killed has left; as if half a minute had passed since.
    async fn outlive(&self, worker: Uuid) -> Vec<Uuid> {
        let is_left = || {
            Condition::all()
                .add(jobs::Column::State.eq("running"))
                .add(jobs::Column::LeaseOwner.eq(worker))
        };
        let db = self.portal.db.reader();
        let left = jobs::Entity::find().filter(is_left()).all(db).await;
        let update = jobs::Entity::update_many()
            .col_expr(jobs::Column::LeaseUntil, Expr::value(ago(1)))
            .filter(is_left())
            .exec(db);
        update.await.expect("an update");
        let left = left.expect("rows");
        left.iter().filter_map(|job| job.subject_id).collect()
    }

    /// How often Meta was asked to take a token back.
    fn calls(&self) -> BTreeMap<Uuid, usize> {
        let calls = self.meta.state().calls();
        let of = |person: &str| {
            let end = format!("/{person}/permissions");
            let is_it = |path: &str| path.ends_with(&end);
            calls.iter().filter(|call| is_it(&call.path)).count()
        };
        { self.people.iter() }
            .map(|(token, person)| (*token, of(person)))
            .collect()
    }

    async fn noted(&self, action: &str) -> Vec<audit_events::Model> {
        let events = audit_events::Entity::find()
            .filter(audit_events::Column::Action.eq(action))
            .all(self.portal.db.reader());
        events.await.expect("rows")
    }

    /// Everything was done, and once.
    async fn must_be_done(&self, left: &BTreeMap<Uuid, usize>) {
        let db = self.portal.db.reader();
        let undone = jobs::Entity::find().filter(jobs::Column::State.ne("done"));
        assert_eq!(undone.all(db).await.expect("rows"), [], "something is lost");
        let alive = client_tokens::Entity::find()
            .filter(client_tokens::Column::TokenSealed.is_not_null())
            .count(db);
        assert_eq!(alive.await.expect("a count"), 0);
        let revoked = self.noted("token.revoked_at_meta").await;
        assert_eq!(revoked.len(), self.people.len());
        for (token, calls) in self.calls() {
            let notes =
                { revoked.iter() }.filter(|event| event.details.contains(&token.to_string()));
            assert_eq!(notes.count(), 1, "each is noted once");
            let killed = left.get(&token).copied().unwrap_or_default();
            assert!(
                (1..=1 + killed).contains(&calls),
                "{calls} calls, {killed} kills"
            );
        }
        let folder = self.program.folder().join("mails");
        let files = std::fs::read_dir(folder).expect("a folder").count();
        let sent = self.noted("mail.sent").await.len();
        assert_eq!((files, sent), (self.mails, self.mails));
        let trail = self.program.json(&["audit", "verify"]).await;
        assert_eq!(trail["reason"], json!(null), "{trail}");
    }
}

/// Which worker it is, as its log says.
fn id_of(worker: &Server) -> Uuid {
    let log = worker.log();
    let (_, rest) = log.split_once("\"worker\":\"").expect("its id");
    let (id, _) = rest.split_once('"').expect("its id");
    id.parse().expect("an id")
}

/// Meta holds its answers until both workers have all their hands full; then one of them is killed, and a new
/// one takes its place.
#[tokio::test]
async fn one_of_two_workers_is_killed_ten_times() {
    let places = Pace::default().at_once;
    let mut load = Load::prepare().await;
    if load.database.kind() == Kind::Sqlite {
        // Several processes are for PostgreSQL; on SQLite there is one, and the other tests kill it.
        return;
    }
    load.grow(REVOCATIONS_AT_FIRST, MAILS_EACH).await;
    let mut held = load.meta.hold(EDGE);
    let mut workers = vec![load.program.work().await, load.program.work().await];
    let mut left = BTreeMap::new();
    for round in 0..ROUNDS {
        held.arrived_times(2 * places).await;
        let doomed = workers.remove(round % 2);
        let id = id_of(&doomed);
        doomed.kill().await;
        let next = load.meta.hold(EDGE);
        held.release();
        held = next;
        let of_doomed = load.outlive(id).await;
        assert_eq!(of_doomed.len(), places, "it had all hands full");
        for token in of_doomed {
            *left.entry(token).or_default() += 1;
        }
        load.grow(REVOCATIONS_EACH, MAILS_EACH).await;
        workers.push(load.program.work().await);
    }
    held.release();
    for worker in workers {
        load.program.assert_silent(&worker.stop().await);
    }
    let rest = load.program.json(&["worker", "--until-idle"]).await;
    assert_eq!(rest["failed"], 0);
    load.must_be_done(&left).await;
}
