//! The evidence of a consent.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "grants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency_id: Uuid,
    pub client_id: Uuid,
    pub connection_id: Uuid,
    pub invitation_id: Option<Uuid>,
    pub meta_user_id: String,
    pub meta_user_name: String,
    pub scopes_asked: String,
    pub scopes_granted: String,
    pub scopes_declined: String,
    pub origin_sealed: Option<Vec<u8>>,
    pub granted_at: DateTimeUtc,
    pub login_id: Option<Uuid>,
    pub candidate_id: Option<Uuid>,
    pub is_business: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
