//! Credentials held for a connection.

use sea_orm::entity::prelude::*;

use crate::vault::Sealed;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "client_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency_id: Uuid,
    pub client_id: Uuid,
    pub connection_id: Uuid,
    pub kind: String,
    pub standing: String,
    pub source: String,
    pub token_sealed: Option<Sealed>,
    pub key_id: Option<String>,
    pub token_hash: Vec<u8>,
    pub token_status: String,
    pub meta_user_id: String,
    pub scopes: String,
    pub issued_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub expires_at: Option<DateTimeUtc>,
    pub data_access_expires_at: Option<DateTimeUtc>,
    pub last_used: Option<DateTimeUtc>,
    pub last_validated_at: Option<DateTimeUtc>,
    pub destroyed_at: Option<DateTimeUtc>,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
