//! What staff do with customers' accounts: find them, send them a link to a new password, and let them in no more.

mod activate;
mod list;
mod reset;

pub use self::{
    activate::{disable, enable},
    list::{CustomerFilter, list},
    reset::send_reset,
};
