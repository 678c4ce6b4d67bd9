//! A limit against plain floods, in memory: what protects accounts and links is counted in the database.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Extension, Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse as _, Response},
};

use super::{ClientAddr, Refusal, csrf};
use crate::domain::clock::SharedClock;

const MINUTE_MICROS: i64 = 60_000_000;

/// Addresses that are remembered at most: a few megabytes.
const ADDRESSES: usize = 50_000;

/// A limit of requests by address: a full minute's worth at once, then evenly.
///
/// Kept as one time an address, the one at which all its requests will have been paid for at the even pace
/// (the generic cell rate algorithm).
pub struct Flood {
    clock: SharedClock,
    /// What one request costs, in microseconds.
    cost: i64,
    paid: Mutex<HashMap<IpAddr, i64>>,
}

impl Flood {
    /// As many requests in a minute; none is taken as one.
    #[must_use]
    pub fn per_minute(requests: u32, clock: SharedClock) -> Self {
        Self {
            clock,
            cost: MINUTE_MICROS / i64::from(requests.max(1)),
            paid: Mutex::default(),
        }
    }

    /// Counts a request of this address.
    ///
    /// # Errors
    /// It came too soon: the whole seconds until it is welcome, at least one.
    pub fn admit(&self, address: IpAddr) -> Result<(), u64> {
        let now = self.clock.now().timestamp_micros();
        // Nothing panics while the lock is held; after all, a limit without memory is better than none.
        let mut paid = self.paid.lock().unwrap_or_else(PoisonError::into_inner);
        let key = household(address);
        let known = paid.get(&key).copied().unwrap_or(now);
        // A clock that was set back may not lock anybody out for longer than the minute.
        let next = known.clamp(now, now + MINUTE_MICROS) + self.cost;
        let early = next - now - MINUTE_MICROS;
        if early > 0 {
            return Err(early.unsigned_abs().div_ceil(1_000_000));
        }
        make_room(&mut paid, now);
        paid.insert(key, next);
        Ok(())
    }
}

/// Forgets who has nothing left to pay, and everybody if that is not enough.
fn make_room(paid: &mut HashMap<IpAddr, i64>, now: i64) {
    if paid.len() < ADDRESSES {
        return;
    }
    paid.retain(|_, until| *until > now);
    if paid.len() >= ADDRESSES {
        paid.clear();
    }
}

/// Whoever has one IPv6 address has 2^64 of them.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

/// Refuses a request that comes too soon. Meta's calls come in crowds from few addresses, and a call that is refused
/// may be lost: their routes have a limit of their own.
pub async fn check_people(
    flood: State<Arc<Flood>>,
    address: Extension<ClientAddr>,
    request: Request,
    next: Next,
) -> Response {
    if request.uri().path().starts_with(csrf::OF_META) {
        next.run(request).await
    } else {
        check(flood, address, request, next).await
    }
}

/// Refuses a request that comes too soon.
pub async fn check(
    State(flood): State<Arc<Flood>>,
    Extension(address): Extension<ClientAddr>,
    request: Request,
    next: Next,
) -> Response {
    match flood.admit(address.0) {
        Ok(()) => next.run(request).await,
        Err(retry_after) => Refusal::TooMany { retry_after }.into_response(),
    }
}

/// Puts a limit of its own around the routes that this router has by now. It needs the layers of
/// [`super::apply`] around it.
pub fn limit<S>(router: Router<S>, flood: Arc<Flood>) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    router.route_layer(from_fn_with_state(flood, check))
}

#[cfg(test)]
mod tests {
    use super::{super::tests::TestClock, *};

    #[test]
    fn a_minute_is_shared_out_by_address() {
        let clock = Arc::new(TestClock::default());
        let flood = Flood::per_minute(60, clock.clone());
        let one = "203.0.113.9".parse().unwrap();
        let other = "203.0.113.10".parse().unwrap();
        for _ in 0..60 {
            assert_eq!(flood.admit(one), Ok(()));
        }
        assert_eq!(flood.admit(one), Err(1));
        assert_eq!(flood.admit(other), Ok(()));
        clock.advance(1_000);
        assert_eq!(flood.admit(one), Ok(()));
        assert_eq!(flood.admit(one), Err(1));
        clock.advance(60_000);
        for _ in 0..60 {
            assert_eq!(flood.admit(one), Ok(()));
        }
        assert_eq!(flood.admit(one), Err(1));
    }

    #[test]
    fn the_wait_is_told_in_seconds() {
        let clock = Arc::new(TestClock::default());
        let flood = Flood::per_minute(2, clock.clone());
        let one = "203.0.113.9".parse().unwrap();
        assert_eq!((flood.admit(one), flood.admit(one)), (Ok(()), Ok(())));
        assert_eq!(flood.admit(one), Err(30));
        clock.advance(29_500);
        assert_eq!(flood.admit(one), Err(1));
        clock.advance(-3_600_000);
        assert_eq!(flood.admit(one), Err(30));
    }

    #[test]
    fn a_network_counts_as_one() {
        let flood = Flood::per_minute(1, Arc::new(TestClock::default()));
        assert_eq!(flood.admit("2001:db8::1".parse().unwrap()), Ok(()));
        assert_eq!(flood.admit("2001:db8::2".parse().unwrap()), Err(60));
        assert_eq!(flood.admit("2001:db8:0:1::1".parse().unwrap()), Ok(()));
    }

    #[test]
    fn memory_is_bounded() {
        let flood = Flood::per_minute(600, Arc::new(TestClock::default()));
        for number in 0..u32::try_from(ADDRESSES).unwrap() + 10 {
            assert_eq!(flood.admit(IpAddr::V4(number.into())), Ok(()));
        }
        assert!(flood.paid.lock().unwrap().len() <= ADDRESSES);
    }
}
