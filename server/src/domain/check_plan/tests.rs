use proptest::prelude::*;

use super::*;

const DAY: TimeDelta = TimeDelta::days(1);

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_428_000, 0).unwrap()
}

fn token(random: u64) -> Planned {
    Planned {
        id: Uuid::from_u64_pair(0x0192_0000_0000_7000, random),
        standing: TokenStanding::Primary,
        expires_at: None,
        data_access_expires_at: None,
    }
}

fn after_nothing(random: u64, action: Action, failures: u32) -> TimeDelta {
    let told = Told::Nothing { action, failures };
    next_check(&token(random), told, DAY, now()) - now()
}

#[test]
fn a_healthy_token_keeps_its_own_moment_of_the_day() {
    let told = Told::Status(TokenStatus::Active);
    let first = next_check(&token(77), told, DAY, now());
    let mut at = first;
    for day in 1..=30 {
        // A sweep comes to it a little late, each day.
        at = next_check(&token(77), told, DAY, at + TimeDelta::minutes(14));
        assert_eq!(at - first, DAY * day);
    }
}

#[test]
fn tokens_that_were_checked_together_spread_over_the_day() {
    let told = Told::Status(TokenStatus::Active);
    let mut hours = [0_u32; 24];
    for number in 0..24_000_u64 {
        let random = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let at = next_check(&token(random), told, DAY, now());
        let hour = usize::try_from(at.timestamp() / 3_600 % 24).unwrap();
        hours[hour] += 1;
    }
    assert!(hours.iter().all(|n| (900..1_100).contains(n)), "{hours:?}");
}

#[test]
fn what_is_about_to_end_is_looked_at_more_often_and_right_after_its_end() {
    let expiring = Told::Status(TokenStatus::Expiring);
    let at = next_check(&token(5), expiring, DAY, now());
    assert!(at - now() <= DAY / 4 * 3 / 2);
    let end = now() + TimeDelta::minutes(40);
    let ending = Planned {
        data_access_expires_at: Some(end),
        expires_at: Some(end + DAY * 30),
        ..token(5)
    };
    let at = next_check(&ending, expiring, DAY, now());
    assert_eq!(at, end + AFTER_END);
    // Over: there is nothing to wait for any more.
    let told = Told::Status(TokenStatus::Expired);
    let at = next_check(&ending, told, DAY, end + AFTER_END);
    assert!(at - end >= DAY / 2);
}

#[test]
fn an_agency_that_wants_hourly_checks_gets_no_more_than_that() {
    let hour = TimeDelta::hours(1);
    let expiring = Told::Status(TokenStatus::Expiring);
    for random in 0..100 {
        let gap = next_check(&token(random), expiring, hour, now()) - now();
        assert!(gap >= hour / 2 - TimeDelta::seconds(1), "{gap}");
    }
}

#[test]
fn what_is_superseded_waits_longer() {
    let old = Planned {
        standing: TokenStanding::Superseded,
        ..token(9)
    };
    let gap = next_check(&old, Told::Status(TokenStatus::Active), DAY, now()) - now();
    assert!(gap >= DAY * 3, "{gap}");
}

#[test]
fn pauses_after_trouble_begin_with_minutes_and_grow() {
    let pauses: Vec<i64> = (1..=9)
        .map(|failures| after_nothing(0, Action::Retry, failures).num_minutes())
        .collect();
    assert_eq!(pauses, [2, 4, 8, 16, 32, 64, 120, 120, 120]);
    assert_eq!(after_nothing(0, Action::Wait, 1).num_minutes(), 5);
    assert_eq!(after_nothing(0, Action::FixConfig, 1).num_minutes(), 15);
}

#[test]
fn no_call_comes_before_the_moment_that_meta_named() {
    let until = now() + TimeDelta::minutes(17);
    for random in [0, 1, 999, u64::MAX] {
        let at = next_check(&token(random), Told::NotBefore(until), DAY, now());
        assert!(at >= until && at <= until + SPREAD);
    }
}

fn any_told() -> impl Strategy<Value = Told> {
    let status = prop::sample::select(TokenStatus::ALL).prop_map(Told::Status);
    let actions = [Action::Retry, Action::Wait, Action::FixConfig];
    let nothing = (prop::sample::select(actions.to_vec()), any::<u32>())
        .prop_map(|(action, failures)| Told::Nothing { action, failures });
    let later = (-100_000_i64..100_000)
        .prop_map(|seconds| Told::NotBefore(now() + TimeDelta::seconds(seconds)));
    prop_oneof![status, nothing, later]
}

proptest! {
    #[test]
    fn the_next_check_is_later_than_now_and_not_too_late(
        random in any::<u64>(),
        told in any_told(),
        hours in 1_i64..=168,
        standing in prop::sample::select(TokenStanding::ALL),
        ends in any::<[Option<i32>; 2]>(),
        micros in 0_i64..86_400_000_000,
    ) {
        let now = now() + TimeDelta::microseconds(micros);
        let end = |end: Option<i32>| end.map(|seconds| now + TimeDelta::seconds(seconds.into()));
        let token = Planned {
            standing,
            expires_at: end(ends[0]),
            data_access_expires_at: end(ends[1]),
            ..token(random)
        };
        let every = TimeDelta::hours(hours);
        let at = next_check(&token, told, every, now);
        prop_assert!(at >= now);
        match told {
            Told::Status(_) => {
                prop_assert!(at > now);
                let round = if standing == TokenStanding::Superseded { every * SUPERSEDED } else { every };
                prop_assert!(at - now <= round * 3 / 2 + TimeDelta::seconds(1));
                for end in [token.expires_at, token.data_access_expires_at].into_iter().flatten() {
                    prop_assert!(end <= now || at <= end + AFTER_END);
                }
            }
            Told::Nothing { .. } => {
                prop_assert!(at - now >= TimeDelta::minutes(2));
                prop_assert!(at - now <= LONGEST_PAUSE * 5 / 4);
            }
            Told::NotBefore(moment) => prop_assert!(at >= moment),
        }
    }
}
