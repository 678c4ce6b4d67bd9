use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{
    add_column, code, create_indexes, drop_column, drop_tables, index, time, time_null,
};

/// Jobs know how urgent they are and what became of them; schedules fire once, however many workers look.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What a version before this one enqueues after a rollback is taken for what it mostly is: soon.
        let mut priority = integer(Jobs::Priority);
        add_column(manager, Jobs::Table, priority.default(1).to_owned()).await?;
        let mut trouble = code(Jobs::Trouble);
        add_column(manager, Jobs::Table, trouble.null().to_owned()).await?;
        drop_index(manager, "jobs_state_run").await?;
        create_indexes(
            manager,
            vec![
                index(
                    "jobs_claim",
                    Jobs::Table,
                    &["state", "priority", "run_at", "id"],
                ),
                index(
                    "jobs_agency",
                    Jobs::Table,
                    &["agency_id", "state", "finished_at"],
                ),
            ],
        )
        .await?;
        manager
            .create_table(
                Table::create()
                    .table(Schedules::Table)
                    .col(code(Schedules::Name).primary_key())
                    .col(time(Schedules::NextAt))
                    .col(time_null(Schedules::FiredAt))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["schedules"]).await?;
        drop_index(manager, "jobs_agency").await?;
        drop_index(manager, "jobs_claim").await?;
        let by_time = index("jobs_state_run", Jobs::Table, &["state", "run_at"]);
        create_indexes(manager, vec![by_time]).await?;
        drop_column(manager, Jobs::Table, Jobs::Trouble).await?;
        drop_column(manager, Jobs::Table, Jobs::Priority).await
    }
}

async fn drop_index(manager: &SchemaManager<'_>, name: &str) -> Result<(), DbErr> {
    let drop = Index::drop().name(name).table(Jobs::Table).to_owned();
    manager.drop_index(drop).await
}

#[derive(DeriveIden)]
enum Jobs {
    Table,
    Priority,
    Trouble,
}

#[derive(DeriveIden)]
enum Schedules {
    Table,
    Name,
    NextAt,
    FiredAt,
}
