//! What stands in the database, read as the owner reads it: with SQL, and by our entities.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use sea_orm::{ConnectionTrait as _, DbBackend, QueryResult, Statement, TryGetable};
use server::{
    domain::agency::AgencyScope,
    store::{
        self,
        connections::Model as Connection,
        entity::{clients, mails},
    },
};
use uuid::Uuid;

use crate::TestApp;

impl TestApp {
    /// One column of the first row.
    ///
    /// # Panics
    /// When there is no row or it is of another type.
    pub async fn value<T: TryGetable>(&self, column: &str, sql: &str) -> T {
        let rows = self.query(sql).await;
        let row = rows.first().unwrap_or_else(|| panic!("no row: {sql}"));
        row.try_get("", column)
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Every row.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn query(&self, sql: &str) -> Vec<QueryResult> {
        let db = self.portal.db.reader();
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = db.query_all_raw(statement).await;
        rows.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Runs a statement; gives how many rows it changed.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn execute(&self, sql: &str) -> u64 {
        let done = self.portal.db.reader().execute_unprepared(sql).await;
        done.unwrap_or_else(|error| panic!("{sql}: {error}"))
            .rows_affected()
    }

    /// As if the last try of a job had failed for want of the database.
    ///
    /// # Panics
    /// When there is no such job.
    pub async fn give_up(&self, job: Uuid) {
        let sql = format!(
            "UPDATE jobs SET state = 'dead', attempts = 20, trouble = 'database', \
             last_error = 'the database failed', finished_at = created_at WHERE id = {}",
            self.sql_id(job)
        );
        assert_eq!(self.execute(&sql).await, 1);
    }

    /// An id as this database writes it in SQL.
    #[must_use]
    pub fn sql_id(&self, id: Uuid) -> String {
        literal(self.portal.db.reader().get_database_backend(), id)
    }

    /// A client.
    ///
    /// # Panics
    /// When there is none.
    pub async fn client_row(&self, id: Uuid) -> clients::Model {
        let found = clients::Entity::find_by_id(id)
            .one(self.portal.db.reader())
            .await;
        found.expect("a readable row").expect("a client")
    }

    /// The connection of a client.
    ///
    /// # Panics
    /// When there is none.
    pub async fn connection_of(&self, client: Uuid) -> Connection {
        self.find_connection(self.scope, client)
            .await
            .expect("a connection")
    }

    /// The connection of a client, if there is one.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn find_connection(&self, scope: AgencyScope, client: Uuid) -> Option<Connection> {
        let found = store::connections::of_client(self.portal.db.reader(), scope, client).await;
        found.expect("a readable row")
    }

    /// The tokens of a client's connection, newest first.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn tokens_of(&self, client: Uuid) -> Vec<store::tokens::Model> {
        let connection = self.connection_of(client).await;
        let found =
            store::tokens::of_connection(self.portal.db.reader(), self.scope, connection.id).await;
        found.expect("readable rows")
    }

    /// The outbox, oldest first.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn outbox(&self) -> Vec<mails::Model> {
        let found = mails::Entity::find()
            .filter(mails::Column::AgencyId.eq(self.scope.agency()))
            .order_by_asc(mails::Column::CreatedAt)
            .all(self.portal.db.reader())
            .await;
        found.expect("readable rows")
    }

    /// The actions in a client's trail, oldest first.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn story(&self, client: Uuid) -> Vec<String> {
        let story = self.portal.story(self.scope, client, 500).await;
        let story = story.expect("a readable trail").into_iter().rev();
        story.map(|entry| entry.action).collect()
    }
}

impl TestApp {
    /// Whether this text stands anywhere in the database, as it is: in the bytes of SQLite's files, in any
    /// column of PostgreSQL.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn database_holds(&self, needle: &str) -> bool {
        if let Some(files) = self.database.files() {
            let holds = |file: &Vec<u8>| {
                let mut windows = file.windows(needle.len());
                windows.any(|window| window == needle.as_bytes())
            };
            return files.iter().any(holds);
        }
        let hex: String = needle.bytes().map(|byte| format!("{byte:02x}")).collect();
        let tables = "SELECT table_name::text AS name FROM information_schema.tables \
                      WHERE table_schema = 'public'";
        for table in self.query(tables).await {
            let table: String = table.try_get("", "name").expect("a name");
            // Bytes are written in hex.
            let sql = format!("SELECT t::text AS whole FROM \"{table}\" t");
            for row in self.query(&sql).await {
                let whole: String = row.try_get("", "whole").expect("a text");
                if whole.contains(needle) || whole.contains(&hex) {
                    return true;
                }
            }
        }
        false
    }
}

/// An id as a database writes it in SQL.
#[must_use]
pub fn literal(backend: DbBackend, id: Uuid) -> String {
    match backend {
        DbBackend::Sqlite => format!("x'{}'", id.simple()),
        _ => format!("'{id}'::uuid"),
    }
}
