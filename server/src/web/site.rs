//! What belongs to no area: the site's own facts, its front door, its icon.

use app::{pages, render::AssetPaths, routes::pattern};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use super::{
    Web,
    layers::{LayerContext, TrustedProxies},
    page,
};
use crate::{assets, config::Config, service::Portal};

/// The facts of a deployment that pages and layers need.
#[derive(Clone)]
pub struct Site {
    pub origin: String,
    pub is_https: bool,
    pub trusted: TrustedProxies,
    pub dialog_origin: String,
    pub requests_per_minute: u32,
}

impl Site {
    /// As configured.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self {
            origin: config.origin(),
            is_https: config.is_https(),
            trusted: TrustedProxies::new(config.trusted_proxies.clone()),
            dialog_origin: config.meta.dialog_origin(),
            requests_per_minute: super::layers::REQUESTS_PER_MINUTE,
        }
    }

    pub(super) fn layers(&self, portal: &Portal) -> LayerContext {
        LayerContext {
            clock: portal.clock.clone(),
            rng: portal.rng.clone(),
            origin: self.origin.clone(),
            is_https: self.is_https,
            trusted: self.trusted.clone(),
            dialog_origin: self.dialog_origin.clone(),
            requests_per_minute: self.requests_per_minute,
        }
    }
}

/// The files of the browser as this program serves them.
pub fn asset_paths() -> AssetPaths {
    AssetPaths {
        stylesheet: assets::stylesheet_path().to_owned(),
        font: assets::font_path().to_owned(),
        browser: assets::browser_output_name().map(str::to_owned),
    }
}

/// The front door, for whoever comes without a link.
pub async fn home(State(web): State<Web>) -> Response {
    page::public(&web, "/", web.portal.last_face(), pages::admin::home)
}

/// Every component in every state.
pub async fn styleguide(State(web): State<Web>) -> Response {
    page::public(
        &web,
        pattern::STYLEGUIDE,
        web.portal.last_face(),
        pages::styleguide::styleguide,
    )
}

/// The door, as an icon.
pub async fn favicon() -> Response {
    const ICON: &str = include_str!("favicon.svg");
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
    ];
    (headers, ICON).into_response()
}
