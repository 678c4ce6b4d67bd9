//! Which tokens the command line checks.

use std::collections::HashMap;

use uuid::Uuid;

use crate::{
    domain::agency::AgencyScope,
    service::{Portal, Result},
    store::{self, tokens},
};

impl Portal {
    /// The tokens that are held for a client, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tokens_of_client(&self, scope: AgencyScope, client: Uuid) -> Result<Vec<Uuid>> {
        let db = self.db.reader();
        let Some(connection) = store::connections::of_client(db, scope, client).await? else {
            return Ok(Vec::new());
        };
        let rows = tokens::of_connection(db, scope, connection.id).await?;
        let held = rows.iter().rev().filter(|row| row.destroyed_at.is_none());
        Ok(held.map(|row| row.id).collect())
    }

    /// So many tokens that are held, after this one in the order of their ids.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tokens_after(
        &self,
        scope: AgencyScope,
        after: Option<Uuid>,
        most: u64,
    ) -> Result<Vec<Uuid>> {
        Ok(tokens::ids_after(self.db.reader(), scope, after, most).await?)
    }

    /// The names of the clients that these tokens are held for, by token.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clients_of_tokens(
        &self,
        scope: AgencyScope,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, String>> {
        let db = self.db.reader();
        let held = tokens::with_clients(db, scope, ids).await?;
        let clients: Vec<Uuid> = held.iter().map(|(_, client)| *client).collect();
        let clients = store::clients::many(db, scope, &clients).await?;
        let names: HashMap<Uuid, String> = { clients.into_iter() }
            .map(|client| (client.id, client.name))
            .collect();
        let named = |(token, client)| Some((token, names.get(&client)?.clone()));
        Ok(held.into_iter().filter_map(named).collect())
    }
}
