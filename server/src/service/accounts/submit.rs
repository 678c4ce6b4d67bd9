//! The job that tests the chosen accounts and, when all have answered, submits the connection.

use std::time::Instant;

use app::{
    model::{AnswerClass, ConnectionState, Probe, ProbeFailure},
    text::Lang,
};
use futures::{StreamExt, stream};
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;
use uuid::Uuid;

use super::probing;
use crate::{
    domain::{agency::AgencyScope, connection, role::Permission},
    mail::Template,
    meta::{Endpoint, Graph, Recorder},
    service::{
        Error, Portal, Result,
        actor::{Origin, Who},
        audit::Event,
        troubles::Trouble,
    },
    store::{
        self, Write,
        accounts::{self, ANSWERED},
    },
};

/// Accounts that are tested at the same time.
pub(in crate::service) const PROBES_AT_ONCE: usize = 5;

impl Portal {
    /// The job behind *Submit for approval*: a test call to each chosen account. All answered: submitted.
    /// Otherwise the client sees which did not, and may go on without them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn probe_accounts(&self, scope: AgencyScope, connection: Uuid) -> Result<()> {
        let Some((draft, token)) = self.working_draft(scope, connection).await? else {
            return Ok(());
        };
        if draft.probing != probing::QUEUED {
            return Ok(());
        }
        let recorder = Recorder::default();
        let graph = self.graph()?.recording(&recorder);
        let chosen = accounts::selected(self.db.reader(), scope, &[connection]).await?;
        let tests: Vec<_> = chosen
            .iter()
            .filter(|account| account.probe.is_none())
            .map(|account| {
                probe(
                    graph.clone(),
                    token.clone(),
                    account.id,
                    account.number.clone(),
                )
            })
            .collect();
        let mut tests = stream::iter(tests).buffer_unordered(PROBES_AT_ONCE);
        let mut failed = Vec::new();
        let mut trouble = None;
        while let Some(tested) = tests.next().await {
            if matches!(tested.probe, Probe::Failed(_)) {
                failed.push(tested.number);
            }
            trouble = trouble.or(tested.trouble);
            let row = probe_row(tested.probe);
            accounts::set_probe(self.db.reader(), scope, tested.id, row, self.now()).await?;
        }
        self.keep_answers_of(scope, &draft, &recorder).await?;
        failed.extend(
            chosen
                .iter()
                .filter(|account| {
                    account
                        .probe
                        .as_deref()
                        .is_some_and(|probe| probe != ANSWERED)
                })
                .map(|account| account.number.clone()),
        );
        if failed.is_empty() {
            self.submit(scope, connection, chosen.len()).await
        } else {
            self.let_choose_again(scope, connection, &failed, trouble)
                .await
        }
    }

    /// Accounts that did not answer are shown beside their reason and are no longer chosen.
    async fn let_choose_again(
        &self,
        scope: AgencyScope,
        connection: Uuid,
        failed: &[String],
        trouble: Option<Trouble>,
    ) -> Result<()> {
        let tx = self.begin().await?;
        let Some(mut draft) = store::connections::get(&tx, scope, connection).await? else {
            return Ok(());
        };
        let client = draft.client_id;
        draft.probing = probing::DONE.to_owned();
        self.keep_offer(&tx, scope, connection).await?;
        accounts::choose(&tx, scope, connection, failed, &[]).await?;
        if store::connections::save(&tx, scope, draft, self.now()).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        if let Some(trouble) = &trouble {
            self.note_trouble(&tx, scope, trouble).await?;
        }
        let event = Event::about_client(&Who::System, "accounts.probe_failed", client)
            .refused()
            .with("count", failed.len());
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    async fn submit(&self, scope: AgencyScope, connection: Uuid, count: usize) -> Result<()> {
        let now = self.now();
        let tx = self.begin().await?;
        let Some(mut draft) = store::connections::get(&tx, scope, connection).await? else {
            return Ok(());
        };
        if self.was_ended(&tx, scope, draft.visit_id).await? {
            // The links were revoked while the tests ran: nothing is submitted by them any more.
            return Ok(());
        }
        let step = connection::transition(
            ConnectionState::from_code(&draft.state),
            connection::Event::Submitted,
        )?;
        draft.state = step.to.code().to_owned();
        draft.state_since = now;
        draft.submitted_at = Some(now);
        self.keep_offer(&tx, scope, connection).await?;
        draft.probing = probing::DONE.to_owned();
        let (client, invitation) = (draft.client_id, draft.invitation_id);
        let person_name = draft.meta_user_name.clone();
        if store::connections::save(&tx, scope, draft, now).await? == Write::Conflict {
            return Err(Error::Conflict);
        }
        if let Some(invitation) = invitation {
            store::invitations::spend(&tx, scope, invitation, now).await?;
        }
        let client_row = store::clients::get(&tx, scope, client)
            .await?
            .ok_or(Error::NotFound)?;
        let template = Template::Submitted {
            client_name: client_row.name,
            person_name,
            accounts: count as u64,
            queue_url: self.absolute(app::routes::pattern::QUEUE),
        };
        self.tell_deciders(&tx, scope, &template).await?;
        let who = Who::Client(client, Origin::default());
        self.end_trouble_of(&tx, scope, &who, Endpoint::Campaigns)
            .await?;
        let event = Event::about_client(&who, "connection.submitted", client).with("count", count);
        self.record(&tx, scope, event).await?;
        self.commit(tx).await
    }

    /// Mails everybody of the agency who may decide.
    pub(in crate::service) async fn tell_deciders(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        template: &Template,
    ) -> Result<()> {
        for person in store::staff::active(tx, scope).await? {
            let decides = app::model::Role::from_code(&person.role)
                .is_some_and(|role| crate::domain::role::may(role, Permission::Decide));
            if decides && person.password_hash.is_some() {
                self.queue_mail(tx, scope, None, &person.email, Lang::default(), template)
                    .await?;
            }
        }
        Ok(())
    }
}

/// An account with what its test call said.
pub(in crate::service) struct Tested {
    pub id: Uuid,
    pub number: String,
    pub probe: Probe,
    /// What the agency has to mend.
    pub trouble: Option<Trouble>,
}

/// One test call.
pub(in crate::service) async fn probe(
    graph: Graph,
    token: SecretString,
    id: Uuid,
    number: String,
) -> Tested {
    let began = Instant::now();
    let mut trouble = None;
    let probe = match graph.campaigns_count(&token, &number).await {
        Ok(campaigns) => Probe::Answered {
            campaigns,
            millis: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        },
        Err(error) => {
            trouble = Trouble::of_call(&error);
            Probe::Failed(match error.class {
                AnswerClass::Wait => ProbeFailure::Throttled,
                AnswerClass::Relogin | AnswerClass::Blocked => ProbeFailure::LoginEnded,
                AnswerClass::Retry => ProbeFailure::MetaUnavailable,
                AnswerClass::FixConfig => ProbeFailure::Misconfigured,
                _ => ProbeFailure::NoAccess,
            })
        }
    };
    Tested {
        id,
        number,
        probe,
        trouble,
    }
}

/// How what a test call said is stored.
pub(in crate::service) fn probe_row(probe: Probe) -> accounts::ProbeRow {
    match probe {
        Probe::Answered { campaigns, millis } => accounts::ProbeRow {
            code: ANSWERED.to_owned(),
            millis: i64::try_from(millis).ok(),
            campaigns: i64::try_from(campaigns).ok(),
        },
        Probe::Failed(failure) => accounts::ProbeRow {
            code: failure.code().to_owned(),
            millis: None,
            campaigns: None,
        },
    }
}

/// What the last test call to an account said, as stored.
#[must_use]
pub fn stored_probe(account: &accounts::Model) -> Option<Probe> {
    let probe = account.probe.as_deref();
    stored_probe_of(probe, account.campaigns_count, account.probe_millis)
}

/// As [`stored_probe`], from the stored code and figures.
#[must_use]
pub fn stored_probe_of(
    code: Option<&str>,
    campaigns: Option<i64>,
    millis: Option<i64>,
) -> Option<Probe> {
    let code = code?;
    let figure = |n: Option<i64>| n.and_then(|n| u64::try_from(n).ok()).unwrap_or_default();
    if code == ANSWERED {
        return Some(Probe::Answered {
            campaigns: figure(campaigns),
            millis: figure(millis),
        });
    }
    ProbeFailure::from_code(code).map(Probe::Failed)
}
