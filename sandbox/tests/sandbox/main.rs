//! The sandbox from outside, over real HTTP: what Portico and foreign clients will meet.

mod batch;
mod business;
mod control;
mod dialog;
mod endings;
mod faults;
mod graph;
mod insights;
mod presets;
mod system_users;
mod tokens;
mod usage;
mod world;
