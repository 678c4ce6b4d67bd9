//! Tokens: sealed, opened for one call, destroyed, taken back.

use app::model::{AnswerClass, TokenKind, TokenSource, TokenStanding, TokenStatus};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    Error, Portal, Result,
    actor::Who,
    audit::Event,
    portal::job,
    validation::{Expected, Finding, REFRESH, Terms, granular, next},
};
use crate::{
    domain::{agency::AgencyScope, check_plan::slot},
    meta::{self, Drift, Fault, MetaError, TokenFacts},
    store::{self, lookup, tokens},
    vault::Place,
};

/// A token that was just got from Meta and checked.
pub struct NewToken<'a> {
    pub client: Uuid,
    pub connection: Uuid,
    pub source: TokenSource,
    pub token: SecretString,
    pub facts: &'a TokenFacts,
    /// How long Meta took for them.
    pub latency_millis: i64,
    pub meta_user_id: &'a str,
}

impl Portal {
    /// Seals a token as the candidate of its connection, with the check that it came with.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_candidate(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        new: NewToken<'_>,
    ) -> Result<Uuid> {
        let id = self.new_id();
        let now = self.now();
        let agency = store::agencies::get(tx, scope)
            .await?
            .ok_or(Error::NotFound)?;
        let terms = Terms::of(&agency);
        let finding = self.judge(&new, &terms)?;
        let sealed = self.vault.seal_text(place(scope, id), &new.token);
        let kid = sealed.kid().map(str::to_owned)?;
        let kind = match new.facts.kind {
            Some(meta::TokenKind::SystemUser) => TokenKind::SystemUser,
            _ => TokenKind::User,
        };
        let row = tokens::Model {
            id,
            agency_id: scope.agency(),
            client_id: new.client,
            connection_id: new.connection,
            kind: kind.code().to_owned(),
            standing: TokenStanding::Candidate.code().to_owned(),
            source: new.source.code().to_owned(),
            token_sealed: Some(sealed),
            key_id: Some(kid),
            token_hash: self.keys.token_hash(&new.token).to_vec(),
            token_status: finding.status.code().to_owned(),
            meta_user_id: new.meta_user_id.to_owned(),
            scopes: new.facts.scopes.join(","),
            issued_at: new.facts.issued_at,
            created_at: now,
            expires_at: new.facts.expires_at,
            data_access_expires_at: new.facts.data_access_expires_at,
            last_used: Some(now),
            last_validated_at: Some(now),
            destroyed_at: None,
            version: 1,
            next_validation_at: None,
            // What Meta was just asked is asked again a day later at the earliest.
            next_refresh_at: Some(slot(id, REFRESH, now)),
            checks_failed: 0,
            missing_account: false,
            granular_scopes: granular(new.facts),
        };
        let row = tokens::Model {
            next_validation_at: Some(next(&terms, &row, &finding, now)),
            ..row
        };
        let validation = finding.row(self.new_id(), &row, now);
        tokens::create(tx, row).await?;
        store::validations::create_many(tx, vec![validation]).await?;
        let counted = [(finding.class, 1)];
        store::validation_days::count_validations(tx, scope, now.date_naive(), &counted).await?;
        Ok(id)
    }

    /// What the check says that the token came with. Whose it is and whether it is our app's was compared before.
    fn judge(&self, new: &NewToken<'_>, terms: &Terms) -> Result<Finding> {
        let expected = Expected {
            app_id: &self.graph()?.config().app_id,
            person: Some(new.meta_user_id),
            required_scopes: &terms.required,
            missing_account: false,
            last_known: TokenStatus::Pending,
        };
        let mut finding = Finding::of(Ok(new.facts.clone()), &expected, self.now());
        finding.latency_millis = Some(new.latency_millis);
        Ok(finding)
    }

    /// Opens a token for a call to Meta.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it was destroyed; [`Error::Seal`] where it does not open.
    pub async fn open_token(
        &self,
        scope: AgencyScope,
        token: &tokens::Model,
    ) -> Result<SecretString> {
        let sealed = token.token_sealed.as_ref().ok_or(Error::NotFound)?;
        let secret = self.vault.open_text(place(scope, token.id), sealed)?;
        tokens::touch(self.db.reader(), scope, token.id, self.now()).await?;
        Ok(secret)
    }

    /// Erases our sealed copies of the tokens with one standing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn destroy_standing(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        connection: Uuid,
        standing: TokenStanding,
    ) -> Result<()> {
        if let Some(token) = tokens::standing(tx, scope, connection, standing).await? {
            tokens::destroy(tx, scope, token.id, self.now()).await?;
        }
        Ok(())
    }

    /// Lets a job take every living token of a connection back at Meta and erase our copies. A token that
    /// another live connection of the same person would lose with it, here or at another agency of this
    /// installation, is only erased.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_all(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        connection: &store::connections::Model,
    ) -> Result<()> {
        for token in tokens::of_connection(tx, scope, connection.id).await? {
            if token.destroyed_at.is_some() {
                continue;
            }
            let mut alive = lookup::alive_of_person(tx, &token.meta_user_id).await?;
            alive.retain(|other| *other != connection.id);
            if alive.is_empty() {
                self.enqueue(tx, scope, job::REVOKE_TOKEN, token.id).await?;
            } else {
                tokens::destroy(tx, scope, token.id, self.now()).await?;
            }
        }
        Ok(())
    }

    /// Takes a token back at Meta and erases our copy. Where Meta cannot be reached and more tries are
    /// left, the copy waits; with the last try it is erased all the same, and the trail says so.
    ///
    /// # Errors
    /// [`Error::Conflict`] to try again later; otherwise when the database fails.
    pub async fn revoke_at_meta(
        &self,
        scope: AgencyScope,
        id: Uuid,
        is_last_try: bool,
    ) -> Result<()> {
        let Some(token) = tokens::get(self.db.reader(), scope, id).await? else {
            return Ok(());
        };
        if token.destroyed_at.is_some() {
            return Ok(());
        }
        // The person may have signed in again since the job was enqueued: a revocation would end that login too.
        let db = self.db.reader();
        let live = lookup::alive_of_person(db, &token.meta_user_id).await?;
        let is_revoked = live.is_empty() && self.take_back(scope, &token, is_last_try).await?;
        let tx = self.begin().await?;
        tokens::destroy(&tx, scope, id, self.now()).await?;
        let action = if is_revoked {
            "token.revoked_at_meta"
        } else {
            "token.destroyed"
        };
        let event = Event::about_client(&Who::System, action, token.client_id)
            .with("token", id.to_string());
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    /// Whether Meta took the token back, or knew it no more.
    async fn take_back(
        &self,
        scope: AgencyScope,
        token: &tokens::Model,
        is_last_try: bool,
    ) -> Result<bool> {
        let secret = match self.open_token(scope, token).await {
            Err(Error::Seal(_)) => return Ok(false),
            opened => opened?,
        };
        let graph = self.graph()?;
        // A system user has given no consent that could be taken back: its token is ended by itself.
        let revoked = if token.kind == TokenKind::SystemUser.code() {
            graph.revoke_token(&secret).await
        } else {
            graph.revoke(&secret, &token.meta_user_id).await
        };
        match revoked {
            Ok(()) => Ok(true),
            // Dead already: there is nothing left to take back.
            Err(error) if error.class == AnswerClass::Relogin => Ok(true),
            // A stop of Meta's ends at a known time, and says nothing about this try.
            Err(MetaError {
                fault: Fault::Held,
                retry_at: Some(at),
                ..
            }) => Err(Error::Later(at)),
            Err(_) if !is_last_try => Err(Error::Conflict),
            Err(_) => Ok(false),
        }
    }

    /// Whether Meta knows the app and its secret; else what is wrong, for the agency.
    ///
    /// # Errors
    /// In words.
    pub async fn check_meta_app(&self) -> std::result::Result<(), String> {
        let graph = self.graph().map_err(|error| error.to_string())?;
        graph.check_app().await.map_err(|error| {
            if error.class.passes() {
                "Meta cannot be reached just now".to_owned()
            } else {
                format!("Meta refuses the app id or its secret: {}", error.message)
            }
        })
    }

    /// Whether Meta's last answer came from another Graph version than the configured one.
    #[must_use]
    pub fn meta_drift(&self) -> Option<Drift> {
        self.graph.as_ref()?.drift()
    }
}

/// A token that lives no longer than this from the beginning is of little use to an agency: Facebook gives its
/// short ones an hour or two, its long ones 60 days.
const SHORT_LIFE: TimeDelta = TimeDelta::hours(24);

/// Whether Facebook gave hours instead of weeks.
pub(super) fn is_short(created_at: DateTime<Utc>, expires_at: Option<DateTime<Utc>>) -> bool {
    expires_at.is_some_and(|end| end - created_at <= SHORT_LIFE)
}

/// When Facebook wants to be asked again: for the token or for the data, whichever comes first.
pub(super) fn ends_at(token: &tokens::Model) -> Option<DateTime<Utc>> {
    let ends = [token.expires_at, token.data_access_expires_at];
    ends.into_iter().flatten().min()
}

/// Where the sealed copy of a token stands.
pub(super) const fn place(scope: AgencyScope, id: Uuid) -> Place {
    Place {
        table: tokens::TABLE,
        column: tokens::COLUMN,
        agency: scope.agency(),
        row: id,
    }
}
