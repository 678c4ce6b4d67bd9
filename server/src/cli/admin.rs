use std::process::ExitCode;

use app::{model::Role, validate};
use secrecy::ExposeSecret;
use serde_json::json;

use super::{Outcome, open, output};
use crate::{config::Config, service::Error};

/// Adds a member of staff, or takes the one who is there, and prints a one-time sign-in link.
pub async fn create(config: &Config, email: &str, role: Role, json: bool) -> Outcome {
    if validate::email(email).is_some() {
        return Err(format!(
            "--email: {email:?} is not an e-mail address, like jonas@agency.example"
        )
        .into());
    }
    let (portal, scope) = open(config).await?;
    let link = portal.invite_staff(scope, email, role).await?;
    portal.flush_key_counts().await?;
    let url = link.url.expose_secret();
    let expires_at = output::moment(link.expires_at);
    let value = json!({
        "email": link.email,
        "role": link.role.code(),
        "url": url,
        "expires_at": expires_at,
    });
    let lines = [
        format!(
            "{} may sign in as {} with this link, once, until {expires_at}:",
            link.email,
            link.role.code()
        ),
        url.to_owned(),
    ];
    output::print(json, &value, &lines);
    Ok(ExitCode::SUCCESS)
}

/// Takes a second factor away: the way back for an owner who lost phone and recovery codes.
pub async fn reset_second_factor(config: &Config, email: &str, json: bool) -> Outcome {
    let (portal, scope) = open(config).await?;
    match portal.reset_second_factor_of(scope, email).await {
        Err(Error::NotFound) => {
            return Err(format!("--email: nobody here has the address {email:?}").into());
        }
        done => done?,
    }
    let lines = [format!(
        "{email} signs in with the password alone now, and sets up a new second factor where one is required"
    )];
    output::print(json, &json!({ "email": email }), &lines);
    Ok(ExitCode::SUCCESS)
}
