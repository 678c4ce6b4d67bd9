//! The ad accounts that a consent offered, as they were then.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "grant_accounts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub grant_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: String,
    pub agency_id: Uuid,
    pub name: String,
    pub currency: String,
    pub account_status: i32,
    pub business_name: Option<String>,
    pub is_chosen: bool,
    pub probe: Option<String>,
    pub probe_millis: Option<i64>,
    pub campaigns_count: Option<i64>,
    pub probed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
