//! Checks of a token against Meta.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "validations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency_id: Uuid,
    pub client_id: Uuid,
    pub token_id: Uuid,
    pub made_at: DateTimeUtc,
    pub status: String,
    pub action: String,
    pub code: Option<i64>,
    pub subcode: Option<i64>,
    pub message: Option<String>,
    pub expires_at: Option<DateTimeUtc>,
    pub data_access_expires_at: Option<DateTimeUtc>,
    pub scopes: String,
    /// As `app::model::AnswerClass` writes it.
    pub class: String,
    /// `None`: not measured.
    pub latency_millis: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
