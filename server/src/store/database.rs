//! The connection to SQLite or PostgreSQL.

use std::{path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use secrecy::{ExposeSecret, SecretString};

/// How long a request waits for a free connection or for SQLite's one writer before it fails with a page.
const ACQUIRE: Duration = Duration::from_secs(5);

/// The database and how to write to it.
#[derive(Clone)]
pub struct Database {
    connection: DatabaseConnection,
}

impl Database {
    /// For reading, and for single statements.
    #[must_use]
    pub const fn reader(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// A transaction that will write. On SQLite it takes the writer's place at once (`BEGIN IMMEDIATE`):
    /// one that rises from reader to writer later would fail in the middle.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let mode = (self.connection.get_database_backend() == DbBackend::Sqlite)
            .then_some(SqliteTransactionMode::Immediate);
        self.connection
            .begin_with_options(TransactionOptions {
                isolation_level: None,
                access_mode: None,
                sqlite_transaction_mode: mode,
            })
            .await
    }

    /// Closes all connections.
    pub async fn close(self) {
        // The process is ending: there is nobody left to tell.
        let _ = self.connection.close().await;
    }
}

/// Opens the database behind a URL (`sqlite://…` or `postgres://…`).
///
/// # Errors
/// When the URL is not one of these or the database cannot be reached.
pub async fn connect(url: &SecretString) -> Result<Database, DbErr> {
    make_folder(url.expose_secret())?;
    let mut options = ConnectOptions::new(url.expose_secret());
    options
        .max_connections(16)
        .acquire_timeout(ACQUIRE)
        .connect_timeout(ACQUIRE)
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .pragma("journal_mode", "WAL")
                .pragma("foreign_keys", "ON")
                .pragma("synchronous", "FULL")
                // A destroyed token has to be gone from the file's bytes too.
                .pragma("secure_delete", "ON")
                .busy_timeout(ACQUIRE)
        });
    let connection = sea_orm::Database::connect(options).await?;
    Ok(Database { connection })
}

/// SQLite makes its file, but not the folder it lies in.
fn make_folder(url: &str) -> Result<(), DbErr> {
    let file = url.strip_prefix("sqlite:").map(|rest| {
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        rest.split('?').next().unwrap_or_default()
    });
    let Some(folder) = file.and_then(|file| Path::new(file).parent()) else {
        return Ok(());
    };
    std::fs::create_dir_all(folder).map_err(|error| {
        DbErr::Custom(format!(
            "the folder {} cannot be made: {error}",
            folder.display()
        ))
    })
}
