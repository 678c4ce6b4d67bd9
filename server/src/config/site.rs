//! Where Portico stands: its public address, its listeners, the proxies before it.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use url::{Host, Url};

use super::{
    error::ConfigError,
    keys::{self, Key},
    source::Values,
};

/// The keys outside of any section but the secrets.
pub(super) struct SiteSection {
    pub base_url: Url,
    pub listen: SocketAddr,
    pub trusted_proxies: Vec<IpNet>,
    pub metrics_listen: Option<SocketAddr>,
}

impl SiteSection {
    pub fn read(values: &Values) -> Result<Self, ConfigError> {
        let section = Self {
            base_url: read_host_url(values, &keys::BASE_URL)?,
            listen: read_listener(&keys::LISTEN, &values.required(&keys::LISTEN)?)?,
            trusted_proxies: read_networks(values)?,
            metrics_listen: read_metrics_listener(values)?,
        };
        section.validate()?;
        Ok(section)
    }

    /// Checks what concerns more than one key.
    fn validate(&self) -> Result<(), ConfigError> {
        if self.metrics_listen == Some(self.listen) {
            return Err(ConfigError::of(
                &keys::METRICS_LISTEN,
                "needs another port than PORTICO_LISTEN",
            ));
        }
        Ok(())
    }
}

/// The address of a host without a path: `https`, or `http` on this machine.
pub(super) fn read_host_url(values: &Values, key: &Key) -> Result<Url, ConfigError> {
    let url = Url::parse(&values.required(key)?)
        .map_err(|error| ConfigError::of(key, format!("is not an address ({error})")))?;
    match url.scheme() {
        "https" => {}
        "http" if is_this_machine(&url) => {}
        "http" => return Err(ConfigError::of(key, "has to be https outside localhost")),
        _ => return Err(ConfigError::of(key, "has to begin with https://")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(ConfigError::of(key, "may not hold a user or password"));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(ConfigError::of(
            key,
            "has to end after the host, without a path or query",
        ));
    }
    Ok(url)
}

/// Whether plain http does no harm: it never leaves the machine.
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn read_listener(key: &Key, text: &str) -> Result<SocketAddr, ConfigError> {
    text.parse()
        .map_err(|_| ConfigError::of(key, "has to be an IP address and a port"))
}

fn read_metrics_listener(values: &Values) -> Result<Option<SocketAddr>, ConfigError> {
    match values.optional(&keys::METRICS_LISTEN)? {
        Some(text) if text != "off" => read_listener(&keys::METRICS_LISTEN, &text).map(Some),
        _ => Ok(None),
    }
}

fn read_networks(values: &Values) -> Result<Vec<IpNet>, ConfigError> {
    values
        .list(&keys::TRUSTED_PROXIES)?
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let address = text.parse::<IpAddr>().map(IpNet::from);
            address.or_else(|_| text.parse()).map_err(|_| {
                ConfigError::of(
                    &keys::TRUSTED_PROXIES,
                    format!("entry {} is no IP address or network", index + 1),
                )
            })
        })
        .collect()
}
