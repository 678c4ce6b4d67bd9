//! By address.

mod callback;
mod clients;
mod forgery;
mod headers;
mod health;
mod links;
mod outbox;
mod sign_in;
mod tenancy;
