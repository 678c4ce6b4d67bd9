//! A bell that a job rings in every other process when it is committed. PostgreSQL has one; on SQLite, which
//! has none, whoever waits has to look.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, RuntimeErr,
    sqlx::postgres::{PgListener, PgPoolOptions},
};

const CHANNEL: &str = "portico_jobs";

/// Rings with the commit of this transaction, and not at all if it is rolled back. Many rings within one
/// transaction are one.
///
/// # Errors
/// When the database fails.
pub async fn ring(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        db.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
    }
    Ok(())
}

/// Hears what others ring, over a connection of its own: it would take one from those who ask for the whole
/// life of the process.
pub struct Bell(PgListener);

/// Hangs a bell up. `None` where the database has none.
///
/// # Errors
/// When the database cannot be reached.
pub async fn hang(db: &DatabaseConnection) -> Result<Option<Bell>, DbErr> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(None);
    }
    let options = db.get_postgres_connection_pool().connect_options();
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(super::database::ACQUIRE)
        .max_lifetime(None)
        .idle_timeout(None)
        .connect_lazy_with((*options).clone());
    let mut listener = PgListener::connect_with(&pool).await.map_err(failed)?;
    // Whoever listens is to know at once that rings may have been missed.
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await.map_err(failed)?;
    Ok(Some(Bell(listener)))
}

impl Bell {
    /// Waits until it rings.
    ///
    /// # Errors
    /// When the connection was lost: rings may have been missed, and none will be heard.
    pub async fn rung(&mut self) -> Result<(), DbErr> {
        match self.0.try_recv().await.map_err(failed)? {
            Some(_) => Ok(()),
            None => Err(DbErr::Custom("the connection was lost".to_owned())),
        }
    }
}

fn failed(error: sea_orm::sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}
