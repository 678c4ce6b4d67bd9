//! What Meta told of people.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "meta_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    /// Until every agency is done with it.
    pub meta_user_id: Option<String>,
    /// Finds the same event twice.
    pub digest: Vec<u8>,
    /// Of a deletion: the hash of its confirmation code.
    pub code_hash: Option<Vec<u8>>,
    pub issued_at: DateTimeUtc,
    pub received_at: DateTimeUtc,
    pub handled_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
