//! By address.

mod callback;
mod clients;
mod forgery;
mod headers;
mod health;
mod links;
mod outbox;
mod password;
mod second_factor;
mod settings;
mod setup;
mod sign_in;
mod styleguide;
mod team;
mod tenancy;
mod watch;
mod weight;
