//! Pages travel compressed, but where their length could give something away.
//!
//! Whoever can read lengths on the wire and has a browser ask for our pages with words of theirs in the address
//! learns from a compressed answer whether the page holds those words elsewhere too (BREACH). See
//! `docs/adr/0007-compressed-pages.md`.

use axum::{
    Router,
    extract::Request,
    http::{HeaderMap, Uri, header::ACCEPT_ENCODING},
    middleware::{Next, from_fn},
    response::Response,
};
use tower_http::{CompressionLevel, compression::CompressionLayer};

/// Compresses the answers of these routes. Files of the site are compressed when they are built, and stay outside.
pub fn around<S: Clone + Send + Sync + 'static>(routes: Router<S>) -> Router<S> {
    // A page is a few kilobytes: the next level wins a tenth and takes twice the time.
    let compression = CompressionLayer::new().quality(CompressionLevel::Precise(4));
    routes.layer(compression).layer(from_fn(guard))
}

/// Takes the wish for a compressed answer away from a request whose words may be another site's.
async fn guard(mut request: Request, next: Next) -> Response {
    if !may_compress(request.uri(), request.headers()) {
        request.headers_mut().remove(ACCEPT_ENCODING);
    }
    next.run(request).await
}

/// Pages repeat nothing of a request but its query (a search, the number of a page) and what its path names, which
/// has to be known beforehand. So a request without a query teaches nothing, and one that our own page or the person
/// made has our words in it. What old browsers do not tell is taken for another site's.
fn may_compress(uri: &Uri, headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    uri.query().is_none() || site.is_some_and(|site| site == "same-origin" || site == "none")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_another_site_are_not_compressed() {
        for (path, site, expected) in [
            ("/i/secret", Some("cross-site"), true),
            ("/admin/queue", None, true),
            ("/admin/clients?query=ann", Some("same-origin"), true),
            ("/admin/clients?query=ann", Some("none"), true),
            ("/admin/clients?query=ann", Some("cross-site"), false),
            ("/admin/clients?query=ann", Some("same-site"), false),
            ("/admin/clients?query=ann", None, false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(site) = site {
                headers.insert("sec-fetch-site", site.parse().expect("a value"));
            }
            let uri: Uri = path.parse().expect("an address");
            assert_eq!(may_compress(&uri, &headers), expected, "{path} {site:?}");
        }
    }
}
