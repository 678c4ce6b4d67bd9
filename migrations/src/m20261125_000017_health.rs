use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{code, create_indexes, drop_tables, index, reference, time, time_null};

/// What the page of health is read from: validations counted by day, how much of Meta's limits is used, and indexes
/// that answer from themselves.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// Name, table and columns. Of a hundred thousand clients, the page asks for a few numbers: with these it reads
/// narrow indexes and none of the wide rows.
const INDEXES: [(&str, &str, &[&str]); 4] = [
    (
        "clients_agency_token",
        "clients",
        &["agency_id", "archived_at", "token_status", "id"],
    ),
    (
        "clients_agency_critical",
        "clients",
        &["agency_id", "is_critical", "id"],
    ),
    (
        "connections_client_state",
        "connections",
        &["client_id", "state"],
    ),
    (
        "client_tokens_ends",
        "client_tokens",
        &[
            "agency_id",
            "standing",
            "destroyed_at",
            "token_status",
            "connection_id",
            "expires_at",
            "data_access_expires_at",
        ],
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_validation_days(manager).await?;
        create_meta_usage(manager).await?;
        let indexes = INDEXES.map(|(name, table, columns)| index(name, Alias::new(table), columns));
        create_indexes(manager, indexes.to_vec()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, table, _) in INDEXES {
            let drop = Index::drop().name(name).table(Alias::new(table)).to_owned();
            manager.drop_index(drop).await?;
        }
        drop_tables(manager, &["meta_usage", "validation_days"]).await
    }
}

async fn create_validation_days(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(ValidationDays::Table)
                .col(uuid(ValidationDays::AgencyId))
                .col(date(ValidationDays::Day))
                .col(code(ValidationDays::Class))
                .col(big_integer(ValidationDays::Validations))
                .primary_key(
                    Index::create()
                        .col(ValidationDays::AgencyId)
                        .col(ValidationDays::Day)
                        .col(ValidationDays::Class),
                )
                .foreign_key(&mut reference(
                    ValidationDays::Table,
                    ValidationDays::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await
}

/// Meta counts by app, business and ad account, whichever agency they belong to.
async fn create_meta_usage(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(MetaUsage::Table)
                .col(code(MetaUsage::Bucket))
                .col(string_len(MetaUsage::MetaId, 64))
                .col(double(MetaUsage::Percent))
                .col(time_null(MetaUsage::StoppedUntil))
                .col(time(MetaUsage::SeenAt))
                .primary_key(
                    Index::create()
                        .col(MetaUsage::Bucket)
                        .col(MetaUsage::MetaId),
                )
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            index(
                "meta_usage_busiest",
                MetaUsage::Table,
                &["bucket", "percent"],
            ),
            index("meta_usage_stopped", MetaUsage::Table, &["stopped_until"]),
            index("meta_usage_seen", MetaUsage::Table, &["seen_at"]),
        ],
    )
    .await
}

#[derive(DeriveIden)]
enum ValidationDays {
    Table,
    AgencyId,
    Day,
    Class,
    Validations,
}

#[derive(DeriveIden)]
enum MetaUsage {
    Table,
    Bucket,
    MetaId,
    Percent,
    StoppedUntil,
    SeenAt,
}
