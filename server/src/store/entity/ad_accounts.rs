//! Ad accounts seen through a connection.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "ad_accounts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency_id: Uuid,
    pub connection_id: Uuid,
    pub number: String,
    pub name: String,
    pub search_name: String,
    pub currency: String,
    pub account_status: i32,
    pub timezone_name: Option<String>,
    pub business_id: Option<String>,
    pub business_name: Option<String>,
    pub is_selected: bool,
    pub probe: Option<String>,
    pub probe_millis: Option<i64>,
    pub campaigns_count: Option<i64>,
    pub probed_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub tasks: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
