use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use server::boot::telemetry::{self, Format};
use tracing::subscriber::DefaultGuard;

/// Everything that the portal logged on the thread of a test, at the finest level that it can be told.
#[derive(Clone, Default)]
pub struct Logs(Arc<Mutex<Vec<u8>>>);

impl Logs {
    /// Catches the logs of this thread until the guard is dropped.
    pub(crate) fn catch() -> (Self, DefaultGuard) {
        let logs = Self::default();
        let writer = logs.clone();
        let subscriber = telemetry::into_writer(Format::Json, "trace", move || writer.clone());
        let subscriber = subscriber.expect("`trace` is a filter");
        (logs, tracing::subscriber::set_default(subscriber))
    }

    /// What was logged so far, one object a line.
    #[must_use]
    pub fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
