//! Secrets at rest: the key ring, the envelope, keyed and plain hashes, passwords, keys of persons.

mod hash;
mod installation;
mod key;
mod one_time_code;
mod passwords;
mod person_key;
mod ring;
mod seal;
mod sealed;

pub use hash::{fingerprint_display, hashes_equal, secret_hash};
pub use installation::InstallationKeys;
pub use key::Key;
pub use one_time_code::{OneTimeCode, recovery_code, recovery_hash};
pub use passwords::PasswordHasher;
pub use person_key::PersonKey;
pub use ring::{KeyRing, KeyRingError};
pub use seal::{Place, Vault};
pub use sealed::{OpenError, Sealed};
