use sea_orm_migration::{prelude::*, schema::*};

/// Links that were passed on, and the visits and connections that they led to; why a list of ad accounts
/// is empty; what a person may do with an account.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Table and column. Each may be empty: rows from before know nothing of it.
fn columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        ("invitation_links", uuid_null(Alias::new("forwarded_visit"))),
        ("invitation_links", text_null(Alias::new("forwarded_by"))),
        ("visits", uuid_null(Alias::new("link_id"))),
        ("visits", binary_null(Alias::new("agent_hash"))),
        ("connections", uuid_null(Alias::new("link_id"))),
        ("connections", string_len_null(Alias::new("diagnosis"), 32)),
        ("ad_accounts", text_null(Alias::new("tasks"))),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite takes one column in a statement.
        for (table, mut column) in columns() {
            let add = Table::alter()
                .table(Alias::new(table))
                .add_column(&mut column)
                .to_owned();
            manager.alter_table(add).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns().into_iter().rev() {
            let drop = Table::alter()
                .table(Alias::new(table))
                .drop_column(Alias::new(column.get_column_name()))
                .to_owned();
            manager.alter_table(drop).await?;
        }
        Ok(())
    }
}
