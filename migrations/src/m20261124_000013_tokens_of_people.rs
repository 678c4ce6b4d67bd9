use sea_orm_migration::prelude::*;

use crate::columns::{create_indexes, index};

/// Which tokens a Meta user has given is asked for each case of the queue and each token that is taken back.
#[derive(DeriveMigrationName)]
pub struct Migration;

const NAME: &str = "client_tokens_meta_user";
const TABLE: &str = "client_tokens";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let people = index(NAME, Alias::new(TABLE), &["meta_user_id", "agency_id"]);
        create_indexes(manager, vec![people]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop = Index::drop().name(NAME).table(Alias::new(TABLE)).to_owned();
        manager.drop_index(drop).await
    }
}
