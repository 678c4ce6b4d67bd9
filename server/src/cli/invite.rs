use std::process::ExitCode;

use app::model::InvitationKind;
use secrecy::ExposeSecret;
use serde_json::json;

use super::{Outcome, client_of, open, output};
use crate::{
    cli::args::InviteArgs,
    config::Config,
    service::{
        actor::Who,
        invitations::{Sent, Way},
    },
};

/// Mints a guided link and mails it.
pub async fn run(config: &Config, args: &InviteArgs, json: bool) -> Outcome {
    if args.kind == InvitationKind::Upload {
        return Err("--kind upload: this version sends no links of this kind".into());
    }
    let (portal, scope) = open(config).await?;
    let client = client_of(&portal, scope, &args.client).await?;
    let way = if args.no_mail {
        Way::CommandLine
    } else {
        Way::Mail
    };
    let sent = portal
        .invite(scope, &Who::Operator, client, args.kind, way)
        .await?;
    portal.flush_key_counts().await?;
    let minted = match sent {
        Sent::Done(minted) => minted,
        Sent::TooManyMails => {
            return Err(
                "this client was sent five links within the hour; wait, or use --no-mail".into(),
            );
        }
        Sent::AlreadyConnected(state) => {
            let other = match (state.is_live(), args.kind) {
                (true, InvitationKind::Connect) => ", or --kind reconnect or backup",
                _ => "",
            };
            return Err(format!(
                "the client's connection is {}: no link is needed{other}",
                state.code()
            )
            .into());
        }
        Sent::NothingToBackUp => {
            return Err(
                "--kind backup: a backup stands beside a connection that is approved or suspended"
                    .into(),
            );
        }
        Sent::BackupWaits => {
            return Err("--kind backup: a backup of this client waits for a decision".into());
        }
    };
    let url = minted.url.expose_secret();
    let value = json!({
        "client_id": minted.client,
        "invitation_id": minted.invitation,
        "url": url,
        "expires_at": output::moment(minted.expires_at),
        "mailed": minted.is_mailed,
    });
    output::print(json, &value, &[url.to_owned()]);
    Ok(ExitCode::SUCCESS)
}
