use leptos::{prelude::*, tachys::html::InertElement};

/// A sign around its paths.
macro_rules! svg {
    ($paths:literal) => {
        concat!(
            r#"<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">"#,
            $paths,
            "</svg>"
        )
    };
}

/// A sign from Lucide (ISC licence), or Facebook's own mark for its own button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Check,
    Cross,
    Warning,
    Info,
    Inbox,
    People,
    Mail,
    Pulse,
    Person,
    Phone,
    Settings,
    Plus,
    Search,
    SignOut,
    Link,
    Facebook,
}

impl Icon {
    const fn markup(self) -> &'static str {
        match self {
            Self::Check => svg!(r#"<path d="M20 6 9 17l-5-5"/>"#),
            Self::Cross => svg!(r#"<path d="M18 6 6 18"/><path d="m6 6 12 12"/>"#),
            Self::Warning => svg!(
                r#"<path d="m21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3"/><path d="M12 9v4"/><path d="M12 17h.01"/>"#
            ),
            Self::Info => svg!(
                r#"<circle cx="12" cy="12" r="10"/><path d="M12 16v-4"/><path d="M12 8h.01"/>"#
            ),
            Self::Inbox => svg!(
                r#"<polyline points="22 12 16 12 14 15 10 15 8 12 2 12"/><path d="M5.45 5.11 2 12v6a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-6l-3.45-6.89A2 2 0 0 0 16.76 4H7.24a2 2 0 0 0-1.79 1.11z"/>"#
            ),
            Self::People => svg!(
                r#"<path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2"/><path d="M16 3.128a4 4 0 0 1 0 7.744"/><path d="M22 21v-2a4 4 0 0 0-3-3.87"/><circle cx="9" cy="7" r="4"/>"#
            ),
            Self::Mail => svg!(
                r#"<path d="m22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7"/><rect x="2" y="4" width="20" height="16" rx="2"/>"#
            ),
            Self::Pulse => svg!(
                r#"<path d="M22 12h-2.48a2 2 0 0 0-1.93 1.46l-2.35 8.36a.25.25 0 0 1-.48 0L9.24 2.18a.25.25 0 0 0-.48 0l-2.35 8.36A2 2 0 0 1 4.49 12H2"/>"#
            ),
            Self::Person => svg!(
                r#"<path d="M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2"/><circle cx="12" cy="7" r="4"/>"#
            ),
            Self::Phone => {
                svg!(r#"<rect width="14" height="20" x="5" y="2" rx="2"/><path d="M12 18h.01"/>"#)
            }
            Self::Settings => svg!(
                r#"<path d="M14 17H5"/><path d="M19 7h-9"/><circle cx="17" cy="17" r="3"/><circle cx="7" cy="7" r="3"/>"#
            ),
            Self::Plus => svg!(r#"<path d="M5 12h14"/><path d="M12 5v14"/>"#),
            Self::Search => svg!(r#"<path d="m21 21-4.34-4.34"/><circle cx="11" cy="11" r="8"/>"#),
            Self::SignOut => svg!(
                r#"<path d="m16 17 5-5-5-5"/><path d="M21 12H9"/><path d="M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4"/>"#
            ),
            Self::Link => svg!(
                r#"<path d="M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71"/><path d="M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71"/>"#
            ),
            Self::Facebook => svg!(
                r#"<path d="M24 12a12 12 0 1 0-14.9 11.6v-8H6.6V12h2.5v-1.6c0-4.1 1.9-6 5.9-6 .8 0 2 .2 2.6.3v3.3h-1.4c-2 0-2.7.7-2.7 2.7V12h3.9l-.7 3.7h-3.2v8.2A12 12 0 0 0 24 12"/>"#
            ),
        }
    }
}

/// Draws a sign. It is an ornament: the words beside it say everything.
pub fn icon(icon: Icon) -> AnyView {
    InertElement::new(icon.markup()).into_any()
}
