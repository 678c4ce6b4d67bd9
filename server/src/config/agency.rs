//! The first agency.

use lettre::Address;

use super::{error::ConfigError, keys, source::Values};

/// The first agency, until Settings says otherwise.
#[derive(Clone, Debug)]
pub struct AgencySection {
    /// The name that clients read, at most 200 characters.
    pub name: String,
    /// Whom clients may write to.
    pub support_email: Option<String>,
    /// The permissions without which a connection is limited, beside `ads_read`.
    pub required_scopes: Vec<String>,
    /// Whether a client may go on without them, after they were asked for twice.
    pub accepts_limited: bool,
    /// From one check of a token to the next.
    pub validation_hours: i32,
}

impl AgencySection {
    pub(super) fn read(values: &Values) -> Result<Self, ConfigError> {
        let section = Self {
            name: values.required(&keys::AGENCY_NAME)?,
            support_email: values.optional(&keys::AGENCY_SUPPORT_EMAIL)?,
            required_scopes: values.scopes(&keys::AGENCY_REQUIRED_SCOPES)?,
            accepts_limited: values.flag(&keys::AGENCY_ACCEPTS_LIMITED)?,
            validation_hours: validation_hours(values)?,
        };
        section.validate()?;
        Ok(section)
    }

    fn validate(&self) -> Result<(), ConfigError> {
        const NAME_CHARS: usize = 200;
        const EMAIL_CHARS: usize = 254;
        if self.name.chars().count() > NAME_CHARS || self.name.chars().any(char::is_control) {
            return Err(ConfigError::of(
                &keys::AGENCY_NAME,
                format!("has to be one line of at most {NAME_CHARS} characters"),
            ));
        }
        if let Some(email) = &self.support_email
            && (email.len() > EMAIL_CHARS || email.parse::<Address>().is_err())
        {
            return Err(ConfigError::of(
                &keys::AGENCY_SUPPORT_EMAIL,
                "is not an e-mail address",
            ));
        }
        Ok(())
    }
}

/// From an hour to a week: more often than hourly would only use up what Meta allows.
fn validation_hours(values: &Values) -> Result<i32, ConfigError> {
    const LONGEST: i32 = 168;
    let text = values.required(&keys::AGENCY_VALIDATION_HOURS)?;
    { text.parse().ok() }
        .filter(|hours| (1..=LONGEST).contains(hours))
        .ok_or_else(|| {
            let problem = format!("has to be a whole number of hours from 1 to {LONGEST}");
            ConfigError::of(&keys::AGENCY_VALIDATION_HOURS, problem)
        })
}
