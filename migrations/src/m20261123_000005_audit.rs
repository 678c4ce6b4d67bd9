use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{code, create_indexes, drop_tables, index, reference, time, unique};

/// The audit trail: a chain of events an agency, its head, and the keys that seal where people came from.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_person_keys(manager).await?;
        create_audit_events(manager).await?;
        create_audit_heads(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["audit_heads", "audit_events", "person_keys"]).await
    }
}

async fn create_person_keys(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(PersonKeys::Table)
                .col(pk_uuid(PersonKeys::Id))
                .col(uuid(PersonKeys::AgencyId))
                .col(code(PersonKeys::Kind))
                .col(binary_null(PersonKeys::KeySealed))
                .col(time(PersonKeys::CreatedAt))
                .foreign_key(&mut reference(
                    PersonKeys::Table,
                    PersonKeys::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_audit_events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(AuditEvents::Table)
                .col(pk_uuid(AuditEvents::Id))
                .col(uuid(AuditEvents::AgencyId))
                .col(big_integer(AuditEvents::Seq))
                .col(time(AuditEvents::At))
                .col(code(AuditEvents::ActorKind))
                .col(uuid_null(AuditEvents::ActorId))
                .col(string_len(AuditEvents::Action, 64))
                .col(code(AuditEvents::ObjectKind))
                .col(uuid_null(AuditEvents::ObjectId))
                .col(code(AuditEvents::Outcome))
                .col(text(AuditEvents::Details))
                .col(binary_null(AuditEvents::OriginSealed))
                .col(binary(AuditEvents::PrevHash))
                .col(binary(AuditEvents::Hash))
                .foreign_key(&mut reference(
                    AuditEvents::Table,
                    AuditEvents::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            unique(
                "audit_events_seq",
                AuditEvents::Table,
                &["agency_id", "seq"],
            ),
            index(
                "audit_events_object",
                AuditEvents::Table,
                &["agency_id", "object_kind", "object_id", "seq"],
            ),
        ],
    )
    .await
}

async fn create_audit_heads(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(AuditHeads::Table)
                .col(uuid(AuditHeads::AgencyId).primary_key())
                .col(big_integer(AuditHeads::Seq))
                .col(binary(AuditHeads::Hash))
                .col(binary(AuditHeads::Mac))
                .foreign_key(&mut reference(
                    AuditHeads::Table,
                    AuditHeads::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    Ok(())
}

#[derive(DeriveIden)]
enum PersonKeys {
    Table,
    Id,
    AgencyId,
    Kind,
    KeySealed,
    CreatedAt,
}

#[derive(DeriveIden)]
enum AuditEvents {
    Table,
    Id,
    AgencyId,
    Seq,
    At,
    ActorKind,
    ActorId,
    Action,
    ObjectKind,
    ObjectId,
    Outcome,
    Details,
    OriginSealed,
    PrevHash,
    Hash,
}

#[derive(DeriveIden)]
enum AuditHeads {
    Table,
    AgencyId,
    Seq,
    Hash,
    Mac,
}
