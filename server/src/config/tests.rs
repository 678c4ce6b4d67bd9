use std::{
    fs,
    path::{Path, PathBuf},
};

use secrecy::ExposeSecret as _;
use tempfile::TempDir;

use super::{Config, ConfigError, keys};

fn load(file: Option<&Path>, env: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let env = env
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::load(file, env)
}

fn from_env(env: &[(&str, &str)]) -> Config {
    load(None, env).unwrap_or_else(|error| panic!("{error}"))
}

fn line(env: &[(&str, &str)]) -> String {
    load(None, env).expect_err("should be refused").to_string()
}

fn write(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn the_defaults_are_those_of_the_contract() {
    let config = from_env(&[]);
    assert_eq!(config.base_url.as_str(), "http://localhost:3000/");
    assert_eq!(config.origin(), "http://localhost:3000");
    assert!(!config.is_https());
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert!(config.trusted_proxies.is_empty());
    assert_eq!(config.metrics_listen, None);
    assert_eq!(
        config.database_url.expose_secret(),
        "sqlite://data/portico.db?mode=rwc"
    );
    assert!(config.keys.is_none());
    assert_eq!(config.agency.name, "Your agency");
    assert_eq!(config.agency.support_email, None);
    assert_eq!(config.meta.app_id, None);
    assert_eq!(
        config.meta.scopes,
        ["public_profile", "email", "ads_read", "business_management"]
    );
    assert_eq!(config.meta.graph_version, "v25.0");
    assert_eq!(
        config.meta.graph_url.as_str(),
        "https://graph.facebook.com/"
    );
    assert_eq!(config.meta.dialog_origin(), "https://www.facebook.com");
    assert_eq!(config.mail.url.expose_secret(), "outbox:");
    assert_eq!(config.mail.from, "Portico <portico@localhost>");
    assert!(config.warnings.is_empty());
}

#[test]
fn the_default_file_documents_every_key() {
    let text = include_str!("../../portico.default.toml");
    for key in keys::ALL {
        let name = key.path.rsplit('.').next().unwrap();
        assert!(
            text.lines().any(|line| {
                let line = line.strip_prefix("# ").unwrap_or(line);
                line.starts_with(&format!("{name} = "))
            }),
            "{}",
            key.path
        );
        let assignment = keys::variable(key.path);
        assert!(key.example.starts_with(&assignment), "{}", key.example);
    }
}

#[test]
fn environment_wins_over_file_and_file_over_default() {
    let folder = TempDir::new().unwrap();
    let file = write(
        &folder,
        "portico.toml",
        "listen = \"127.0.0.1:4100\"\ntrusted_proxies = [\"127.0.0.1\", \"10.0.0.0/8\"]\n\
         [agency]\nname = \"From the file\"\n[meta]\napp_id = 1234567890123456789\napp_secret = \"s\"\n",
    );
    let config = load(Some(&file), &[("PORTICO_AGENCY__NAME", "From outside")]).unwrap();
    assert_eq!(config.agency.name, "From outside");
    assert_eq!(config.listen.port(), 4100);
    assert_eq!(config.trusted_proxies.len(), 2);
    assert_eq!(config.meta.app_id.as_deref(), Some("1234567890123456789"));
    assert_eq!(config.meta.graph_version, "v25.0");
}

#[test]
fn an_agency_says_what_it_cannot_do_without() {
    let config = from_env(&[]);
    assert!(config.agency.required_scopes.is_empty());
    assert!(config.agency.accepts_limited);
    let config = from_env(&[
        (
            "PORTICO_AGENCY__REQUIRED_SCOPES",
            "business_management email",
        ),
        ("PORTICO_AGENCY__ACCEPTS_LIMITED", "false"),
    ]);
    assert_eq!(
        config.agency.required_scopes,
        ["business_management", "email"]
    );
    assert!(!config.agency.accepts_limited);
    for wrong in ["no", "0", ""] {
        let error = load(None, &[("PORTICO_AGENCY__ACCEPTS_LIMITED", wrong)]).unwrap_err();
        assert!(error.to_string().contains("true or false"), "{error}");
    }
}

#[test]
fn tokens_are_checked_once_a_day_or_as_often_as_is_said() {
    const KEY: &str = "PORTICO_AGENCY__VALIDATION_HOURS";
    assert_eq!(from_env(&[]).agency.validation_hours, 24);
    for hours in ["1", "6", "168"] {
        let config = from_env(&[(KEY, hours)]);
        assert_eq!(config.agency.validation_hours.to_string(), hours);
    }
    for wrong in ["0", "169", "-1", "daily", "1.5"] {
        let error = load(None, &[(KEY, wrong)]).unwrap_err();
        assert!(error.to_string().contains("from 1 to 168"), "{error}");
    }
}

#[test]
fn lists_come_as_text_in_the_environment() {
    let config = from_env(&[
        ("PORTICO_TRUSTED_PROXIES", "127.0.0.1, ::1,10.0.0.0/8"),
        ("PORTICO_META__SCOPES", "ads_read,email ads_read"),
        ("PORTICO_METRICS_LISTEN", "127.0.0.1:9100"),
    ]);
    assert_eq!(config.trusted_proxies.len(), 3);
    assert_eq!(config.meta.scopes, ["ads_read", "email"]);
    assert_eq!(config.metrics_listen.unwrap().port(), 9100);
}

#[test]
fn addresses_that_are_fine() {
    for (url, https) in [
        ("http://localhost:8080", false),
        ("http://127.0.0.1:8080/", false),
        ("http://[::1]:8080", false),
        ("https://portal.agency.example", true),
        ("https://portal.agency.example:8443", true),
    ] {
        let config = from_env(&[("PORTICO_BASE_URL", url)]);
        assert_eq!(config.is_https(), https, "{url}");
    }
    let config = from_env(&[("PORTICO_BASE_URL", "https://portal.agency.example:443")]);
    assert_eq!(config.origin(), "https://portal.agency.example");
    assert_eq!(config.mail.from, "Portico <portico@portal.agency.example>");
}

#[test]
fn each_wrong_value_stops_with_its_line() {
    let half = "PORTICO_META__APP_SECRET: is missing";
    for (name, value, begin) in [
        ("PORTICO_BASE_URL", "", "PORTICO_BASE_URL: is empty"),
        (
            "PORTICO_BASE_URL",
            "portal",
            "PORTICO_BASE_URL: is not an address",
        ),
        (
            "PORTICO_BASE_URL",
            "http://portal.example",
            "PORTICO_BASE_URL: has to be https outside localhost",
        ),
        (
            "PORTICO_BASE_URL",
            "http://localhost.example",
            "PORTICO_BASE_URL: has to be https outside localhost",
        ),
        (
            "PORTICO_BASE_URL",
            "ftp://portal.example",
            "PORTICO_BASE_URL: has to begin with https://",
        ),
        (
            "PORTICO_BASE_URL",
            "https://a:b@portal.example",
            "PORTICO_BASE_URL: may not hold a user",
        ),
        (
            "PORTICO_BASE_URL",
            "https://portal.example/x",
            "PORTICO_BASE_URL: has to end after the host",
        ),
        (
            "PORTICO_BASE_URL",
            "https://portal.example/?x",
            "PORTICO_BASE_URL: has to end after the host",
        ),
        (
            "PORTICO_LISTEN",
            "localhost:3000",
            "PORTICO_LISTEN: has to be an IP address and a port",
        ),
        (
            "PORTICO_METRICS_LISTEN",
            "9100",
            "PORTICO_METRICS_LISTEN: has to be an IP address and a port",
        ),
        (
            "PORTICO_METRICS_LISTEN",
            "127.0.0.1:3000",
            "PORTICO_METRICS_LISTEN: needs another port",
        ),
        (
            "PORTICO_TRUSTED_PROXIES",
            "127.0.0.1,proxy",
            "PORTICO_TRUSTED_PROXIES: entry 2 is no IP address",
        ),
        (
            "PORTICO_DATABASE_URL",
            "mysql://a:b@c/d",
            "PORTICO_DATABASE_URL: has to begin with sqlite://",
        ),
        ("PORTICO_AGENCY__NAME", "", "PORTICO_AGENCY__NAME: is empty"),
        (
            "PORTICO_AGENCY__NAME",
            "a\nb",
            "PORTICO_AGENCY__NAME: has to be one line",
        ),
        (
            "PORTICO_AGENCY__SUPPORT_EMAIL",
            "help",
            "PORTICO_AGENCY__SUPPORT_EMAIL: is not an e-mail address",
        ),
        (
            "PORTICO_META__APP_ID",
            "12a",
            "PORTICO_META__APP_ID: has to be digits only",
        ),
        ("PORTICO_META__APP_ID", "12", half),
        (
            "PORTICO_META__APP_SECRET",
            "word",
            "PORTICO_META__APP_ID: is missing",
        ),
        (
            "PORTICO_META__APP_SECRET",
            "two words",
            "PORTICO_META__APP_SECRET: may not hold white space",
        ),
        (
            "PORTICO_META__LOGIN_CONFIG_ID",
            "x",
            "PORTICO_META__LOGIN_CONFIG_ID: has to be digits only",
        ),
        ("PORTICO_META__SCOPES", "", "PORTICO_META__SCOPES: is empty"),
        (
            "PORTICO_META__SCOPES",
            "Ads-Read",
            "PORTICO_META__SCOPES: has to be names",
        ),
        (
            "PORTICO_META__GRAPH_VERSION",
            "25",
            "PORTICO_META__GRAPH_VERSION: has to be a version",
        ),
        (
            "PORTICO_META__GRAPH_VERSION",
            "v25.0/..",
            "PORTICO_META__GRAPH_VERSION: has to be a version",
        ),
        (
            "PORTICO_META__GRAPH_URL",
            "http://graph.example",
            "PORTICO_META__GRAPH_URL: has to be https",
        ),
        (
            "PORTICO_META__DIALOG_URL",
            "https://x.example/y",
            "PORTICO_META__DIALOG_URL: has to end after",
        ),
        ("PORTICO_MAIL__URL", "", "PORTICO_MAIL__URL: is empty"),
        (
            "PORTICO_MAIL__URL",
            "imap://x",
            "PORTICO_MAIL__URL: has to begin with outbox:",
        ),
        (
            "PORTICO_MAIL__URL",
            "smtp:",
            "PORTICO_MAIL__URL: needs a host",
        ),
        (
            "PORTICO_MAIL__FROM",
            "nobody",
            "PORTICO_MAIL__FROM: is not a sender",
        ),
        (
            "PORTICO_LISTN",
            "x",
            "PORTICO_LISTN: is no key of Portico, did you mean PORTICO_LISTEN?",
        ),
        (
            "PORTICO_APP_ID",
            "1",
            "PORTICO_APP_ID: is no key of Portico, did you mean PORTICO_META__APP_ID?",
        ),
        (
            "PORTICO_META__GRAPH_VERSON",
            "v25.0",
            "PORTICO_META__GRAPH_VERSON: is no key of Portico, did you mean PORTICO_META__GRAPH_VERSION?",
        ),
        ("PORTICO_META", "x", "PORTICO_META: is no key of Portico"),
        (
            "PORTICO_SOMETHING_ELSE",
            "x",
            "PORTICO_SOMETHING_ELSE: is no key of Portico; example",
        ),
        (
            "PORTICO_LISTEN_FILE",
            "x",
            "PORTICO_LISTEN_FILE: is no key of Portico",
        ),
    ] {
        let line = line(&[(name, value)]);
        assert!(line.starts_with(begin), "{name}={value} gave: {line}");
        assert!(line.contains("; example: PORTICO_"), "{line}");
        assert!(!line.contains('\n'), "{line}");
    }
}

#[test]
fn what_others_set_under_our_prefix_is_left_alone() {
    from_env(&[
        ("PORTICO_WASM_STD", "distro"),
        ("PORTICO_PORT", "tcp://10.0.0.1:80"),
        ("PORTICO_PORT_80_TCP_ADDR", "10.0.0.1"),
        ("PORTICO_SERVICE_HOST", "10.0.0.1"),
        ("HOME", "x"),
    ]);
    assert!(line(&[("PORTICO_PORT", "8080")]).starts_with("PORTICO_PORT: is no key"));
}

#[test]
fn every_secret_may_come_from_a_file() {
    let folder = TempDir::new().unwrap();
    let keys = write(&folder, "keys", "k1/abc\n");
    let database = write(&folder, "db", "postgres://a:b@c/d\r\n");
    let app = write(&folder, "app", "hidden");
    let verify = write(&folder, "verify", "word\n");
    let mail = write(&folder, "mail", "smtps://u:p@mail.example:465\n");
    let config = from_env(&[
        ("PORTICO_KEYS_FILE", keys.to_str().unwrap()),
        ("PORTICO_DATABASE_URL_FILE", database.to_str().unwrap()),
        ("PORTICO_META__APP_ID", "1"),
        ("PORTICO_META__APP_SECRET_FILE", app.to_str().unwrap()),
        (
            "PORTICO_META__WEBHOOK_VERIFY_TOKEN_FILE",
            verify.to_str().unwrap(),
        ),
        ("PORTICO_MAIL__URL_FILE", mail.to_str().unwrap()),
    ]);
    assert_eq!(config.require_keys().unwrap().expose_secret(), "k1/abc");
    assert_eq!(config.database_url.expose_secret(), "postgres://a:b@c/d");
    let meta = config.require_meta().unwrap();
    assert_eq!((meta.id, meta.secret.expose_secret()), ("1", "hidden"));
    let word = config.meta.webhook_verify_token.as_ref().unwrap();
    assert_eq!(word.expose_secret(), "word");
    assert_eq!(
        config.mail.url.expose_secret(),
        "smtps://u:p@mail.example:465"
    );
}

#[test]
fn a_secret_is_never_given_twice() {
    let folder = TempDir::new().unwrap();
    let file = write(&folder, "secret", "from-the-file");
    let file = file.to_str().unwrap();
    for key in keys::ALL.iter().filter(|key| key.secret) {
        let name = keys::variable(key.path);
        let line = line(&[(&name, "from-the-key"), (&format!("{name}_FILE"), file)]);
        assert!(
            line.starts_with(&format!("{name}: is given twice, also as {name}_FILE")),
            "{line}"
        );
        assert!(!line.contains("from-the"), "{line}");
    }
    // Neither across file and environment.
    let toml = write(&folder, "portico.toml", "keys = \"from-the-key\"\n");
    let error = load(Some(&toml), &[("PORTICO_KEYS_FILE", file)]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("PORTICO_KEYS: is given twice")
    );
}

#[test]
fn a_file_of_a_secret_that_cannot_be_read_is_named() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("missing");
    let line1 = line(&[("PORTICO_KEYS_FILE", missing.to_str().unwrap())]);
    assert!(line1.starts_with("PORTICO_KEYS_FILE: "), "{line1}");
    assert!(line1.contains("cannot be read"), "{line1}");
    let empty = write(&folder, "empty", "\n");
    let line2 = line(&[("PORTICO_KEYS_FILE", empty.to_str().unwrap())]);
    assert!(line2.contains("is empty"), "{line2}");
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_may_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let file = write(&folder, "keys", "k1/abc\n");
    for (mode, warnings) in [(0o644, 1), (0o640, 1), (0o600, 0), (0o400, 0)] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let config = from_env(&[("PORTICO_KEYS_FILE", file.to_str().unwrap())]);
        assert_eq!(config.warnings.len(), warnings, "{mode:o}");
    }
}

#[test]
fn a_verb_that_needs_more_says_how_to_get_it() {
    let config = from_env(&[]);
    let line = config.require_keys().unwrap_err().to_string();
    assert!(line.starts_with("PORTICO_KEYS: is missing"), "{line}");
    assert!(line.contains("`portico keys generate`"), "{line}");
    let line = config.require_meta().unwrap_err().to_string();
    assert!(
        line.starts_with("PORTICO_META__APP_ID: is missing"),
        "{line}"
    );
}

#[test]
fn a_file_that_was_named_has_to_be_there_and_be_toml() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("missing.toml");
    let error = load(Some(&missing), &[]).unwrap_err().to_string();
    assert!(error.contains("cannot be read"), "{error}");

    let broken = write(&folder, "broken.toml", "listen = \"x\"\nkeys = \"hidden\n");
    let error = load(Some(&broken), &[]).unwrap_err().to_string();
    assert!(error.contains("is not TOML at line 2"), "{error}");
    assert!(!error.contains("hidden"), "{error}");
    assert!(!error.contains('\n'), "{error}");

    let unknown = write(&folder, "unknown.toml", "[meta]\napp_idd = \"1\"\n");
    let error = load(Some(&unknown), &[]).unwrap_err().to_string();
    assert!(
        error.starts_with(
            "PORTICO_META__APP_IDD: is no key of Portico, did you mean PORTICO_META__APP_ID?"
        ),
        "{error}"
    );

    let wrong = write(&folder, "wrong.toml", "listen = true\n");
    let error = load(Some(&wrong), &[]).unwrap_err().to_string();
    assert!(
        error.starts_with("PORTICO_LISTEN: has to be text"),
        "{error}"
    );
}

#[test]
fn nothing_secret_is_ever_printed() {
    let secret = "hush4711";
    let mail = format!("smtp://u:{secret}@mail.example");
    let database = format!("postgres://u:{secret}@db/x");
    let config = from_env(&[
        ("PORTICO_KEYS", secret),
        ("PORTICO_DATABASE_URL", &database),
        ("PORTICO_META__APP_ID", "1"),
        ("PORTICO_META__APP_SECRET", secret),
        ("PORTICO_META__WEBHOOK_VERIFY_TOKEN", secret),
        ("PORTICO_MAIL__URL", &mail),
    ]);
    assert!(!format!("{config:?}").contains(secret));
    for key in keys::ALL {
        // The same text as a wrong value: no line repeats it.
        let name = keys::variable(key.path);
        if let Err(error) = load(None, &[(&name, &format!("{secret} \u{7}"))]) {
            assert!(!error.to_string().contains(secret), "{error}");
            assert!(!format!("{error:?}").contains(secret), "{error:?}");
        }
    }
}
