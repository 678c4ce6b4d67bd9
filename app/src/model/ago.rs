/// How long ago something was, as it is said. The rule is the same on the server and in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ago {
    /// Less than a minute; also what lies ahead, since two machines' clocks differ.
    Now,
    Minutes(u64),
    Hours(u64),
    Days(u64),
}

impl Ago {
    /// From whole minutes.
    #[must_use]
    pub const fn of_minutes(minutes: i64) -> Self {
        let past = if minutes < 0 {
            0
        } else {
            minutes.unsigned_abs()
        };
        match past {
            0 => Self::Now,
            1..60 => Self::Minutes(past),
            60..1440 => Self::Hours(past / 60),
            _ => Self::Days(past / 1440),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_larger_measure_once_it_is_full() {
        for (minutes, ago) in [
            (-5, Ago::Now),
            (0, Ago::Now),
            (1, Ago::Minutes(1)),
            (59, Ago::Minutes(59)),
            (60, Ago::Hours(1)),
            (119, Ago::Hours(1)),
            (1439, Ago::Hours(23)),
            (1440, Ago::Days(1)),
            (20160, Ago::Days(14)),
        ] {
            assert_eq!(Ago::of_minutes(minutes), ago, "{minutes}");
        }
    }
}
