//! Logins in flight, by the hash of their state.

use sea_orm::entity::prelude::*;

use crate::vault::Sealed;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "oauth_states")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub agency_id: Uuid,
    pub visit_id: Uuid,
    pub state_hash: Vec<u8>,
    pub verifier_sealed: Sealed,
    pub scopes_asked: String,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub claimed_at: Option<DateTimeUtc>,
    pub finished_at: Option<DateTimeUtc>,
    pub outcome: Option<String>,
    pub held: Option<String>,
    pub held_sealed: Option<Sealed>,
}

/// What `held` says where the code itself is held: it may be sent only once.
pub const HELD_CODE: &str = "code";

impl Model {
    /// The nonce that a login asks Meta to give back (`auth_nonce`): of the state's hash, which is as unguessable
    /// as the state and tells nothing of it.
    #[must_use]
    pub fn auth_nonce(&self) -> String {
        let bytes = self.state_hash.iter().take(16);
        bytes.map(|byte| format!("{byte:02x}")).collect()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
