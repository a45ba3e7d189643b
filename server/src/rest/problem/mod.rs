//! How everything that did not succeed is told: the kinds, the answer, and their descriptions.

pub(super) mod details;
pub(super) mod kind;
pub(super) mod page;
pub(super) mod responses;
