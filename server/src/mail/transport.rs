//! The ways out: a mail server, a folder.

use std::{io, path::Path, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    transport::smtp::{
        self, PoolConfig,
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use secrecy::ExposeSecret as _;
use tokio::{fs, io::AsyncWriteExt as _};
use uuid::Uuid;

use super::{
    address::{Security, SmtpServer},
    mailer::SendError,
};

/// For each step of the talk with a mail server.
const STEP_TIMEOUT: Duration = Duration::from_secs(10);
/// For the whole talk.
const TOTAL_TIMEOUT: Duration = Duration::from_secs(30);

/// Replies of 5xx that speak of our login, not of the mail (RFC 4954).
const LOGIN_REFUSED: [u16; 4] = [530, 534, 535, 538];

/// Hands a message to a mail server. One connection a mail: they are few, and none goes stale.
pub(super) async fn by_smtp(server: &SmtpServer, message: Message) -> Result<(), SendError> {
    let transport = connect(server)?;
    let sent = tokio::time::timeout(TOTAL_TIMEOUT, transport.send(message)).await;
    // The mail is out or not by now; a slow goodbye changes nothing.
    let _ = tokio::time::timeout(STEP_TIMEOUT, transport.shutdown()).await;
    match sent {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(SendError::new(is_permanent(&error), &error.to_string())),
        Err(_) => Err(SendError::temporary("the mail server took too long")),
    }
}

fn connect(server: &SmtpServer) -> Result<AsyncSmtpTransport<Tokio1Executor>, SendError> {
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
        .port(server.port)
        .timeout(Some(STEP_TIMEOUT))
        .pool_config(PoolConfig::new().max_size(1))
        .tls(tls(server).map_err(|error| SendError::temporary(&error.to_string()))?);
    if let Some(login) = &server.login {
        builder = builder.credentials(Credentials::new(
            login.user.clone(),
            login.password.expose_secret().to_owned(),
        ));
    }
    Ok(builder.build())
}

fn tls(server: &SmtpServer) -> Result<Tls, smtp::Error> {
    let parameters = TlsParameters::builder(server.host.clone());
    Ok(match server.security {
        Security::Tls => Tls::Wrapper(parameters.build()?),
        Security::StartTls => Tls::Required(parameters.build()?),
        Security::Loopback => Tls::Opportunistic(
            parameters
                .dangerous_accept_invalid_certs(true)
                .dangerous_accept_invalid_hostnames(true)
                .build()?,
        ),
    })
}

fn is_permanent(error: &smtp::Error) -> bool {
    error.is_permanent()
        && !error
            .status()
            .is_some_and(|code| LOGIN_REFUSED.contains(&u16::from(code)))
}

/// Writes a message as `{id}.eml`, whole or not at all. A second try takes the place of the first.
pub(super) async fn into_file(folder: &Path, id: Uuid, message: &Message) -> Result<(), SendError> {
    write(folder, id, &message.formatted())
        .await
        .map_err(|error| {
            SendError::temporary(&format!("the mail folder cannot be written: {error}"))
        })
}

async fn write(folder: &Path, id: Uuid, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder).await?;
    let unfinished = folder.join(format!(".{id}.part"));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // A link stands in it: for the owner of the folder only.
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(&unfinished).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    fs::rename(&unfinished, folder.join(format!("{id}.eml"))).await
}
