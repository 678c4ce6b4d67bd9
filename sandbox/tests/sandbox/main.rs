//! The sandbox from outside, over real HTTP: what Portico and foreign clients will meet.

mod business;
mod control;
mod dialog;
mod endings;
mod faults;
mod graph;
mod system_users;
mod tokens;
mod world;
