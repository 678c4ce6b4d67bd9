use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{
    code, create_indexes, drop_tables, index, reference, time, time_null, unique,
};

/// What Meta told of people: that they removed the app, want their data deleted, or changed their permissions; and
/// how far each agency has come with it.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// A call of Meta's names a person and no agency: what is theirs is looked for in all of them.
const PEOPLE: &str = "connections_person";
const CONNECTIONS: &str = "connections";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_events(manager).await?;
        create_parts(manager).await?;
        let people = index(
            PEOPLE,
            Alias::new(CONNECTIONS),
            &["meta_user_id", "agency_id"],
        );
        manager.create_index(people).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut drop = Index::drop().name(PEOPLE).to_owned();
        manager
            .drop_index(drop.table(Alias::new(CONNECTIONS)).to_owned())
            .await?;
        drop_tables(manager, &["meta_event_parts", "meta_events"]).await
    }
}

async fn create_events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(MetaEvents::Table)
        .col(pk_uuid(MetaEvents::Id))
        .col(code(MetaEvents::Kind))
        .col(string_len_null(MetaEvents::MetaUserId, 64))
        .col(binary(MetaEvents::Digest))
        .col(binary_null(MetaEvents::CodeHash))
        .col(time(MetaEvents::IssuedAt))
        .col(time(MetaEvents::ReceivedAt))
        .col(time_null(MetaEvents::HandledAt))
        .to_owned();
    manager.create_table(table).await?;
    create_indexes(
        manager,
        vec![
            unique("meta_events_digest", MetaEvents::Table, &["digest"]),
            index("meta_events_code", MetaEvents::Table, &["code_hash"]),
            index(
                "meta_events_kind",
                MetaEvents::Table,
                &["kind", "handled_at"],
            ),
        ],
    )
    .await
}

async fn create_parts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(MetaEventParts::Table)
        .col(uuid(MetaEventParts::EventId))
        .col(uuid(MetaEventParts::AgencyId))
        .col(big_integer(MetaEventParts::Connections))
        .col(time_null(MetaEventParts::HandledAt))
        .primary_key(
            Index::create()
                .col(MetaEventParts::EventId)
                .col(MetaEventParts::AgencyId),
        )
        .foreign_key(&mut reference(
            MetaEventParts::Table,
            MetaEventParts::EventId,
            MetaEvents::Table,
            MetaEvents::Id,
        ))
        .foreign_key(&mut reference(
            MetaEventParts::Table,
            MetaEventParts::AgencyId,
            Alias::new("agencies"),
            Alias::new("id"),
        ))
        .to_owned();
    manager.create_table(table).await
}

#[derive(DeriveIden)]
enum MetaEvents {
    Table,
    Id,
    Kind,
    MetaUserId,
    Digest,
    CodeHash,
    IssuedAt,
    ReceivedAt,
    HandledAt,
}

#[derive(DeriveIden)]
enum MetaEventParts {
    Table,
    EventId,
    AgencyId,
    Connections,
    HandledAt,
}
