//! What must not leak.
