//! How much of Meta's limits is used, as its headers last said: of the app, of businesses and of ad accounts,
//! whichever agency they belong to.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "meta_usage")]
pub struct Model {
    /// Whose share it is: a code of ours.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: String,
    /// Meta's id of it; empty for the app.
    #[sea_orm(primary_key, auto_increment = false)]
    pub meta_id: String,
    pub percent: f64,
    /// No call is sent before.
    pub stopped_until: Option<DateTimeUtc>,
    pub seen_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
