use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{add_column, code, drop_column, drop_tables, index, reference, time_null};

/// The agency's own face: its colour, its logo, and since when its settings are its own.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// What the agency's row tells of its face, since every page asks for it; the picture itself lies apart.
fn columns() -> Vec<ColumnDef> {
    vec![
        time_null(Alias::new("settings_at")),
        string_len_null(Alias::new("colour"), 32),
        string_len_null(Alias::new("logo_file"), 64),
        integer_null(Alias::new("logo_width")),
        integer_null(Alias::new("logo_height")),
        text_null(Alias::new("logo_alt")),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in columns() {
            add_column(manager, "agencies", column).await?;
        }
        let table = Table::create()
            .table(Logos::Table)
            .col(pk_uuid(Logos::AgencyId))
            .col(string_len(Logos::File, 64))
            .col(code(Logos::Kind))
            .col(binary(Logos::Bytes))
            .foreign_key(&mut reference(
                Logos::Table,
                Logos::AgencyId,
                Alias::new("agencies"),
                Alias::new("id"),
            ))
            .to_owned();
        manager.create_table(table).await?;
        let by_file = index("logos_file", Logos::Table, &["file"]);
        manager.create_index(by_file).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["logos"]).await?;
        for column in columns().into_iter().rev() {
            drop_column(manager, "agencies", column.get_column_name()).await?;
        }
        Ok(())
    }
}

#[derive(DeriveIden)]
enum Logos {
    Table,
    AgencyId,
    File,
    Kind,
    Bytes,
}
