//! The command line: what may be typed. Each verb's work is in a file of its own.
//!
//! Exit codes: 0 done, 1 the operation failed (the reason is on stderr), 2 bad usage (clap's own).

use std::path::PathBuf;

use app::model::{InvitationKind, Role};
use clap::{
    Args, Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};

/// Exit code of an operation that failed.
pub const EXIT_FAILED: u8 = 1;

/// Self-service onboarding portal for agencies that work on many clients' Meta ad accounts.
#[derive(Debug, Parser)]
#[command(name = "portico", version, propagate_version = true)]
pub struct Cli {
    /// The configuration file; without it `portico.toml` in the working folder is read if it is there.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Print JSON, and nothing else, on stdout.
    #[arg(long, global = true)]
    pub json: bool,

    #[command(subcommand)]
    pub verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Serve the portal; migrates the database first.
    Serve(ServeArgs),
    /// Run jobs: mails, checks, clean-ups.
    Worker(WorkerArgs),
    /// Bring the database up to date.
    Migrate,
    /// Check configuration, database, keys, Meta app and mail, and say what is wrong.
    Doctor,
    /// Manage the agency's staff.
    #[command(subcommand)]
    Admin(AdminVerb),
    /// Manage clients.
    #[command(subcommand)]
    Client(ClientVerb),
    /// Send a client a guided link; ends the earlier links of the same kind.
    Invite(InviteArgs),
    /// Ask Meta about tokens.
    #[command(subcommand)]
    Token(TokenVerb),
    /// Manage the keys that seal tokens.
    #[command(subcommand)]
    Keys(KeysVerb),
    /// Look after the audit trail.
    #[command(subcommand)]
    Audit(AuditVerb),
}

/// How to serve.
#[derive(Args, Debug)]
pub struct ServeArgs {
    /// Leave jobs to another process: `portico worker`.
    #[arg(long)]
    pub no_worker: bool,

    /// Do not migrate; refuse to start if the database is behind.
    #[arg(long)]
    pub no_migrate: bool,
}

/// How long to work.
#[derive(Args, Debug)]
pub struct WorkerArgs {
    /// Stop as soon as no job is due; exit 1 if a job died.
    #[arg(long)]
    pub until_idle: bool,

    /// Run what is scheduled first, as if its time had come.
    #[arg(long, requires = "until_idle")]
    pub run_schedules: bool,
}

/// What to do with staff.
#[derive(Debug, Subcommand)]
pub enum AdminVerb {
    /// Create a member of staff and print a one-time sign-in link, good for 24 hours.
    Create {
        /// Their e-mail address.
        #[arg(long)]
        email: String,

        /// What they may do.
        #[arg(long, value_parser = role())]
        role: Role,
    },
    /// Take the second factor of somebody away who lost phone and recovery codes; signs them out.
    ResetSecondFactor {
        /// Their e-mail address.
        #[arg(long)]
        email: String,
    },
}

/// What to do with clients.
#[derive(Debug, Subcommand)]
pub enum ClientVerb {
    /// Add a client.
    Add {
        /// The client's name, at most 200 characters.
        #[arg(long)]
        name: String,

        /// Where the client's links are mailed to.
        #[arg(long)]
        email: String,

        /// What the client is called at Meta.
        #[arg(long, value_name = "NAME")]
        meta_account_name: Option<String>,
    },
}

/// Whom to send which link.
#[derive(Args, Debug)]
pub struct InviteArgs {
    /// The client, by id or e-mail address.
    #[arg(long, value_name = "ID|EMAIL")]
    pub client: String,

    /// What the link is for.
    #[arg(long, default_value = "connect", value_parser = invitation_kind())]
    pub kind: InvitationKind,

    /// Only print the link, mail nothing.
    #[arg(long)]
    pub no_mail: bool,
}

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum TokenVerb {
    /// Ask Meta how tokens stand. Exit 0 if every check was made, whatever it said; 1 if one could not be made.
    Check(TokenCheckArgs),
}

/// Which tokens to check: exactly one of these.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub struct TokenCheckArgs {
    /// Those of a client, by id or e-mail address.
    #[arg(long, value_name = "ID|EMAIL")]
    pub client: Option<String>,

    /// Every token that is held.
    #[arg(long)]
    pub all: bool,

    /// One token on each line of the input. Nothing of them is stored.
    #[arg(long)]
    pub stdin: bool,
}

/// What to do with keys.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum KeysVerb {
    /// Print a new key for the ring.
    Generate,
    /// Tell which key seals how many values, and how often each was used.
    Status,
}

/// What to do with the audit trail.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum AuditVerb {
    /// Find an edited, removed, reordered or truncated event; exit 1 if there is one.
    Verify,
}

fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.iter().map(|role| role.code()))
        .try_map(|code| Role::from_code(&code).ok_or("no such role"))
}

fn invitation_kind() -> impl TypedValueParser<Value = InvitationKind> {
    PossibleValuesParser::new(InvitationKind::ALL.iter().map(|kind| kind.code()))
        .try_map(|code| InvitationKind::from_code(&code).ok_or("no such kind"))
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, error::ErrorKind};

    use super::*;

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_says_what_portico_is() {
        let about = Cli::command().get_about().map(ToString::to_string);
        assert!(about.is_some_and(|about| about.starts_with("Self-service onboarding portal")));
    }

    #[test]
    fn every_verb_is_understood() {
        for line in [
            "portico serve",
            "portico serve --no-worker --no-migrate",
            "portico --config x.toml worker",
            "portico worker --until-idle --run-schedules --json",
            "portico migrate --json",
            "portico doctor --json --config x.toml",
            "portico admin create --email a@b.example --role owner --json",
            "portico admin reset-second-factor --email a@b.example --json",
            "portico client add --name Bakery --email a@b.example",
            "portico client add --name Bakery --email a@b.example --meta-account-name B",
            "portico invite --client a@b.example",
            "portico invite --client a@b.example --kind upload --no-mail --json",
            "portico token check --client a@b.example --json",
            "portico token check --all",
            "portico token check --stdin --json",
            "portico keys generate",
            "portico keys status --json",
            "portico audit verify --json",
        ] {
            assert!(parse(line).is_ok(), "{line}");
        }
    }

    #[test]
    fn values_arrive() {
        let cli = parse("portico invite --client c --kind reconnect --json").unwrap();
        assert!(cli.json);
        let Verb::Invite(invite) = cli.verb else {
            panic!("another verb");
        };
        assert_eq!(invite.kind, InvitationKind::Reconnect);
        assert!(!invite.no_mail);

        let cli = parse("portico invite --client c").unwrap();
        assert!(matches!(
            cli.verb,
            Verb::Invite(InviteArgs {
                kind: InvitationKind::Connect,
                ..
            })
        ));
    }

    #[test]
    fn bad_usage_ends_with_2() {
        for (line, kind) in [
            (
                "portico",
                ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand,
            ),
            ("portico dance", ErrorKind::InvalidSubcommand),
            (
                "portico worker --run-schedules",
                ErrorKind::MissingRequiredArgument,
            ),
            (
                "portico admin create --email a@b.example",
                ErrorKind::MissingRequiredArgument,
            ),
            (
                "portico admin create --email a@b.example --role king",
                ErrorKind::InvalidValue,
            ),
            (
                "portico invite --client c --kind dance",
                ErrorKind::InvalidValue,
            ),
            (
                "portico token check --json",
                ErrorKind::MissingRequiredArgument,
            ),
            (
                "portico token check --all --stdin",
                ErrorKind::ArgumentConflict,
            ),
            // A token never stands where others on the machine can read it.
            (
                "portico token check --stdin EAAsecret",
                ErrorKind::UnknownArgument,
            ),
            (
                "portico client add --name x",
                ErrorKind::MissingRequiredArgument,
            ),
        ] {
            let error = parse(line).expect_err(line);
            assert_eq!(error.kind(), kind, "{line}");
            assert_eq!(error.exit_code(), 2, "{line}");
        }
    }
}
