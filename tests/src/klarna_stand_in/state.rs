//! What the server knows.

use std::collections::HashMap;

use super::books::Books;
use crate::stand_in::{Reply, Traffic};

pub(super) const USERNAME: &str = "PK00001_of_the_stand_in";
pub(super) const PASSWORD: &str = "password_of_the_stand_in";

#[derive(Default)]
pub struct State {
    pub(super) books: Books,
    /// What was answered under a key, and to which request.
    pub(super) keys: HashMap<String, (String, Reply)>,
    pub(super) traffic: Traffic,
}
