//! Jobs that were given up: seen, run again, or let be.

use std::collections::HashMap;

use app::model::{JobKind, JobRow, JobTrouble, JobsView, Notice, UnknownJobs};
use uuid::Uuid;

use super::{
    Error, Portal, Result,
    actor::StaffActor,
    audit::Event,
    outbox::{read_cursor, write_cursor},
    work::known_kinds,
};
use crate::{
    domain::role::Permission,
    store::{self, Write, jobs},
};

/// Jobs on one page.
const PAGE: u64 = 50;

impl Portal {
    /// What was given up, the last first, and what waits for a newer version.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn given_up(&self, actor: &StaffActor, after: Option<&str>) -> Result<JobsView> {
        actor.require(Permission::ReadDesk)?;
        let (scope, db) = (actor.scope, self.db.reader());
        let after = after.and_then(read_cursor);
        let mut rows = jobs::list_given_up(db, scope, after, PAGE + 1).await?;
        let has_more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let last = rows.last().filter(|_| has_more);
        let next = last.map(|job| write_cursor(job.finished_at.unwrap_or(job.run_at), job.id));
        let clients = self.clients_of_jobs(actor, &rows).await?;
        let unknown = jobs::unknown_kinds(db, scope, &known_kinds()).await?;
        Ok(JobsView {
            count: jobs::count_given_up(db, scope).await?,
            jobs: { rows.iter() }
                .filter_map(|job| row(job, &clients))
                .collect(),
            next,
            unknown: unknown
                .into_iter()
                .map(|(kind, count, since)| UnknownJobs {
                    kind,
                    count: u64::try_from(count).unwrap_or_default(),
                    since,
                })
                .collect(),
            may_mend: actor.may(Permission::MendJobs),
        })
    }

    /// Whom each job was for: id and name by the id of the job.
    async fn clients_of_jobs(
        &self,
        actor: &StaffActor,
        rows: &[jobs::Model],
    ) -> Result<HashMap<Uuid, (Uuid, String)>> {
        let (scope, db) = (actor.scope, self.db.reader());
        let mut of_job = Vec::new();
        for &kind in JobKind::ALL {
            let of_kind = rows.iter().filter(|job| job.kind == kind.code());
            let subjects: Vec<(Uuid, Uuid)> = of_kind
                .filter_map(|job| Some((job.id, job.subject_id?)))
                .collect();
            if subjects.is_empty() {
                continue;
            }
            let ids: Vec<Uuid> = subjects.iter().map(|(_, subject)| *subject).collect();
            let clients = jobs::clients_of(db, scope, kind, &ids).await?;
            let with_client = |(job, subject)| Some((job, *clients.get(&subject)?));
            of_job.extend(subjects.into_iter().filter_map(with_client));
        }
        let ids: Vec<Uuid> = of_job.iter().map(|(_, client)| *client).collect();
        let clients = store::clients::many(db, scope, &ids).await?;
        let names: HashMap<Uuid, String> = { clients.into_iter() }
            .map(|client| (client.id, client.name))
            .collect();
        let named = |(job, client)| Some((job, (client, names.get(&client)?.clone())));
        Ok(of_job.into_iter().filter_map(named).collect())
    }

    /// Runs one job again. What is no longer in the list was run again or dismissed by somebody else.
    ///
    /// # Errors
    /// When the role does not allow it, there is no such job, or the database fails.
    pub async fn run_job_again(&self, actor: &StaffActor, id: Uuid) -> Result<Notice> {
        let job = self.job_to_mend(actor, id).await?;
        let tx = self.begin().await?;
        let kinds = known_kinds();
        let count = jobs::run_again(&tx, actor.scope, Some(id), &kinds, self.now()).await?;
        if count == 0 {
            return Ok(Notice::JobSettled);
        }
        let who = actor.who();
        let event = Event::about_agency(&who, "job.run_again", actor.scope)
            .with("kind", job.kind)
            .with("job", id.to_string());
        self.record(&tx, actor.scope, event).await?;
        self.commit(tx).await?;
        Ok(Notice::JobsRunAgain { count })
    }

    /// Runs all of them again.
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn run_jobs_again(&self, actor: &StaffActor) -> Result<Notice> {
        actor.require(Permission::MendJobs)?;
        let tx = self.begin().await?;
        let kinds = known_kinds();
        let count = jobs::run_again(&tx, actor.scope, None, &kinds, self.now()).await?;
        if count == 0 {
            return Ok(Notice::JobSettled);
        }
        let who = actor.who();
        let event = Event::about_agency(&who, "jobs.run_again", actor.scope).with("count", count);
        self.record(&tx, actor.scope, event).await?;
        self.commit(tx).await?;
        Ok(Notice::JobsRunAgain { count })
    }

    /// Lets a job be.
    ///
    /// # Errors
    /// When the role does not allow it, there is no such job, or the database fails.
    pub async fn dismiss_job(&self, actor: &StaffActor, id: Uuid) -> Result<Notice> {
        let job = self.job_to_mend(actor, id).await?;
        let tx = self.begin().await?;
        if jobs::dismiss(&tx, actor.scope, id, self.now()).await? == Write::Conflict {
            return Ok(Notice::JobSettled);
        }
        let who = actor.who();
        let event = Event::about_agency(&who, "job.dismissed", actor.scope)
            .with("kind", job.kind)
            .with("job", id.to_string());
        self.record(&tx, actor.scope, event).await?;
        self.commit(tx).await?;
        Ok(Notice::JobDismissed)
    }

    async fn job_to_mend(&self, actor: &StaffActor, id: Uuid) -> Result<jobs::Model> {
        actor.require(Permission::MendJobs)?;
        let job = jobs::get(self.db.reader(), actor.scope, id).await?;
        job.ok_or(Error::NotFound)
    }
}

/// `None` for what a newer version has given up: it is told of among what waits for that.
fn row(job: &jobs::Model, clients: &HashMap<Uuid, (Uuid, String)>) -> Option<JobRow> {
    let trouble = job.trouble.as_deref().and_then(JobTrouble::from_code);
    Some(JobRow {
        id: job.id,
        kind: JobKind::from_code(&job.kind)?,
        client: clients.get(&job.id).cloned(),
        trouble: trouble.unwrap_or(JobTrouble::Defect),
        error: job.last_error.clone(),
        tries: u32::try_from(job.attempts).unwrap_or_default(),
        enqueued_at: job.created_at,
        given_up_at: job.finished_at.unwrap_or(job.run_at),
    })
}
