use leptos::prelude::*;

use super::rich;
use crate::islands::RowKeys;
use crate::text::t;

/// The id of the dialog that lists the keys.
const DIALOG: &str = "keys";

/// What each key does on a page with rows, for the dialog: the keys, and the name of the words.
const OF_ROWS: &[(&[&str], &str)] = &[(&["j", "k"], "move")];
const OF_DECISIONS: &[(&[&str], &str)] =
    &[(&["x"], "select"), (&["a"], "approve"), (&["r"], "reject")];
const OF_A_ROW: &[(&[&str], &str)] = &[(&["o", "Enter"], "open")];
const OF_A_SEARCH: &[(&[&str], &str)] = &[(&["/"], "search")];
const OF_THE_DESK: &[(&[&str], &str)] =
    &[(&["t"], "times"), (&["?"], "all-text"), (&["Esc"], "close")];

/// A page whose rows are walked through with the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyedRows {
    /// The queue, for those who decide.
    Decisions,
    /// The queue, for those who look.
    Cases,
    Clients,
}

impl KeyedRows {
    const fn selector(self) -> &'static str {
        match self {
            Self::Decisions | Self::Cases => ".queue > .case",
            Self::Clients => ".clients tbody > tr",
        }
    }

    fn keys(self) -> impl Iterator<Item = &'static (&'static [&'static str], &'static str)> {
        let (more, search): (&[_], &[_]) = match self {
            Self::Decisions => (OF_DECISIONS, &[]),
            Self::Cases => (&[], &[]),
            Self::Clients => (&[], OF_A_SEARCH),
        };
        OF_ROWS
            .iter()
            .chain(more)
            .chain(OF_A_ROW)
            .chain(search)
            .chain(OF_THE_DESK)
    }

    const fn hint(self) -> &'static str {
        match self {
            Self::Decisions => "keys-hint-decisions",
            Self::Cases => "keys-hint",
            Self::Clients => "keys-hint-clients",
        }
    }
}

/// The line that says which keys work, once they do, the dialog with all of them, and what listens to them.
pub fn row_keys(rows: KeyedRows) -> AnyView {
    let slots = [("j", "j"), ("k", "k"), ("x", "x"), ("slash", "/")];
    let mut slots: Vec<_> = { slots.into_iter() }
        .map(|(name, key)| (name, view! { <kbd>{key}</kbd> }.into_any()))
        .collect();
    let all = view! {
        <button type="button" class="link" data-opens=DIALOG data-key="?">
            <kbd>"?"</kbd>
            " "
            {t("keys-all")}
        </button>
    };
    slots.push(("all", all.into_any()));
    view! {
        <p class="keys-hint" hidden=true data-wakes="keys">{rich(rows.hint(), &[], slots)}</p>
        {dialog(rows)}
        <RowKeys rows=rows.selector().to_owned() />
    }
    .into_any()
}

fn dialog(rows: KeyedRows) -> AnyView {
    let lines: Vec<_> = { rows.keys() }
        .map(|(keys, words)| {
            let keys: Vec<_> = { keys.iter() }
                .map(|key| view! { <kbd>{*key}</kbd> " " })
                .collect();
            view! { <dt>{keys}</dt><dd>{t(&format!("keys-{words}"))}</dd> }
        })
        .collect();
    view! {
        <dialog class="ask" id=DIALOG aria-labelledby="keys-title">
            <div class="stack">
                <h2 id="keys-title">{t("keys-title")}</h2>
                <dl class="keys">{lines}</dl>
                <div class="row">
                    <button type="button" class="btn plain" data-closes=true>{t("keys-close-button")}</button>
                </div>
            </div>
        </dialog>
    }
    .into_any()
}
