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
    /// From one check of a token to the next.
    pub validation_hours: i32,
    /// Since when name and address are its own: from then on the configuration does not change them.
    pub settings_at: Option<DateTimeUtc>,
    /// A colour as `app::model::Colour` writes it.
    pub colour: Option<String>,
    /// The name that the logo is served under.
    pub logo_file: Option<String>,
    pub logo_width: Option<i32>,
    pub logo_height: Option<i32>,
    pub logo_alt: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
