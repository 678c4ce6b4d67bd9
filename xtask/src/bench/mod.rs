//! `cargo xtask bench`: how fast and how heavy Portico is, measured on the released programs.

mod machine;
mod pages;
mod record;
mod server;
mod table;
mod validation;

use clap::ValueEnum;

use crate::failure::Outcome;
use crate::workspace::Workspace;

/// What `bench` can be told.
#[derive(clap::Args)]
pub struct Arguments {
    /// Measure one part only
    #[arg(value_enum)]
    part: Option<Part>,
    /// Fewer and shorter runs: a first idea
    #[arg(long)]
    quick: bool,
    /// Put the tables into docs/PERFORMANCE.md as well
    #[arg(long)]
    write: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Pages in a second, memory, a whole capture, cold start; on SQLite and on PostgreSQL
    Server,
    /// Checks of tokens in a second, what each costs, two workers; on SQLite and on PostgreSQL
    Validation,
    /// Lighthouse, paint and usable form on a phone, sizes by page
    Pages,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Validation => "validation",
            Self::Pages => "pages",
        }
    }

    /// Measures, and gives what is to be read of it, as Markdown.
    fn measure(self, workspace: &Workspace, quick: bool) -> Outcome<String> {
        match self {
            Self::Server => server::measure(workspace, quick),
            Self::Validation => validation::measure(workspace, quick),
            Self::Pages => pages::measure(workspace, quick),
        }
    }
}

/// Measures the parts in order and prints a table of each.
pub fn run(workspace: &Workspace, arguments: &Arguments) -> Outcome {
    let parts = arguments
        .part
        .map_or_else(|| Part::value_variants().to_vec(), |part| vec![part]);
    for part in parts {
        println!("\n======== {}", part.name());
        let facts = machine::facts(workspace)?;
        let tables = part.measure(workspace, arguments.quick)?;
        let told = format!("{facts}\n\n{tables}");
        println!("\n{told}");
        if arguments.write {
            record::write(workspace, part.name(), &told)?;
        }
    }
    Ok(())
}
