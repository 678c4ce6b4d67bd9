//! What a cell of the table has to lead to: by what `meta.md` tells a client to do about a fault (the sandbox
//! keeps it with each, apart from the portal's own judgement), and by when the call is made.

use app::model::StopReason;
use sandbox::{FaultKind, Preset};

use super::step::{Call, Stage};

/// What a fault means where it strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// No harm.
    Nothing,
    /// Meta is asked again later.
    Wait,
    Later,
    /// The agency has something to mend.
    Agency,
    /// The person has to sign in again.
    Again,
    /// The code is no longer good.
    Late,
    /// Facebook has locked the person.
    Locked,
    /// A permission is missing.
    NotGiven,
    /// This object is not to be seen.
    NotThis,
    /// It will fail again for everybody, until the call or the app is mended.
    Hopeless,
}

/// What the client sees and what stands in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The way goes on as if nothing had been.
    Unharmed,
    /// Stopped, with *Continue with Facebook*; `goes_on`: and *Try again* before it, as what was got is held.
    Halt { reason: StopReason, goes_on: bool },
    /// The list of accounts, or a part of it, was not read, and can be asked for again.
    NoList,
    /// What the person may not see is left out.
    Less,
    /// Said beside the account.
    Beside(&'static str),
}

pub fn meaning(call: Call, preset: &Preset) -> Meaning {
    match preset.kind {
        // `null` is for items of a batch, which a capture has none of.
        FaultKind::Slow | FaultKind::Null => return Meaning::Nothing,
        FaultKind::Error | FaultKind::LegacyError => {}
        _ => return Meaning::Later,
    }
    match (call, preset.code, preset.subcode) {
        // The app's own id and secret are the only credential here.
        (Call::Code, 102 | 190, _) | (Call::Inspect, 0 | 100 | 102 | 190, _) => Meaning::Agency,
        // Where a code or a secret is sent, 1 is about them, unless it is said to pass.
        (Call::Code | Call::Lengthen, 1, 0) if !preset.is_transient => Meaning::Agency,
        (_, 1, 0) => Meaning::Later,
        (Call::Code, 100, 36_007 | 36_009) => Meaning::Late,
        // All that a person brings there is the code.
        (Call::Code, 0 | 100, _) if preset.action != "config" => Meaning::Again,
        // Only the exchange of a code knows of codes.
        (call, 100, 36_008) if call != Call::Code => Meaning::Hopeless,
        (_, 100, 33) | (_, 803 | 1150 | 3936 | 3944 | 3979 | 3980, _) => Meaning::NotThis,
        // An old cursor: the list is begun again.
        (_, 2642, _) => Meaning::Later,
        // No person can mend what the app's own token is refused for.
        (Call::Inspect, ..) if matches!(preset.action, "relogin" | "user_action") => {
            Meaning::Agency
        }
        _ => by_action(preset.action),
    }
}

fn by_action(action: &str) -> Meaning {
    match action {
        "wait" => Meaning::Wait,
        "retry" => Meaning::Later,
        "config" => Meaning::Agency,
        "relogin" | "user_action" => Meaning::Again,
        "blocked" => Meaning::Locked,
        "permission" => Meaning::NotGiven,
        "permanent" | "restart" => Meaning::Hopeless,
        other => panic!("no rule is about {other:?}"),
    }
}

pub fn outcome(call: Call, meaning: Meaning) -> Outcome {
    if meaning == Meaning::Nothing {
        return Outcome::Unharmed;
    }
    match call.stage() {
        Stage::Capture => of_capture(call, meaning),
        Stage::Reading => of_reading(call, meaning),
        Stage::Probing => Outcome::Beside(of_probing(meaning)),
    }
}

fn of_capture(call: Call, meaning: Meaning) -> Outcome {
    use Meaning::{Hopeless, NotGiven, NotThis};
    let can_do_without = match call {
        // Evidence beside what the token's own scopes tell.
        Call::Permissions => true,
        // The short-lived token has to do; the system user's name has to do.
        Call::Lengthen | Call::BusinessName => matches!(meaning, NotGiven | NotThis | Hopeless),
        _ => false,
    };
    if can_do_without {
        return Outcome::Unharmed;
    }
    let reason = match meaning {
        Meaning::Wait | Meaning::Later => StopReason::MetaUnavailable,
        Meaning::Agency | Meaning::Hopeless => StopReason::Misconfigured,
        Meaning::Locked => StopReason::Blocked,
        Meaning::NotGiven => StopReason::NotGiven,
        Meaning::Late => StopReason::LoginExpired,
        _ => StopReason::TryAgain,
    };
    let can_pass = [
        StopReason::MetaUnavailable,
        StopReason::Misconfigured,
        StopReason::Blocked,
    ];
    Outcome::Halt {
        reason,
        // The code may be sent once.
        goes_on: call != Call::Code && can_pass.contains(&reason),
    }
}

fn of_reading(call: Call, meaning: Meaning) -> Outcome {
    let halt = |reason| Outcome::Halt {
        reason,
        goes_on: false,
    };
    match meaning {
        Meaning::Agency | Meaning::Hopeless => halt(StopReason::Misconfigured),
        Meaning::Locked => halt(StopReason::Blocked),
        Meaning::Again => halt(StopReason::LoginEnded),
        Meaning::NotGiven => Outcome::Less,
        // One business of several.
        Meaning::NotThis if matches!(call, Call::Owned | Call::Lent) => Outcome::Less,
        _ => Outcome::NoList,
    }
}

const fn of_probing(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Wait => "Facebook asks us to wait before testing this account.",
        Meaning::Later => "Facebook did not answer for this account.",
        Meaning::Again | Meaning::Locked => "Your Facebook login ended before we could test this",
        Meaning::Agency | Meaning::Hopeless => {
            "Facebook does not accept our request for this account."
        }
        _ => "Facebook does not let you read this account.",
    }
}

/// The heading of a halt.
pub fn heading(reason: StopReason) -> &'static str {
    match reason {
        StopReason::MetaUnavailable => "Facebook is not answering",
        StopReason::Misconfigured => "Facebook does not accept our request",
        StopReason::Blocked => "Facebook has locked this login for now",
        StopReason::NotGiven => "Facebook did not give us permission",
        StopReason::LoginExpired => "This login is no longer fresh",
        StopReason::LoginEnded => "Your Facebook login has ended",
        StopReason::TryAgain => "Please sign in once more",
        other => panic!("no cell leads to {other:?}"),
    }
}
