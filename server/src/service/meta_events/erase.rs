//! The erasure of a person: what Meta told of them goes, what the agency has to be able to prove stays under a name
//! that leads to nobody. `docs/RETENTION.md` says what is which.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

use super::ends::Part;
use crate::{
    domain::agency::AgencyScope,
    service::{
        Error, Portal, Result,
        actor::{Origin, Who},
        audit::Event,
    },
    store::{
        self, Write,
        candidates::{self, Model as Candidate},
        erasure::{self, Erased, PSEUDONYM},
        evidence::Grant,
        meta_events::Model as MetaEvent,
        visits,
    },
};

impl Portal {
    /// Erases a person from one connection. What they gave after the request, by signing in again, stays.
    pub(super) async fn erase_at(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
    ) -> Result<()> {
        // A login keeps its token, and then its grant, in one transaction.
        let since = part.kept.iter().map(|token| token.created_at).min();
        let person = Erased {
            meta_user_id: part.person,
            pseudonym: &pseudonym(part.event),
            before: since,
        };
        let (id, client) = (part.connection.id, part.connection.client_id);
        let others = self.origins_of_others(tx, scope, part, since).await?;
        erasure::forwarders(tx, scope, client, &person).await?;
        erasure::grants(tx, scope, id, &person).await?;
        erasure::answers(tx, scope, client, &person).await?;
        erasure::tokens(tx, scope, id, &person).await?;
        self.erase_candidates(tx, scope, part, &person).await?;
        if since.is_none() {
            self.erase_connection(tx, scope, part, &person).await?;
            visits::forget_people(tx, scope, client).await?;
        }
        store::audit::destroy_person_key(tx, scope, client).await?;
        for (grant, origin) in others {
            let sealed = self
                .seal_origin(tx, scope, client, "client", grant.id, &origin)
                .await?;
            erasure::set_origin(tx, scope, grant.id, sealed).await?;
        }
        let event = Event::about_client(&Who::System, "person.erased", client)
            .with("connection", id.to_string())
            .with("pseudonym", person.pseudonym);
        self.record(tx, scope, event).await
    }

    /// Where others came from who signed in for the same client: sealed under the same key, which is destroyed.
    async fn origins_of_others(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
        since: Option<DateTime<Utc>>,
    ) -> Result<Vec<(Grant, Origin)>> {
        let client = part.connection.client_id;
        let mut others = Vec::new();
        for grant in erasure::grants_of_client(tx, scope, client).await? {
            let is_later = since.is_some_and(|since| grant.granted_at >= since);
            if grant.meta_user_id == part.person && !is_later {
                continue;
            }
            let Some(sealed) = grant.origin_sealed.clone() else {
                continue;
            };
            let opened = (grant.id, grant.granted_at);
            match self.open_origin(tx, scope, client, opened, &sealed).await {
                Ok(Some(origin)) => others.push((grant, origin)),
                // What does not open now is no more readable afterwards.
                Ok(None) | Err(Error::Seal(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(others)
    }

    async fn erase_candidates(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
        person: &Erased<'_>,
    ) -> Result<()> {
        let now = self.now();
        let rows = candidates::of_person(tx, scope, part.connection.id, part.person).await?;
        let is_kept = |row: &Candidate| part.kept.iter().any(|token| token.id == row.token_id);
        for mut row in rows.into_iter().filter(|row| !is_kept(row)) {
            row.meta_user_id = person.pseudonym.to_owned();
            row.meta_user_name = String::new();
            row.meta_business_id = None;
            if candidates::save(tx, scope, row, now).await? == Write::Conflict {
                return Err(Error::Conflict);
            }
        }
        Ok(())
    }

    /// The connection bears the name of who signed in last, and the accounts that they could see.
    async fn erase_connection(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        part: &Part<'_>,
        person: &Erased<'_>,
    ) -> Result<()> {
        let id = part.connection.id;
        let row = store::connections::get(tx, scope, id).await?;
        let Some(mut row) = row.filter(|row| row.meta_user_id == part.person) else {
            return Ok(());
        };
        row.meta_user_id = person.pseudonym.to_owned();
        row.meta_user_name = String::new();
        row.meta_business_id = None;
        store::accounts::forget_all(tx, scope, id).await?;
        match store::connections::save(tx, scope, row, self.now()).await? {
            Write::Done => Ok(()),
            Write::Conflict => Err(Error::Conflict),
        }
    }
}

/// The name of an erased person: of the event, so that all that was theirs bears the same one, and of nothing that
/// leads to them.
fn pseudonym(event: &MetaEvent) -> String {
    format!("{PSEUDONYM}{}", event.id.simple())
}
