//! *Ask for help*: the agency gets a mail about where a client is stuck. No secret stands in it.

use app::{
    model::{HelpCase, HelpStep, HelpView, ProgressView, Role},
    routes,
    text::Lang,
};

use super::{
    Error, Portal, Result,
    accounts::ListQuery,
    audit::Event,
    sign_in::bucket,
    visits::{Step, Visitor},
};
use crate::{
    domain::{
        rate,
        role::{Permission, may},
    },
    mail::{Help, Template},
    store,
};

impl Portal {
    /// What would be told. `None` where the visit is over, or the client's part is done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn help_view(&self, visitor: &Visitor) -> Result<Option<HelpView>> {
        if !self.may_ask_others(visitor).await? {
            return Ok(None);
        }
        let client = store::clients::get(self.db.reader(), visitor.scope, visitor.visit.client_id)
            .await?
            .ok_or(Error::NotFound)?;
        let step = self.step(visitor, &ListQuery::default()).await?;
        let Some((step, case)) = case(&step) else {
            return Ok(None);
        };
        Ok(Some(HelpView {
            visit: visitor.visit.id,
            client_name: client.name,
            email: client.email,
            person_name: self.signed_in_as(visitor).await?,
            step,
            case,
        }))
    }

    /// Writes to the agency's support address; where there is none, to those who decide. Whether it was written.
    ///
    /// # Errors
    /// [`Error::TooMany`] after three within a day; when the database fails.
    pub async fn ask_for_help(&self, visitor: &Visitor) -> Result<bool> {
        let Some(view) = self.help_view(visitor).await? else {
            return Ok(false);
        };
        let (scope, client) = (visitor.scope, visitor.visit.client_id);
        let bucket = bucket("help", &client.to_string());
        if let Some(seconds) = self.over_limit(&bucket, rate::HELP).await? {
            return Err(Error::TooMany(seconds));
        }
        let lang = Lang::default();
        let template = Template::Help(Help {
            client_name: view.client_name,
            client_email: view.email,
            person_name: view.person_name,
            step: lang.text(&view.step.key(), &[]),
            case: lang.text(&view.case.key(), &[("count", view.case.count().into())]),
            client_url: self.absolute(&routes::client(client)),
        });
        let tx = self.begin().await?;
        for address in self.helpers(&tx, visitor).await? {
            self.queue_mail(&tx, scope, Some(client), &address, lang, &template)
                .await?;
        }
        let who = visitor.who();
        let mut event =
            Event::about_client(&who, "help.asked", client).with("step", view.step.code());
        event = match view.case {
            HelpCase::Open => event,
            HelpCase::NoAccounts(reason) => event.with("case", reason.code()),
            HelpCase::Stopped(reason) => event.with("case", reason.code()),
            HelpCase::ProbesFailed(count) => event.with("failed", count),
        };
        self.record(&tx, scope, event).await?;
        self.commit(tx).await?;
        Ok(true)
    }

    async fn helpers(
        &self,
        tx: &sea_orm::DatabaseTransaction,
        visitor: &Visitor,
    ) -> Result<Vec<String>> {
        let agency = store::agencies::get(tx, visitor.scope)
            .await?
            .ok_or(Error::NotFound)?;
        if let Some(address) = agency.support_email {
            return Ok(vec![address]);
        }
        let staff = store::staff::active(tx, visitor.scope).await?;
        Ok(staff
            .into_iter()
            .filter(|person| {
                Role::from_code(&person.role).is_some_and(|role| may(role, Permission::Decide))
            })
            .map(|person| person.email)
            .collect())
    }
}

/// Where somebody stands and what is known of it; `None` where there is nothing left to help with.
fn case(step: &Step) -> Option<(HelpStep, HelpCase)> {
    Some(match step {
        Step::Progress(ProgressView::SigningIn) => (HelpStep::SigningIn, HelpCase::Open),
        Step::Progress(ProgressView::Reading { .. }) => (HelpStep::Reading, HelpCase::Open),
        Step::Progress(ProgressView::Probing { .. }) => (HelpStep::Testing, HelpCase::Open),
        Step::Identity(_) => (HelpStep::Identity, HelpCase::Open),
        Step::Accounts(view) if view.failed.is_empty() => (HelpStep::Choosing, HelpCase::Open),
        Step::Accounts(view) => {
            let failed = u64::try_from(view.failed.len()).unwrap_or(u64::MAX);
            (HelpStep::Choosing, HelpCase::ProbesFailed(failed))
        }
        Step::NoAccounts(view) => (HelpStep::NoAccounts, HelpCase::NoAccounts(view.reason)),
        Step::Stopped(view) => (HelpStep::Stopped, HelpCase::Stopped(view.reason)),
        Step::Done(_) => return None,
    })
}
