//! Our cookies: one that signs staff in, one that binds a client's browser, one that keeps a refused
//! sign-in form. All HttpOnly, SameSite=Lax, and `__Host-` where the site has TLS.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use secrecy::{ExposeSecret, SecretString};

use super::Web;

/// What a cookie is for.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A member of staff is signed in.
    Session,
    /// The browser that went on from a guided link.
    Browser,
    /// Whoever typed a form that was refused, before anybody is signed in.
    Form,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Session => "portico_session",
            Self::Browser => "portico_browser",
            Self::Form => "portico_form",
        }
    }
}

fn name(web: &Web, kind: Kind) -> String {
    let prefix = if web.site.is_https { "__Host-" } else { "" };
    format!("{prefix}{}", kind.name())
}

/// The secret in a cookie.
pub fn read(web: &Web, jar: &CookieJar, kind: Kind) -> Option<SecretString> {
    let cookie = jar.get(&name(web, kind))?;
    Some(SecretString::from(cookie.value()))
}

/// Sets a cookie until the browser is closed: the server knows when it is over.
pub fn set(web: &Web, jar: CookieJar, kind: Kind, secret: &SecretString) -> CookieJar {
    jar.add(build(web, kind, secret.expose_secret().to_owned()))
}

/// Takes a cookie away.
pub fn clear(web: &Web, jar: CookieJar, kind: Kind) -> CookieJar {
    jar.remove(build(web, kind, String::new()))
}

fn build(web: &Web, kind: Kind, value: String) -> Cookie<'static> {
    Cookie::build((name(web, kind), value))
        .path("/")
        .http_only(true)
        .secure(web.site.is_https)
        .same_site(SameSite::Lax)
        .build()
}
