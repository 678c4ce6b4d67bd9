//! Logs: one JSON object a line on stderr, with the request's id where there is one.
//!
//! Nothing personal is logged: requests by the pattern of their route (`web::layers::trace`), panics without
//! the values that they carry, and libraries never below `info`, since some write what they send.

use std::{io::IsTerminal as _, panic::PanicHookInfo};

use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter,
    filter::{Directive, ParseError},
    fmt::MakeWriter,
    util::SubscriberInitExt as _,
};

/// How lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For machines: one object a line.
    Json,
    /// For a person at a terminal.
    Text,
}

/// Why logs cannot start.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// What `RUST_LOG` says is no filter.
    #[error("RUST_LOG: is not a filter ({0}); example: RUST_LOG=info,server=debug")]
    Filter(#[from] ParseError),
    /// The process logs already.
    #[error("logs are set up twice")]
    Twice,
}

/// Starts the logs of this process, as `RUST_LOG` filters them (`info` without it).
///
/// # Errors
/// A filter that cannot be read, or a second call.
pub fn init(format: Format) -> Result<(), TelemetryError> {
    let wanted = std::env::var(EnvFilter::DEFAULT_ENV).unwrap_or_default();
    into_writer(format, &wanted, std::io::stderr)?
        .try_init()
        .map_err(|_| TelemetryError::Twice)?;
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// The logs of a process, filtered as `wanted` says in the way of `RUST_LOG`, into any writer: the
/// integration tests look there for what no log may hold.
///
/// # Errors
/// A filter that cannot be read.
pub fn into_writer<W>(
    format: Format,
    wanted: &str,
    writer: W,
) -> Result<Box<dyn Subscriber + Send + Sync>, TelemetryError>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    Ok(subscriber(format, filter(wanted)?, writer))
}

/// The filter that was asked for, with the libraries that would log too much held down.
fn filter(wanted: &str) -> Result<EnvFilter, ParseError> {
    // SeaORM has sqlx log each statement at `info`; the others write headers, bodies or mails below it.
    const HELD: [&str; 9] = [
        "axum=info",
        "h2=info",
        "hyper=info",
        "hyper_util=info",
        "lettre=info",
        "reqwest=info",
        "rustls=info",
        "sea_orm=warn",
        "sqlx=warn",
    ];
    let wanted = if wanted.is_empty() { "info" } else { wanted };
    HELD.iter()
        .try_fold(EnvFilter::builder().parse(wanted)?, |filter, directive| {
            Ok(filter.add_directive(directive.parse::<Directive>()?))
        })
}

fn subscriber<W>(format: Format, filter: EnvFilter, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer);
    match format {
        Format::Json => Box::new(
            builder
                .json()
                .flatten_event(true)
                .with_current_span(false)
                .with_span_list(true)
                .finish(),
        ),
        Format::Text => Box::new(builder.with_ansi(std::io::stderr().is_terminal()).finish()),
    }
}

/// Logs where a panic began. Its message only if it is fixed text: a formatted one may hold a value.
fn log_panic(info: &PanicHookInfo<'_>) {
    let place = info
        .location()
        .map(|at| format!("{}:{}", at.file(), at.line()));
    let message = info.payload().downcast_ref::<&'static str>();
    tracing::error!(
        place = place.unwrap_or_default(),
        message = message.copied().unwrap_or("a value was not as expected"),
    );
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Write},
        sync::{Arc, Mutex},
    };

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(format: Format, wanted: &str, act: impl FnOnce()) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = subscriber(format, filter(wanted).unwrap(), move || writer.clone());
        tracing::subscriber::with_default(subscriber, act);
        String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn each_line_is_an_object_with_the_request_id() {
        let text = logged(Format::Json, "", || {
            let span = tracing::info_span!("request", request_id = "r-1");
            span.in_scope(|| tracing::info!(status = 200, "request"));
        });
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(line["level"], "INFO");
        assert_eq!(line["message"], "request");
        assert_eq!(line["status"], 200);
        assert_eq!(line["spans"][0]["request_id"], "r-1");
    }

    #[test]
    fn text_is_for_people() {
        let text = logged(Format::Text, "", || tracing::info!("ready"));
        assert!(text.contains("INFO") && text.contains("ready"), "{text}");
    }

    #[test]
    fn libraries_are_held_down_whatever_is_asked_for() {
        let text = logged(Format::Json, "trace,hyper=trace,sqlx=trace", || {
            tracing::trace!(target: "server::jobs", "ours");
            tracing::debug!(target: "hyper::proto", "theirs");
            tracing::info!(target: "sqlx::query", "theirs");
        });
        assert!(text.contains("ours"), "{text}");
        assert!(!text.contains("theirs"), "{text}");
    }

    #[test]
    fn a_wrong_filter_is_told() {
        let error = TelemetryError::from(filter("server=loud").unwrap_err());
        assert!(error.to_string().starts_with("RUST_LOG: is not a filter"));
    }
}
