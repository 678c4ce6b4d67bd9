//! The evidence behind a grant: who agreed to what, when and from where, which accounts were offered, chosen
//! and tested, and what Meta answered.

mod page;

use chrono::TimeDelta;
use sea_orm::DatabaseTransaction;
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::{Portal, Result};
use crate::{
    domain::agency::AgencyScope,
    meta::{Answer, Recorder},
    store::{self, connections::Model as Connection, evidence},
    vault::Place,
};

/// What an answer that was good is stored as; every other value is the class of an error.
const OK: &str = "ok";

impl Portal {
    /// Keeps what Meta answered during a login, also where it came to nothing: apart from what the login leads
    /// to, since evidence that cannot be kept is no reason to lose a consent.
    pub async fn keep_answers(
        &self,
        scope: AgencyScope,
        client: Uuid,
        login: Uuid,
        recorder: &Recorder,
    ) {
        let kept = self.store_answers(scope, client, login, recorder.take());
        if let Err(error) = kept.await {
            tracing::warn!(%error, "what Meta answered could not be kept");
        }
    }

    /// As [`Portal::keep_answers`], for a job about a connection: its newest login.
    pub(super) async fn keep_answers_of(
        &self,
        scope: AgencyScope,
        connection: &Connection,
        recorder: &Recorder,
    ) -> Result<()> {
        let db = self.db.reader();
        let grants = store::connections::newest_grants(db, scope, &[connection.id]).await?;
        let login = grants.get(&connection.id).and_then(|grant| grant.login_id);
        if let Some(login) = login {
            self.keep_answers(scope, connection.client_id, login, recorder)
                .await;
        }
        Ok(())
    }

    async fn store_answers(
        &self,
        scope: AgencyScope,
        client: Uuid,
        login: Uuid,
        answers: Vec<Answer>,
    ) -> Result<()> {
        if answers.is_empty() {
            return Ok(());
        }
        let now = self.now();
        // A microsecond apart, they sort as they came.
        let rows = answers
            .into_iter()
            .zip(0_i64..)
            .map(|(answer, number)| {
                let id = self.new_id();
                let (outcome, code, subcode) = match answer.error {
                    None => (OK, None, None),
                    Some((class, code, subcode)) => (class.code(), code, subcode),
                };
                let is_empty = answer.text.expose_secret().is_empty();
                evidence::Answer {
                    id,
                    agency_id: scope.agency(),
                    client_id: client,
                    login_id: login,
                    endpoint: answer.endpoint.name().to_owned(),
                    http_status: answer.status.map(i32::from),
                    outcome: outcome.to_owned(),
                    code,
                    subcode,
                    calls: i64::try_from(answer.calls).unwrap_or(i64::MAX),
                    size: i64::try_from(answer.size).unwrap_or(i64::MAX),
                    is_cut: answer.is_cut,
                    body_sealed: (!is_empty)
                        .then(|| self.vault.seal_text(place(scope, id), &answer.text)),
                    asked_at: now + TimeDelta::microseconds(number),
                }
            })
            .collect();
        let tx = self.begin().await?;
        if store::erasure::is_login_erased(&tx, scope, client, login).await? {
            return Ok(());
        }
        evidence::create_answers(&tx, rows).await?;
        Ok(tx.commit().await?)
    }

    /// Keeps how a connection's accounts stand now as what its newest grant offered.
    pub(super) async fn keep_offer(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        connection: Uuid,
    ) -> Result<()> {
        let grants = store::connections::newest_grants(tx, scope, &[connection]).await?;
        if let Some(grant) = grants.get(&connection) {
            evidence::keep_accounts(tx, scope, grant.id, connection, false).await?;
        }
        Ok(())
    }
}

/// Where the sealed text of an answer stands.
const fn place(scope: AgencyScope, id: Uuid) -> Place {
    Place {
        table: evidence::TABLE,
        column: evidence::COLUMN,
        agency: scope.agency(),
        row: id,
    }
}
