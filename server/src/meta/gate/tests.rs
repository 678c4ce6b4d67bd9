use proptest::prelude::*;

use super::*;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("a moment")
}

fn after(seconds: i64) -> DateTime<Utc> {
    start() + TimeDelta::seconds(seconds)
}

const fn level(percent: f64, regain: u64) -> Level {
    Level {
        percent,
        regain: Duration::from_secs(regain),
        is_shut: false,
    }
}

fn app(percent: f64) -> Told {
    Told {
        app: Some(level(percent, 0)),
        ..Told::default()
    }
}

/// When the next call may be made, at a moment.
fn ask(gate: &Gate, buckets: &[Bucket], seconds: i64) -> Result<Duration, DateTime<Utc>> {
    gate.admit(buckets, 1, after(seconds), Instant::now())
}

#[test]
fn nothing_is_held_below_eighty_percent() {
    let gate = Gate::default();
    for percent in [0.0, 50.0, 79.9] {
        gate.hear(&[Bucket::App], &app(percent), start());
        for _ in 0..100 {
            assert_eq!(ask(&gate, &[Bucket::App], 0), Ok(Duration::ZERO));
        }
    }
}

#[test]
fn calls_are_spaced_from_eighty_percent_and_no_call_waits_long() {
    for (percent, millis) in [(80.0, 100), (87.5, 550), (94.999, 999)] {
        let gate = Gate::default();
        gate.hear(&[Bucket::App], &app(percent), start());
        let at = Instant::now();
        let mut waits = Vec::new();
        let refused = loop {
            match gate.admit(&[Bucket::App], 1, start(), at) {
                Ok(wait) => waits.push(wait),
                Err(until) => break until,
            }
        };
        for (number, wait) in (0..).zip(&waits) {
            let expected = number * millis;
            let millis = wait.as_millis();
            assert!(millis.abs_diff(expected) <= number, "{percent}: {waits:?}");
        }
        assert!(waits.iter().all(|wait| *wait <= WAIT_MAX));
        assert!(refused > start() + delta(WAIT_MAX) && refused < after(7));
    }
}

#[test]
fn batches_take_turns_of_their_size_and_let_single_calls_pass() {
    let gate = Gate::default();
    gate.hear(&[Bucket::App], &app(80.0), start());
    let at = Instant::now();
    let batch = |at| gate.admit(&[Bucket::App], 50, start(), at);
    assert_eq!(batch(at), Ok(Duration::ZERO));
    assert_eq!(
        batch(at + Duration::from_secs(1)),
        Ok(Duration::from_secs(4))
    );
    assert!(batch(at + Duration::from_secs(2)).is_err());
    assert_eq!(
        gate.admit(&[Bucket::App], 1, start(), at),
        Ok(Duration::ZERO)
    );
}

#[test]
fn a_stop_lasts_until_the_time_that_meta_names() {
    let account = Bucket::AdAccount("42".to_owned());
    let gate = Gate::default();
    let told = Told {
        account: Some(level(95.0, 120)),
        ..Told::default()
    };
    let called = Bucket::of_path(&["act_42", "campaigns"], false);
    gate.hear(&called, &told, start());
    assert_eq!(ask(&gate, &called, 119), Err(after(120)));
    assert_eq!(ask(&gate, &called, 120), Ok(Duration::ZERO));
    let other = Bucket::of_path(&["act_43", "campaigns"], false);
    assert_eq!(ask(&gate, &other, 0), Ok(Duration::ZERO), "another account");
    assert_eq!(gate.report()[0].bucket, account);
    assert_eq!(gate.report()[0].stopped_until, Some(after(120)));
}

#[test]
fn a_business_use_case_stops_whom_it_names() {
    let shut = Level {
        is_shut: true,
        ..level(40.0, 600)
    };
    let told = Told {
        cases: vec![("42".to_owned(), shut), ("77".to_owned(), shut)],
        ..Told::default()
    };
    let gate = Gate::default();
    gate.hear(
        &Bucket::of_path(&["me", "adaccounts"], false),
        &told,
        start(),
    );
    let account = Bucket::of_path(&["act_42", "campaigns"], false);
    let business = Bucket::of_path(&["77", "owned_ad_accounts"], true);
    for called in [&account, &business] {
        assert_eq!(ask(&gate, called, 599), Err(after(600)));
    }
    assert_eq!(ask(&gate, &[Bucket::App], 0), Ok(Duration::ZERO));
    gate.hear(&account, &told, start());
    let rows = gate.report();
    let levels: Vec<_> = rows.iter().map(|row| row.bucket.level()).collect();
    assert_eq!(levels, ["business", "business", "ad_account"]);
}

#[test]
fn pauses_that_meta_does_not_name_double_and_begin_anew() {
    let gate = Gate::default();
    let mut now = start();
    for minutes in [1, 2, 4, 8, 16, 32, 32] {
        gate.hear(&[Bucket::App], &app(100.0), now);
        // Those that were under way are told the same, and others less.
        gate.throttled(Some(4), &[Bucket::App], now);
        gate.hear(&[Bucket::App], &app(20.0), now);
        let until = now + TimeDelta::minutes(minutes);
        let asked = gate.admit(&[Bucket::App], 1, now, Instant::now());
        assert_eq!(asked, Err(until), "{minutes}");
        now = until;
    }
    gate.hear(&[Bucket::App], &app(94.0), now);
    let again = gate.throttled(Some(4), &[Bucket::App], now);
    assert_eq!(again, now + TimeDelta::minutes(1));
}

#[test]
fn a_throttle_stops_the_share_that_its_code_means() {
    let account = Bucket::of_path(&["act_42", "campaigns"], false);
    for (code, app_stops) in [
        (4, true),
        (341, true),
        (17, false),
        (613, false),
        (80_004, false),
    ] {
        let gate = Gate::default();
        let until = gate.throttled(Some(code), &account, start());
        assert_eq!(until, after(60), "{code}");
        assert_eq!(ask(&gate, &[Bucket::App], 1).is_err(), app_stops, "{code}");
        assert!(ask(&gate, &account, 1).is_err(), "{code}");
    }
    let gate = Gate::default();
    let person = Bucket::of_path(&["me"], false);
    assert_eq!(gate.throttled(Some(17), &person, start()), after(60));
    assert_eq!(
        ask(&gate, &person, 1),
        Ok(Duration::ZERO),
        "one person's limit"
    );
}

#[test]
fn a_seed_stops_as_if_it_had_been_told() {
    let told = Gate::default();
    told.hear(&[Bucket::App], &app(96.0), start());
    let fresh = Gate::default();
    fresh.seed(told.report(), after(10));
    assert_eq!(ask(&fresh, &[Bucket::App], 10), Err(after(60)));
    assert_eq!(fresh.report(), told.report());
    let newer = UsageRow {
        bucket: Bucket::App,
        percent: 10.0,
        stopped_until: None,
        seen_at: after(5),
    };
    fresh.seed(vec![newer], after(10));
    assert_eq!(fresh.report()[0].percent, 10.0);
    assert_eq!(
        fresh.report()[0].stopped_until,
        Some(after(60)),
        "never cut short"
    );
}

#[test]
fn what_is_stopped_or_full_is_remembered() {
    let gate = Gate::default();
    let full = Told {
        account: Some(level(99.0, 3_600)),
        ..Told::default()
    };
    gate.hear(&Bucket::of_path(&["act_7"], false), &full, start());
    for number in 0..3 * KEPT_MAX {
        let told = Told {
            account: Some(level(1.0, 0)),
            ..Told::default()
        };
        let node = format!("act_{}", 1_000 + number);
        gate.hear(&Bucket::of_path(&[&node], false), &told, start());
    }
    assert!(gate.report().len() <= 2 * KEPT_MAX);
    assert!(ask(&gate, &Bucket::of_path(&["act_7"], false), 1).is_err());
}

#[test]
fn buckets_are_stored_by_level_and_id() {
    for bucket in [
        Bucket::App,
        Bucket::Business("7".to_owned()),
        Bucket::AdAccount("42".to_owned()),
    ] {
        let parts = Bucket::from_parts(bucket.level(), bucket.id());
        assert_eq!(parts, Some(bucket));
    }
    assert_eq!(Bucket::from_parts("page", "1"), None);
}

proptest! {
    /// Whatever is told, in whatever order: nothing passes a stop that was named.
    #[test]
    fn no_call_passes_a_stop(steps in prop::collection::vec((0_i64..200, 0.0_f64..130.0, 0_u64..400, any::<bool>()), 1..40)) {
        let gate = Gate::default();
        let called = Bucket::of_path(&["act_42"], false);
        let mut now = start();
        let mut stopped = now;
        for (seconds, percent, regain, is_throttled) in steps {
            now += TimeDelta::seconds(seconds);
            let asked = gate.admit(&called, 1, now, Instant::now());
            if now < stopped {
                prop_assert!(asked.is_err());
                continue;
            }
            let told = Told { account: Some(level(percent, regain)), ..Told::default() };
            gate.hear(&called, &told, now);
            if percent >= STOP && regain > 0 {
                stopped = now + TimeDelta::seconds(i64::try_from(regain).expect("small"));
            }
            if is_throttled {
                stopped = stopped.max(gate.throttled(Some(17), &called, now));
            }
        }
    }
}
