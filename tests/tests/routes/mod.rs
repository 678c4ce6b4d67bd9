//! By address.

mod callback;
mod links;
mod sign_in;
