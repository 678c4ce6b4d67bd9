use app::model::{ConnectionState, Role, TokenKind, TokenSource, TokenStanding, TokenStatus};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait as _, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter as _,
};
use server::{
    service::actor::Who,
    store::{
        entity::{client_tokens, clients, connections},
        tokens,
    },
    vault::Place,
};
use uuid::Uuid;

use super::scene::{Person, Scene};

/// Rows that go into one statement.
const CHUNK: usize = 500;

/// Connections with a token each, as many as are wanted.
pub struct Rows {
    /// What is known of the token of each person, as a check has left it.
    known: Vec<client_tokens::Model>,
    made: usize,
    began: DateTime<Utc>,
}

impl Rows {
    /// One for each person, checked once: a sweep in life finds what it knows, but for the few that have changed.
    pub async fn begin(scene: &Scene) -> Self {
        let mut rows = Self {
            known: Vec::new(),
            made: 0,
            began: scene.portal.now(),
        };
        rows.fill(scene, scene.people.len()).await;
        let db = scene.portal.db.reader();
        let all = client_tokens::Entity::find().all(db).await.expect("tokens");
        let ids: Vec<Uuid> = all.iter().map(|token| token.id).collect();
        let checked = scene.portal.check_stored(scene.scope, &ids, &Who::Operator);
        let checked = checked.await.expect("checks that are kept");
        assert!(
            checked.iter().all(|one| one.finding.is_told()),
            "Meta tells of each"
        );
        for person in &scene.people {
            let known = client_tokens::Entity::find()
                .filter(client_tokens::Column::MetaUserId.eq(&person.id));
            let known = known.one(db).await.expect("a database that reads");
            rows.known.push(known.expect("a token of each"));
        }
        rows
    }

    /// Adds connections until there are so many. None is due.
    pub async fn fill(&mut self, scene: &Scene, count: usize) {
        while self.made < count {
            let until = count.min(self.made + CHUNK);
            let tx = scene.portal.begin().await.expect("a transaction");
            let (mut clients, mut connections, mut tokens) = (vec![], vec![], vec![]);
            for number in self.made..until {
                let person = number % scene.people.len();
                let row = self.row(scene, number, &scene.people[person], self.known.get(person));
                clients.push(row.0);
                connections.push(row.1);
                tokens.push(row.2);
            }
            insert::<clients::Entity>(&tx, clients).await;
            insert::<connections::Entity>(&tx, connections).await;
            insert::<client_tokens::Entity>(&tx, tokens).await;
            scene
                .portal
                .commit(tx)
                .await
                .expect("a database that writes");
            self.made = until;
        }
    }

    fn row(
        &self,
        scene: &Scene,
        number: usize,
        person: &Person,
        known: Option<&client_tokens::Model>,
    ) -> (clients::Model, connections::Model, client_tokens::Model) {
        let (portal, agency) = (&scene.portal, scene.scope.agency());
        let (client, connection, id) = (portal.new_id(), portal.new_id(), portal.new_id());
        let place = Place {
            table: tokens::TABLE,
            column: tokens::COLUMN,
            agency,
            row: id,
        };
        let token = known.cloned().unwrap_or_else(|| self.unknown(person));
        (
            self.client(agency, client, number),
            self.connection(agency, connection, client, person),
            client_tokens::Model {
                id,
                agency_id: agency,
                client_id: client,
                connection_id: connection,
                token_sealed: Some(portal.vault.seal_text(place, &person.token)),
                token_hash: portal.keys.token_hash(&person.token).to_vec(),
                next_validation_at: Some(self.began + TimeDelta::days(30)),
                next_refresh_at: Some(self.began + TimeDelta::days(30)),
                ..token
            },
        )
    }

    fn client(&self, agency: Uuid, id: Uuid, number: usize) -> clients::Model {
        let name = format!("Client {number}");
        let email = format!("client-{number}@client.example");
        clients::Model {
            id,
            agency_id: agency,
            search_name: name.to_lowercase(),
            sort_name: name.to_lowercase(),
            name,
            email_folded: email.clone(),
            email,
            meta_account_name: None,
            role: Role::Viewer.code().to_owned(),
            is_critical: false,
            language: "en".to_owned(),
            token_status: TokenStatus::Active.code().to_owned(),
            last_token_validation: None,
            campaigns_count: 3,
            created_at: self.began,
            updated_at: self.began,
            archived_at: None,
            version: 1,
        }
    }

    fn connection(
        &self,
        agency: Uuid,
        id: Uuid,
        client: Uuid,
        person: &Person,
    ) -> connections::Model {
        connections::Model {
            id,
            agency_id: agency,
            client_id: client,
            state: ConnectionState::Approved.code().to_owned(),
            state_since: self.began,
            version: 1,
            meta_user_id: person.id.clone(),
            meta_user_name: "Somebody".to_owned(),
            is_business: false,
            meta_business_id: None,
            invitation_id: None,
            visit_id: None,
            confirmed_at: Some(self.began),
            reading: "done".to_owned(),
            read_count: 3,
            probing: "done".to_owned(),
            submitted_at: Some(self.began),
            decided_at: Some(self.began),
            decided_by: None,
            decision_reason: None,
            created_at: self.began,
            updated_at: self.began,
            link_id: None,
            diagnosis: None,
        }
    }

    /// A token of which nothing is known.
    fn unknown(&self, person: &Person) -> client_tokens::Model {
        client_tokens::Model {
            id: Uuid::nil(),
            agency_id: Uuid::nil(),
            client_id: Uuid::nil(),
            connection_id: Uuid::nil(),
            kind: TokenKind::User.code().to_owned(),
            standing: TokenStanding::Primary.code().to_owned(),
            source: TokenSource::Login.code().to_owned(),
            token_sealed: None,
            key_id: None,
            token_hash: Vec::new(),
            token_status: TokenStatus::Active.code().to_owned(),
            meta_user_id: person.id.clone(),
            scopes: String::new(),
            issued_at: None,
            created_at: self.began,
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
        }
    }
}

async fn insert<E>(tx: &DatabaseTransaction, rows: Vec<E::Model>)
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    let added = E::insert_many(rows).exec_without_returning(tx).await;
    added.expect("rows that fit");
}
