//! Views to render pages with: the usual ones, and those that are hard on a layout.

#![allow(dead_code, unused_imports, reason = "each test takes what it needs")]

mod client;
mod desk;
mod evidence;
pub mod face;
pub mod gallery;
mod health;
mod jobs;
mod lists;
mod members;
mod outbox;
mod screens;
mod stuck;
mod team;

pub use client::*;
pub use desk::*;
pub use evidence::*;
pub use health::*;
pub use lists::*;
pub use outbox::*;
pub use screens::*;
pub use team::*;

use app::model::*;
use app::render::{AssetPaths, Page, html};
use app::text::Lang;
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub const LONG: &str = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft & Söhne <Import/Export> Handelsgesellschaft mit beschränkter Haftung";
pub const ARABIC: &str = "شركة النور للتجارة";
pub const HOSTILE: &str = "<script>alert(\"1\")</script> & 'Co'";

pub fn now() -> DateTime<Utc> {
    "2026-11-22T14:46:00Z".parse().expect("a moment")
}

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0000 + number)
}

pub fn visitor() -> Frame {
    Frame {
        agency: AgencyView {
            name: "Northlight Studio".into(),
            support_email: Some("hello@northlight.example".into()),
            ..AgencyView::default()
        },
        staff: None,
        now: now(),
        path: "/i/secret".into(),
        notice: None,
    }
}

pub fn staff(path: &str) -> Frame {
    Frame {
        staff: Some(StaffView {
            id: id(900),
            email: "jonas.berg@northlight.example".into(),
            role: Role::Owner,
            waiting: 6,
            needs: 3,
            may_see_settings: true,
        }),
        path: path.into(),
        ..visitor()
    }
}

pub fn assets() -> AssetPaths {
    AssetPaths {
        stylesheet: "style.css".into(),
        font: "figtree.woff2".into(),
        browser: None,
    }
}

pub fn render(frame: &Frame, page: impl FnOnce(&Frame) -> Page) -> String {
    html(Lang::English, frame, &assets(), page).html
}

pub fn strings(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}
