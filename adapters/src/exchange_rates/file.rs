//! A file of rates, whichever of the two it is.

use vitrine_commerce::{
    money::Currency,
    ports::exchange_rates::{ExchangeRatesError, RateSheet},
};

use super::{csv, ecb};

/// Reads the European Central Bank's XML, or a table (`USD,1.0843`: units for one of the shop's own currency).
///
/// # Errors
/// When it is neither, in words for whoever has the file.
pub fn read(text: &str, own: Currency) -> Result<RateSheet, ExchangeRatesError> {
    let is_xml = text.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    let read = match is_xml {
        true => ecb::read(text),
        false => csv::read(text, own),
    };
    read.map_err(ExchangeRatesError)
}
