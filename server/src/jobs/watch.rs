//! What a worker hears and sees beside its jobs: other processes that ring, and schedules whose time has come.

use std::sync::atomic::Ordering;

use tokio_util::sync::CancellationToken;

use super::{SCHEDULES, Worker, worker::SHORTEST_REST};
use crate::service::{Error, schedules::Fire};

impl Worker {
    /// Fires every schedule, whether it is due or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run_schedules(&self) -> Result<(), Error> {
        self.portal.fire(&SCHEDULES, Fire::All).await.map(drop)
    }

    /// Passes on what other processes ring, for as long as the database can tell; while it cannot, the worker looks.
    pub(super) async fn listen(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let told = tokio::select! {
                () = stop.cancelled() => return,
                told = self.pass_on() => told,
            };
            self.is_told.store(false, Ordering::Relaxed);
            self.portal.wake.notify_one();
            match told {
                Ok(()) => return,
                Err(error) => tracing::warn!(%error, "jobs of other processes are not heard of"),
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(self.pace.look) => {}
            }
        }
    }

    /// Until the connection is lost; or at once, where there is no bell to hang.
    async fn pass_on(&self) -> Result<(), Error> {
        let Some(mut bell) = self.portal.hang_bell().await? else {
            return Ok(());
        };
        loop {
            // Also before the first ring: what was enqueued until now rang for nobody.
            self.is_told.store(true, Ordering::Relaxed);
            self.portal.wake.notify_one();
            bell.rung().await?;
        }
    }

    pub(super) async fn keep_schedules(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let mut length = self.pace.look_when_told;
            match self.portal.fire(&SCHEDULES, Fire::Due).await {
                Ok(next) => {
                    let wait = (next - self.portal.now()).to_std().unwrap_or_default();
                    length = wait.clamp(SHORTEST_REST, length);
                }
                Err(error) => tracing::error!(%error, "the schedules could not be read"),
            }
            // Each process has counts of its own.
            if let Err(error) = self.portal.flush_key_counts().await {
                tracing::error!(%error, "the count of encryptions could not be written");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(length) => {}
            }
        }
    }
}
