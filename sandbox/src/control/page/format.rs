//! Times and tokens, as a person reads them.

use chrono::{DateTime, TimeDelta};

use crate::Clock;
use crate::state::{Token, TokenEnd};

/// `23 Nov 2026, 04:24`, UTC.
pub fn moment(unix: i64) -> String {
    let time = DateTime::from_timestamp(unix, 0).unwrap_or_default();
    time.format("%-d %b %Y, %H:%M").to_string()
}

/// As [`moment`], to the second.
pub fn second(unix: i64) -> String {
    let time = DateTime::from_timestamp(unix, 0).unwrap_or_default();
    time.format("%-d %b %Y, %H:%M:%S").to_string()
}

/// How far the clock is from the computer's.
pub fn distance(clock: &Clock) -> String {
    let offset = clock.offset();
    let days = offset.num_days().abs();
    let plural = if days == 1 { "" } else { "s" };
    if offset == TimeDelta::zero() {
        "as on this computer".to_owned()
    } else if days == 0 {
        "less than a day from this computer's".to_owned()
    } else if offset > TimeDelta::zero() {
        format!("{days} day{plural} ahead of this computer")
    } else {
        format!("{days} day{plural} behind this computer")
    }
}

/// The end of a token's text: enough to tell tokens apart, too little to use one.
pub fn tail(access_token: &str) -> &str {
    let from = access_token.char_indices().rev().nth(5);
    from.map_or("", |(at, _)| &access_token[at..])
}

/// Whether Meta takes the token, and what it answers if not.
pub fn is_alive(token: &Token, now: i64) -> bool {
    token.end.is_none() && !token.is_expired(now) && !token.is_data_access_over(now)
}

/// How a token stands.
pub fn life(token: &Token, now: i64) -> String {
    match token.end {
        Some(TokenEnd::PasswordChanged) => "Ended: the password was changed".to_owned(),
        Some(TokenEnd::Invalidated) => "Ended: it was revoked".to_owned(),
        Some(TokenEnd::LoggedOut) => "Ended: they logged out".to_owned(),
        Some(TokenEnd::AppRemoved) => "Ended: the app was removed".to_owned(),
        None if token.is_expired(now) => format!("Expired {}", moment(token.expires_at)),
        None if token.is_data_access_over(now) => {
            let since = moment(token.data_access_expires_at);
            format!("Data access over since {since}")
        }
        None if token.expires_at == 0 => "Works, without an end".to_owned(),
        None => format!("Works until {}", moment(token.expires_at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_told_by_its_end_only() {
        assert_eq!(tail("EAAabcdefgh"), "cdefgh");
        assert_eq!(tail("EAA"), "");
    }

    #[test]
    fn the_clock_is_told_in_days() {
        let mut clock = Clock::default();
        assert_eq!(distance(&clock), "as on this computer");
        clock.advance(86_400);
        assert_eq!(distance(&clock), "1 day ahead of this computer");
        clock.advance(-3 * 86_400);
        assert_eq!(distance(&clock), "2 days behind this computer");
        clock.advance(2 * 86_400 + 60);
        assert_eq!(distance(&clock), "less than a day from this computer's");
    }
}
