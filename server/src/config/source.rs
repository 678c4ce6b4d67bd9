//! Where values come from: the defaults, the file, the environment, and the files of secrets.

use std::{
    fs,
    path::{Path, PathBuf},
};

use figment::{
    Figment, Provider,
    providers::{Format, Serialized, Toml},
    value::{Dict, Value},
};
use secrecy::SecretString;

use super::{
    error::ConfigError,
    keys::{self, Key},
};

/// The file that is read where none is named.
const DEFAULT_FILE: &str = "portico.toml";
const DEFAULTS: &str = include_str!("../../portico.default.toml");

/// All layers on top of each other.
pub(super) struct Values {
    /// What a person set: file and environment.
    given: Figment,
    /// The same over the defaults.
    merged: Figment,
}

impl Values {
    /// Reads the file and takes our part of the environment.
    pub fn read(
        file: Option<&Path>,
        env: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut given = Figment::new();
        if let Some((path, text)) = read_file(file)? {
            let toml = Toml::string(&text);
            let layer = toml
                .data()
                .map_err(|error| broken_file(&path, &error.to_string()))?;
            for dict in layer.values() {
                check_names(dict)?;
            }
            given = given.merge(toml);
        }
        let env = environment(env);
        check_names(&env)?;
        given = given.merge(Serialized::defaults(env));
        let merged = Figment::from(Toml::string(DEFAULTS)).merge(given.clone());
        Ok(Self { given, merged })
    }

    /// The text of a key; `None` where it is not set, or set to nothing.
    pub fn optional(&self, key: &Key) -> Result<Option<String>, ConfigError> {
        let value = self.merged.find_value(key.path).ok();
        let text = value.map(|value| text_of(key, &value)).transpose()?;
        Ok(text.filter(|text| !text.is_empty()))
    }

    /// The text of a key that always has a value.
    pub fn required(&self, key: &Key) -> Result<String, ConfigError> {
        self.optional(key)?
            .ok_or_else(|| ConfigError::of(key, "is empty"))
    }

    /// A list: an array in the file, separated by commas or spaces in the environment.
    pub fn list(&self, key: &Key) -> Result<Vec<String>, ConfigError> {
        match self.merged.find_value(key.path) {
            Ok(Value::Array(_, items)) => items.iter().map(|item| text_of(key, item)).collect(),
            Ok(value) => Ok(text_of(key, &value)?
                .split([',', ' '])
                .filter(|item| !item.is_empty())
                .map(str::to_owned)
                .collect()),
            Err(_) => Ok(Vec::new()),
        }
    }

    /// A switch: `true` or `false`, in quotes or not.
    pub fn flag(&self, key: &Key) -> Result<bool, ConfigError> {
        let value = self.merged.find_value(key.path).ok();
        let text = match value {
            Some(Value::Bool(_, flag)) => return Ok(flag),
            Some(value) => text_of(key, &value)?,
            None => String::new(),
        };
        match text.as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(ConfigError::of(key, "has to be true or false")),
        }
    }

    /// Names of Meta's permissions, none twice.
    pub fn scopes(&self, key: &Key) -> Result<Vec<String>, ConfigError> {
        let mut scopes = Vec::new();
        for scope in self.list(key)? {
            if !scope.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') || scope.is_empty() {
                return Err(ConfigError::of(
                    key,
                    "has to be names of Meta's permissions, small letters and underscores",
                ));
            }
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
        Ok(scopes)
    }

    /// A secret, from its key or from its file, never both.
    pub fn secret(&self, key: &Key) -> Result<Option<SecretString>, ConfigError> {
        let Some(path) = self.secret_file(key)? else {
            return Ok(self.optional(key)?.map(SecretString::from));
        };
        if self.is_given(key.path) {
            let file = keys::variable(&keys::file_path(key));
            return Err(ConfigError::of(
                key,
                format!("is given twice, also as {file}: keep one"),
            ));
        }
        read_secret(key, &path).map(Some)
    }

    /// The file that a secret comes from.
    pub fn secret_file(&self, key: &Key) -> Result<Option<PathBuf>, ConfigError> {
        let value = self.given.find_value(&keys::file_path(key)).ok();
        let text = value.map(|value| text_of(key, &value)).transpose()?;
        Ok(text.filter(|text| !text.is_empty()).map(PathBuf::from))
    }

    fn is_given(&self, path: &str) -> bool {
        self.given
            .find_value(path)
            .is_ok_and(|value| value.as_str() != Some(""))
    }
}

/// The file's path and text; a file that was named has to be there.
fn read_file(named: Option<&Path>) -> Result<Option<(PathBuf, String)>, ConfigError> {
    let path = named.unwrap_or(Path::new(DEFAULT_FILE));
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some((path.to_owned(), text))),
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ConfigError::about(
            &format!("--config {}", path.display()),
            format!("cannot be read ({error})"),
            "--config portico.toml",
        )),
    }
}

/// A file that is not TOML. Only the place is told: the parser quotes the line, and a secret may stand in it.
fn broken_file(path: &Path, error: &str) -> ConfigError {
    let place = error
        .split_once("line ")
        .map(|(_, rest)| {
            rest.chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
        })
        .filter(|line| !line.is_empty())
        .map_or_else(String::new, |line| format!(" at line {line}"));
    ConfigError::about(
        &format!("--config {}", path.display()),
        format!("is not TOML{place}"),
        "base_url = \"https://portal.agency.example\"",
    )
}

/// Our variables as a tree of texts.
fn environment(env: impl Iterator<Item = (String, String)>) -> Dict {
    let mut tree = Dict::new();
    for (name, value) in env {
        let Some(name) = name.strip_prefix("PORTICO_") else {
            continue;
        };
        if is_foreign(name, &value) {
            continue;
        }
        let name = name.to_lowercase();
        match name.split_once("__") {
            None => drop(tree.insert(name, Value::from(value))),
            Some((section, key)) => {
                let entry = tree
                    .entry(section.to_owned())
                    .or_insert_with(|| Value::from(Dict::new()));
                if let Value::Dict(_, inner) = entry {
                    inner.insert(key.to_owned(), Value::from(value));
                }
            }
        }
    }
    tree
}

/// Variables with our prefix that others set: the build's own switch, and what Kubernetes gives every
/// container when a service is called `portico` (`PORTICO_PORT=tcp://…`, `PORTICO_SERVICE_HOST`).
fn is_foreign(name: &str, value: &str) -> bool {
    name == "WASM_STD"
        || name.starts_with("SERVICE_")
        || name.starts_with("PORT_")
        || (name == "PORT" && value.contains("://"))
}

/// Refuses a key that does not exist: a typing error would else be silence.
fn check_names(dict: &Dict) -> Result<(), ConfigError> {
    for (name, value) in dict {
        match value {
            Value::Dict(_, inner) => {
                for key in inner.keys() {
                    check_name(&format!("{name}.{key}"))?;
                }
            }
            _ => check_name(name)?,
        }
    }
    Ok(())
}

fn check_name(path: &str) -> Result<(), ConfigError> {
    if keys::is_known(path) {
        return Ok(());
    }
    let (hint, example) = match keys::nearest(path) {
        Some(key) => (
            format!(", did you mean {}?", keys::variable(key.path)),
            key.example,
        ),
        None => (String::new(), keys::BASE_URL.example),
    };
    Err(ConfigError::about(
        &keys::variable(path),
        format!("is no key of Portico{hint}"),
        example,
    ))
}

/// A value as text. A number is taken as written, so that an id without quotes does no harm.
fn text_of(key: &Key, value: &Value) -> Result<String, ConfigError> {
    match value {
        Value::String(_, text) => Ok(text.trim().to_owned()),
        Value::Num(_, _) => value
            .to_i128()
            .map(|number| number.to_string())
            .ok_or_else(|| ConfigError::of(key, "has to be text in quotes")),
        _ => Err(ConfigError::of(key, "has to be text in quotes")),
    }
}

fn read_secret(key: &Key, path: &Path) -> Result<SecretString, ConfigError> {
    let file = keys::variable(&keys::file_path(key));
    let text = fs::read_to_string(path).map_err(|error| {
        ConfigError::about(
            &file,
            format!("{} cannot be read ({error})", path.display()),
            key.example,
        )
    })?;
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(ConfigError::about(
            &file,
            format!("{} is empty", path.display()),
            key.example,
        ));
    }
    Ok(SecretString::from(text))
}

/// Whether somebody else on the machine may read this file.
#[cfg(unix)]
pub(super) fn others_may_read(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(path).is_ok_and(|metadata| metadata.mode() & 0o077 != 0)
}

/// Only Unix tells it by the mode.
#[cfg(not(unix))]
pub(super) fn others_may_read(_: &Path) -> bool {
    false
}
