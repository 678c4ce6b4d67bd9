use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{
    add_column, code, create_indexes, drop_column, drop_tables, index, reference, time, time_null,
    unique,
};

/// The second factor of staff: the sealed secret of their app, recovery codes, and whether an agency
/// requires it. A session knows what it still waits for, and where it was opened.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_second_factors(manager).await?;
        create_recovery_codes(manager).await?;
        let required = boolean(Alias::new("second_factor_required"))
            .default(false)
            .to_owned();
        add_column(manager, "agencies", required).await?;
        let stage = code(Alias::new("stage")).default("full").to_owned();
        add_column(manager, "sessions", stage).await?;
        let origin = binary_null(Alias::new("origin_sealed"));
        add_column(manager, "sessions", origin).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_column(manager, "sessions", "origin_sealed").await?;
        drop_column(manager, "sessions", "stage").await?;
        drop_column(manager, "agencies", "second_factor_required").await?;
        drop_tables(manager, &["recovery_codes", "second_factors"]).await
    }
}

async fn create_second_factors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(SecondFactors::Table)
                .col(pk_uuid(SecondFactors::Id))
                .col(uuid(SecondFactors::AgencyId))
                .col(uuid(SecondFactors::StaffId))
                .col(binary(SecondFactors::SecretSealed))
                .col(time_null(SecondFactors::ConfirmedAt))
                .col(big_integer(SecondFactors::LastStep))
                .col(time(SecondFactors::CreatedAt))
                .foreign_key(&mut reference(
                    SecondFactors::Table,
                    SecondFactors::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    SecondFactors::Table,
                    SecondFactors::StaffId,
                    Alias::new("staff"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![unique(
            "second_factors_staff",
            SecondFactors::Table,
            &["staff_id"],
        )],
    )
    .await
}

async fn create_recovery_codes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(RecoveryCodes::Table)
                .col(pk_uuid(RecoveryCodes::Id))
                .col(uuid(RecoveryCodes::AgencyId))
                .col(uuid(RecoveryCodes::StaffId))
                .col(binary(RecoveryCodes::CodeHash))
                .col(time_null(RecoveryCodes::UsedAt))
                .col(time(RecoveryCodes::CreatedAt))
                .foreign_key(&mut reference(
                    RecoveryCodes::Table,
                    RecoveryCodes::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    RecoveryCodes::Table,
                    RecoveryCodes::StaffId,
                    Alias::new("staff"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![index(
            "recovery_codes_staff",
            RecoveryCodes::Table,
            &["staff_id"],
        )],
    )
    .await
}

#[derive(DeriveIden)]
enum SecondFactors {
    Table,
    Id,
    AgencyId,
    StaffId,
    SecretSealed,
    ConfirmedAt,
    LastStep,
    CreatedAt,
}

#[derive(DeriveIden)]
enum RecoveryCodes {
    Table,
    Id,
    AgencyId,
    StaffId,
    CodeHash,
    UsedAt,
    CreatedAt,
}
