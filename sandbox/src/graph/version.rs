//! Versions of the Graph and how long each is served (`meta.md` §12).

use chrono::NaiveDate;

/// Year, month, day.
type Day = (i32, u32, u32);

/// Major versions, oldest first, with the day from which each is no more.
const ENDS: [(u32, Option<Day>); 8] = [
    (19, Some((2026, 5, 21))),
    (20, Some((2026, 9, 24))),
    (21, Some((2027, 1, 21))),
    (22, Some((2027, 5, 20))),
    (23, Some((2027, 10, 8))),
    (24, Some((2028, 2, 18))),
    (25, Some((2028, 7, 29))),
    (26, None),
];

/// The latest version there is.
pub const LATEST: &str = "v26.0";

/// The oldest version that ads can be reached by, once the one before it has ended.
const OLDEST_FOR_ADS: u32 = 25;
const LAST_END_FOR_ADS: (u32, Day) = (24, (2026, 10, 6));

/// The version that a call is answered in: what was asked, or in place of one that has ended the
/// next that has not. Versions yet to come are taken as asked.
pub fn served(asked: &str, today: NaiveDate) -> String {
    let usable = |end: &Option<Day>| end.is_none_or(|end| !has_come(end, today));
    let oldest = ENDS.iter().find(|(_, end)| usable(end));
    match (major(asked), oldest) {
        (Some(asked), Some((oldest, _))) if asked < *oldest => format!("v{oldest}.0"),
        _ => asked.to_owned(),
    }
}

/// Whether ads can no longer be reached by a version.
pub fn is_over_for_ads(asked: &str, today: NaiveDate) -> bool {
    let (last, end) = LAST_END_FOR_ADS;
    match major(asked) {
        Some(major) if major == last => has_come(end, today),
        Some(major) => major < OLDEST_FOR_ADS,
        None => false,
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split_once('.')?.0.parse().ok()
}

fn has_come((year, month, day): Day, today: NaiveDate) -> bool {
    NaiveDate::from_ymd_opt(year, month, day).is_some_and(|day| day <= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_ended_are_served_by_the_next() {
        let on = |asked: &str, day: &str| served(asked, day.parse().expect("a day"));
        assert_eq!(on("v25.0", "2026-11-23"), "v25.0");
        assert_eq!(on("v21.0", "2026-11-23"), "v21.0");
        assert_eq!(on("v20.0", "2026-11-23"), "v21.0");
        assert_eq!(on("v3.2", "2026-11-23"), "v21.0");
        assert_eq!(on("v20.0", "2026-09-23"), "v20.0");
        assert_eq!(on("v25.0", "2028-07-29"), "v26.0");
        assert_eq!(on("v99.0", "2026-11-23"), "v99.0");
    }

    #[test]
    fn ads_end_sooner() {
        let over = |asked: &str, day: &str| is_over_for_ads(asked, day.parse().expect("a day"));
        assert!(over("v24.0", "2026-11-23") && !over("v24.0", "2026-10-05"));
        assert!(over("v23.0", "2026-10-05"));
        assert!(!over("v25.0", "2026-11-23") && !over("v26.0", "2026-11-23"));
    }
}
