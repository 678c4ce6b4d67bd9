use leptos::prelude::*;

use crate::components::{Tab, tabs};
use crate::model::{QueueCounts, QueueTab};
use crate::routes;
use crate::text::t;

/// The parts of the queue, each at an address of its own.
pub fn queue_tabs(here: QueueTab, counts: QueueCounts) -> AnyView {
    let all = { QueueTab::ALL.iter() }
        .map(|tab| Tab {
            href: routes::queue(*tab).to_owned(),
            words: t(&format!("queue-tab-{}", tab.code())),
            count: match tab {
                QueueTab::Waiting => Some(counts.waiting),
                QueueTab::Backups => Some(counts.backups),
                QueueTab::Reconnections => Some(counts.reconnections),
                QueueTab::Decided => None,
            },
            is_here: *tab == here,
        })
        .collect();
    tabs(t("queue-tabs"), all)
}
