use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{
    code, create_indexes, drop_tables, folded, index, reference, time, time_null, unique,
};

/// Connections, grants, tokens, ad accounts and validations.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create_connections(manager).await?;
        create_grants(manager).await?;
        create_client_tokens(manager).await?;
        create_ad_accounts(manager).await?;
        create_validations(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &[
                "validations",
                "ad_accounts",
                "client_tokens",
                "grants",
                "connections",
            ],
        )
        .await
    }
}

async fn create_connections(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Connections::Table)
                .col(pk_uuid(Connections::Id))
                .col(uuid(Connections::AgencyId))
                .col(uuid(Connections::ClientId))
                .col(code(Connections::State))
                .col(time(Connections::StateSince))
                .col(big_integer(Connections::Version))
                .col(string_len(Connections::MetaUserId, 64))
                .col(text(Connections::MetaUserName))
                .col(boolean(Connections::IsBusiness))
                .col(uuid_null(Connections::InvitationId))
                .col(uuid_null(Connections::VisitId))
                .col(time_null(Connections::ConfirmedAt))
                .col(code(Connections::Reading))
                .col(big_integer(Connections::ReadCount))
                .col(code(Connections::Probing))
                .col(time_null(Connections::SubmittedAt))
                .col(time_null(Connections::DecidedAt))
                .col(uuid_null(Connections::DecidedBy))
                .col(text_null(Connections::DecisionReason))
                .col(time(Connections::CreatedAt))
                .col(time(Connections::UpdatedAt))
                .foreign_key(&mut reference(
                    Connections::Table,
                    Connections::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    Connections::Table,
                    Connections::ClientId,
                    Alias::new("clients"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    Connections::Table,
                    Connections::DecidedBy,
                    Alias::new("staff"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            unique("connections_client", Connections::Table, &["client_id"]),
            index(
                "connections_agency_state",
                Connections::Table,
                &["agency_id", "state", "submitted_at"],
            ),
            index(
                "connections_meta_user",
                Connections::Table,
                &["agency_id", "meta_user_id"],
            ),
        ],
    )
    .await
}

async fn create_grants(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Grants::Table)
                .col(pk_uuid(Grants::Id))
                .col(uuid(Grants::AgencyId))
                .col(uuid(Grants::ClientId))
                .col(uuid(Grants::ConnectionId))
                .col(uuid_null(Grants::InvitationId))
                .col(string_len(Grants::MetaUserId, 64))
                .col(text(Grants::MetaUserName))
                .col(text(Grants::ScopesAsked))
                .col(text(Grants::ScopesGranted))
                .col(text(Grants::ScopesDeclined))
                .col(binary_null(Grants::OriginSealed))
                .col(time(Grants::GrantedAt))
                .foreign_key(&mut reference(
                    Grants::Table,
                    Grants::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    Grants::Table,
                    Grants::ClientId,
                    Alias::new("clients"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    Grants::Table,
                    Grants::ConnectionId,
                    Alias::new("connections"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![index(
            "grants_connection",
            Grants::Table,
            &["connection_id", "granted_at"],
        )],
    )
    .await
}

async fn create_client_tokens(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(ClientTokens::Table)
                .col(pk_uuid(ClientTokens::Id))
                .col(uuid(ClientTokens::AgencyId))
                .col(uuid(ClientTokens::ClientId))
                .col(uuid(ClientTokens::ConnectionId))
                .col(code(ClientTokens::Kind))
                .col(code(ClientTokens::Standing))
                .col(code(ClientTokens::Source))
                .col(binary_null(ClientTokens::TokenSealed))
                .col(string_len_null(ClientTokens::KeyId, 32))
                .col(binary(ClientTokens::TokenHash))
                .col(code(ClientTokens::TokenStatus).default("pending"))
                .col(string_len(ClientTokens::MetaUserId, 64))
                .col(text(ClientTokens::Scopes))
                .col(time_null(ClientTokens::IssuedAt))
                .col(time(ClientTokens::CreatedAt))
                .col(time_null(ClientTokens::ExpiresAt))
                .col(time_null(ClientTokens::DataAccessExpiresAt))
                .col(time_null(ClientTokens::LastUsed))
                .col(time_null(ClientTokens::LastValidatedAt))
                .col(time_null(ClientTokens::DestroyedAt))
                .col(big_integer(ClientTokens::Version))
                .foreign_key(&mut reference(
                    ClientTokens::Table,
                    ClientTokens::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    ClientTokens::Table,
                    ClientTokens::ClientId,
                    Alias::new("clients"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    ClientTokens::Table,
                    ClientTokens::ConnectionId,
                    Alias::new("connections"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            index(
                "client_tokens_connection",
                ClientTokens::Table,
                &["connection_id", "standing"],
            ),
            index(
                "client_tokens_hash",
                ClientTokens::Table,
                &["agency_id", "token_hash"],
            ),
            index("client_tokens_key", ClientTokens::Table, &["key_id"]),
        ],
    )
    .await
}

async fn create_ad_accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(AdAccounts::Table)
                .col(pk_uuid(AdAccounts::Id))
                .col(uuid(AdAccounts::AgencyId))
                .col(uuid(AdAccounts::ConnectionId))
                .col(string_len(AdAccounts::Number, 64))
                .col(text(AdAccounts::Name))
                .col(folded(manager, AdAccounts::SearchName))
                .col(string_len(AdAccounts::Currency, 16))
                .col(integer(AdAccounts::AccountStatus))
                .col(text_null(AdAccounts::TimezoneName))
                .col(string_len_null(AdAccounts::BusinessId, 64))
                .col(text_null(AdAccounts::BusinessName))
                .col(boolean(AdAccounts::IsSelected))
                .col(string_len_null(AdAccounts::Probe, 32))
                .col(big_integer_null(AdAccounts::ProbeMillis))
                .col(big_integer_null(AdAccounts::CampaignsCount))
                .col(time_null(AdAccounts::ProbedAt))
                .col(time(AdAccounts::CreatedAt))
                .col(time(AdAccounts::UpdatedAt))
                .foreign_key(&mut reference(
                    AdAccounts::Table,
                    AdAccounts::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    AdAccounts::Table,
                    AdAccounts::ConnectionId,
                    Alias::new("connections"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![
            unique(
                "ad_accounts_connection_number",
                AdAccounts::Table,
                &["connection_id", "number"],
            ),
            index(
                "ad_accounts_agency_number",
                AdAccounts::Table,
                &["agency_id", "number"],
            ),
        ],
    )
    .await
}

async fn create_validations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(Validations::Table)
                .col(pk_uuid(Validations::Id))
                .col(uuid(Validations::AgencyId))
                .col(uuid(Validations::ClientId))
                .col(uuid(Validations::TokenId))
                .col(time(Validations::MadeAt))
                .col(code(Validations::Status))
                .col(code(Validations::Action))
                .col(big_integer_null(Validations::Code))
                .col(big_integer_null(Validations::Subcode))
                .col(text_null(Validations::Message))
                .col(time_null(Validations::ExpiresAt))
                .col(time_null(Validations::DataAccessExpiresAt))
                .col(text(Validations::Scopes))
                .foreign_key(&mut reference(
                    Validations::Table,
                    Validations::AgencyId,
                    Alias::new("agencies"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    Validations::Table,
                    Validations::ClientId,
                    Alias::new("clients"),
                    Alias::new("id"),
                ))
                .foreign_key(&mut reference(
                    Validations::Table,
                    Validations::TokenId,
                    Alias::new("client_tokens"),
                    Alias::new("id"),
                ))
                .to_owned(),
        )
        .await?;
    create_indexes(
        manager,
        vec![index(
            "validations_token",
            Validations::Table,
            &["token_id", "made_at"],
        )],
    )
    .await
}

#[derive(DeriveIden)]
enum Connections {
    Table,
    Id,
    AgencyId,
    ClientId,
    State,
    StateSince,
    Version,
    MetaUserId,
    MetaUserName,
    IsBusiness,
    InvitationId,
    VisitId,
    ConfirmedAt,
    Reading,
    ReadCount,
    Probing,
    SubmittedAt,
    DecidedAt,
    DecidedBy,
    DecisionReason,
    CreatedAt,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Grants {
    Table,
    Id,
    AgencyId,
    ClientId,
    ConnectionId,
    InvitationId,
    MetaUserId,
    MetaUserName,
    ScopesAsked,
    ScopesGranted,
    ScopesDeclined,
    OriginSealed,
    GrantedAt,
}

#[derive(DeriveIden)]
enum ClientTokens {
    Table,
    Id,
    AgencyId,
    ClientId,
    ConnectionId,
    Kind,
    Standing,
    Source,
    TokenSealed,
    KeyId,
    TokenHash,
    TokenStatus,
    MetaUserId,
    Scopes,
    IssuedAt,
    CreatedAt,
    ExpiresAt,
    DataAccessExpiresAt,
    LastUsed,
    LastValidatedAt,
    DestroyedAt,
    Version,
}

#[derive(DeriveIden)]
enum AdAccounts {
    Table,
    Id,
    AgencyId,
    ConnectionId,
    Number,
    Name,
    SearchName,
    Currency,
    AccountStatus,
    TimezoneName,
    BusinessId,
    BusinessName,
    IsSelected,
    Probe,
    ProbeMillis,
    CampaignsCount,
    ProbedAt,
    CreatedAt,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum Validations {
    Table,
    Id,
    AgencyId,
    ClientId,
    TokenId,
    MadeAt,
    Status,
    Action,
    Code,
    Subcode,
    Message,
    ExpiresAt,
    DataAccessExpiresAt,
    Scopes,
}
