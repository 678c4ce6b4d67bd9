use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{
    code, create_indexes, drop_tables, folded, index, reference, time, time_null, unique,
};

/// Clients, the guided links sent to them, and the visits and logins that these led to.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_clients(manager).await?;
        create_invitations(manager).await?;
        create_invitation_links(manager).await?;
        create_visits(manager).await?;
        create_oauth_states(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "oauth_states",
                "visits",
                "invitation_links",
                "invitations",
                "clients",
            ],
        )
        .await
    }
}

async fn create_clients(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Clients::Table)
                .col(pk_uuid(Clients::Id))
                .col(uuid(Clients::AgencyId))
                .col(text(Clients::Name))
                .col(folded(manager, Clients::SearchName))
                .col(folded(manager, Clients::SortName))
                .col(text(Clients::Email))
                .col(folded(manager, Clients::EmailFolded))
                .col(text_null(Clients::MetaAccountName))
                .col(code(Clients::Role).default("client"))
                .col(boolean(Clients::IsCritical).default(false))
                .col(code(Clients::Language).default("en"))
                .col(code(Clients::TokenStatus).default("pending"))
                .col(time_null(Clients::LastTokenValidation))
                .col(big_integer(Clients::CampaignsCount).default(0))
                .col(time(Clients::CreatedAt))
                .col(time(Clients::UpdatedAt))
                .col(time_null(Clients::ArchivedAt))
                .col(big_integer(Clients::Version).default(1))
                .foreign_key(&mut reference(
                    Clients::Table,
                    Clients::AgencyId,
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
                "clients_agency_email",
                Clients::Table,
                &["agency_id", "email_folded"],
            ),
            index(
                "clients_agency_sort",
                Clients::Table,
                &["agency_id", "sort_name", "id"],
            ),
        ],
    )
    .await
}

async fn create_invitations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Invitations::Table)
                .col(pk_uuid(Invitations::Id))
                .col(uuid(Invitations::AgencyId))
                .col(uuid(Invitations::ClientId))
                .col(code(Invitations::Kind))
                .col(uuid_null(Invitations::CreatedBy))
                .col(time(Invitations::CreatedAt))
                .col(time(Invitations::ExpiresAt))
                .col(big_integer(Invitations::OpenedCount).default(0))
                .col(time_null(Invitations::FirstOpenedAt))
                .col(time_null(Invitations::LastOpenedAt))
                .col(time_null(Invitations::StartedAt))
                .col(time_null(Invitations::SpentAt))
                .col(time_null(Invitations::RevokedAt))
                .foreign_key(&mut reference(
                    Invitations::Table,
                    Invitations::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    Invitations::Table,
                    Invitations::ClientId,
                    Alias::new("clients"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![index(
            "invitations_client",
            Invitations::Table,
            &["client_id", "created_at"],
        )],
    )
    .await
}

async fn create_invitation_links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(InvitationLinks::Table)
                .col(pk_uuid(InvitationLinks::Id))
                .col(uuid(InvitationLinks::AgencyId))
                .col(uuid(InvitationLinks::InvitationId))
                .col(binary(InvitationLinks::SecretHash))
                .col(code(InvitationLinks::Origin))
                .col(time(InvitationLinks::CreatedAt))
                .col(time(InvitationLinks::ExpiresAt))
                .col(time_null(InvitationLinks::EndedAt))
                .foreign_key(&mut reference(
                    InvitationLinks::Table,
                    InvitationLinks::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    InvitationLinks::Table,
                    InvitationLinks::InvitationId,
                    Alias::new("invitations"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            unique(
                "invitation_links_secret",
                InvitationLinks::Table,
                &["secret_hash"],
            ),
            index(
                "invitation_links_invitation",
                InvitationLinks::Table,
                &["invitation_id"],
            ),
        ],
    )
    .await
}

async fn create_visits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Visits::Table)
                .col(pk_uuid(Visits::Id))
                .col(uuid(Visits::AgencyId))
                .col(uuid(Visits::ClientId))
                .col(uuid(Visits::InvitationId))
                .col(binary(Visits::BrowserHash))
                .col(time(Visits::CreatedAt))
                .col(time(Visits::ExpiresAt))
                .col(text_null(Visits::PictureUrl))
                .foreign_key(&mut reference(
                    Visits::Table,
                    Visits::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    Visits::Table,
                    Visits::ClientId,
                    Alias::new("clients"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    Visits::Table,
                    Visits::InvitationId,
                    Alias::new("invitations"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            index("visits_browser", Visits::Table, &["browser_hash"]),
            index("visits_invitation", Visits::Table, &["invitation_id"]),
            index("visits_expires", Visits::Table, &["expires_at"]),
        ],
    )
    .await
}

async fn create_oauth_states(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(OauthStates::Table)
                .col(pk_uuid(OauthStates::Id))
                .col(uuid(OauthStates::AgencyId))
                .col(uuid(OauthStates::VisitId))
                .col(binary(OauthStates::StateHash))
                .col(binary(OauthStates::VerifierSealed))
                .col(text(OauthStates::ScopesAsked))
                .col(time(OauthStates::CreatedAt))
                .col(time(OauthStates::ExpiresAt))
                .col(time_null(OauthStates::ClaimedAt))
                .col(time_null(OauthStates::FinishedAt))
                .col(string_len_null(OauthStates::Outcome, 32))
                .foreign_key(&mut reference(
                    OauthStates::Table,
                    OauthStates::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    OauthStates::Table,
                    OauthStates::VisitId,
                    Alias::new("visits"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            unique("oauth_states_state", OauthStates::Table, &["state_hash"]),
            index("oauth_states_visit", OauthStates::Table, &["visit_id"]),
            index("oauth_states_expires", OauthStates::Table, &["expires_at"]),
        ],
    )
    .await
}

#[derive(DeriveIden)]
enum Clients {
    Table,
    Id,
    AgencyId,
    Name,
    SearchName,
    SortName,
    Email,
    EmailFolded,
    MetaAccountName,
    Role,
    IsCritical,
    Language,
    TokenStatus,
    LastTokenValidation,
    CampaignsCount,
    CreatedAt,
    UpdatedAt,
    ArchivedAt,
    Version,
}

#[derive(DeriveIden)]
enum Invitations {
    Table,
    Id,
    AgencyId,
    ClientId,
    Kind,
    CreatedBy,
    CreatedAt,
    ExpiresAt,
    OpenedCount,
    FirstOpenedAt,
    LastOpenedAt,
    StartedAt,
    SpentAt,
    RevokedAt,
}

#[derive(DeriveIden)]
enum InvitationLinks {
    Table,
    Id,
    AgencyId,
    InvitationId,
    SecretHash,
    Origin,
    CreatedAt,
    ExpiresAt,
    EndedAt,
}

#[derive(DeriveIden)]
enum Visits {
    Table,
    Id,
    AgencyId,
    ClientId,
    InvitationId,
    BrowserHash,
    CreatedAt,
    ExpiresAt,
    PictureUrl,
}

#[derive(DeriveIden)]
enum OauthStates {
    Table,
    Id,
    AgencyId,
    VisitId,
    StateHash,
    VerifierSealed,
    ScopesAsked,
    CreatedAt,
    ExpiresAt,
    ClaimedAt,
    FinishedAt,
    Outcome,
}
