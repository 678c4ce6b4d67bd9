//! Whole ways through the portal.

mod happy;
