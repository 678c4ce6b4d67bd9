//! What must not leak, must not open elsewhere, and must not be changed unseen.

mod leaks;
mod seal;
mod trail;
