//! What Meta tells the portal: that a person removed the app, wants their data deleted, changed what they permit.

mod deauthorize;
mod deletion;
mod door;
mod late;
mod permissions;
