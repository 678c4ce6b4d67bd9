use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, time};

/// The installation: its own sealed keys, and what is known of the key ring.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_installation(manager).await?;
        create_vault_keys(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["vault_keys", "installation"]).await
    }
}

async fn create_installation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Installation::Table)
                .col(integer(Installation::Id).primary_key())
                .col(time(Installation::CreatedAt))
                .col(binary(Installation::FingerprintKey))
                .col(binary(Installation::AuditKey))
                .col(binary(Installation::CheckpointKey))
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_vault_keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(VaultKeys::Table)
                .col(string_len(VaultKeys::Kid, 32).primary_key())
                .col(binary(VaultKeys::CheckValue))
                .col(big_integer(VaultKeys::Encryptions))
                .col(time(VaultKeys::FirstSeenAt))
                .to_owned(),
        )
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum Installation {
    Table,
    Id,
    CreatedAt,
    FingerprintKey,
    AuditKey,
    CheckpointKey,
}

#[derive(DeriveIden)]
enum VaultKeys {
    Table,
    Kid,
    CheckValue,
    Encryptions,
    FirstSeenAt,
}
