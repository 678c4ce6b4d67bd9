use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{add_column, drop_column};

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
        for (table, column) in columns() {
            add_column(manager, table, column).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns().into_iter().rev() {
            drop_column(manager, table, column.get_column_name()).await?;
        }
        Ok(())
    }
}
