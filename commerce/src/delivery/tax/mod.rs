//! Whose tax is due: rates by country, subdivision and category of goods ([`rates`]), how staff set them up
//! ([`setting`]), what is due of whom ([`treatment`]), and what kind of tax it is ([`TaxKind`]).

pub mod exemption;
mod kind;
pub mod rates;
pub mod setting;
pub mod tax_id;
pub mod treatment;
pub mod vat;

pub use kind::TaxKind;
pub use rates::{TaxRates, UNTAXED, is_charged_in, rates_at};
pub use setting::{RateDraft, init};
