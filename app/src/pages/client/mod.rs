//! The client's way.
