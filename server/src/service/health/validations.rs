//! The validations behind a number of the page of health.

use app::model::{AnswerClass, TokenStatus, ValidationRow, ValidationsView};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    domain::role::Permission,
    service::{Portal, Result, actor::StaffActor, queue::by_id},
    store,
};

/// Validations on one page.
const PAGE: u64 = 50;

impl Portal {
    /// Validations that said the same, newest first: all, or those of a day (in UTC).
    ///
    /// # Errors
    /// When the role does not allow it, or the database fails.
    pub async fn validations(
        &self,
        actor: &StaffActor,
        class: AnswerClass,
        day: Option<NaiveDate>,
        after: Option<Uuid>,
    ) -> Result<ValidationsView> {
        actor.require(Permission::ReadDesk)?;
        let (scope, db) = (actor.scope, self.db.reader());
        let made = day.map(|day| {
            let begin: DateTime<Utc> = day.and_time(NaiveTime::MIN).and_utc();
            begin..begin + TimeDelta::days(1)
        });
        let mut rows =
            store::validations::of_class(db, scope, class, made, after, PAGE + 1).await?;
        let has_more = rows.len() as u64 > PAGE;
        rows.truncate(PAGE as usize);
        let clients: Vec<Uuid> = rows.iter().map(|row| row.client_id).collect();
        let clients = by_id(store::clients::many(db, scope, &clients).await?);
        let next = rows.last().filter(|_| has_more).map(|row| row.id);
        let validations = rows.iter().filter_map(|row| {
            Some(ValidationRow {
                client_id: row.client_id,
                client_name: clients.get(&row.client_id)?.name.clone(),
                made_at: row.made_at,
                status: TokenStatus::from_code(&row.status).unwrap_or(TokenStatus::Unknown),
                code: row.code,
                subcode: row.subcode,
            })
        });
        Ok(ValidationsView {
            class,
            day,
            validations: validations.collect(),
            next: next.map(|id| id.to_string()),
        })
    }
}
