//! The command line, and the run of the program until a signal.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;
use tokio::signal;

use crate::{Config, Sandbox, Seed};

/// A stand-in for Meta: login dialog, tokens, Graph and a control API, on loopback only.
#[derive(Parser)]
#[command(name = "sandbox", version)]
pub struct Args {
    /// Loopback address to listen on
    #[arg(long, default_value = "127.0.0.1:4000")]
    listen: SocketAddr,
    /// Id of the Meta app that is played
    #[arg(long)]
    app_id: String,
    /// Secret of the Meta app that is played
    #[arg(long)]
    app_secret: String,
    /// A valid OAuth redirect URI, compared byte for byte; may be given several times
    #[arg(long = "redirect-uri", required = true)]
    redirect_uris: Vec<String>,
    /// Where the portal listens for Meta's callbacks
    #[arg(long)]
    callback_url: String,
    /// Send deauthorization and deletion callbacks from the beginning
    #[arg(long)]
    send_callbacks: bool,
    /// People, businesses and ad accounts as JSON, instead of the built-in ones
    #[arg(long)]
    seed: Option<PathBuf>,
}

/// Serves until Ctrl-C or SIGTERM.
///
/// # Errors
/// One line for a person: a seed that cannot be read, an address that is not loopback or taken.
pub async fn run(args: Args) -> Result<(), String> {
    let seed = match &args.seed {
        None => Seed::builtin(),
        Some(path) => read_seed(path)?,
    };
    let config = Config {
        app_id: args.app_id,
        app_secret: args.app_secret,
        redirect_uris: args.redirect_uris,
        callback_url: args.callback_url,
        send_callbacks: args.send_callbacks,
        seed,
    };
    let sandbox = Sandbox::start(config, args.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", args.listen))?;
    tracing::info!(url = sandbox.url(), "sandbox is listening");
    stop_signal().await.map_err(|error| error.to_string())?;
    tracing::info!("sandbox stops");
    sandbox.stop().await;
    Ok(())
}

fn read_seed(path: &PathBuf) -> Result<Seed, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("cannot read seed {}: {error}", path.display()))?;
    Seed::parse(&text).map_err(|error| format!("seed {}: {error}", path.display()))
}

async fn stop_signal() -> std::io::Result<()> {
    let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
    tokio::select! {
        pressed = signal::ctrl_c() => pressed,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn several_redirect_uris_are_taken() {
        let args = Args::try_parse_from([
            "sandbox",
            "--listen",
            "127.0.0.1:0",
            "--app-id",
            "1",
            "--app-secret",
            "s",
            "--redirect-uri",
            "http://localhost/a",
            "--redirect-uri",
            "http://localhost/b",
            "--callback-url",
            "http://localhost",
        ])
        .map_err(|error| error.to_string());
        assert_eq!(args.map(|args| args.redirect_uris.len()), Ok(2));
    }
}
