//! How much of Meta's limits is used, as the page of health shows it.

use app::model::{AccountUse, UsageView, Used};

use super::figures::USAGE_LASTS;
use crate::{
    domain::agency::AgencyScope,
    service::{Portal, Result},
    store::meta_usage,
};

/// Ad accounts that the page shows.
const BUSIEST: u64 = 10;

impl Portal {
    pub(super) async fn usage(&self, scope: AgencyScope) -> Result<UsageView> {
        let db = self.db.reader();
        let since = self.now() - USAGE_LASTS;
        let busiest = meta_usage::busiest_accounts(db, scope, since, BUSIEST).await?;
        let numbers: Vec<&str> = busiest.iter().map(|row| row.meta_id.as_str()).collect();
        let owners = meta_usage::owners(db, scope, &numbers).await?;
        let accounts = busiest.iter().filter_map(|row| {
            let owner = owners.iter().find(|owner| owner.number == row.meta_id)?;
            Some(AccountUse {
                number: owner.number.clone(),
                name: owner.name.clone(),
                client_id: owner.client_id,
                client_name: owner.client_name.clone(),
                used: self.used(row),
            })
        });
        Ok(UsageView {
            accounts: accounts.collect(),
            app: self.app_usage().await?,
        })
    }

    /// The share of the app that is configured.
    pub(super) async fn app_usage(&self) -> Result<Option<Used>> {
        let Some(graph) = &self.graph else {
            return Ok(None);
        };
        let app = &graph.config().app_id;
        let row = meta_usage::of_app(self.db.reader(), app).await?;
        Ok(row.map(|row| self.used(&row)))
    }

    fn used(&self, row: &meta_usage::Model) -> Used {
        Used {
            percent: whole(row.percent),
            seen_at: row.seen_at,
            stopped_until: row.stopped_until.filter(|until| *until > self.now()),
        }
    }
}

/// A percentage as a whole number. Meta's may be any.
fn whole(percent: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between nought and a thousand"
    )]
    let whole = percent.clamp(0.0, 1_000.0).round() as u64;
    whole
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn any_percentage_is_shown() {
        let shown = [9.67, 0.2, -3.0, 1e9, f64::NAN, f64::INFINITY].map(whole);
        assert_eq!(shown, [10, 0, 0, 1_000, 0, 1_000]);
    }
}
