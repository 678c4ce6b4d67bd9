use std::time::Duration;

/// How much is measured.
pub struct Plan {
    /// Clients of the agency.
    pub clients: usize,
    /// Of them, those whose connection waits for a decision.
    pub cases: usize,
    /// Requests that are under way at once, each on a connection that is kept.
    pub connections: usize,
    /// How often each page and the bare handler are measured, turn and turn about.
    pub runs: usize,
    /// How long each time.
    pub run: Duration,
    /// Pages that are looked at before the memory is measured again.
    pub views: usize,
    /// Logins that are captured.
    pub captures: usize,
    /// Starts that are timed.
    pub starts: usize,
}

impl Plan {
    /// For the record.
    pub const FULL: Self = Self {
        clients: 1_000,
        cases: 100,
        connections: 4,
        runs: 5,
        run: Duration::from_secs(2),
        views: 10_000,
        captures: 40,
        starts: 15,
    };

    /// Whether it works, and a first idea.
    pub const QUICK: Self = Self {
        runs: 3,
        run: Duration::from_millis(500),
        captures: 10,
        starts: 5,
        ..Self::FULL
    };
}
