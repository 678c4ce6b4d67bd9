//! What must not leak, must not open elsewhere, and must not be changed unseen.

mod held;
mod leaks;
mod seal;
mod trail;
