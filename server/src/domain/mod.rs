//! Pure rules: no database, no network, no clock of their own.

pub mod agency;
pub mod clock;
pub mod rng;
