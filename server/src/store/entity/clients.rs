//! Customers of an agency.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "clients")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency_id: Uuid,
    pub name: String,
    pub search_name: String,
    pub sort_name: String,
    pub email: String,
    pub email_folded: String,
    pub meta_account_name: Option<String>,
    pub role: String,
    pub is_critical: bool,
    pub language: String,
    pub token_status: String,
    pub last_token_validation: Option<DateTimeUtc>,
    pub campaigns_count: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub archived_at: Option<DateTimeUtc>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
