use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{add_column, code, drop_column, drop_tables, reference, time};

/// What a login has got from Meta and could not finish with, what an agency takes of a client who gave less
/// than was asked, the business behind a system user's token, and what Meta has against an agency's app.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_column(manager, "oauth_states", string_len_null("held", 32)).await?;
        add_column(manager, "oauth_states", binary_null("held_sealed")).await?;
        let accepts_limited = boolean("accepts_limited").default(true).take();
        add_column(manager, "agencies", accepts_limited).await?;
        let required_scopes = text("required_scopes").default("").take();
        add_column(manager, "agencies", required_scopes).await?;
        add_column(manager, "connections", text_null("meta_business_id")).await?;
        create_meta_troubles(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["meta_troubles"]).await?;
        for (table, column) in [
            ("connections", "meta_business_id"),
            ("agencies", "required_scopes"),
            ("agencies", "accepts_limited"),
            ("oauth_states", "held_sealed"),
            ("oauth_states", "held"),
        ] {
            drop_column(manager, table, column).await?;
        }
        Ok(())
    }
}

async fn create_meta_troubles(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table(MetaTroubles::Table)
        .col(pk_uuid(MetaTroubles::AgencyId))
        .col(code(MetaTroubles::Kind))
        .col(code(MetaTroubles::Endpoint))
        .col(big_integer_null(MetaTroubles::Code))
        .col(big_integer_null(MetaTroubles::Subcode))
        .col(time(MetaTroubles::FirstSeenAt))
        .col(time(MetaTroubles::LastSeenAt))
        .col(big_integer(MetaTroubles::SeenCount))
        .foreign_key(&mut reference(
            MetaTroubles::Table,
            MetaTroubles::AgencyId,
            Alias::new("agencies"),
            Alias::new("id"),
        ))
        .to_owned();
    manager.create_table(table).await
}

#[derive(DeriveIden)]
enum MetaTroubles {
    Table,
    AgencyId,
    Kind,
    Endpoint,
    Code,
    Subcode,
    FirstSeenAt,
    LastSeenAt,
    SeenCount,
}
