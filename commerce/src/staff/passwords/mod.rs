//! The passwords of members of staff: changed by whoever knows it, and set anew by mail.

mod change;
mod reset;

pub(super) use self::change::verify_own;
pub use self::{
    change::{PasswordChange, change},
    reset::{PasswordReset, forget, is_open, request, reset, url},
};
