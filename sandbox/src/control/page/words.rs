//! The page's buttons and choices, each with its words.

use crate::state::Event;

/// A button of a person: what its form sends, its face, and what follows from it.
#[derive(Clone, Copy)]
pub struct Happening {
    pub name: &'static str,
    pub event: Event,
    pub label: &'static str,
    pub then: &'static str,
    /// Nothing would change for somebody who has no token.
    pub needs_token: bool,
    /// Said above the page afterwards.
    pub said: &'static str,
}

impl Happening {
    /// What follows for a business's system user, of whose removal nobody is told.
    pub fn then_to_system_user(&self) -> &'static str {
        match self.event {
            Event::RemoveApp => "190/458; the portal is not called",
            _ => self.then,
        }
    }
}

const fn happening(
    name: &'static str,
    event: Event,
    label: &'static str,
    then: &'static str,
    said: &'static str,
) -> Happening {
    Happening {
        name,
        event,
        label,
        then,
        needs_token: true,
        said,
    }
}

const fn always(happening: Happening) -> Happening {
    Happening {
        needs_token: false,
        ..happening
    }
}

/// What can happen to a person, in the order of the page.
pub const HAPPENINGS: &[Happening] = &[
    happening(
        "expire",
        Event::Expire,
        "Let the tokens expire",
        "Graph answers 190/463",
        "The tokens have expired.",
    ),
    happening(
        "end_data_access",
        Event::EndDataAccess,
        "End data access",
        "As after 90 days: 190/493",
        "Data access is over.",
    ),
    happening(
        "change_password",
        Event::ChangePassword,
        "Change the password",
        "Every token ends: 190/460",
        "The password was changed.",
    ),
    happening(
        "log_out",
        Event::LogOut,
        "Log out",
        "Every token ends: 190/467",
        "They have logged out.",
    ),
    happening(
        "remove_app",
        Event::RemoveApp,
        "Remove the app",
        "190/458; the portal is called",
        "The app was removed.",
    ),
    always(happening(
        "request_deletion",
        Event::RequestDeletion,
        "Ask for deletion",
        "Removes the app; the portal is called",
        "Deletion of their data was asked for.",
    )),
    always(happening(
        "block",
        Event::Block,
        "Block",
        "Meta locks them out: 190/459",
        "Meta has locked them out.",
    )),
    always(happening(
        "unblock",
        Event::Unblock,
        "Unblock",
        "Meta lets them in again",
        "Meta lets them in again.",
    )),
];

/// Days by which the clock can be moved.
pub const DAYS: [i64; 4] = [1, 7, 60, 90];

/// How often a fault may hit; 0: until it is cleared.
pub const TIMES: [(u32, &str); 4] = [
    (1, "One call"),
    (3, "Three calls"),
    (10, "Ten calls"),
    (0, "Until cleared"),
];

/// Names of the edges, as the README lists them, `*` for all first.
pub const EDGES: [&str; 28] = [
    "*",
    "batch",
    "oauth/access_token:code",
    "oauth/access_token:fb_exchange_token",
    "oauth/access_token:client_credentials",
    "oauth/access_token:other",
    "debug_token",
    "me",
    "me/permissions",
    "me/permissions:delete",
    "me/adaccounts",
    "me/businesses",
    "owned_ad_accounts",
    "client_ad_accounts",
    "account",
    "campaigns",
    "insights",
    "insights:post",
    "report_run",
    "report_run/insights",
    "oauth/revoke",
    "system_users",
    "system_users:create",
    "system_user_access_tokens",
    "applications:install",
    "access_tokens",
    "node",
    "unknown",
];

/// The presets by what a client is to do, in the order of the page.
pub const GROUPS: [(&str, &str); 10] = [
    ("wait", "Too many calls: wait"),
    ("retry", "Broken for a moment: try again"),
    ("relogin", "The token is no good: log in again"),
    ("blocked", "The account is blocked"),
    ("permission", "Not permitted"),
    ("restart", "Begin again"),
    ("config", "The app is set up wrongly"),
    ("user_action", "The person must act at Meta"),
    ("permanent", "Will never work"),
    ("none", "Only slow"),
];

/// Modes of the app: value and words.
pub const MODES: [(&str, &str); 3] = [
    ("live", "Live"),
    ("development", "Development: only people with a role"),
    ("inactive", "Inactive: nobody, and Graph refuses"),
];

/// What the page says after a press.
pub fn said(code: &str) -> Option<&'static str> {
    let of_person = HAPPENINGS.iter().find(|one| one.name == code);
    of_person.map(|one| one.said).or(match code {
        "revoked" => Some("The permission was taken back."),
        "fault" => Some("The next fitting calls run into this."),
        "cleared" => Some("Nothing is in the way of those calls any more."),
        "clock" => Some("The clock was moved."),
        "app" => Some("The app was set."),
        "again" => Some("It is being sent again. Look again for the answer."),
        "reset" => Some("Everything is as at the beginning."),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::presets;

    #[test]
    fn every_edge_of_the_readme_is_offered() {
        let readme = include_str!("../../../README.md");
        let (_, from) = readme
            .split_once("### Names of edges")
            .expect("the section");
        let (names, _) = from.split_once("\n## ").expect("its end");
        let listed = names.split(": ").nth(1).expect("the list");
        let mut listed: Vec<&str> = listed
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|name| !name.contains('{'))
            .collect();
        listed.insert(0, "*");
        assert_eq!(EDGES.to_vec(), listed);
    }

    #[test]
    fn every_preset_is_in_a_group() {
        for preset in presets() {
            let is_there = GROUPS.iter().any(|(action, _)| *action == preset.action);
            assert!(is_there, "{}", preset.action);
        }
    }
}
