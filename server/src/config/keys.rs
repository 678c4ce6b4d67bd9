//! The names of all keys, and an example of each.

/// A key of the configuration.
#[derive(Debug)]
pub(super) struct Key {
    /// As in TOML, the section before the dot.
    pub path: &'static str,
    /// Whether it may come from a file of its own, under the same name with `_file`.
    pub secret: bool,
    /// What the line of an error shows.
    pub example: &'static str,
}

const fn plain(path: &'static str, example: &'static str) -> Key {
    Key {
        path,
        secret: false,
        example,
    }
}

const fn secret(path: &'static str, example: &'static str) -> Key {
    Key {
        path,
        secret: true,
        example,
    }
}

pub(super) const BASE_URL: Key =
    plain("base_url", "PORTICO_BASE_URL=https://portal.agency.example");
pub(super) const LISTEN: Key = plain("listen", "PORTICO_LISTEN=127.0.0.1:3000");
pub(super) const TRUSTED_PROXIES: Key = plain(
    "trusted_proxies",
    "PORTICO_TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8",
);
pub(super) const METRICS_LISTEN: Key =
    plain("metrics_listen", "PORTICO_METRICS_LISTEN=127.0.0.1:9100");
pub(super) const DATABASE_URL: Key = secret(
    "database_url",
    "PORTICO_DATABASE_URL=sqlite://data/portico.db?mode=rwc",
);
pub(super) const KEYS: Key = secret("keys", "PORTICO_KEYS_FILE=/run/secrets/portico-keys");
pub(super) const AGENCY_NAME: Key = plain("agency.name", "PORTICO_AGENCY__NAME=North Star Media");
pub(super) const AGENCY_SUPPORT_EMAIL: Key = plain(
    "agency.support_email",
    "PORTICO_AGENCY__SUPPORT_EMAIL=help@agency.example",
);
pub(super) const AGENCY_REQUIRED_SCOPES: Key = plain(
    "agency.required_scopes",
    "PORTICO_AGENCY__REQUIRED_SCOPES=business_management",
);
pub(super) const AGENCY_ACCEPTS_LIMITED: Key = plain(
    "agency.accepts_limited",
    "PORTICO_AGENCY__ACCEPTS_LIMITED=false",
);
pub(super) const AGENCY_VALIDATION_HOURS: Key = plain(
    "agency.validation_hours",
    "PORTICO_AGENCY__VALIDATION_HOURS=24",
);
pub(super) const META_APP_ID: Key = plain("meta.app_id", "PORTICO_META__APP_ID=1234567890");
pub(super) const META_APP_SECRET: Key = secret(
    "meta.app_secret",
    "PORTICO_META__APP_SECRET_FILE=/run/secrets/meta-app-secret",
);
pub(super) const META_SCOPES: Key = plain(
    "meta.scopes",
    "PORTICO_META__SCOPES=public_profile,email,ads_read,business_management",
);
pub(super) const META_LOGIN_CONFIG_ID: Key = plain(
    "meta.login_config_id",
    "PORTICO_META__LOGIN_CONFIG_ID=1234567890",
);
pub(super) const META_GRAPH_VERSION: Key =
    plain("meta.graph_version", "PORTICO_META__GRAPH_VERSION=v25.0");
pub(super) const META_WEBHOOK_VERIFY_TOKEN: Key = secret(
    "meta.webhook_verify_token",
    "PORTICO_META__WEBHOOK_VERIFY_TOKEN_FILE=/run/secrets/meta-verify-token",
);
pub(super) const META_GRAPH_URL: Key = plain(
    "meta.graph_url",
    "PORTICO_META__GRAPH_URL=https://graph.facebook.com",
);
pub(super) const META_DIALOG_URL: Key = plain(
    "meta.dialog_url",
    "PORTICO_META__DIALOG_URL=https://www.facebook.com",
);
pub(super) const MAIL_URL: Key = secret(
    "mail.url",
    "PORTICO_MAIL__URL=smtps://user:password@mail.agency.example:465",
);
pub(super) const MAIL_FROM: Key = plain(
    "mail.from",
    "PORTICO_MAIL__FROM=Portico <portico@agency.example>",
);

/// Every key there is.
pub(super) const ALL: &[Key] = &[
    BASE_URL,
    LISTEN,
    TRUSTED_PROXIES,
    METRICS_LISTEN,
    DATABASE_URL,
    KEYS,
    AGENCY_NAME,
    AGENCY_SUPPORT_EMAIL,
    AGENCY_REQUIRED_SCOPES,
    AGENCY_ACCEPTS_LIMITED,
    AGENCY_VALIDATION_HOURS,
    META_APP_ID,
    META_APP_SECRET,
    META_SCOPES,
    META_LOGIN_CONFIG_ID,
    META_GRAPH_VERSION,
    META_WEBHOOK_VERIFY_TOKEN,
    META_GRAPH_URL,
    META_DIALOG_URL,
    MAIL_URL,
    MAIL_FROM,
];

/// The environment variable of a key.
pub(super) fn variable(path: &str) -> String {
    format!("PORTICO_{}", path.replace('.', "__").to_uppercase())
}

/// The name under which a secret's file is given.
pub(super) fn file_path(key: &Key) -> String {
    format!("{}_file", key.path)
}

/// Whether somebody may set this path.
pub(super) fn is_known(path: &str) -> bool {
    ALL.iter()
        .any(|key| key.path == path || (key.secret && file_path(key) == path))
}

/// The known key that this path was probably meant to be.
pub(super) fn nearest(path: &str) -> Option<&'static Key> {
    /// More wrong letters than this are no slip of the finger.
    const SLIPS: usize = 3;
    let slips = |key: &Key| {
        let bare = key.path.rsplit('.').next().unwrap_or(key.path);
        // A key that only lacks its section is as good as found.
        strsim::levenshtein(key.path, path).min(strsim::levenshtein(bare, path) + 1)
    };
    ALL.iter()
        .filter(|key| slips(key) <= SLIPS)
        .min_by_key(|key| slips(key))
}
