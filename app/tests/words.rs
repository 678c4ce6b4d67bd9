//! Every key that the sources name, and every key that is made from a closed code, is in the catalogue.
#![cfg(feature = "ssr")]

use std::{fs, path::Path};

use app::components::KNOWN_SCOPES;
use app::model::*;
use app::pages::admin::{COUNTED_ACTIONS, TIMELINE_ACTIONS, timeline_key};
use app::text::Lang;

/// Calls whose first argument is a key.
const CALLS: &[&str] = &["t(", "tv(", "rich("];

#[test]
fn every_key_in_the_sources_exists() {
    let mut keys = Vec::new();
    read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path(),
        &mut keys,
    );
    assert!(keys.len() > 200, "the scan finds the keys: {}", keys.len());
    let missing: Vec<_> = keys.iter().filter(|key| !Lang::English.has(key)).collect();
    assert!(missing.is_empty(), "not in the catalogue: {missing:?}");
}

fn read(folder: &Path, keys: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, keys);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            scan(&fs::read_to_string(&path).expect("a source"), keys);
        }
    }
}

/// Literal keys only: those that are put together are checked by their families below.
fn scan(source: &str, keys: &mut Vec<String>) {
    for call in CALLS {
        for (at, _) in source.match_indices(call) {
            let is_word = source[..at]
                .chars()
                .next_back()
                .is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.');
            let rest = source[at + call.len()..].trim_start();
            let Some(key) = rest
                .strip_prefix('"')
                .and_then(|rest| rest.split('"').next())
            else {
                continue;
            };
            if !is_word {
                keys.push(key.to_owned());
            }
        }
    }
}

fn has(key: &str) {
    assert!(Lang::English.has(key), "not in the catalogue: {key}");
}

macro_rules! families {
    ($($members:ty: $($before:literal, $after:literal);+ $(;)?),+ $(,)?) => {
        $($(for member in <$members>::ALL {
            has(&format!("{}{}{}", $before, member.code(), $after));
        })+)+
    };
}

#[test]
fn every_code_has_its_words() {
    families! {
        TokenStatus: "token-status-", ""; "errors-status-", "",
        ConnectionState: "connection-state-", ""; "link-spent-", "",
        InvitationState: "invitation-state-", "",
        InvitationKind: "invitation-kind-", "",
        AccountStatus: "account-status-", "",
        DeletionState: "deletion-", "-title"; "deletion-", "-text",
        MailState: "outbox-state-", "",
        MailTrouble: "outbox-why-", "",
        JobKind: "jobs-kind-", "",
        JobTrouble: "jobs-trouble-", "",
        QueueTab: "queue-tab-", "",
        Milestone: "milestone-", ""; "milestone-next-", "",
        EndsFilter: "clients-ends-", "",
        BackupFilter: "clients-backup-", "",
        AnswerClass: "outcome-", "",
        Role: "role-", "",
        Swatch: "swatch-", "",
        TokenKind: "token-kind-", "",
        TokenStanding: "token-standing-", "",
        TokenSource: "token-source-", "",
        ProbeFailure: "probe-", ""; "probe-", "-client"; "unreached-", "",
        MetaCall: "meta-call-", "",
        NoAccountsReason: "no-accounts-", "-title"; "no-accounts-", "-text"; "no-accounts-", "-case",
        HelpStep: "help-step-", "",
        InApp: "in-app-", "-window"; "in-app-", "-apple"; "in-app-", "-android",
        Phone: "in-app-or-", "",
        MetaTrouble: "trouble-", "-title"; "trouble-", "-text",
        AnswerClass: "class-", ""; "class-", "-text",
        Explanation: "found-", ""; "found-", "-text"; "found-", "-do",
        OwnSign: "own-", "",
        Whom: "errors-whom-", "",
        StopReason: "stop-", "-title"; "stop-", "-text"; "stop-", "-short",
    }
}

#[test]
fn every_ended_connection_has_words_on_the_last_page() {
    for state in ConnectionState::ALL {
        let is_on_its_way = matches!(
            state,
            ConnectionState::Draft | ConnectionState::Pending | ConnectionState::Approved
        );
        if !is_on_its_way {
            has(&format!("done-{}", state.code()));
        }
    }
}

#[test]
fn every_state_of_an_account_that_is_not_simply_active_is_explained() {
    for status in AccountStatus::ALL {
        if *status != AccountStatus::Active {
            has(&format!("account-why-{}", status.code()));
        }
    }
}

#[test]
fn every_way_to_let_a_browser_keep_cookies_has_its_words() {
    for browser in ["safari", "chrome", "firefox", "other"] {
        has(&format!("cookies-on-{browser}"));
    }
}

#[test]
fn every_permission_has_its_words() {
    for scope in KNOWN_SCOPES {
        for part in ["name", "tag", "can", "why"] {
            has(&format!("scope-{scope}-{part}"));
        }
    }
}

#[test]
fn every_action_of_the_timeline_has_its_words() {
    for action in TIMELINE_ACTIONS {
        has(&timeline_key(action));
    }
    for action in COUNTED_ACTIONS {
        has(&format!("{}-uncounted", timeline_key(action)));
    }
    has("timeline-login-captured-unnamed");
    has("timeline-login-failed-unknown");
    has("timeline-other");
}

#[test]
fn what_stands_beside_a_connection_has_its_words() {
    for kind in [InvitationKind::Reconnect, InvitationKind::Backup] {
        has(&format!("case-kind-{}", kind.code()));
        has(&format!("link-for-{}", kind.code()));
    }
}

#[test]
fn every_question_has_its_words() {
    for key in [
        "team-disable",
        "team-reset-factor",
        "team-make-required",
        "team-make-optional",
    ] {
        for part in ["", "-ask", "-text", "-yes"] {
            has(&format!("{key}{part}"));
        }
    }
}

#[test]
fn every_promise_has_its_words() {
    for promise in ["ads", "post", "messages", "payment", "password"] {
        has(&format!("never-{promise}"));
    }
}

#[test]
fn every_day_and_month_has_its_name() {
    (1..=7).for_each(|day| has(&format!("weekday-{day}")));
    (1..=12).for_each(|month| {
        has(&format!("month-{month}"));
        has(&format!("month-short-{month}"));
    });
}
