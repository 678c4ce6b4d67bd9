use proptest::prelude::*;

use super::*;

const KEY: [u8; 32] = [7; 32];
const AGENCY: Uuid = Uuid::from_u128(1);

type Stored = (EventRecord, Vec<u8>);

fn record(seq: i64, prev_hash: &[u8]) -> EventRecord {
    EventRecord {
        seq,
        agency: AGENCY,
        id: Uuid::from_u128(1000 + seq.unsigned_abs() as u128),
        at: DateTime::from_timestamp_micros(1_795_000_000_123_456 + seq).unwrap(),
        actor_kind: "staff".into(),
        actor_id: Some(Uuid::from_u128(42)),
        action: "connection.approved".into(),
        object_kind: "connection".into(),
        object_id: None,
        outcome: "ok".into(),
        details: r#"{"accounts":3}"#.into(),
        origin_sealed: Some(vec![1, 2, 3]),
        prev_hash: prev_hash.to_vec(),
    }
}

fn chain(length: i64) -> (Vec<Stored>, Head) {
    let mut hash = genesis(AGENCY);
    let mut events = Vec::new();
    for seq in 1..=length {
        let record = record(seq, &hash);
        hash = chain_hash(&KEY, &record);
        events.push((record, hash.to_vec()));
    }
    let head = Head::at(&KEY, AGENCY, length, &hash);
    (events, head)
}

fn verify(events: &[Stored], head: Option<&Head>) -> Verification {
    let mut verifier = Verifier::new(&KEY, AGENCY, None);
    for (record, hash) in events {
        verifier.feed(record, hash);
    }
    verifier.finish(head)
}

fn broken_at(events: &[Stored], head: &Head) -> Option<i64> {
    let verification = verify(events, Some(head));
    assert_eq!(verification.is_intact(), verification.broken_at.is_none());
    verification.broken_at
}

/// One change of each field, so that none is left out of the hash.
fn edits() -> Vec<fn(&mut EventRecord)> {
    vec![
        |r| r.id = Uuid::from_u128(9),
        |r| r.at += chrono::TimeDelta::microseconds(1),
        |r| r.actor_kind = "client".into(),
        |r| r.actor_id = None,
        |r| r.actor_id = Some(Uuid::nil()),
        |r| r.action = "connection.rejected".into(),
        |r| r.object_kind.push('s'),
        |r| r.object_id = Some(Uuid::nil()),
        |r| r.outcome = "refused".into(),
        |r| r.details.push(' '),
        |r| r.origin_sealed = None,
        |r| r.origin_sealed = Some(Vec::new()),
        |r| r.prev_hash[0] ^= 1,
        // A letter that moves from one field into the next.
        |r| {
            let letter = r.action.pop().unwrap();
            r.object_kind.insert(0, letter);
        },
    ]
}

#[test]
fn the_hash_of_a_known_event_never_changes() {
    let hash = chain_hash(&KEY, &record(1, &genesis(AGENCY)));
    assert_eq!(hex(&hash), KNOWN_EVENT);
    assert_eq!(hex(&genesis(AGENCY)), KNOWN_GENESIS);
    assert_eq!(hex(&head_mac(&KEY, AGENCY, 1, &hash)), KNOWN_HEAD);
}

// Computed once by another program (Python's hmac and struct) from the layout that `Framed` documents.
const KNOWN_EVENT: &str = "1a3e6ff17653d0819d523f97dc3fca8a7133711291bbffd5be34eac15dbc0c65";
const KNOWN_GENESIS: &str = "d0d9849a9a53a5354e10853bddfa417b337b86df5ba4afff9b09034e5b4633eb";
const KNOWN_HEAD: &str = "f6d9067d6c4e37e6748fb808990a2ab15840cc828e9f73bf18a51a286184b678";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_field_and_the_key_are_covered() {
    let original = record(3, &[5; 32]);
    let hash = chain_hash(&KEY, &original);
    for (index, edit) in edits().into_iter().enumerate() {
        let mut changed = original.clone();
        edit(&mut changed);
        assert_ne!(chain_hash(&KEY, &changed), hash, "edit {index}");
    }
    let with = |change: fn(&mut EventRecord)| {
        let mut changed = original.clone();
        change(&mut changed);
        chain_hash(&KEY, &changed)
    };
    assert_ne!(with(|r| r.seq = 4), hash);
    assert_ne!(with(|r| r.agency = Uuid::nil()), hash);
    assert_ne!(chain_hash(&[8; 32], &original), hash);
}

#[test]
fn an_untouched_chain_is_intact() {
    for length in [0, 1, 7] {
        let (events, head) = chain(length);
        let verification = verify(&events, Some(&head));
        assert!(verification.is_intact(), "{verification:?}");
        assert_eq!(verification.events, length.unsigned_abs());
    }
    assert_eq!(chain(0).1, Head::first(&KEY, AGENCY));
}

#[test]
fn a_missing_head_is_found_even_without_events() {
    for length in [0, 3] {
        let verification = verify(&chain(length).0, None);
        assert_eq!(verification.broken_at, Some(length + 1));
    }
}

#[test]
fn an_edited_head_is_found() {
    let (events, head) = chain(3);
    let edits: [fn(&mut Head); 4] = [
        |h| h.seq = 2,
        |h| h.hash[31] ^= 128,
        |h| h.mac[0] ^= 1,
        |h| h.mac.clear(),
    ];
    for edit in edits {
        let mut changed = head.clone();
        edit(&mut changed);
        assert_eq!(broken_at(&events, &changed), Some(3));
    }
    let elsewhere = Head::at(&KEY, Uuid::nil(), 3, &head.hash.try_into().unwrap());
    assert_eq!(
        broken_at(&events, &elsewhere),
        Some(3),
        "the head of another agency"
    );
}

#[test]
fn an_older_head_put_back_is_found() {
    let (events, _) = chain(3);
    let (_, older) = chain(2);
    assert_eq!(broken_at(&events, &older), Some(3));
}

#[test]
fn an_event_of_another_agency_is_found() {
    let (mut events, head) = chain(3);
    events[1].0.agency = Uuid::from_u128(2);
    assert_eq!(broken_at(&events, &head), Some(2));
}

#[test]
fn a_pruned_chain_is_read_from_its_checkpoint_only() {
    let (events, head) = chain(6);
    let hash = events[2].1.clone().try_into().unwrap();
    let rest = &events[3..];
    assert_eq!(
        broken_at(rest, &head),
        Some(1),
        "pruned without a checkpoint"
    );

    let behind = |checkpoint| {
        let mut verifier = Verifier::new(&KEY, AGENCY, Some(checkpoint));
        for (record, hash) in rest {
            verifier.feed(record, hash);
        }
        verifier.finish(Some(&head))
    };
    assert!(behind(Checkpoint { seq: 3, hash }).is_intact());
    assert_eq!(behind(Checkpoint { seq: 2, hash }).broken_at, Some(3));
    assert_eq!(
        behind(Checkpoint {
            seq: 3,
            hash: [0; 32]
        })
        .broken_at,
        Some(4)
    );
}

#[test]
fn events_go_on_being_counted_behind_a_fault() {
    let (mut events, head) = chain(5);
    events[0].0.action.clear();
    let verification = verify(&events, Some(&head));
    assert_eq!((verification.events, verification.broken_at), (5, Some(1)));
    assert_eq!(verification.reason.as_deref(), Some("event 1 was changed"));
}

proptest! {
    #[test]
    fn an_edited_event_is_named(length in 1_i64..12, at in any::<prop::sample::Index>(), edit in any::<prop::sample::Index>()) {
        let (mut events, head) = chain(length);
        let at = at.index(events.len());
        let edits = edits();
        edits[edit.index(edits.len())](&mut events[at].0);
        prop_assert_eq!(broken_at(&events, &head), Some(events[at].0.seq));
    }

    #[test]
    fn an_edited_event_with_a_fitting_hash_of_another_key_is_named(length in 1_i64..12, at in any::<prop::sample::Index>()) {
        let (mut events, head) = chain(length);
        let at = at.index(events.len());
        events[at].0.details = "{}".into();
        events[at].1 = chain_hash(&[9; 32], &events[at].0).to_vec();
        prop_assert_eq!(broken_at(&events, &head), Some(events[at].0.seq));
    }

    #[test]
    fn a_changed_stored_hash_is_named(length in 1_i64..12, at in any::<prop::sample::Index>(), bit in 0_usize..256) {
        let (mut events, head) = chain(length);
        let at = at.index(events.len());
        events[at].1[bit / 8] ^= 1 << (bit % 8);
        prop_assert_eq!(broken_at(&events, &head), Some(events[at].0.seq));
    }

    #[test]
    fn removed_events_are_named(length in 1_i64..12, from in any::<prop::sample::Index>(), count in 1_usize..12) {
        let (mut events, head) = chain(length);
        let from = from.index(events.len());
        let to = (from + count).min(events.len());
        let first = events[from].0.seq;
        events.drain(from..to);
        prop_assert_eq!(broken_at(&events, &head), Some(first));
    }

    #[test]
    fn removed_and_renumbered_events_are_found(length in 2_i64..12, at in any::<prop::sample::Index>()) {
        let (mut events, head) = chain(length);
        let at = at.index(events.len());
        events.remove(at);
        for (record, _) in &mut events[at..] {
            record.seq -= 1;
        }
        prop_assert_eq!(broken_at(&events, &head), Some(at as i64 + 1));
    }

    #[test]
    fn swapped_events_are_found(length in 2_i64..12, a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>(), renumber in any::<bool>()) {
        let (mut events, head) = chain(length);
        let (a, b) = (a.index(events.len()), b.index(events.len()));
        prop_assume!(a != b);
        events.swap(a, b);
        if renumber {
            let (left, right) = (events[a].0.seq, events[b].0.seq);
            events[a].0.seq = right;
            events[b].0.seq = left;
        }
        prop_assert_eq!(broken_at(&events, &head), Some(a.min(b) as i64 + 1));
    }

    #[test]
    fn a_doubled_event_is_found(length in 1_i64..12, at in any::<prop::sample::Index>()) {
        let (mut events, head) = chain(length);
        let at = at.index(events.len());
        events.insert(at, events[at].clone());
        prop_assert_eq!(broken_at(&events, &head), Some(events[at].0.seq));
    }
}
