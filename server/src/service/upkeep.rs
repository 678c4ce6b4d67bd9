//! What happens by itself, on a schedule (`jobs::schedule`).

use app::model::{ConnectionState, TokenStanding};
use chrono::TimeDelta;

use super::{Portal, Result, actor::Who, audit::Event};
use crate::{
    domain::{
        agency::AgencyScope,
        connection,
        numbers::{
            ANSWERS_KEPT, DRAFT_CONNECTION_LIFE, LINK_LIFE, MAIL_BODY_LIFE, VALIDATIONS_KEPT,
        },
    },
    store::{self, Write, lookup},
};

/// How long done jobs are kept, for looking at.
const JOBS_KEPT: TimeDelta = TimeDelta::days(7);

impl Portal {
    /// What is over by the clock in one agency: bodies of old mails, answers of Meta's, old checks, drafts that
    /// nobody submitted, jobs that are done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tidy_agency(&self, scope: AgencyScope) -> Result<()> {
        let now = self.now();
        store::mails::destroy_bodies(
            self.db.reader(),
            scope,
            now - MAIL_BODY_LIFE,
            // The links in them are over by then.
            now - LINK_LIFE,
        )
        .await?;
        store::jobs::forget_ended_before(self.db.reader(), scope, now - JOBS_KEPT).await?;
        store::evidence::destroy_answers_before(self.db.reader(), scope, now - ANSWERS_KEPT)
            .await?;
        store::validations::forget_before(self.db.reader(), scope, now - VALIDATIONS_KEPT).await?;
        self.abandon_drafts(scope).await?;
        self.abandon_candidates(scope, now - DRAFT_CONNECTION_LIFE)
            .await
    }

    /// What is over and belongs to nobody: counted tries, sessions, links, visits, refused forms.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tidy_installation(&self) -> Result<()> {
        let now = self.now();
        let yesterday = now - TimeDelta::days(1);
        store::rates::forget_before(self.db.reader(), yesterday).await?;
        store::meta_usage::forget_before(self.db.reader(), yesterday).await?;
        lookup::forget_expired(self.db.reader(), now).await?;
        Ok(())
    }

    async fn abandon_drafts(&self, scope: AgencyScope) -> Result<()> {
        let now = self.now();
        let before = now - DRAFT_CONNECTION_LIFE;
        let drafts =
            store::connections::drafts_since_before(self.db.reader(), scope, before).await?;
        for mut draft in drafts {
            let step = connection::transition(
                ConnectionState::from_code(&draft.state),
                connection::Event::DraftExpired,
            )?;
            let (id, client) = (draft.id, draft.client_id);
            draft.state = step.to.code().to_owned();
            draft.state_since = now;
            let tx = self.begin().await?;
            if store::connections::save(&tx, scope, draft, now).await? == Write::Conflict {
                continue;
            }
            self.destroy_standing(&tx, scope, id, TokenStanding::Candidate)
                .await?;
            let event = Event::about_client(&Who::System, "connection.abandoned", client);
            self.record(&tx, scope, event).await?;
            self.commit(tx).await?;
        }
        Ok(())
    }
}
