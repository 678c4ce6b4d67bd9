use leptos::prelude::*;

use crate::components::{Tab, tabs};
use crate::model::{QueueCounts, QueueTab};
use crate::routes;
use crate::text::t;

/// The parts of the queue, each at an address of its own.
pub fn queue_tabs(here: QueueTab, counts: QueueCounts) -> AnyView {
    // What waits for long is a tab of its own while there is any.
    let is_shown = |tab: &&QueueTab| **tab != QueueTab::Long || counts.long > 0 || **tab == here;
    let all = { QueueTab::ALL.iter() }
        .filter(is_shown)
        .map(|tab| Tab {
            href: routes::queue(*tab).to_owned(),
            words: t(&format!("queue-tab-{}", tab.code())),
            count: match tab {
                QueueTab::Waiting => Some(counts.waiting),
                QueueTab::Long => Some(counts.long),
                QueueTab::Backups => Some(counts.backups),
                QueueTab::Reconnections => Some(counts.reconnections),
                QueueTab::Decided => None,
            },
            is_here: *tab == here,
        })
        .collect();
    tabs(t("queue-tabs"), all)
}
