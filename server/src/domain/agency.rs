//! Tenancy in the types.

use uuid::Uuid;

/// The right to touch one agency's rows. Every repository takes one.
///
/// Only an authenticated actor (`service::actor`) and `store::lookup` make one; `tests/arch` reads the
/// sources and fails when another place calls [`AgencyScope::of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgencyScope(Uuid);

impl AgencyScope {
    /// The scope of this agency.
    #[must_use]
    pub const fn of(agency: Uuid) -> Self {
        Self(agency)
    }

    /// The agency's id.
    #[must_use]
    pub const fn agency(self) -> Uuid {
        self.0
    }
}
