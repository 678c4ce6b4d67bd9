use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{code, create_indexes, drop_tables, index, reference, time, time_null};

/// Mails and jobs, which go through the database first.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_mails(manager).await?;
        create_jobs(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["jobs", "mails"]).await
    }
}

async fn create_mails(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Mails::Table)
                .col(pk_uuid(Mails::Id))
                .col(uuid(Mails::AgencyId))
                .col(uuid_null(Mails::ClientId))
                .col(code(Mails::Template))
                .col(text(Mails::Recipient))
                .col(text(Mails::Subject))
                .col(binary_null(Mails::BodySealed))
                .col(code(Mails::State))
                .col(integer(Mails::Attempts))
                .col(text_null(Mails::LastError))
                .col(time(Mails::CreatedAt))
                .col(time_null(Mails::SentAt))
                .col(time_null(Mails::NextTryAt))
                .foreign_key(&mut reference(
                    Mails::Table,
                    Mails::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    Mails::Table,
                    Mails::ClientId,
                    Alias::new("clients"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            index(
                "mails_agency_created",
                Mails::Table,
                &["agency_id", "created_at", "id"],
            ),
            index("mails_client", Mails::Table, &["client_id", "created_at"]),
        ],
    )
    .await
}

async fn create_jobs(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Jobs::Table)
                .col(pk_uuid(Jobs::Id))
                .col(uuid(Jobs::AgencyId))
                .col(code(Jobs::Kind))
                .col(uuid_null(Jobs::SubjectId))
                .col(code(Jobs::State))
                .col(time(Jobs::RunAt))
                .col(integer(Jobs::Attempts))
                .col(time_null(Jobs::LeaseUntil))
                .col(uuid_null(Jobs::LeaseOwner))
                .col(text_null(Jobs::LastError))
                .col(time(Jobs::CreatedAt))
                .col(time_null(Jobs::FinishedAt))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            index("jobs_state_run", Jobs::Table, &["state", "run_at"]),
            index(
                "jobs_subject",
                Jobs::Table,
                &["kind", "subject_id", "state"],
            ),
        ],
    )
    .await
}

#[derive(DeriveIden)]
enum Mails {
    Table,
    Id,
    AgencyId,
    ClientId,
    Template,
    Recipient,
    Subject,
    BodySealed,
    State,
    Attempts,
    LastError,
    CreatedAt,
    SentAt,
    NextTryAt,
}

#[derive(DeriveIden)]
enum Jobs {
    Table,
    Id,
    AgencyId,
    Kind,
    SubjectId,
    State,
    RunAt,
    Attempts,
    LeaseUntil,
    LeaseOwner,
    LastError,
    CreatedAt,
    FinishedAt,
}
