//! The interactive pieces. Each is useful without itself: the page works where script does not.

mod copy_button;
pub mod dom;
mod theme_switch;

pub use copy_button::CopyButton;
pub use theme_switch::ThemeSwitch;
