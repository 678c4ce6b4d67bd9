use super::*;

use InApp::{Facebook, Instagram, LinkedIn, Messenger, Unnamed};
use Phone::{Android, Apple};

/// As sent by real windows and browsers, from reports and fixtures in public repositories.
const AGENTS: &str = include_str!("agents.txt");

#[test]
fn real_user_agents_are_told_apart() {
    let mut seen = 0;
    let mut expected = None;
    for line in AGENTS.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
            && !name.contains(' ')
        {
            expected = Some(of_name(name));
            continue;
        }
        let expected = expected.expect("a section before the first line");
        assert_eq!(in_app(line), expected, "{line}");
        seen += 1;
    }
    assert!(seen >= 30, "{seen}");
}

fn of_name(name: &str) -> Option<InAppBrowser> {
    let (app, phone) = match name {
        "browser" => return None,
        "facebook-apple" => (Facebook, Apple),
        "facebook-android" => (Facebook, Android),
        "messenger-apple" => (Messenger, Apple),
        "messenger-android" => (Messenger, Android),
        "instagram-apple" => (Instagram, Apple),
        "instagram-android" => (Instagram, Android),
        "linkedin-apple" => (LinkedIn, Apple),
        "linkedin-android" => (LinkedIn, Android),
        "gmail-apple" => (Unnamed, Apple),
        "other-android" => (Unnamed, Android),
        other => panic!("no section {other}"),
    };
    Some(InAppBrowser { app, phone })
}

#[test]
fn what_is_no_user_agent_is_no_app() {
    for agent in ["", "curl/8.5.0", "FBAN/FBIOS", "Instagram", "iPhone"] {
        assert_eq!(in_app(agent), None, "{agent}");
    }
}
