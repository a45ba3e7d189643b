//! A function for each message of `words/en`, as `build.rs` writes them.

use super::message::{Message, Value};

include!(concat!(env!("OUT_DIR"), "/messages.rs"));
