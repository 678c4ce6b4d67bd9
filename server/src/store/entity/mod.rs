//! One file a table. Entities stay inside the server: pages get views.

pub mod ad_accounts;
pub mod agencies;
pub mod audit_events;
pub mod audit_heads;
pub mod client_tokens;
pub mod clients;
pub mod connections;
pub mod form_drafts;
pub mod grants;
pub mod installation;
pub mod invitation_links;
pub mod invitations;
pub mod jobs;
pub mod mails;
pub mod meta_troubles;
pub mod oauth_states;
pub mod person_keys;
pub mod rate_windows;
pub mod recovery_codes;
pub mod second_factors;
pub mod sessions;
pub mod sign_in_links;
pub mod staff;
pub mod validations;
pub mod vault_keys;
pub mod visits;
