//! Refused forms: what was typed is kept for the person who typed it.

use app::model::FormState;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Error, Portal, Result};
use crate::{
    domain::numbers::DRAFT_FORM_LIFE,
    store::{self, drafts},
    vault::{Place, secret_hash},
};

/// What is kept for a page that comes after a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    #[serde(default)]
    pub form: FormState,
    /// A guided link that was just minted to be copied.
    #[serde(default)]
    pub minted_link: Option<String>,
    /// Recovery codes that were just made.
    #[serde(default)]
    pub recovery_codes: Vec<String>,
    /// What the last action led to.
    #[serde(default)]
    pub notice: Option<app::model::Notice>,
}

impl Draft {
    /// Nothing but what the last action led to.
    #[must_use]
    pub fn telling(notice: app::model::Notice) -> Self {
        Self {
            notice: Some(notice),
            ..Self::default()
        }
    }
}

/// The owner of a draft: whoever holds the cookie with this secret.
#[must_use]
pub fn owner(cookie: &SecretString) -> [u8; 32] {
    secret_hash(cookie.expose_secret())
}

impl Portal {
    /// Keeps a draft for the owner of a cookie; sealed, since it may hold a link.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_draft(&self, owner_hash: &[u8; 32], draft: &Draft) -> Result<Uuid> {
        let id = self.new_id();
        let now = self.now();
        let plain = serde_json::to_vec(draft).map_err(Error::internal)?;
        let row = drafts::Model {
            id,
            owner_hash: owner_hash.to_vec(),
            body_sealed: self.vault.seal(place(id), &plain),
            created_at: now,
            expires_at: now + DRAFT_FORM_LIFE,
        };
        store::drafts::create(self.db.reader(), row).await?;
        Ok(id)
    }

    /// The draft, if it is theirs and not over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn draft(&self, id: Uuid, owner_hash: &[u8; 32]) -> Result<Option<Draft>> {
        let row = store::drafts::get(self.db.reader(), id, owner_hash, self.now()).await?;
        let Some(row) = row else { return Ok(None) };
        let plain = self.vault.open(place(id), &row.body_sealed)?;
        serde_json::from_slice(&plain)
            .map(Some)
            .map_err(Error::internal)
    }
}

/// A draft belongs to a cookie and not to an agency: nobody is signed in on the sign-in page.
const fn place(id: Uuid) -> Place {
    Place {
        table: drafts::TABLE,
        column: drafts::COLUMN,
        agency: Uuid::nil(),
        row: id,
    }
}
