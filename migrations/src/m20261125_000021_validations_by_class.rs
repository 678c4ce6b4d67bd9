use sea_orm_migration::prelude::*;

use crate::columns::{create_indexes, index};

/// Each number of what validations said leads to a list of those that said so: read by class, newest first.
#[derive(DeriveMigrationName)]
pub struct Migration;

const NAME: &str = "validations_agency_class";
const TABLE: &str = "validations";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let classes = index(NAME, Alias::new(TABLE), &["agency_id", "class", "id"]);
        create_indexes(manager, vec![classes]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop = Index::drop().name(NAME).table(Alias::new(TABLE)).to_owned();
        manager.drop_index(drop).await
    }
}
