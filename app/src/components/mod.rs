//! Small pieces that pages are made of. None of them calls the server or looks at a clock.

mod badge;
mod button;
mod field;
mod form;
mod icon;
mod layout;
mod missing;
mod note;
mod notice;
mod number;
mod pager;
mod person;
mod rich;
mod scopes;
mod shell;
mod stepper;
mod time;
mod timeline;

pub use badge::*;
pub use button::*;
pub use field::*;
pub use form::*;
pub use icon::*;
pub use layout::*;
pub use missing::*;
pub use note::*;
pub use notice::*;
pub use number::*;
pub use pager::*;
pub use person::*;
pub use rich::*;
pub use scopes::*;
pub use shell::*;
pub use stepper::*;
pub use time::*;
pub use timeline::*;
