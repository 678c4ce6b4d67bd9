//! Bringing the database up to date.

use migrations::{Migrator, MigratorTrait};
use sea_orm::DbErr;

use super::Database;

/// Names of the migrations that are still to be applied.
///
/// # Errors
/// When the database fails.
pub async fn pending(db: &Database) -> Result<Vec<String>, DbErr> {
    let pending = Migrator::get_pending_migrations(db.reader()).await?;
    Ok(pending
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect())
}

/// Applies what is to be applied, and names it.
///
/// # Errors
/// When the database fails.
pub async fn apply(db: &Database) -> Result<Vec<String>, DbErr> {
    let applied = pending(db).await?;
    if !applied.is_empty() {
        Migrator::up(db.reader(), None).await?;
    }
    Ok(applied)
}
