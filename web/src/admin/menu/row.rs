//! A link of a menu, as the editor has it: a row.

use serde::Serialize;

/// What stands for an address, where a row says what its link leads to; a heading has nothing there, all else an id.
pub const ADDRESS: &str = "url";

/// What stands before the slug of a product that is not there yet.
pub const AWAITED: &str = "awaited:";

/// A link, and how many others it stands beneath.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    pub depth: usize,
    pub title: String,
    /// The id of what it leads to, [`ADDRESS`], [`AWAITED`] with a slug, or nothing.
    pub to: String,
    pub url: String,
    /// What `to` is called; nothing where it is gone, or nobody has asked.
    pub called: Option<String>,
    /// Which of the moves are open to it.
    pub ways: Vec<&'static str>,
}
