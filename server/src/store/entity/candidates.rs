//! Logins that wait beside a live connection: reconnections and backups.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "candidates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency_id: Uuid,
    pub client_id: Uuid,
    pub connection_id: Uuid,
    pub kind: String,
    pub state: String,
    pub state_since: DateTimeUtc,
    pub version: i64,
    pub invitation_id: Uuid,
    pub visit_id: Uuid,
    pub meta_user_id: String,
    pub meta_user_name: String,
    pub is_business: bool,
    pub meta_business_id: Option<String>,
    pub token_id: Uuid,
    pub grant_id: Uuid,
    pub returns_to: Option<String>,
    pub confirmed_at: Option<DateTimeUtc>,
    pub probing: String,
    pub submitted_at: Option<DateTimeUtc>,
    pub decided_at: Option<DateTimeUtc>,
    pub decided_by: Option<Uuid>,
    pub decision_reason: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
