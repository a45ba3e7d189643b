//! What the stand-ins for providers of payment have in common: connections that may be cut, and failures on command.

mod door;
mod faults;

pub(crate) use door::{Answering, Door};
pub(crate) use faults::{Faults, matches};
