use leptos::prelude::*;

use crate::initials::agency_initial;
use crate::model::{AgencyView, LogoView};

/// The sign of the agency, to stand before its name: its logo, or its initial.
pub fn logo(agency: &AgencyView) -> AnyView {
    let Some(logo) = &agency.logo else {
        return initial_of(&agency.name);
    };
    picture(logo, logo.alt.clone())
}

/// A logo as large as it is ever shown, with words for those who cannot see it.
pub(crate) fn picture(logo: &LogoView, alt: String) -> AnyView {
    view! {
        <img
            class="logo picture"
            src=logo.path.clone()
            width=logo.width.to_string()
            height=logo.height.to_string()
            alt=alt
        />
    }
    .into_any()
}

fn initial_of(name: &str) -> AnyView {
    view! { <span class="logo" aria-hidden="true">{agency_initial(name)}</span> }.into_any()
}
