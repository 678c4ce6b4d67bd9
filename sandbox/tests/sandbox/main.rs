//! The sandbox from outside, over real HTTP: what Portico and foreign clients will meet.

mod batch;
mod control;
mod dialog;
mod faults;
mod graph;
mod insights;
mod tokens;
mod usage;
mod world;
