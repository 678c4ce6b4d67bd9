//! By address.
