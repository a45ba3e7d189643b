//! The euro's reference rates as the European Central Bank publishes them, `eurofxref-daily.xml`: a cube of days, each of
//! which has a cube for each currency.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use vitrine_commerce::{
    money::{Currency, convert::rate_e8},
    ports::exchange_rates::RateSheet,
};

/// Reads the newest day of such a file: `eurofxref-hist-90d.xml` has more, the newest first.
pub(super) fn read(text: &str) -> Result<RateSheet, String> {
    let mut reader = Reader::from_str(text);
    let mut sheet = RateSheet {
        base: Currency::EUR,
        on: None,
        rates: BTreeMap::new(),
    };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == b"Cube" => {
                let is_over = read_cube(&tag, &mut sheet)?;
                if is_over {
                    break;
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => return Err(format!("it is no XML: {error}")),
        }
    }
    match sheet.rates.is_empty() {
        true => Err("there is no rate in it".to_owned()),
        false => Ok(sheet),
    }
}

/// Whether another day begins.
fn read_cube(tag: &BytesStart<'_>, sheet: &mut RateSheet) -> Result<bool, String> {
    if let Some(time) = attribute(tag, "time")? {
        if sheet.on.is_some() {
            return Ok(true);
        }
        let day: NaiveDate = time.parse().map_err(|_| format!("`{time}` is no day"))?;
        sheet.on = Some(day);
    }
    let (Some(code), Some(rate)) = (attribute(tag, "currency")?, attribute(tag, "rate")?) else {
        return Ok(false);
    };
    // It may have some that ISO 4217 does not, or that have no minor unit.
    if let Ok(currency) = code.parse::<Currency>() {
        let rate = rate_e8(&rate).ok_or_else(|| format!("`{rate}` is no rate of {currency}"))?;
        sheet.rates.insert(currency.code(), rate);
    }
    Ok(false)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    let found = tag
        .try_get_attribute(name)
        .map_err(|error| format!("it is no XML: {error}"))?;
    let Some(found) = found else { return Ok(None) };
    // Codes, days and numbers: nothing that would have to be unescaped.
    let text = std::str::from_utf8(&found.value).map_err(|_| "it is not in UTF-8".to_owned())?;
    Ok(Some(text.trim().chars().take(40).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAILY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
  <Cube>
    <Cube time='2026-11-27'>
      <Cube currency='USD' rate='1.0843'/>
      <Cube currency="JPY" rate="162.35"></Cube>
      <Cube currency='ZZZ' rate='1'/>
    </Cube>
    <Cube time='2026-11-26'><Cube currency='USD' rate='1.2'/><Cube currency='CHF' rate='0.9'/></Cube>
  </Cube>
</gesmes:Envelope>"#;

    #[test]
    fn the_newest_day_of_the_banks_file_is_read() {
        let sheet = read(DAILY).expect("read");
        assert_eq!(sheet.on, NaiveDate::from_ymd_opt(2026, 11, 27));
        let rates: Vec<_> = sheet.rates.into_iter().collect();
        assert_eq!(rates, [("JPY", 16_235_000_000), ("USD", 108_430_000)]);
    }

    #[test]
    fn what_is_no_such_file_is_told() {
        for (text, why) in [
            ("", "there is no rate in it"),
            ("<html><body>Not found</body></html>", "there is no rate in it"),
            (
                "<Cube time='2026-11-27'><Cube currency='USD' rate='1,08'/></Cube>",
                "`1,08` is no rate of USD",
            ),
            ("<Cube time='tomorrow'/>", "`tomorrow` is no day"),
        ] {
            assert_eq!(read(text).expect_err(text), why);
        }
        assert!(read("<Cube time='2026-11-27'></Kube>").is_err());
    }
}
