//! The connection to SQLite or PostgreSQL.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use sea_orm::{
    ConnectOptions, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, sqlx::Executor as _,
};
use secrecy::{ExposeSecret, SecretString};

/// Rows of SQLite that may wait for whoever asked. With room for few, thread and asker wake each other all the time.
const ROWS_WAITING: usize = 1_024;

/// How long a request waits for a free connection or for SQLite's one writer before it fails with a page.
pub(super) const ACQUIRE: Duration = Duration::from_secs(5);

/// A connection that was used within this time is not asked first whether it still lives: that would double the
/// trips to the database.
const TRUSTED: Duration = Duration::from_secs(1);

/// Connections to PostgreSQL, and the most to SQLite; with those for counters a process has 16 at most.
const CONNECTIONS: u32 = 12;
/// Connections to PostgreSQL for counters.
const COUNTERS: u32 = 4;

/// The database and how to write to it.
#[derive(Clone)]
pub struct Database {
    reader: DatabaseConnection,
    /// SQLite has one place for a writer: who wants it waits here in a row, and not by trying again and again.
    writer: DatabaseConnection,
    counter: DatabaseConnection,
}

impl Database {
    /// For reading, and for single statements.
    #[must_use]
    pub const fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For counters that may lose their last seconds when the machine's power fails (not when the process is
    /// killed): tries within a minute, openings of a link, when a session was last seen. A page does not wait
    /// for the disk because of them.
    #[must_use]
    pub const fn counter(&self) -> &DatabaseConnection {
        &self.counter
    }

    /// A transaction that will write. On SQLite it takes the writer's place at once (`BEGIN IMMEDIATE`):
    /// one that rises from reader to writer later would fail in the middle.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let mode = (self.writer.get_database_backend() == DbBackend::Sqlite)
            .then_some(SqliteTransactionMode::Immediate);
        self.writer
            .begin_with_options(TransactionOptions {
                isolation_level: None,
                access_mode: None,
                sqlite_transaction_mode: mode,
            })
            .await
    }

    /// Closes all connections.
    pub async fn close(self) {
        for connection in [self.reader, self.writer, self.counter] {
            // The process is ending: there is nobody left to tell.
            let _ = connection.close().await;
        }
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
    if !url.expose_secret().starts_with("sqlite:") {
        let reader = open(url, CONNECTIONS, Commit::OnDisk).await?;
        return Ok(Database {
            writer: reader.clone(),
            counter: open(url, COUNTERS, Commit::Soon).await?,
            reader,
        });
    }
    Ok(Database {
        // Before the others: whoever is first makes the file.
        writer: open(url, 1, Commit::OnDisk).await?,
        reader: open(url, sqlite_readers(), Commit::OnDisk).await?,
        counter: open(url, 1, Commit::Soon).await?,
    })
}

/// Each reader of SQLite is a thread with a cache of its own: more than work at once only cost memory.
fn sqlite_readers() -> u32 {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    u32::try_from(cores * 2).map_or(CONNECTIONS, |twice| twice.min(CONNECTIONS))
}

/// When a commit is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Commit {
    /// When it is on the disk.
    OnDisk,
    /// Before it is: a failure of the machine's power may lose it, and nothing else.
    Soon,
}

async fn open(
    url: &SecretString,
    connections: u32,
    commit: Commit,
) -> Result<DatabaseConnection, DbErr> {
    let synchronous = match commit {
        Commit::OnDisk => "FULL",
        Commit::Soon => "NORMAL",
    };
    let mut options = ConnectOptions::new(url.expose_secret());
    options
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .connect_timeout(ACQUIRE)
        .test_before_acquire_if_idle_for(TRUSTED)
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .pragma("journal_mode", "WAL")
                .pragma("foreign_keys", "ON")
                .pragma("synchronous", synchronous)
                // A destroyed token has to be gone from the file's bytes too.
                .pragma("secure_delete", "ON")
                .busy_timeout(ACQUIRE)
                .row_buffer_size(ROWS_WAITING)
        });
    if commit == Commit::Soon {
        options.map_sqlx_postgres_pool_opts(|pool| {
            pool.after_connect(|connection, _| {
                let soon = connection.execute("SET synchronous_commit = off");
                Box::pin(async { soon.await.map(drop) })
            })
        });
    }
    sea_orm::Database::connect(options).await
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
    use sea_orm::{ConnectionTrait as _, Statement};

    use super::*;

    #[tokio::test]
    async fn only_counters_do_not_wait_for_the_disk() {
        const NORMAL: i32 = 1;
        const FULL: i32 = 2;
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("a.db").display());
        let db = connect(&url.into()).await.unwrap();
        for (connection, level) in [
            (db.reader(), FULL),
            (&db.writer, FULL),
            (db.counter(), NORMAL),
        ] {
            let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA synchronous");
            let row = connection.query_one_raw(asked).await.unwrap().unwrap();
            assert_eq!(row.try_get_by_index::<i32>(0), Ok(level));
        }
        db.close().await;
    }

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
