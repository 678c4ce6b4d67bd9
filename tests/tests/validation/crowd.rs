//! Many connected clients, without each going the whole way: copies of one who did, each with a token of its own.

use sandbox::Mint;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait, IntoActiveModel, QueryFilter as _,
};
use secrecy::SecretString;
use server::{
    domain::clock::Clock as _,
    store::{
        entity::{client_tokens, clients, connections},
        tokens,
    },
    vault::Place,
};
use tests::{TestApp, people};
use uuid::Uuid;

/// A client who is connected.
pub struct Member {
    pub client: Uuid,
    pub token: Uuid,
    /// As Meta knows it.
    pub secret: String,
}

/// Makes members.
pub struct Crowd<'a> {
    app: &'a TestApp,
    client: clients::Model,
    connection: connections::Model,
    token: client_tokens::Model,
}

impl<'a> Crowd<'a> {
    /// After one client has gone the whole way.
    pub async fn of(app: &'a TestApp) -> Self {
        let (client, connection) = app.approved("Kowalska", people::MARTA).await;
        let connection = connections::Entity::find_by_id(connection)
            .one(app.portal.db.reader())
            .await;
        let token = client_tokens::Entity::find()
            .filter(client_tokens::Column::ClientId.eq(client))
            .one(app.portal.db.reader())
            .await;
        Self {
            app,
            client: app.client_row(client).await,
            connection: connection.expect("a row").expect("a connection"),
            token: token.expect("a row").expect("a token"),
        }
    }

    /// So many more, all of one person.
    pub async fn members(&self, count: usize) -> Vec<Member> {
        let mut members = Vec::new();
        for _ in 0..count {
            members.push(self.member(mint(people::MARTA)).await);
        }
        members
    }

    /// One more, with the token that Meta mints. It is the first one's person's, as far as the portal knows.
    pub async fn member(&self, mint: Mint) -> Member {
        let person = mint.person.clone();
        let minted = self.app.sandbox.state().mint(mint);
        let secret = minted.expect("a person").access_token;
        self.keep(secret, &person).await
    }

    /// One more, whose token is said to be this person's.
    pub async fn keep(&self, secret: String, person: &str) -> Member {
        let portal = &self.app.portal;
        let (client, connection, token) = (portal.new_id(), portal.new_id(), portal.new_id());
        let name = client.to_string();
        insert(
            self.app,
            clients::Model {
                id: client,
                email_folded: format!("{name}@client.example"),
                email: format!("{name}@client.example"),
                search_name: name.clone(),
                sort_name: name.clone(),
                name,
                ..self.client.clone()
            },
        )
        .await;
        insert(
            self.app,
            connections::Model {
                id: connection,
                client_id: client,
                invitation_id: None,
                visit_id: None,
                link_id: None,
                meta_user_id: person.to_owned(),
                ..self.connection.clone()
            },
        )
        .await;
        let place = Place {
            table: tokens::TABLE,
            column: tokens::COLUMN,
            agency: self.app.scope.agency(),
            row: token,
        };
        let sealed = SecretString::from(secret.as_str());
        insert(
            self.app,
            client_tokens::Model {
                id: token,
                client_id: client,
                connection_id: connection,
                token_sealed: Some(portal.vault.seal_text(place, &sealed)),
                token_hash: portal.keys.token_hash(&sealed).to_vec(),
                meta_user_id: person.to_owned(),
                next_validation_at: Some(self.app.clock.now()),
                ..self.token.clone()
            },
        )
        .await;
        Member {
            client,
            token,
            secret,
        }
    }
}

/// A token as after a login of this person.
pub fn mint(person: &str) -> Mint {
    Mint {
        person: person.to_owned(),
        ..Mint::default()
    }
}

async fn insert<M, E>(app: &TestApp, row: M)
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel> + sea_orm::ModelTrait<Entity = E>,
    E::ActiveModel: sea_orm::ActiveModelTrait<Entity = E>,
{
    let row = row.into_active_model().reset_all();
    let added = E::insert(row).exec_without_returning(app.portal.db.reader());
    added.await.expect("a row that fits");
}
