//! What Meta says of tokens, by schedule and on demand.

mod crowd;
mod desk;
mod refresh;
mod statuses;
mod sweeps;

use app::model::JobKind;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use server::{
    jobs::SCHEDULES,
    service::schedules::Fire,
    store::{entity::validations, tokens, validations::Model as Validation},
};
use tests::TestApp;
use uuid::Uuid;

/// Lets the schedule look what is due, and does it.
async fn sweep(app: &TestApp) {
    fire(app, JobKind::ValidateTokens).await;
}

/// Fires the schedule of this kind, and does what it asks for.
async fn fire(app: &TestApp, kind: JobKind) {
    let schedule = SCHEDULES.iter().find(|schedule| schedule.kind == kind);
    let schedule = [*schedule.expect("a schedule")];
    let fired = app.portal.fire(&schedule, Fire::All).await;
    fired.expect("a schedule that fires");
    assert_eq!(app.run_jobs().await.failed, 0);
}

async fn token(app: &TestApp, id: Uuid) -> tokens::Model {
    let found = tokens::get(app.portal.db.reader(), app.scope, id).await;
    found.expect("a readable row").expect("a token")
}

/// The checks of a token, oldest first.
async fn checks(app: &TestApp, token: Uuid) -> Vec<Validation> {
    validations::Entity::find()
        .filter(validations::Column::TokenId.eq(token))
        .order_by_asc(validations::Column::MadeAt)
        .all(app.portal.db.reader())
        .await
        .expect("readable rows")
}
