//! The connection to SQLite or PostgreSQL.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

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
/// A folder that a new SQLite file is to lie in is made.
///
/// # Errors
/// When the URL is not one of these or the database cannot be reached.
pub async fn connect(url: &SecretString) -> Result<Database, DbErr> {
    if let Some(folder) = folder_to_make(url.expose_secret()) {
        tokio::fs::create_dir_all(&folder)
            .await
            .map_err(|error| DbErr::Custom(format!("{}: {error}", folder.display())))?;
    }
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

/// The folder of a SQLite file that may be created.
fn folder_to_make(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let (file, parameters) = path.split_once('?')?;
    let may_create = parameters
        .split('&')
        .any(|parameter| parameter == "mode=rwc");
    let folder = Path::new(file).parent()?;
    (may_create && !folder.as_os_str().is_empty()).then(|| folder.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_that_may_be_created_has_a_folder_to_make() {
        let folder = |url| folder_to_make(url).map(|folder| folder.display().to_string());
        assert_eq!(
            folder("sqlite://data/portico.db?mode=rwc"),
            Some("data".into())
        );
        assert_eq!(
            folder("sqlite:/a/b/c.db?cache=shared&mode=rwc"),
            Some("/a/b".into())
        );
        for url in [
            "sqlite://portico.db?mode=rwc",
            "sqlite://data/portico.db",
            "sqlite::memory:",
            "postgres://user@host/data?mode=rwc",
        ] {
            assert_eq!(folder(url), None, "{url}");
        }
    }
}
