use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{
    code, create_indexes, drop_tables, folded, index, reference, time, time_null, unique,
};

/// Agencies, their staff, sessions, refused forms and counted tries.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_agencies(manager).await?;
        create_staff(manager).await?;
        create_sign_in_links(manager).await?;
        create_sessions(manager).await?;
        create_form_drafts(manager).await?;
        create_rate_windows(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "rate_windows",
                "form_drafts",
                "sessions",
                "sign_in_links",
                "staff",
                "agencies",
            ],
        )
        .await
    }
}

async fn create_agencies(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Agencies::Table)
                .col(pk_uuid(Agencies::Id))
                .col(text(Agencies::Name))
                .col(text_null(Agencies::SupportEmail))
                .col(time(Agencies::CreatedAt))
                .col(time(Agencies::UpdatedAt))
                .to_owned(),
        )
        .await?;
    Ok(())
}

async fn create_staff(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Staff::Table)
                .col(pk_uuid(Staff::Id))
                .col(uuid(Staff::AgencyId))
                .col(text(Staff::Email))
                .col(folded(manager, Staff::EmailFolded))
                .col(code(Staff::Role))
                .col(text_null(Staff::PasswordHash))
                .col(time_null(Staff::DisabledAt))
                .col(time(Staff::CreatedAt))
                .col(time(Staff::UpdatedAt))
                .foreign_key(&mut reference(
                    Staff::Table,
                    Staff::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![unique(
            "staff_agency_email",
            Staff::Table,
            &["agency_id", "email_folded"],
        )],
    )
    .await
}

async fn create_sign_in_links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(SignInLinks::Table)
                .col(pk_uuid(SignInLinks::Id))
                .col(uuid(SignInLinks::AgencyId))
                .col(uuid(SignInLinks::StaffId))
                .col(binary(SignInLinks::SecretHash))
                .col(time(SignInLinks::CreatedAt))
                .col(time(SignInLinks::ExpiresAt))
                .col(time_null(SignInLinks::UsedAt))
                .foreign_key(&mut reference(
                    SignInLinks::Table,
                    SignInLinks::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    SignInLinks::Table,
                    SignInLinks::StaffId,
                    Alias::new("staff"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            unique("sign_in_links_secret", SignInLinks::Table, &["secret_hash"]),
            index("sign_in_links_staff", SignInLinks::Table, &["staff_id"]),
        ],
    )
    .await
}

async fn create_sessions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Sessions::Table)
                .col(pk_uuid(Sessions::Id))
                .col(uuid(Sessions::AgencyId))
                .col(uuid(Sessions::StaffId))
                .col(binary(Sessions::SecretHash))
                .col(time(Sessions::CreatedAt))
                .col(time(Sessions::LastSeenAt))
                .col(time(Sessions::ExpiresAt))
                .foreign_key(&mut reference(
                    Sessions::Table,
                    Sessions::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    Sessions::Table,
                    Sessions::StaffId,
                    Alias::new("staff"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            unique("sessions_secret", Sessions::Table, &["secret_hash"]),
            index("sessions_staff", Sessions::Table, &["staff_id"]),
            index("sessions_expires", Sessions::Table, &["expires_at"]),
        ],
    )
    .await
}

async fn create_form_drafts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(FormDrafts::Table)
                .col(pk_uuid(FormDrafts::Id))
                .col(binary(FormDrafts::OwnerHash))
                .col(binary(FormDrafts::BodySealed))
                .col(time(FormDrafts::CreatedAt))
                .col(time(FormDrafts::ExpiresAt))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![index(
            "form_drafts_expires",
            FormDrafts::Table,
            &["expires_at"],
        )],
    )
    .await
}

async fn create_rate_windows(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(RateWindows::Table)
                .col(string_len(RateWindows::Bucket, 128).primary_key())
                .col(time(RateWindows::WindowStart))
                .col(integer(RateWindows::Hits))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![index(
            "rate_windows_start",
            RateWindows::Table,
            &["window_start"],
        )],
    )
    .await
}

#[derive(DeriveIden)]
enum Agencies {
    Table,
    Id,
    Name,
    SupportEmail,
    CreatedAt,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Staff {
    Table,
    Id,
    AgencyId,
    Email,
    EmailFolded,
    Role,
    PasswordHash,
    DisabledAt,
    CreatedAt,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum SignInLinks {
    Table,
    Id,
    AgencyId,
    StaffId,
    SecretHash,
    CreatedAt,
    ExpiresAt,
    UsedAt,
}

#[derive(DeriveIden)]
enum Sessions {
    Table,
    Id,
    AgencyId,
    StaffId,
    SecretHash,
    CreatedAt,
    LastSeenAt,
    ExpiresAt,
}

#[derive(DeriveIden)]
enum FormDrafts {
    Table,
    Id,
    OwnerHash,
    BodySealed,
    CreatedAt,
    ExpiresAt,
}

#[derive(DeriveIden)]
enum RateWindows {
    Table,
    Bucket,
    WindowStart,
    Hits,
}
