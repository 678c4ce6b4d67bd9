//! Work that happens by itself: which job comes first, who does it, and what becomes of it when something fails.

mod claims;
mod given_up;
mod running;
mod schedules;

use app::model::InvitationKind;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use server::{
    service::{
        Portal,
        actor::Who,
        invitations::{Sent, Way},
    },
    store::entity::jobs,
};
use tests::TestApp;
use uuid::Uuid;

/// The jobs of a kind, the oldest first.
async fn of_kind(app: &TestApp, kind: &str) -> Vec<jobs::Model> {
    let rows = jobs::Entity::find()
        .filter(jobs::Column::Kind.eq(kind))
        .order_by_asc(jobs::Column::Id)
        .all(app.portal.db.reader())
        .await;
    rows.expect("rows")
}

/// Mails a link to a client, as somebody at the desk does.
async fn mail_link(app: &TestApp, portal: &Portal, client: Uuid) {
    let kind = InvitationKind::Connect;
    let sent = portal.invite(app.scope, &Who::Operator, client, kind, Way::Mail);
    let sent = sent.await.expect("a readable answer");
    assert!(matches!(sent, Sent::Done(_)));
}
