//! The view of Settings → Agency.

use super::{FormState, LogoView};

/// The agency's own face, to be changed by its owner.
#[derive(Clone, Debug)]
pub struct AgencySettingsView {
    /// What is set, or what was typed and refused: `name`, `support_email`, `colour` (the name of a swatch or
    /// [`Self::OWN`]), `own_colour` and `logo_alt`.
    pub form: FormState,
    pub logo: Option<LogoView>,
    /// The owner changes it, others look.
    pub may_change: bool,
    /// The stylesheet of a colour that is tried on and not saved.
    pub tried_on: Option<String>,
}

impl AgencySettingsView {
    /// The value of `colour` that stands for none of the swatches.
    pub const OWN: &'static str = "own";
}
