//! How often something may be tried: a count in fixed windows of time, wherever the count is kept.

/// At most so many in a window. A window begins with its first try (`store::rates`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub max: u32,
    pub window_seconds: i64,
}

/// Sign-in tries per account.
pub const SIGN_IN_ACCOUNT: Limit = Limit::new(10, 15 * 60);
/// Sign-in tries per address.
pub const SIGN_IN_ADDRESS: Limit = Limit::new(30, 15 * 60);
/// Openings of link pages per address.
pub const LINK_PAGES: Limit = Limit::new(60, 60);
/// Mails with a link per client.
pub const LINK_MAILS: Limit = Limit::new(5, 60 * 60);
/// Beginnings of a visit from one invitation: more than any family of browsers needs.
pub const STARTS: Limit = Limit::new(60, 60 * 60);
/// Links that a client passes on.
pub const PASSED_ON: Limit = Limit::new(5, 60 * 60);
/// Mails to the agency in which a client asks for help.
pub const HELP: Limit = Limit::new(3, 24 * 60 * 60);
/// Test mails that somebody sends to themselves.
pub const TEST_MAILS: Limit = Limit::new(5, 60 * 60);
/// Checks of tokens that somebody asks for at the desk.
pub const VALIDATIONS: Limit = Limit::new(30, 5 * 60);

impl Limit {
    /// At most `max` in `window_seconds`, which is above zero.
    #[must_use]
    pub const fn new(max: u32, window_seconds: i64) -> Self {
        assert!(window_seconds > 0, "a window has a length");
        Self {
            max,
            window_seconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_product() {
        assert_eq!(
            (SIGN_IN_ACCOUNT.max, SIGN_IN_ACCOUNT.window_seconds),
            (10, 900)
        );
        assert_eq!(
            (SIGN_IN_ADDRESS.max, SIGN_IN_ADDRESS.window_seconds),
            (30, 900)
        );
        assert_eq!((LINK_PAGES.max, LINK_PAGES.window_seconds), (60, 60));
        assert_eq!((LINK_MAILS.max, LINK_MAILS.window_seconds), (5, 3600));
    }
}
