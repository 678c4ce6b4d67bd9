//! What Meta answered during a login, redacted and sealed, for support.

use sea_orm::entity::prelude::*;

use crate::vault::Sealed;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "meta_answers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency_id: Uuid,
    pub client_id: Uuid,
    pub login_id: Uuid,
    pub endpoint: String,
    pub http_status: Option<i32>,
    pub outcome: String,
    pub code: Option<i64>,
    pub subcode: Option<i64>,
    pub calls: i64,
    pub size: i64,
    pub is_cut: bool,
    pub body_sealed: Option<Sealed>,
    pub asked_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
