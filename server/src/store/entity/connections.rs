//! A client's Meta identity joined to the agency.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "connections")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency_id: Uuid,
    pub client_id: Uuid,
    pub state: String,
    pub state_since: DateTimeUtc,
    pub version: i64,
    pub meta_user_id: String,
    pub meta_user_name: String,
    pub is_business: bool,
    pub meta_business_id: Option<String>,
    pub invitation_id: Option<Uuid>,
    pub visit_id: Option<Uuid>,
    pub confirmed_at: Option<DateTimeUtc>,
    pub reading: String,
    pub read_count: i64,
    pub probing: String,
    pub submitted_at: Option<DateTimeUtc>,
    pub decided_at: Option<DateTimeUtc>,
    pub decided_by: Option<Uuid>,
    pub decision_reason: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub link_id: Option<Uuid>,
    pub diagnosis: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
