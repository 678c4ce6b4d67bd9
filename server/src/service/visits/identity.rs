//! *Is this you?* Who signed in, what they did not allow, and how they may go on.

use app::model::{GoOn, IdentityView, MissingScope, TokenStanding};
use chrono::{DateTime, Utc};

use super::{Visitor, person};
use crate::{
    domain::{
        agency::AgencyScope,
        permission::{self, ADS_READ},
    },
    service::{Error, Portal, Result},
    store::{self, connections::Model as Connection, entity::grants},
};

/// So often a required permission has to be refused before a client may go on without it.
const REFUSALS: usize = 2;

impl Portal {
    pub(super) async fn identity(
        &self,
        visitor: &Visitor,
        connection: &Connection,
    ) -> Result<IdentityView> {
        let (scope, db) = (visitor.scope, self.db.reader());
        let client = store::clients::get(db, scope, visitor.visit.client_id)
            .await?
            .ok_or(Error::NotFound)?;
        let missing = self.missing_of(visitor, connection).await?;
        let standing = TokenStanding::Candidate;
        let token = store::tokens::standing(db, scope, connection.id, standing).await?;
        Ok(IdentityView {
            visit: visitor.visit.id,
            client_name: client.name,
            person: person(visitor, connection),
            go_on: self.go_on(visitor, connection, &missing).await?,
            last_person: self.last_person(scope, connection).await?,
            is_endless: token.is_some_and(|token| token.expires_at.is_none()),
            missing,
        })
    }

    /// How a client may go on from *Is this you?*.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::service) async fn go_on(
        &self,
        visitor: &Visitor,
        connection: &Connection,
        missing: &[MissingScope],
    ) -> Result<GoOn> {
        if !missing.iter().any(|scope| scope.required) {
            return Ok(GoOn::Freely);
        }
        if missing.iter().any(|missing| missing.scope == ADS_READ) {
            return Ok(GoOn::NothingToList);
        }
        let (scope, db) = (visitor.scope, self.db.reader());
        let client = visitor.visit.client_id;
        let grants = store::evidence::grants_of_client(db, scope, client).await?;
        let is_refusal = |grant: &&grants::Model| {
            let granted = permission::parse_scopes(&grant.scopes_granted);
            grant.meta_user_id == connection.meta_user_id
                && grant.granted_at >= visitor.visit.created_at
                && missing.iter().any(|scope| !granted.contains(&scope.scope))
        };
        if grants.iter().filter(is_refusal).count() < REFUSALS {
            return Ok(GoOn::AfterAskingAgain);
        }
        let agency = store::agencies::get(db, scope)
            .await?
            .ok_or(Error::NotFound)?;
        Ok(if agency.accepts_limited {
            GoOn::Limited
        } else {
            GoOn::NotAtAll
        })
    }

    /// What a login asks for. Where Login for Business asks, the configuration at Meta decides that: then only
    /// what the agency needs is known to be asked.
    pub(super) async fn asked_scopes(&self, scope: AgencyScope) -> Result<Vec<String>> {
        let config = self.graph()?.config();
        match &config.login_config_id {
            Some(_) => self.required_scopes(scope).await,
            None => Ok(config.scopes.clone()),
        }
    }

    /// What was asked or is needed, and was not given.
    pub(in crate::service) async fn missing_of(
        &self,
        visitor: &Visitor,
        connection: &Connection,
    ) -> Result<Vec<MissingScope>> {
        let granted = self.granted(visitor.scope, connection).await?;
        self.missing_from(visitor.scope, &granted).await
    }

    /// As [`Portal::missing_of`], of what was granted.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::service) async fn missing_from(
        &self,
        scope: AgencyScope,
        granted: &[String],
    ) -> Result<Vec<MissingScope>> {
        let required = self.required_scopes(scope).await?;
        let mut asked = self.asked_scopes(scope).await?;
        let unasked = permission::missing(&required, &asked);
        asked.extend(unasked);
        let missing = permission::missing(&asked, granted);
        Ok(missing
            .into_iter()
            .map(|scope| MissingScope {
                required: permission::is_required(&scope, &required),
                scope,
            })
            .collect())
    }

    pub(super) async fn missing_scopes(&self, visitor: &Visitor) -> Result<Vec<String>> {
        let missing = match self.own_candidate(visitor).await? {
            Some(candidate) => self.missing_beside(visitor, &candidate).await?,
            None => {
                let connection = self.own_draft(visitor).await?;
                self.missing_of(visitor, &connection).await?
            }
        };
        Ok(missing.into_iter().map(|missing| missing.scope).collect())
    }

    /// The permissions without which a connection of this agency is limited.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::service) async fn required_scopes(
        &self,
        scope: AgencyScope,
    ) -> Result<Vec<String>> {
        let agency = store::agencies::get(self.db.reader(), scope).await?;
        let marked = agency.map(|agency| agency.required_scopes);
        Ok(permission::required(&marked.unwrap_or_default()))
    }

    /// Who signed in for a client before, where that was somebody else than now.
    ///
    /// # Errors
    /// When the database fails.
    pub(in crate::service) async fn last_person(
        &self,
        scope: AgencyScope,
        connection: &Connection,
    ) -> Result<Option<String>> {
        let grants =
            store::connections::grants_of(self.db.reader(), scope, &[connection.id]).await?;
        let people = grants
            .into_iter()
            .map(|row| (row.meta_user_id, row.meta_user_name));
        Ok(person_before(people, &connection.meta_user_id))
    }
}

/// Who signed in before, by id and name in the grants of a connection, oldest first, where that was somebody else
/// than now. An erased person has no name any more.
pub(in crate::service) fn person_before(
    people: impl DoubleEndedIterator<Item = (String, String)>,
    now: &str,
) -> Option<String> {
    { people.rev() }
        .find(|(person, _)| person != now)
        .map(|(_, name)| name)
        .filter(|name| !name.is_empty())
}

/// When a connection was submitted; of an erased person nothing is told.
pub(super) fn submitted_at(connection: &Connection) -> Option<DateTime<Utc>> {
    { connection.submitted_at }.filter(|_| !connection.meta_user_name.is_empty())
}
