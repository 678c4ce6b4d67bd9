//! The interactive pieces. Each is useful without itself: the page works where script does not.

mod account_picker;
mod copy_button;
pub mod dom;
mod live_progress;
mod open_elsewhere;
mod theme_switch;

pub use account_picker::AccountPicker;
pub use copy_button::CopyButton;
pub use live_progress::LiveProgress;
pub use open_elsewhere::OpenElsewhere;
pub use theme_switch::ThemeSwitch;
