use std::process::ExitCode;

use app::model::Problem;
use serde_json::json;

use super::{Outcome, open, output};
use crate::{
    config::Config,
    service::{actor::Who, clients::NewClient},
};

/// Adds a client.
pub async fn add(
    config: &Config,
    name: String,
    email: String,
    meta_account_name: String,
    json: bool,
) -> Outcome {
    let (portal, scope) = open(config).await?;
    let new = NewClient {
        name,
        email,
        meta_account_name,
    };
    let created = portal.create_client(scope, &Who::Operator, &new).await?;
    portal.flush_key_counts().await?;
    match created {
        Ok(id) => {
            output::print(json, &json!({ "id": id }), &[id.to_string()]);
            Ok(ExitCode::SUCCESS)
        }
        Err(form) => {
            let problems: Vec<String> = form
                .problems
                .iter()
                .map(|(field, problem)| {
                    format!("--{}: {}", field.replace('_', "-"), words(*problem))
                })
                .collect();
            Err(problems.join("; ").into())
        }
    }
}

fn words(problem: Problem) -> String {
    match problem {
        Problem::Required => "is needed".to_owned(),
        Problem::TooLong(max) => format!("is longer than {max} characters"),
        Problem::TooShort(min) => format!("is shorter than {min} characters"),
        Problem::NotAnEmail => "is not an e-mail address".to_owned(),
        Problem::ControlCharacter => "contains a character that cannot be shown".to_owned(),
        Problem::EmailTaken => "another client has this address".to_owned(),
        Problem::CommonPassword
        | Problem::WrongSignIn
        | Problem::WrongPassword
        | Problem::WrongCode
        | Problem::NothingChosen
        | Problem::NotAColour
        | Problem::NotAPicture
        | Problem::FileTooLarge(_)
        | Problem::PictureTooLarge(_)
        | Problem::PictureTooSmall(_) => "is not valid".to_owned(),
    }
}
