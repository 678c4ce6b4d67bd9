//! The tests from outside, in one binary: each links the server once.

mod arch;
