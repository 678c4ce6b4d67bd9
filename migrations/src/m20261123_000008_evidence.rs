use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{
    add_column, code, create_indexes, drop_column, drop_tables, index, reference, time, time_null,
};

/// Logins that wait beside a live connection (reconnections and backups), and the evidence behind a grant:
/// the accounts that it offered, and what Meta answered.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            uuid_null(Grants::LoginId),
            uuid_null(Grants::CandidateId),
            boolean(Grants::IsBusiness).default(false).take(),
        ] {
            add_column(manager, Grants::Table, column).await?;
        }
        create_candidates(manager).await?;
        create_grant_accounts(manager).await?;
        create_meta_answers(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["meta_answers", "grant_accounts", "candidates"]).await?;
        for column in [Grants::IsBusiness, Grants::CandidateId, Grants::LoginId] {
            drop_column(manager, Grants::Table, column).await?;
        }
        Ok(())
    }
}

async fn create_candidates(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut table = Table::create()
        .table(Candidates::Table)
        .col(pk_uuid(Candidates::Id))
        .col(uuid(Candidates::AgencyId))
        .col(uuid(Candidates::ClientId))
        .col(uuid(Candidates::ConnectionId))
        .col(code(Candidates::Kind))
        .col(code(Candidates::State))
        .col(time(Candidates::StateSince))
        .col(big_integer(Candidates::Version))
        .col(uuid(Candidates::InvitationId))
        .col(uuid(Candidates::VisitId))
        .col(string_len(Candidates::MetaUserId, 64))
        .col(text(Candidates::MetaUserName))
        .col(boolean(Candidates::IsBusiness))
        .col(string_len_null(Candidates::MetaBusinessId, 64))
        .col(uuid(Candidates::TokenId))
        .col(uuid(Candidates::GrantId))
        .col(string_len_null(Candidates::ReturnsTo, 32))
        .col(time_null(Candidates::ConfirmedAt))
        .col(code(Candidates::Probing))
        .col(time_null(Candidates::SubmittedAt))
        .col(time_null(Candidates::DecidedAt))
        .col(uuid_null(Candidates::DecidedBy))
        .col(text_null(Candidates::DecisionReason))
        .col(time(Candidates::CreatedAt))
        .col(time(Candidates::UpdatedAt))
        .to_owned();
    for (column, to) in [
        (Candidates::AgencyId, "agencies"),
        (Candidates::ClientId, "clients"),
        (Candidates::ConnectionId, "connections"),
        (Candidates::DecidedBy, "staff"),
    ] {
        let id = Alias::new("id");
        table.foreign_key(&mut reference(
            Candidates::Table,
            column,
            Alias::new(to),
            id,
        ));
    }
    manager.create_table(table).await?;
    create_indexes(
        manager,
        vec![
            index(
                "candidates_connection",
                Candidates::Table,
                &["connection_id", "state"],
            ),
            index(
                "candidates_agency_state",
                Candidates::Table,
                &["agency_id", "state", "submitted_at"],
            ),
            index("candidates_visit", Candidates::Table, &["visit_id"]),
        ],
    )
    .await
}

async fn create_grant_accounts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(GrantAccounts::Table)
        .col(uuid(GrantAccounts::GrantId))
        .col(string_len(GrantAccounts::Number, 64))
        .col(uuid(GrantAccounts::AgencyId))
        .col(text(GrantAccounts::Name))
        .col(string_len(GrantAccounts::Currency, 16))
        .col(integer(GrantAccounts::AccountStatus))
        .col(text_null(GrantAccounts::BusinessName))
        .col(boolean(GrantAccounts::IsChosen))
        .col(string_len_null(GrantAccounts::Probe, 32))
        .col(big_integer_null(GrantAccounts::ProbeMillis))
        .col(big_integer_null(GrantAccounts::CampaignsCount))
        .col(time_null(GrantAccounts::ProbedAt))
        .primary_key(
            Index::create()
                .col(GrantAccounts::GrantId)
                .col(GrantAccounts::Number),
        )
        .foreign_key(&mut reference(
            GrantAccounts::Table,
            GrantAccounts::GrantId,
            Alias::new("grants"),
            Alias::new("id"),
        ))
        .to_owned();
    manager.create_table(table).await
}

async fn create_meta_answers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(MetaAnswers::Table)
        .col(pk_uuid(MetaAnswers::Id))
        .col(uuid(MetaAnswers::AgencyId))
        .col(uuid(MetaAnswers::ClientId))
        .col(uuid(MetaAnswers::LoginId))
        .col(code(MetaAnswers::Endpoint))
        .col(integer_null(MetaAnswers::HttpStatus))
        .col(code(MetaAnswers::Outcome))
        .col(big_integer_null(MetaAnswers::Code))
        .col(big_integer_null(MetaAnswers::Subcode))
        .col(big_integer(MetaAnswers::Calls))
        .col(big_integer(MetaAnswers::Size))
        .col(boolean(MetaAnswers::IsCut))
        .col(binary_null(MetaAnswers::BodySealed))
        .col(time(MetaAnswers::AskedAt))
        .foreign_key(&mut reference(
            MetaAnswers::Table,
            MetaAnswers::AgencyId,
            Alias::new("agencies"),
            Alias::new("id"),
        ))
        .foreign_key(&mut reference(
            MetaAnswers::Table,
            MetaAnswers::ClientId,
            Alias::new("clients"),
            Alias::new("id"),
        ))
        .to_owned();
    manager.create_table(table).await?;
    create_indexes(
        manager,
        vec![
            index(
                "meta_answers_client",
                MetaAnswers::Table,
                &["client_id", "login_id"],
            ),
            index(
                "meta_answers_agency_asked",
                MetaAnswers::Table,
                &["agency_id", "asked_at"],
            ),
        ],
    )
    .await
}

#[derive(DeriveIden)]
enum Grants {
    Table,
    LoginId,
    CandidateId,
    IsBusiness,
}

#[derive(DeriveIden)]
enum Candidates {
    Table,
    Id,
    AgencyId,
    ClientId,
    ConnectionId,
    Kind,
    State,
    StateSince,
    Version,
    InvitationId,
    VisitId,
    MetaUserId,
    MetaUserName,
    IsBusiness,
    MetaBusinessId,
    TokenId,
    GrantId,
    ReturnsTo,
    ConfirmedAt,
    Probing,
    SubmittedAt,
    DecidedAt,
    DecidedBy,
    DecisionReason,
    CreatedAt,
    UpdatedAt,
}

#[derive(DeriveIden)]
enum GrantAccounts {
    Table,
    GrantId,
    Number,
    AgencyId,
    Name,
    Currency,
    AccountStatus,
    BusinessName,
    IsChosen,
    Probe,
    ProbeMillis,
    CampaignsCount,
    ProbedAt,
}

#[derive(DeriveIden)]
enum MetaAnswers {
    Table,
    Id,
    AgencyId,
    ClientId,
    LoginId,
    Endpoint,
    HttpStatus,
    Outcome,
    Code,
    Subcode,
    Calls,
    Size,
    IsCut,
    BodySealed,
    AskedAt,
}
