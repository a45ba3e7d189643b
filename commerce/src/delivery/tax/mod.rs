//! Whose tax is due: rates by country, subdivision and category of goods ([`rates`]), how staff set them up
//! ([`setting`]), and what is due of whom ([`treatment`]).

pub mod exemption;
pub mod rates;
pub mod setting;
pub mod tax_id;
pub mod treatment;
pub mod vat;

pub use rates::{TaxRates, UNTAXED, is_charged_in, rates_at};
pub use setting::{RateDraft, init};
