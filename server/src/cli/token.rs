//! `token check`: asks Meta about tokens, those that are stored or those that come by stdin.
//!
//! Checks that were made end with 0, whatever they said: a script reads the lines. With 1 ends what kept a check
//! from being made: no Meta app, no database, no such client or no token of it, a key that is missing.

mod input;
mod line;
mod table;

use std::{
    io::{self, BufReader, StdoutLock, Write as _},
    pin::pin,
    process::ExitCode,
    sync::Arc,
};

use futures::{StreamExt as _, TryStreamExt as _, stream};
use secrecy::SecretString;
use tokio::sync::mpsc;
use uuid::Uuid;

pub use self::line::Line;
use self::{input::Given, table::Table};
use super::{Outcome, client_of, open};
use crate::{
    cli::args::TokenCheckArgs,
    config::Config,
    domain::agency::AgencyScope,
    service::{Error, Portal, actor::Who},
    store::lookup,
};

/// Tokens that are asked about in one call to Meta.
const BATCH: usize = 50;
/// Calls about tokens from stdin that are under way at once. Their lines come in the order of the input.
const AT_ONCE: usize = 4;

/// Checks what was asked for, and prints a line for each token as soon as it is there.
pub async fn check(config: &Config, args: &TokenCheckArgs, json: bool) -> Outcome {
    let (portal, scope) = open(config).await?;
    config.require_meta()?;
    let names = if args.stdin { "Line" } else { "Client" };
    let mut report = Report::new(json, names);
    let checked = if args.stdin {
        from_stdin(&portal, scope, &mut report).await
    } else if let Some(client) = &args.client {
        of_client(&portal, scope, client, &mut report).await
    } else {
        all(&portal, &mut report).await
    };
    // What was learnt on the way is kept, however it ended.
    portal.flush_key_counts().await?;
    checked?;
    report.end()
}

type Checked = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// The tokens of one client.
async fn of_client(
    portal: &Portal,
    scope: AgencyScope,
    client: &str,
    report: &mut Report,
) -> Checked {
    let id = client_of(portal, scope, client).await?;
    let tokens = portal.tokens_of_client(scope, id).await?;
    if tokens.is_empty() {
        return Err(format!("--client: {client:?} has no token").into());
    }
    stored(portal, scope, &tokens, report).await
}

/// Every token of the installation, by their ids, one agency after the other.
async fn all(portal: &Portal, report: &mut Report) -> Checked {
    for scope in lookup::agencies(portal.db.reader()).await? {
        let mut after = None;
        loop {
            let tokens = portal.tokens_after(scope, after, BATCH as u64).await?;
            let Some(last) = tokens.last() else { break };
            after = Some(*last);
            stored(portal, scope, &tokens, report).await?;
        }
    }
    Ok(())
}

async fn stored(
    portal: &Portal,
    scope: AgencyScope,
    tokens: &[Uuid],
    report: &mut Report,
) -> Checked {
    let checked = portal.check_stored(scope, tokens, &Who::Operator).await?;
    let names = match report.table {
        Some(_) => portal.clients_of_tokens(scope, tokens).await?,
        None => Default::default(),
    };
    for checked in checked {
        let name = { checked.token.as_ref() }.and_then(|id| names.get(id));
        report.tell(&Line::of(None, &checked), name.map(String::as_str))?;
    }
    Ok(())
}

/// Tokens that stand one on a line. Nothing of them is stored, and no more than a few batches are held at once.
async fn from_stdin(portal: &Arc<Portal>, scope: AgencyScope, report: &mut Report) -> Checked {
    let (sender, lines) = mpsc::channel(BATCH * AT_ONCE);
    // A thread of its own, which nobody waits for: a read of a terminal ends when somebody presses a key.
    std::thread::spawn(move || input::read(BufReader::new(io::stdin()), &sender));
    let batches = stream::unfold(lines, async |mut lines| {
        let mut batch = Vec::with_capacity(BATCH);
        (lines.recv_many(&mut batch, BATCH).await > 0).then_some((batch, lines))
    });
    let told = batches.map(|batch| loose(portal, scope, batch));
    let mut told = pin!(told.buffered(AT_ONCE));
    while let Some(lines) = told.try_next().await? {
        for line in lines {
            report.tell(&line, None)?;
        }
    }
    Ok(())
}

async fn loose(
    portal: &Portal,
    scope: AgencyScope,
    batch: Vec<io::Result<Given>>,
) -> Result<Vec<Line>, Box<dyn std::error::Error + Send + Sync>> {
    let mut secrets: Vec<SecretString> = Vec::with_capacity(batch.len());
    let mut numbers = Vec::with_capacity(batch.len());
    for given in batch {
        let given = given.map_err(|error| format!("stdin cannot be read: {error}"))?;
        let is_token = given.token.is_some();
        secrets.extend(given.token);
        numbers.push((given.line, is_token));
    }
    let mut checked = portal.check_loose(scope, &secrets).await?.into_iter();
    { numbers.into_iter() }
        .map(|(number, is_token)| {
            if !is_token {
                return Ok(Line::of_no_token(number));
            }
            let checked = checked.next();
            let checked = checked.ok_or_else(|| Error::internal("a token without an answer"))?;
            Ok(Line::of(Some(number), &checked))
        })
        .collect()
}

/// Prints what was found: as JSON, or as a table with a sum.
struct Report {
    out: StdoutLock<'static>,
    table: Option<Table>,
    /// Tokens whose sealed copy does not open.
    shut: u64,
}

impl Report {
    fn new(json: bool, names: &'static str) -> Self {
        Self {
            out: io::stdout().lock(),
            table: (!json).then(|| Table::of(names)),
            shut: 0,
        }
    }

    /// Each line leaves at once, so that a pipe is not kept waiting for the next.
    fn tell(&mut self, line: &Line, name: Option<&str>) -> io::Result<()> {
        self.shut += u64::from(line.is_shut());
        match &mut self.table {
            Some(table) => table.row(&mut self.out, line, name)?,
            None => {
                serde_json::to_writer(&mut self.out, line)?;
                self.out.write_all(b"\n")?;
            }
        }
        self.out.flush()
    }

    fn end(mut self) -> Outcome {
        if let Some(table) = &self.table {
            table.sum(&mut self.out)?;
        }
        if self.shut > 0 {
            let words = "not checked, since the key that seals them is missing";
            return Err(format!("{} tokens were {words}", self.shut).into());
        }
        Ok(ExitCode::SUCCESS)
    }
}
