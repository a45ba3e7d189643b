//! An address as it is written on a parcel.

use vitrine_entity::address::Address;

use super::countries::{Country, country};

/// The address line by line, in the order of its country, the country itself at the end by its name in English. What
/// is empty is left out, with what parts it from the rest.
pub fn lines(address: &Address) -> Vec<String> {
    lines_in(address, "en")
}

/// The same with the country's name in another language.
pub fn lines_in(address: &Address, language: &str) -> Vec<String> {
    if !address.is_somewhere() {
        return Vec::new();
    }
    let known = country(&address.country);
    let format = known.map_or("%N%n%O%n%A%n%C%n%S%n%Z", |country| format_of(country, address));
    let address = &with_city(format, address);
    let mut written: Vec<String> = Vec::new();
    for line in format.split("%n") {
        // Street and house take as many lines as they have.
        if line == "%A" {
            written.push(address.line1.clone());
            written.extend(address.line2.clone());
        } else {
            written.extend(filled(line, address, known));
        }
    }
    written.extend(left_out(format, address, known));
    written.push(known.map_or_else(|| address.country.clone(), |country| country.name(language).to_owned()));
    written
}

/// Where the order has no place for a town it belongs to the street: before it where the largest comes first, as in
/// Japan, else beneath it.
fn with_city(format: &str, address: &Address) -> Address {
    let mut address = address.clone();
    let has_place = format.contains("%C") || format.to_lowercase().contains(&address.city.to_lowercase());
    if has_place || address.city.is_empty() {
        return address;
    }
    if format.ends_with("%N") {
        address.line1 = format!("{} {}", address.city, address.line1);
    } else {
        address.line2 = Some(match address.line2 {
            Some(line2) => format!("{line2}, {}", address.city),
            None => address.city.clone(),
        });
    }
    address
}

/// In Latin letters the order is another in some countries.
fn format_of(country: &'static Country, address: &Address) -> &'static str {
    country
        .latin_lines
        .filter(|_| is_latin(address))
        .unwrap_or(country.lines)
}

fn is_latin(address: &Address) -> bool {
    let is_latin = |text: &str| {
        text.chars()
            .all(|c| !c.is_alphabetic() || c < '\u{370}' || ('\u{1E00}'..='\u{1EFF}').contains(&c))
    };
    is_latin(&address.line1) && is_latin(&address.name)
}

/// A part of a line.
#[derive(Clone, Copy)]
enum Part<'a> {
    Field(char),
    Literal(&'a str),
}

/// A line with its fields put in; nothing where all of them are empty. What stands between two fields is written where
/// both are.
fn filled(line: &str, address: &Address, country: Option<&Country>) -> Option<String> {
    let parts = parts(line);
    let values: Vec<String> = parts
        .iter()
        .map(|part| match part {
            Part::Field(field) => value(*field, address, country),
            Part::Literal(literal) => (*literal).to_owned(),
        })
        .collect();
    let is_missing = |place: Option<usize>| {
        let place = place.filter(|place| matches!(parts.get(*place), Some(Part::Field(_))));
        place.is_some_and(|place| values[place].is_empty())
    };
    let mut text = String::new();
    for (place, part) in parts.iter().enumerate() {
        let is_left_out =
            matches!(part, Part::Literal(_)) && (is_missing(place.checked_sub(1)) || is_missing(Some(place + 1)));
        if !is_left_out {
            text.push_str(&values[place]);
        }
    }
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn parts(line: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (literal, behind) = rest.split_once('%').unwrap_or((rest, ""));
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        let mut letters = behind.chars();
        parts.extend(letters.next().map(Part::Field));
        rest = letters.as_str();
    }
    parts
}

fn value(field: char, address: &Address, country: Option<&Country>) -> String {
    match field {
        'N' => address.name.clone(),
        'O' => address.company.clone().unwrap_or_default(),
        'A' => match &address.line2 {
            Some(line2) => format!("{}, {line2}", address.line1),
            None => address.line1.clone(),
        },
        'C' => address.city.clone(),
        'S' => region(address, country),
        'Z' => address.postal_code.clone(),
        _ => String::new(),
    }
}

/// By its short code where the post writes that, and never by ISO's, which no post knows.
fn region(address: &Address, country: Option<&Country>) -> String {
    let typed = address.region.clone().unwrap_or_default();
    let known = country.and_then(|country| country.region(&typed));
    match known {
        Some(known) if known.key.len() <= 3 && known.key.is_ascii() => known.key.to_owned(),
        Some(known) if known.iso.is_some_and(|iso| iso.eq_ignore_ascii_case(&typed)) => match is_latin(address) {
            true => known.latin_name.to_owned(),
            false => known.name.to_owned(),
        },
        _ => typed,
    }
}

/// What was given and the country's order has no place for: nothing that somebody typed gets lost.
fn left_out(format: &str, address: &Address, country: Option<&Country>) -> Option<String> {
    let missing = ['S', 'Z']
        .into_iter()
        .filter(|field| !format.contains(&format!("%{field}")));
    let values = missing.map(|field| value(field, address, country));
    let values: Vec<_> = values.filter(|value| !value.is_empty()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(country: &str, line1: &str, city: &str, region: &str, code: &str) -> Vec<String> {
        let address = Address {
            name: "Ada".to_owned(),
            company: None,
            line1: line1.to_owned(),
            line2: None,
            city: city.to_owned(),
            region: Some(region.to_owned()).filter(|region| !region.is_empty()),
            postal_code: code.to_owned(),
            country: country.to_owned(),
            phone: None,
        };
        let address = Address {
            name: if line1.is_ascii() {
                address.name
            } else {
                "愛".to_owned()
            },
            ..address
        };
        lines(&address)
    }

    #[test]
    fn each_country_has_its_order() {
        for (lines, expected) in [
            (
                written("DE", "Linden 1", "Berlin", "", "10117"),
                vec!["Ada", "Linden 1", "10117 Berlin", "Germany"],
            ),
            (
                written("US", "1 Main St", "Springfield", "California", "90210"),
                vec!["Ada", "1 Main St", "Springfield, CA 90210", "United States"],
            ),
            (
                written("US", "1 Main St", "", "", "90210"),
                vec!["Ada", "1 Main St", "90210", "United States"],
            ),
            (
                written("GB", "10 Downing St", "London", "", "SW1A 2AA"),
                vec!["Ada", "10 Downing St", "London", "SW1A 2AA", "United Kingdom"],
            ),
            (
                written("SG", "1 Orchard Rd", "Singapore", "", "238823"),
                vec!["Ada", "1 Orchard Rd", "SINGAPORE 238823", "Singapore"],
            ),
            (
                written("JP", "千代田1-1", "千代田区", "東京都", "100-0001"),
                vec!["〒100-0001", "東京都", "千代田区 千代田1-1", "愛", "Japan"],
            ),
            (
                written("JP", "1-1 Chiyoda", "Chiyoda-ku", "Tokyo", "100-0001"),
                vec!["Ada", "1-1 Chiyoda, Chiyoda-ku, Tokyo", "100-0001", "Japan"],
            ),
            // As programs name a region.
            (
                written("JP", "千代田1-1", "千代田区", "JP-13", "100-0001"),
                vec!["〒100-0001", "東京都", "千代田区 千代田1-1", "愛", "Japan"],
            ),
            (
                written("JP", "1-1 Chiyoda", "Chiyoda-ku", "JP-13", "100-0001"),
                vec!["Ada", "1-1 Chiyoda, Chiyoda-ku, Tokyo", "100-0001", "Japan"],
            ),
            (
                written("AE", "Marina 1", "Dubai", "", ""),
                vec!["Ada", "Marina 1", "Dubai", "United Arab Emirates"],
            ),
            (
                written("SE", "Gatan 1", "Stockholm", "", ""),
                vec!["Ada", "Gatan 1", "Stockholm", "Sweden"],
            ),
            (
                written("GH", "Main Road 1", "Town", "", "00233"),
                vec!["Ada", "Main Road 1", "Town", "00233", "Ghana"],
            ),
        ] {
            assert_eq!(lines, expected);
        }
        assert!(lines(&Address::nowhere("DE")).is_empty());
    }
}
