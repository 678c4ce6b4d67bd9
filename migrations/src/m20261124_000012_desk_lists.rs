use sea_orm_migration::prelude::*;

use crate::columns::{create_indexes, index};

/// What the desk's lists are read by: who decided what, and mails in one state.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, table and columns.
const INDEXES: [(&str, &str, &[&str]); 2] = [
    (
        "audit_events_agency_action",
        "audit_events",
        &["agency_id", "action", "seq"],
    ),
    (
        "mails_agency_state",
        "mails",
        &["agency_id", "state", "created_at", "id"],
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = INDEXES.map(|(name, table, columns)| index(name, Alias::new(table), columns));
        create_indexes(manager, indexes.to_vec()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, _) in INDEXES {
            let drop = Index::drop().name(name).table(Alias::new(table)).to_owned();
            manager.drop_index(drop).await?;
        }
        Ok(())
    }
}
