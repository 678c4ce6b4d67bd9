//! Mail goes through the database first: queued in the transaction that causes it, sent by a job.

use app::model::{MailFilter, MailRow, MailState, MailView, OutboxView};
use app::text::Lang;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseTransaction;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    Error, Portal, Result,
    actor::{StaffActor, Who},
    audit::Event,
    portal::job,
};
use crate::{
    domain::{agency::AgencyScope, mail_trouble::cause, role::Permission},
    mail::{Outgoing, SendOutcome, Template},
    store::{self, mails},
    vault::Place,
};

/// Mails on one page of the outbox.
const PAGE: u64 = 50;
/// Tries until a mail is given up, and the pause after each, in minutes: two days in all.
const PAUSES: [i64; 8] = [1, 5, 15, 60, 180, 480, 960, 1_200];

/// The body of a mail as it waits, sealed.
#[derive(Serialize, Deserialize)]
struct Body {
    text: String,
    html: String,
}

impl Portal {
    /// Puts a mail into the outbox, inside the transaction that causes it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn queue_mail(
        &self,
        tx: &DatabaseTransaction,
        scope: AgencyScope,
        client: Option<Uuid>,
        recipient: &str,
        lang: Lang,
        template: &Template,
    ) -> Result<Uuid> {
        let agency = store::agencies::get(tx, scope)
            .await?
            .ok_or(Error::NotFound)?;
        let rendered = template.render(lang, &self.letterhead(&agency));
        let body = Body {
            text: rendered.text.expose_secret().to_owned(),
            html: rendered.html.expose_secret().to_owned(),
        };
        let id = self.new_id();
        let plain = Zeroizing::new(serde_json::to_vec(&body).map_err(Error::internal)?);
        let row = mails::Model {
            id,
            agency_id: scope.agency(),
            client_id: client,
            template: template.name().to_owned(),
            recipient: recipient.to_owned(),
            subject: rendered.subject,
            body_sealed: Some(self.vault.seal(place(scope, id), &plain)),
            state: MailState::Queued.code().to_owned(),
            attempts: 0,
            last_error: None,
            created_at: self.now(),
            sent_at: None,
            next_try_at: None,
        };
        mails::create(tx, row).await?;
        self.enqueue(tx, scope, job::SEND_MAIL, id).await?;
        Ok(id)
    }

    /// Sends a mail of the outbox. Says when to try again, if the mail server could not take it now.
    ///
    /// # Errors
    /// When the database fails or the body does not open.
    pub async fn deliver(&self, scope: AgencyScope, id: Uuid) -> Result<Option<DateTime<Utc>>> {
        let db = self.db.reader();
        let Some(mail) = mails::get(db, scope, id).await? else {
            return Ok(None);
        };
        if mail.state != MailState::Queued.code() {
            return Ok(None);
        }
        let Some(body) = self.body(scope, &mail)? else {
            return Ok(None);
        };
        let agency = self.agency(scope).await?;
        let asker = mail.client_id.filter(|_| mail.template == Template::HELP);
        let reply_to = match asker {
            // The agency answers the client, not itself.
            Some(client) => store::clients::get(db, scope, client)
                .await?
                .map(|client| client.email),
            None => agency.support_email,
        };
        let outgoing = Outgoing {
            id,
            to: mail.recipient.clone(),
            subject: mail.subject.clone(),
            text: body.text.into(),
            html: body.html.into(),
            agency_name: agency.name,
            reply_to,
            date: mail.created_at,
        };
        let outcome = self.mailer.send(&outgoing).await;
        let attempts = mail.attempts + 1;
        let now = self.now();
        let tried = match outcome {
            Ok(outcome) => mails::Tried {
                state: match outcome {
                    SendOutcome::Sent => MailState::Sent,
                    SendOutcome::Kept => MailState::Kept,
                },
                attempts,
                error: None,
                sent_at: Some(now),
                next_try_at: None,
            },
            Err(error) => {
                let pause = usize::try_from(mail.attempts)
                    .ok()
                    .and_then(|tries| PAUSES.get(tries))
                    .filter(|_| !error.permanent);
                mails::Tried {
                    state: pause.map_or(MailState::Failed, |_| MailState::Queued),
                    attempts,
                    error: Some(error.message),
                    sent_at: None,
                    next_try_at: pause.map(|minutes| now + TimeDelta::minutes(*minutes)),
                }
            }
        };
        self.keep_tried(scope, &mail, tried).await
    }

    async fn keep_tried(
        &self,
        scope: AgencyScope,
        mail: &mails::Model,
        tried: mails::Tried,
    ) -> Result<Option<DateTime<Utc>>> {
        let (state, next) = (tried.state, tried.next_try_at);
        let tx = self.begin().await?;
        mails::set_tried(&tx, scope, mail.id, tried).await?;
        if let (Some(client), true) = (mail.client_id, state != MailState::Queued) {
            let event = match state {
                MailState::Failed => {
                    Event::about_client(&Who::System, "mail.failed", client).refused()
                }
                MailState::Kept => Event::about_client(&Who::System, "mail.kept", client),
                _ => Event::about_client(&Who::System, "mail.sent", client),
            };
            let event = event.with("template", mail.template.clone());
            self.record(&tx, scope, event).await?;
        }
        self.commit(tx).await?;
        Ok(next)
    }

    /// The outbox, or what is in one state of it, newest first.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn outbox(
        &self,
        actor: &StaffActor,
        filter: MailFilter,
        after: Option<&str>,
    ) -> Result<OutboxView> {
        actor.require(Permission::ReadDesk)?;
        let (scope, db) = (actor.scope, self.db.reader());
        let after = after.and_then(read_cursor);
        let mut rows = mails::list(db, scope, filter, after, PAGE + 1).await?;
        let has_more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let last = rows.last().filter(|_| has_more);
        let next = last.map(|mail| write_cursor(mail.created_at, mail.id));
        Ok(OutboxView {
            filter,
            counts: self.mail_figures(scope).await?,
            open: store::health::failed_mails(db, scope).await?,
            mails: rows.iter().map(view).collect(),
            next,
            may_send: actor.may(Permission::SendLinks),
            is_kept_here: self.mailer.keeps(),
        })
    }

    /// One mail, with its text for those who may see links.
    ///
    /// # Errors
    /// When the role does not allow it, there is no such mail, or the database fails.
    pub async fn mail(&self, actor: &StaffActor, id: Uuid) -> Result<MailView> {
        actor.require(Permission::ReadDesk)?;
        let mail = mails::get(self.db.reader(), actor.scope, id)
            .await?
            .ok_or(Error::NotFound)?;
        let text = if actor.may(Permission::ReadMails) {
            self.body(actor.scope, &mail)?.map(|body| body.text)
        } else {
            None
        };
        Ok(MailView {
            mail: view(&mail),
            text,
            may_send: actor.may(Permission::SendLinks),
        })
    }

    /// Sends a mail once more, while its body is here.
    ///
    /// # Errors
    /// When the role does not allow it, there is no such mail or no body, or the database fails.
    pub async fn send_mail_again(&self, actor: &StaffActor, id: Uuid) -> Result<()> {
        actor.require(Permission::SendLinks)?;
        let tx = self.begin().await?;
        let mail = mails::get(&tx, actor.scope, id)
            .await?
            .ok_or(Error::NotFound)?;
        if mail.body_sealed.is_none() {
            return Err(Error::Conflict);
        }
        let is_waiting = store::jobs::is_open(&tx, actor.scope, job::SEND_MAIL, id).await?;
        let again = mails::Tried {
            state: MailState::Queued,
            attempts: 0,
            error: mail.last_error,
            sent_at: mail.sent_at,
            next_try_at: None,
        };
        mails::set_tried(&tx, actor.scope, id, again).await?;
        if is_waiting {
            store::jobs::hasten(&tx, actor.scope, job::SEND_MAIL, id, self.now()).await?;
        } else {
            self.enqueue(&tx, actor.scope, job::SEND_MAIL, id).await?;
        }
        if let Some(client) = mail.client_id {
            let who = actor.who();
            let event = Event::about_client(&who, "mail.sent_again", client)
                .with("template", mail.template);
            self.record(&tx, actor.scope, event).await?;
        }
        self.commit(tx).await
    }

    fn body(&self, scope: AgencyScope, mail: &mails::Model) -> Result<Option<Body>> {
        let Some(sealed) = &mail.body_sealed else {
            return Ok(None);
        };
        let plain = self.vault.open(place(scope, mail.id), sealed)?;
        serde_json::from_slice(&plain)
            .map(Some)
            .map_err(Error::internal)
    }
}

fn place(scope: AgencyScope, id: Uuid) -> Place {
    Place {
        table: mails::TABLE,
        column: mails::COLUMN,
        agency: scope.agency(),
        row: id,
    }
}

fn view(mail: &mails::Model) -> MailRow {
    MailRow {
        id: mail.id,
        client_id: mail.client_id,
        to: mail.recipient.clone(),
        subject: mail.subject.clone(),
        state: MailState::from_code(&mail.state).unwrap_or(MailState::Failed),
        attempts: u32::try_from(mail.attempts).unwrap_or_default(),
        error: mail.last_error.clone(),
        trouble: mail.last_error.as_deref().map(cause),
        created_at: mail.created_at,
        sent_at: mail.sent_at,
        next_try_at: mail.next_try_at,
        has_body: mail.body_sealed.is_some(),
    }
}

/// Where the next page of a list begins that is sorted by a time.
pub(super) fn write_cursor(at: DateTime<Utc>, id: Uuid) -> String {
    format!("{}.{id}", at.timestamp_micros())
}

pub(super) fn read_cursor(cursor: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let (micros, id) = cursor.split_once('.')?;
    let at = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
    Some((at, id.parse().ok()?))
}
