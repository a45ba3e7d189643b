//! What the shop says, in the language of whoever reads it: the messages of `words/<language>/*.ftl` (Fluent), with plurals,
//! numbers, dates, amounts of money and lists as Unicode's CLDR has them (`vitrine-locale`, which pages write by, too).
//!
//! A function of `messages` makes a [`Message`], which is in no language yet; [`Language::say`] puts it into words. To add
//! a message: a line in each folder of `words`. To add a language: a folder there, and nothing else.

mod bundle;
mod message;
pub(crate) mod messages;
mod money;
mod reader;
mod stored;
mod things;

pub(crate) use self::things::{missing, outdated};
pub use self::{
    bundle::languages,
    message::{Called, Message, Value},
    reader::Language,
};

#[cfg(test)]
mod tests;
