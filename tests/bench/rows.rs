//! The clients who came long ago: as many rows as an agency has after a year, each like one that was made by
//! the pages, with a token of its own that is sealed for its row.

use std::ops::Range;

use app::model::TokenStatus;
use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter as _,
    sea_query::Expr,
};
use secrecy::SecretString;
use server::{
    service::Portal,
    store::{
        self,
        clients::Health,
        entity::{ad_accounts, client_tokens, connections, grants, invitations, validations},
        tokens,
    },
    vault::Place,
};
use uuid::Uuid;

use crate::{visits::Visitors, world};

/// How one client in twelve stands; the rest is as the first.
const STATUSES: [TokenStatus; 12] = {
    let mut all = [TokenStatus::Active; 12];
    all[3] = TokenStatus::Expiring;
    all[7] = TokenStatus::Limited;
    all[9] = TokenStatus::Revoked;
    all
};

/// Adds clients with a link each. Three of four are connected like the one that is; the others were only sent
/// the link, and it is live. Gives the last one's link.
pub async fn others(visitors: &Visitors, like: Uuid, numbers: Range<usize>) -> String {
    let template = Template::of(visitors, like).await;
    let mut link = String::new();
    let last = numbers.end - 1;
    for number in numbers {
        let client = visitors.add(number).await;
        let own = visitors.invite(client).await;
        if number == last {
            link = own;
        } else if number % 4 != 0 {
            template.connect(visitors, number, client).await;
        }
    }
    link
}

/// The rows of one connection.
struct Template {
    connection: connections::Model,
    grant: grants::Model,
    token: client_tokens::Model,
    validation: validations::Model,
    account: ad_accounts::Model,
}

impl Template {
    async fn of(visitors: &Visitors, client: Uuid) -> Self {
        let db = visitors.portal.db.reader();
        let of = "the client is connected";
        let connection = connections::Entity::find()
            .filter(connections::Column::ClientId.eq(client))
            .one(db);
        let grant = grants::Entity::find()
            .filter(grants::Column::ClientId.eq(client))
            .one(db);
        let token = client_tokens::Entity::find()
            .filter(client_tokens::Column::ClientId.eq(client))
            .one(db);
        let validation = validations::Entity::find()
            .filter(validations::Column::ClientId.eq(client))
            .one(db);
        let connection = connection.await.expect(of).expect(of);
        let account = ad_accounts::Entity::find()
            .filter(ad_accounts::Column::ConnectionId.eq(connection.id))
            .filter(ad_accounts::Column::IsSelected.eq(true))
            .one(db);
        Self {
            grant: grant.await.expect(of).expect(of),
            token: token.await.expect(of).expect(of),
            validation: validation.await.expect(of).expect(of),
            account: account.await.expect(of).expect(of),
            connection,
        }
    }

    async fn connect(&self, visitors: &Visitors, number: usize, client: Uuid) {
        let portal = &visitors.portal;
        let (id, token_id) = (portal.new_id(), portal.new_id());
        let who = world::client(number);
        let tx = portal.begin().await.expect("a transaction");
        let connection = connections::Model {
            id,
            client_id: client,
            meta_user_id: who.person.clone(),
            meta_user_name: who.person_name.clone(),
            // Their visit is long gone.
            invitation_id: None,
            visit_id: None,
            link_id: None,
            // Not all on the day that is told of.
            decided_at: { self.connection.decided_at }
                .map(|at| at - TimeDelta::days(1 + days(number))),
            ..self.connection.clone()
        };
        insert::<connections::Entity, _>(&tx, connection).await;
        let grant = grants::Model {
            id: portal.new_id(),
            client_id: client,
            connection_id: id,
            invitation_id: None,
            login_id: None,
            meta_user_id: who.person.clone(),
            meta_user_name: who.person_name.clone(),
            // Sealed for another row.
            origin_sealed: None,
            ..self.grant.clone()
        };
        insert::<grants::Entity, _>(&tx, grant).await;
        let token = self.token(portal, number, token_id, client, id);
        insert::<client_tokens::Entity, _>(&tx, token).await;
        let validation = validations::Model {
            id: portal.new_id(),
            client_id: client,
            token_id,
            ..self.validation.clone()
        };
        insert::<validations::Entity, _>(&tx, validation).await;
        let accounts = world::accounts(number).into_iter();
        let accounts = accounts.enumerate().map(|(index, (name, account))| {
            ad_accounts::Model {
                id: portal.new_id(),
                connection_id: id,
                search_name: name.to_lowercase(),
                number: account,
                name,
                is_selected: index == 0,
                ..self.account.clone()
            }
            .into_active_model()
        });
        let added = ad_accounts::Entity::insert_many(accounts);
        let added = added.exec_without_returning(&tx).await;
        added.expect("rows that fit");
        self.note(visitors, &tx, number, client).await;
        portal.commit(tx).await.expect("a database that writes");
    }

    fn token(
        &self,
        portal: &Portal,
        number: usize,
        id: Uuid,
        client: Uuid,
        connection: Uuid,
    ) -> client_tokens::Model {
        // As long as Meta's are.
        let secret = SecretString::from(format!("EAA{number:0>190}"));
        let place = Place {
            table: tokens::TABLE,
            column: tokens::COLUMN,
            agency: self.token.agency_id,
            row: id,
        };
        client_tokens::Model {
            id,
            client_id: client,
            connection_id: connection,
            token_sealed: Some(portal.vault.seal_text(place, &secret)),
            token_hash: portal.keys.token_hash(&secret).to_vec(),
            token_status: status(number).code().to_owned(),
            meta_user_id: world::client(number).person,
            expires_at: { self.token.expires_at }.map(|at| at - TimeDelta::days(days(number))),
            ..self.token.clone()
        }
    }

    /// What the client's own row and the invitation say of it.
    async fn note(
        &self,
        visitors: &Visitors,
        tx: &DatabaseTransaction,
        number: usize,
        client: Uuid,
    ) {
        let now = visitors.portal.now();
        let health = Health {
            token_status: status(number),
            validated_at: now,
            campaigns: 3,
        };
        let noted = store::clients::set_health(tx, visitors.scope, client, health).await;
        noted.expect("a client");
        let spent = invitations::Entity::update_many()
            .col_expr(invitations::Column::SpentAt, Expr::value(now))
            .filter(invitations::Column::ClientId.eq(client))
            .exec(tx)
            .await;
        assert_eq!(spent.expect("an invitation").rows_affected, 1);
    }
}

async fn insert<E, M>(tx: &DatabaseTransaction, row: M)
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
{
    let added = E::insert(row.into_active_model()).exec_without_returning(tx);
    added.await.expect("a row that fits");
}

fn status(number: usize) -> TokenStatus {
    STATUSES[number % STATUSES.len()]
}

fn days(number: usize) -> i64 {
    i64::try_from(number % 50).expect("a number of days")
}
