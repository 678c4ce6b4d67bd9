//! The database's history. Each migration names its own columns, so that a later change of an
//! entity cannot rewrite history; each goes up, down and up again on SQLite and PostgreSQL.

use sea_orm_migration::prelude::*;

mod columns;
mod m20261123_000001_installation;
mod m20261123_000002_agency_and_staff;
mod m20261123_000003_clients_and_invitations;
mod m20261123_000004_connections_and_tokens;
mod m20261123_000005_audit;
mod m20261123_000006_outbox_and_jobs;
mod m20261123_000007_second_factor;
mod m20261123_000008_evidence;
mod m20261123_000009_forwarded_links;
mod m20261123_000010_held_logins_and_meta_troubles;
mod m20261124_000011_agency_face;
mod m20261124_000012_desk_lists;
mod m20261124_000013_tokens_of_people;
mod m20261125_000015_job_queue;
mod m20261125_000016_validation_schedule;
mod m20261125_000017_health;
mod m20261125_000018_meta_events;
mod m20261125_000021_validations_by_class;

pub use sea_orm_migration::MigratorTrait;

/// All migrations in their order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_installation::Migration),
            Box::new(m20261123_000002_agency_and_staff::Migration),
            Box::new(m20261123_000003_clients_and_invitations::Migration),
            Box::new(m20261123_000004_connections_and_tokens::Migration),
            Box::new(m20261123_000005_audit::Migration),
            Box::new(m20261123_000006_outbox_and_jobs::Migration),
            Box::new(m20261123_000007_second_factor::Migration),
            Box::new(m20261123_000008_evidence::Migration),
            Box::new(m20261123_000009_forwarded_links::Migration),
            Box::new(m20261123_000010_held_logins_and_meta_troubles::Migration),
            Box::new(m20261124_000011_agency_face::Migration),
            Box::new(m20261124_000012_desk_lists::Migration),
            Box::new(m20261124_000013_tokens_of_people::Migration),
            Box::new(m20261125_000015_job_queue::Migration),
            Box::new(m20261125_000016_validation_schedule::Migration),
            Box::new(m20261125_000017_health::Migration),
            Box::new(m20261125_000018_meta_events::Migration),
            Box::new(m20261125_000021_validations_by_class::Migration),
        ]
    }
}
