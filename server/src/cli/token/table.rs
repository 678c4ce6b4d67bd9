//! What `token check` says to people.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use app::{model::TokenStatus, text::Lang};

use super::line::Line;

/// Letters of the longest name that is shown whole.
const NAME: usize = 28;
const STATUS: usize = 18;
const UNTIL: usize = 10;

/// A row for each token, as it comes, and how many there were of each status.
pub struct Table {
    /// What stands above the first column.
    names: &'static str,
    counts: BTreeMap<TokenStatus, u64>,
}

impl Table {
    /// With these words above the first column.
    pub const fn of(names: &'static str) -> Self {
        Self {
            names,
            counts: BTreeMap::new(),
        }
    }

    /// One token; before the first, the head.
    pub fn row(&mut self, out: &mut impl Write, line: &Line, name: Option<&str>) -> io::Result<()> {
        if self.counts.is_empty() {
            columns(out, [self.names, "Status", "Until"], "What to know")?;
        }
        *self.counts.entry(line.status).or_default() += 1;
        let name = match (name, line.line) {
            (Some(name), _) => name.to_owned(),
            (None, Some(number)) => number.to_string(),
            (None, None) => line.token.map_or_else(String::new, |id| id.to_string()),
        };
        columns(out, [&name, &word(line.status), until(line)], &line.message)
    }

    /// How many there were.
    pub fn sum(&self, out: &mut impl Write) -> io::Result<()> {
        let all: u64 = self.counts.values().sum();
        if all == 0 {
            return writeln!(out, "There is no token to check.");
        }
        let each: Vec<String> = { self.counts.iter() }
            .map(|(status, count)| format!("{}: {count}", word(*status)))
            .collect();
        writeln!(out, "\nChecked: {all}. {}.", each.join(", "))
    }
}

fn columns(out: &mut impl Write, narrow: [&str; 3], wide: &str) -> io::Result<()> {
    let [name, status, until] = narrow;
    let name = shortened(name);
    writeln!(
        out,
        "{name:<NAME$}  {status:<STATUS$}  {until:<UNTIL$}  {wide}"
    )
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    let mut short: String = name.chars().take(NAME - 1).collect();
    short.push('…');
    short
}

fn word(status: TokenStatus) -> String {
    Lang::default().text(&format!("token-status-{}", status.code()), &[])
}

/// The day on which Meta wants to be asked again: for the token or for the data, whichever comes first.
fn until(line: &Line) -> &str {
    let ends = [&line.expires_at, &line.data_access_expires_at];
    let first = ends.into_iter().flatten().min();
    first.and_then(|end| end.get(..UNTIL)).unwrap_or("–")
}
