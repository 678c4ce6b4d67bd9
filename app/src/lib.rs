//! What people see: pages, components, islands and their words.
//!
//! A page is a pure function of a view: the server decides and reads, then calls [`render::html`]
//! with the page. Nothing here knows the database, Meta or a clock.

pub mod initials;
pub mod islands;
pub mod model;
pub mod routes;
pub mod validate;

#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod render;
#[cfg(feature = "ssr")]
pub mod text;
#[cfg(feature = "ssr")]
pub mod tint;

/// The browser's entry: wakes the islands of the page, and nothing else.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
