//! The admin's desk.
