use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectOptions, ConnectionTrait as _, DatabaseConnection, DbErr};
use secrecy::SecretString;
use server::{boot::migrations, store};
use tempfile::TempDir;
use tokio::sync::{Mutex, OnceCell};
use url::Url;

/// Which database the tests run on: `PORTICO_TEST_DATABASE`, `sqlite` without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    /// At `PORTICO_TEST_POSTGRES_URL`, with a user who may make databases.
    Postgres,
}

impl Kind {
    /// As the environment says.
    ///
    /// # Panics
    /// When it says something else.
    #[must_use]
    pub fn of_environment() -> Self {
        match std::env::var("PORTICO_TEST_DATABASE").as_deref() {
            Err(_) | Ok("" | "sqlite") => Self::Sqlite,
            Ok("postgres") => Self::Postgres,
            Ok(other) => panic!("PORTICO_TEST_DATABASE is sqlite or postgres, not {other}"),
        }
    }
}

/// How many empty databases this process has made.
static EMPTY: AtomicU32 = AtomicU32::new(0);

/// A migrated database of one test's own, gone when dropped.
pub struct TestDatabase {
    pub url: String,
    place: Place,
}

enum Place {
    Sqlite(TempDir),
    Postgres(String),
}

impl TestDatabase {
    /// Makes one, as a copy of a template that is migrated once in a process.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn create() -> Self {
        match Kind::of_environment() {
            Kind::Sqlite => sqlite().await,
            Kind::Postgres => postgres().await,
        }
    }

    /// Makes one without any table.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn empty() -> Self {
        if Kind::of_environment() == Kind::Sqlite {
            let folder = tempfile::tempdir().expect("a temporary folder");
            return Self {
                url: sqlite_url(&folder),
                place: Place::Sqlite(folder),
            };
        }
        let name = format!(
            "portico_empty_{}_{}",
            std::process::id(),
            EMPTY.fetch_add(1, Ordering::SeqCst)
        );
        admin(&format!("CREATE DATABASE {name}"))
            .await
            .expect("an empty database");
        Self {
            url: postgres_url(&name),
            place: Place::Postgres(name),
        }
    }

    /// Opens it, as a program of its own would.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn open(&self) -> store::Database {
        let url = SecretString::from(self.url.as_str());
        store::connect(&url).await.expect("the database")
    }

    /// Which it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.place {
            Place::Sqlite(_) => Kind::Sqlite,
            Place::Postgres(_) => Kind::Postgres,
        }
    }

    /// The files of a database on SQLite, its log of writes among them.
    ///
    /// # Panics
    /// When they cannot be read.
    #[must_use]
    pub fn files(&self) -> Option<Vec<Vec<u8>>> {
        let Place::Sqlite(folder) = &self.place else {
            return None;
        };
        let entries = folder.path().read_dir().expect("a readable folder");
        let read = |entry: std::io::Result<std::fs::DirEntry>| {
            std::fs::read(entry.expect("an entry").path()).expect("a readable file")
        };
        Some(entries.map(read).collect())
    }
}

async fn sqlite() -> TestDatabase {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(|| async {
        let folder = tempfile::tempdir().expect("a temporary folder");
        migrate(&sqlite_url(&folder)).await;
        std::fs::read(folder.path().join(FILE)).expect("the migrated file")
    });
    let template = template.await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join(FILE), template).expect("a copy of the template");
    TestDatabase {
        url: sqlite_url(&folder),
        place: Place::Sqlite(folder),
    }
}

const FILE: &str = "portico.db";

fn sqlite_url(folder: &TempDir) -> String {
    format!("sqlite://{}?mode=rwc", folder.path().join(FILE).display())
}

async fn migrate(url: &str) {
    let url = SecretString::from(url);
    let database = store::connect(&url).await.expect("a new database");
    let applied = migrations::apply(&database).await;
    applied.expect("a new database can be migrated");
    database.close().await;
}

async fn postgres() -> TestDatabase {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    // PostgreSQL copies a template for one at a time.
    static COPY: Mutex<u32> = Mutex::const_new(0);
    let template = TEMPLATE.get_or_init(|| async {
        let name = format!("portico_template_{}", std::process::id());
        admin(&format!("CREATE DATABASE {name}"))
            .await
            .expect("a template database");
        migrate(&postgres_url(&name)).await;
        name
    });
    let template = template.await;
    let mut made = COPY.lock().await;
    *made += 1;
    let name = format!("portico_test_{}_{made}", std::process::id());
    let copied = admin(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    copied.expect("a copy of the template");
    TestDatabase {
        url: postgres_url(&name),
        place: Place::Postgres(name),
    }
}

fn server_url() -> String {
    std::env::var("PORTICO_TEST_POSTGRES_URL")
        .expect("PORTICO_TEST_POSTGRES_URL names a PostgreSQL for the tests")
}

fn postgres_url(name: &str) -> String {
    let mut url = Url::parse(&server_url()).expect("PORTICO_TEST_POSTGRES_URL is an address");
    url.set_path(name);
    url.into()
}

async fn admin(statement: &str) -> Result<(), DbErr> {
    let mut options = ConnectOptions::new(server_url());
    options.max_connections(1).sqlx_logging(false);
    let connection: DatabaseConnection = sea_orm::Database::connect(options).await?;
    connection.execute_unprepared(statement).await?;
    connection.close().await
}

impl Drop for TestDatabase {
    /// On a thread of its own, since the test's runtime is busy with this drop.
    fn drop(&mut self) {
        let Place::Postgres(name) = &self.place else {
            return;
        };
        let statement = format!("DROP DATABASE {name} WITH (FORCE)");
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.expect("a runtime").block_on(admin(&statement))
        });
        // A database that stays behind goes with its cluster.
        drop(dropping.join());
    }
}
