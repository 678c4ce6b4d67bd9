//! The shapes of columns that every table shares.

use sea_orm_migration::{prelude::*, schema};

/// A moment, in UTC.
pub fn time(name: impl IntoIden) -> ColumnDef {
    schema::timestamp_with_time_zone(name)
}

/// A moment that may not have come.
pub fn time_null(name: impl IntoIden) -> ColumnDef {
    schema::timestamp_with_time_zone_null(name)
}

/// A closed code of ours.
pub fn code(name: impl IntoIden) -> ColumnDef {
    schema::string_len(name, 32)
}

/// Text that was folded in Rust and is compared byte by byte: SQLite does so by itself, PostgreSQL is told to.
pub fn folded(manager: &SchemaManager, name: impl IntoIden) -> ColumnDef {
    let mut column = schema::text(name);
    if manager.get_database_backend() == sea_orm_migration::sea_orm::DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

/// A foreign key from a column of this table to the id of another.
pub fn reference(
    table: impl IntoIden,
    column: impl IntoIden,
    to: impl IntoIden,
    id: impl IntoIden,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table.into_iden(), column)
        .to(to.into_iden(), id)
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned()
}

/// An index over some columns of a table.
pub fn index(name: &str, table: impl IntoIden, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create()
        .name(name)
        .table(table.into_iden())
        .to_owned();
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}

/// An index that lets each combination stand once.
pub fn unique(name: &str, table: impl IntoIden, columns: &[&'static str]) -> IndexCreateStatement {
    index(name, table, columns).unique().to_owned()
}

/// Creates the indexes.
pub async fn create_indexes(
    manager: &SchemaManager<'_>,
    indexes: Vec<IndexCreateStatement>,
) -> Result<(), DbErr> {
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}

/// Adds a column to a table that is there. SQLite takes one in a statement.
pub async fn add_column(
    manager: &SchemaManager<'_>,
    table: impl IntoIden,
    column: ColumnDef,
) -> Result<(), DbErr> {
    let mut change = Table::alter().table(table.into_iden()).to_owned();
    manager
        .alter_table(change.add_column(column).to_owned())
        .await
}

/// Takes a column away.
pub async fn drop_column(
    manager: &SchemaManager<'_>,
    table: impl IntoIden,
    column: impl IntoIden,
) -> Result<(), DbErr> {
    let mut change = Table::alter().table(table.into_iden()).to_owned();
    manager
        .alter_table(change.drop_column(column).to_owned())
        .await
}

/// Drops tables, the last created first.
pub async fn drop_tables(
    manager: &SchemaManager<'_>,
    tables: &[&'static str],
) -> Result<(), DbErr> {
    for table in tables {
        manager
            .drop_table(Table::drop().table(Alias::new(*table)).to_owned())
            .await?;
    }
    Ok(())
}
