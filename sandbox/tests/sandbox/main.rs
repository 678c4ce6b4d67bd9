//! The sandbox from outside, over real HTTP: what Portico and foreign clients will meet.

mod business;
mod callbacks;
mod control;
mod dialog;
mod endings;
mod faults;
mod graph;
mod portal;
mod system_users;
mod tokens;
mod world;
