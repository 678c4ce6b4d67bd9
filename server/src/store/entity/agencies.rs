//! The tenants.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agencies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub support_email: Option<String>,
    /// Nobody gets in with a password alone.
    pub second_factor_required: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub accepts_limited: bool,
    pub required_scopes: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
