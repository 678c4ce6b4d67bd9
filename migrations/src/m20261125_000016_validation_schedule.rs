use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{add_column, create_indexes, drop_column, index, time_null};

/// When each token is checked next, what a check took, and how often an agency wants it.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// What the schedule reads by: name and columns of `client_tokens`.
const INDEXES: [(&str, &[&str]); 2] = [
    (
        "client_tokens_validation_due",
        &["agency_id", "next_validation_at"],
    ),
    (
        "client_tokens_refresh_due",
        &["agency_id", "next_refresh_at"],
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let class = string_len("class", 32).default("none").take();
        add_column(manager, "validations", class).await?;
        add_column(manager, "validations", big_integer_null("latency_millis")).await?;
        let hours = integer("validation_hours").default(24).take();
        add_column(manager, "agencies", hours).await?;
        for column in [
            time_null("next_validation_at"),
            time_null("next_refresh_at"),
            integer("checks_failed").default(0).take(),
            boolean("missing_account").default(false).take(),
            text_null("granular_scopes"),
        ] {
            add_column(manager, "client_tokens", column).await?;
        }
        let living = Expr::col("destroyed_at").is_null();
        let due = Query::update()
            .table("client_tokens")
            .value("next_validation_at", Expr::col("created_at"))
            .value("next_refresh_at", Expr::col("created_at"))
            .and_where(living)
            .to_owned();
        manager.execute(due).await?;
        let indexes = INDEXES.map(|(name, columns)| index(name, "client_tokens", columns));
        create_indexes(manager, indexes.to_vec()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in INDEXES {
            let drop = Index::drop().name(name).table("client_tokens").to_owned();
            manager.drop_index(drop).await?;
        }
        for (table, column) in [
            ("client_tokens", "granular_scopes"),
            ("client_tokens", "missing_account"),
            ("client_tokens", "checks_failed"),
            ("client_tokens", "next_refresh_at"),
            ("client_tokens", "next_validation_at"),
            ("agencies", "validation_hours"),
            ("validations", "latency_millis"),
            ("validations", "class"),
        ] {
            drop_column(manager, table, column).await?;
        }
        Ok(())
    }
}
