//! Another agency on the same installation.

use ::app::model::Role;
use server::{domain::agency::AgencyScope, store};

use crate::{Staff, TestApp};

/// An agency with staff and clients of its own.
pub struct Agency {
    pub scope: AgencyScope,
    pub owner: Staff,
}

impl Agency {
    /// Makes one beside the first.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn found(app: &TestApp, name: &str) -> Self {
        let (portal, id) = (&app.portal, app.portal.new_id());
        let scope = AgencyScope::of(id);
        let tx = portal.begin().await.expect("a transaction");
        let made = store::agencies::create(&tx, id, name, None, portal.now()).await;
        made.expect("an agency");
        portal.begin_chain(&tx, scope).await.expect("a chain");
        portal.commit(tx).await.expect("a commit");
        let email = format!("owner@{}.example", name.to_lowercase());
        let owner = Staff::join(app, scope, &email, Role::Owner).await;
        Self { scope, owner }
    }
}
