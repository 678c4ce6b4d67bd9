//! Work that happens by itself, later.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency_id: Uuid,
    pub kind: String,
    pub subject_id: Option<Uuid>,
    pub state: String,
    /// Smaller is sooner.
    pub priority: i32,
    pub run_at: DateTimeUtc,
    pub attempts: i32,
    pub lease_until: Option<DateTimeUtc>,
    pub lease_owner: Option<Uuid>,
    /// What went wrong at the last try, for whoever mends it.
    pub last_error: Option<String>,
    /// The same as a closed code, for people.
    pub trouble: Option<String>,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
