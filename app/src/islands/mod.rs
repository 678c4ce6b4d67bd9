//! The interactive pieces. Each is useful without itself: the page works where script does not.

mod account_picker;
mod copy_button;
mod dialogs;
pub mod dom;
mod fresh_times;
mod keys;
mod live_check;
mod live_progress;
mod open_elsewhere;
mod row_keys;
mod selection;
mod theme_switch;
mod toast;
mod wake;

pub use account_picker::AccountPicker;
pub use copy_button::CopyButton;
pub use dialogs::Dialogs;
pub use fresh_times::FreshTimes;
pub use live_check::LiveCheck;
pub use live_progress::LiveProgress;
pub use open_elsewhere::OpenElsewhere;
pub use row_keys::RowKeys;
pub use selection::Selection;
pub use theme_switch::ThemeSwitch;
pub use toast::Toast;
