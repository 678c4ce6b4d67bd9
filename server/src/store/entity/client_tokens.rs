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
    /// `None`: never, since it is destroyed.
    pub next_validation_at: Option<DateTimeUtc>,
    /// When its connection's ad accounts are looked at next.
    pub next_refresh_at: Option<DateTimeUtc>,
    /// Checks in a row that did not come to know anything.
    pub checks_failed: i32,
    /// A chosen ad account could not be reached with it when it was last tried.
    pub missing_account: bool,
    /// Permissions that were limited to chosen objects, as JSON.
    pub granular_scopes: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
