//! Numbers, amounts of money, percentages, dates, times, lists and forms of plurals as a language writes them, by Unicode's
//! CLDR: the same in pages, mails and documents.
//!
//! [`Formats::of`] has a language's; which country's way of it somebody reads says [`of_country`].

mod currencies;
mod formats;
mod patterns;
mod percents;
mod plurals;
mod tag;

pub use self::{
    formats::Formats,
    plurals::FORMS,
    tag::{FALLBACK, direction, isolated, of_country, primary},
};

#[cfg(test)]
mod tests;
