//! Rates as somebody keeps them in a table: a line a currency, its code and units of it for one of the shop's own.

use std::collections::BTreeMap;

use vitrine_commerce::{
    money::{Currency, convert::rate_e8},
    ports::exchange_rates::RateSheet,
};

/// Reads such a table; a first line that names its columns may be there, and what follows `#` is not read. Between the columns
/// stand commas, semicolons or tabs; where those are no commas, a rate may have a comma for its decimals.
pub(super) fn read(text: &str, own: Currency) -> Result<RateSheet, String> {
    let mut rates = BTreeMap::new();
    let lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
    for (line, number) in lines {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let wrong = || {
            let shown: String = line.chars().take(60).collect();
            format!("line {number}: `{shown}` is no currency and its rate: `USD,1.0843`")
        };
        let mark = [';', '\t'].into_iter().find(|mark| line.contains(*mark)).unwrap_or(',');
        let (code, rate) = line.split_once(mark).ok_or_else(wrong)?;
        let code = code.trim().trim_matches('"').to_ascii_uppercase();
        if rates.is_empty() && code == "CURRENCY" {
            continue;
        }
        let rate = rate.trim().trim_matches('"');
        // Between columns of which there is another mark, a comma is that of decimals.
        let rate = if mark == ',' {
            rate.to_owned()
        } else {
            rate.replace(',', ".")
        };
        let currency: Currency = code.parse().map_err(|_| wrong())?;
        let rate = rate_e8(&rate).ok_or_else(wrong)?;
        if rates.insert(currency.code(), rate).is_some() {
            return Err(format!("line {number}: {currency} is there twice"));
        }
    }
    match rates.is_empty() {
        true => Err("there is no rate in it".to_owned()),
        false => Ok(RateSheet {
            base: own,
            on: None,
            rates,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_as_spreadsheets_save_them() {
        for text in [
            "currency,rate\nUSD,1.0843\njpy,162.35\n",
            "\u{feff}Currency;Rate\r\nUSD;1,0843\r\n\r\nJPY;162,35\r\n",
            "# of Friday\nUSD\t1.0843 # dollars\nJPY\t162.35",
        ] {
            let sheet = read(text, Currency::EUR).expect(text);
            let rates: Vec<_> = sheet.rates.into_iter().collect();
            assert_eq!(rates, [("JPY", 16_235_000_000), ("USD", 108_430_000)], "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_by_its_line() {
        for (text, line) in [
            ("USD", "line 1"),
            ("USD,1\nXQX,2", "line 2"),
            ("USD,0", "line 1"),
            ("USD,1.5.1", "line 1"),
            ("USD,1,5", "line 1"),
            ("USD,1\nusd,2", "line 2: USD is there twice"),
            ("currency,rate", "there is no rate in it"),
        ] {
            let told = read(text, Currency::EUR).expect_err(text);
            assert!(told.starts_with(line), "{text}: {told}");
        }
    }
}
