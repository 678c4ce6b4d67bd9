//! How far a client has come, told from what is stored.

use app::model::{ClientProgress, ConnectionState, Milestone};

/// What is known of a client's way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// A link leads somewhere.
    pub has_live_link: bool,
    /// Such a link was opened, maybe by a mail scanner.
    pub is_opened: bool,
    pub connection: Option<ConnectionState>,
    /// Ad accounts that are chosen.
    pub chosen: i64,
    /// Those among them that answered their last test call.
    pub answered: i64,
    /// A token of a second person stands by.
    pub has_backup: bool,
}

/// Which milestones a client has reached. A connection that has ended counts as none: the way begins anew, with a
/// link that works now.
#[must_use]
pub fn progress(facts: &Facts) -> ClientProgress {
    use ConnectionState::{Approved, Draft, Pending, Suspended};
    let connection = facts.connection;
    let is_any = |states: &[ConnectionState]| connection.is_some_and(|now| states.contains(&now));
    let is_signed_in = is_any(&[Draft, Pending, Approved, Suspended]);
    let is_approved = is_any(&[Approved, Suspended]);
    let is_submitted = is_approved || is_any(&[Pending]);
    ClientProgress::of(|milestone| match milestone {
        Milestone::Invited => is_signed_in || facts.has_live_link,
        Milestone::Opened => is_signed_in || facts.is_opened,
        Milestone::SignedIn => is_signed_in,
        // What is ticked and not submitted may change yet.
        Milestone::AccountsChosen => is_submitted,
        Milestone::Approved => is_approved,
        Milestone::Tested => is_submitted && facts.chosen > 0 && facts.answered == facts.chosen,
        Milestone::BackupHeld => is_approved && facts.has_backup,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(facts: &Facts) -> Vec<&'static str> {
        { progress(facts).each() }
            .filter(|(_, is_reached)| *is_reached)
            .map(|(milestone, _)| milestone.code())
            .collect()
    }

    fn in_state(state: ConnectionState) -> Facts {
        Facts {
            connection: Some(state),
            chosen: 2,
            answered: 2,
            has_backup: true,
            ..Facts::default()
        }
    }

    #[test]
    fn a_client_without_a_link_is_at_the_beginning() {
        let facts = Facts::default();
        assert_eq!(reached(&facts), [""; 0]);
        assert_eq!(progress(&facts).next(), Some(Milestone::Invited));
        assert_eq!(progress(&facts).count(), 0);
    }

    #[test]
    fn a_link_leads_to_the_sign_in() {
        let sent = Facts {
            has_live_link: true,
            ..Facts::default()
        };
        assert_eq!(reached(&sent), ["invited"]);
        let opened = Facts {
            is_opened: true,
            ..sent
        };
        assert_eq!(reached(&opened), ["invited", "opened"]);
        assert_eq!(progress(&opened).next(), Some(Milestone::SignedIn));
    }

    #[test]
    fn each_state_of_a_connection_has_its_place() {
        use ConnectionState as State;
        let signed_in = ["invited", "opened", "signed_in"];
        let submitted = [
            "invited",
            "opened",
            "signed_in",
            "accounts_chosen",
            "tested",
        ];
        let approved = { Milestone::ALL.iter() }
            .map(|milestone| milestone.code())
            .collect::<Vec<_>>();
        for state in State::ALL {
            let expected: &[&str] = match state {
                State::Draft => &signed_in,
                State::Pending => &submitted,
                State::Approved | State::Suspended => &approved,
                State::Abandoned
                | State::Withdrawn
                | State::Rejected
                | State::Disconnected
                | State::Archived => &[],
            };
            assert_eq!(reached(&in_state(*state)), expected, "{state:?}");
        }
        assert_eq!(progress(&in_state(State::Approved)).next(), None);
    }

    #[test]
    fn an_ended_connection_begins_anew_with_a_link_that_works() {
        let again = Facts {
            has_live_link: true,
            ..in_state(ConnectionState::Rejected)
        };
        assert_eq!(reached(&again), ["invited"]);
    }

    #[test]
    fn a_test_call_without_an_answer_is_open_and_so_is_none_at_all() {
        for (chosen, answered) in [(2, 1), (0, 0)] {
            let facts = Facts {
                chosen,
                answered,
                ..in_state(ConnectionState::Approved)
            };
            assert_eq!(progress(&facts).next(), Some(Milestone::Tested));
        }
    }
}
