//! What the pages say, in each language: a file of messages each, by name, and a folder of more for the dashboard. A theme's files replace single messages, and add
//! languages.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// Whoever's language we have not reads this one; and what a language lacks is said in it.
pub const FALLBACK: &str = "en";

/// Scripts that are written from right to left.
const RIGHT_TO_LEFT: [&str; 6] = ["ar", "dv", "fa", "he", "ur", "yi"];

/// The messages of all languages.
#[derive(Debug, Default)]
pub struct Words {
    languages: BTreeMap<String, BTreeMap<String, String>>,
}

impl Words {
    /// Adds what a file says, by `section.name`; what was said before under a name is replaced.
    ///
    /// # Errors
    /// For what is no table of texts.
    pub fn add(&mut self, language: &str, text: &str) -> Result<(), String> {
        let table: Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
        let words = self.languages.entry(language.to_owned()).or_default();
        flatten("", table, words)
    }

    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// In `language`, or else in [`FALLBACK`].
    pub fn find(&self, language: &str, name: &str) -> Option<&str> {
        let of = |language: &str| self.languages.get(language)?.get(name).map(String::as_str);
        of(language).or_else(|| of(FALLBACK))
    }

    /// All of a section, in the order of their texts.
    pub fn section(&self, language: &str, section: &str) -> Vec<(String, String)> {
        let prefix = format!("{section}.");
        let names = self.languages.get(FALLBACK).into_iter().flat_map(|words| words.keys());
        let names = names.filter_map(|name| name.strip_prefix(&prefix).map(|short| (name, short)));
        let mut found: Vec<_> = names
            .filter_map(|(name, short)| Some((short.to_owned(), self.find(language, name)?.to_owned())))
            .collect();
        found.sort_by(|one, other| one.1.cmp(&other.1));
        found
    }
}

fn flatten(prefix: &str, table: Table, words: &mut BTreeMap<String, String>) -> Result<(), String> {
    for (name, value) in table {
        let name = format!("{prefix}{name}");
        match value {
            Value::String(text) => {
                words.insert(name, text);
            }
            Value::Table(table) => flatten(&format!("{name}."), table, words)?,
            _ => return Err(format!("`{name}` is not a text")),
        }
    }
    Ok(())
}

/// `rtl` or `ltr`.
pub fn direction(language: &str) -> &'static str {
    match RIGHT_TO_LEFT.contains(&primary(language)) {
        true => "rtl",
        false => "ltr",
    }
}

/// Of `de-AT`, `de`.
pub fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}

/// Of `languages`, the one that `Accept-Language` likes best.
pub fn negotiate<'a>(accept: &str, languages: &[&'a str]) -> Option<&'a str> {
    let mut ranges: Vec<(&str, f32)> = accept.split(',').filter_map(range).collect();
    ranges.sort_by(|one, other| other.1.total_cmp(&one.1));
    ranges.iter().find_map(|(wanted, _)| {
        let whole = languages.iter().find(|language| language.eq_ignore_ascii_case(wanted));
        let same = |language: &&&str| primary(language).eq_ignore_ascii_case(primary(wanted));
        whole.or_else(|| languages.iter().find(same)).copied()
    })
}

fn range(text: &str) -> Option<(&str, f32)> {
    let (name, weight) = text.split_once(';').unwrap_or((text, "q=1"));
    let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
    (weight > 0.0).then_some((name.trim(), weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_visitor_chooses_among_what_there_is() {
        let languages = ["de", "en"];
        for (accept, language) in [
            ("de-AT, en;q=0.8", Some("de")),
            ("en;q=0.5, de;q=0.9", Some("de")),
            ("fr, en-GB;q=0.3", Some("en")),
            ("de;q=0, en", Some("en")),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(negotiate(accept, &languages), language, "{accept}");
        }
        assert_eq!((direction("ar-EG"), direction("de")), ("rtl", "ltr"));
    }

    #[test]
    fn every_language_says_everything() {
        let mut words = Words::default();
        for (language, text) in [
            ("en", include_str!("en.toml")),
            ("en", include_str!("en/admin.toml")),
            ("en", include_str!("en/orders.toml")),
            ("en", include_str!("en/products.toml")),
            ("en", include_str!("en/content.toml")),
            ("en", include_str!("en/me.toml")),
            ("en", include_str!("en/moves.toml")),
            ("en", include_str!("en/settings.toml")),
            ("en", include_str!("en/shelves.toml")),
            ("en", include_str!("en/rest.toml")),
            ("en", include_str!("en/stock.toml")),
            ("en", include_str!("en/team.toml")),
            ("en", include_str!("en/trade.toml")),
            ("en", include_str!("en/translations.toml")),
            ("en", include_str!("en/discounts.toml")),
            ("en", include_str!("en/gift_cards.toml")),
            ("en", include_str!("en/documents.toml")),
            ("en", include_str!("en/drafts.toml")),
            ("en", include_str!("en/returns.toml")),
            ("en", include_str!("en/withdrawals.toml")),
            ("de", include_str!("de.toml")),
            ("de", include_str!("de/admin.toml")),
            ("de", include_str!("de/orders.toml")),
            ("de", include_str!("de/products.toml")),
            ("de", include_str!("de/content.toml")),
            ("de", include_str!("de/me.toml")),
            ("de", include_str!("de/moves.toml")),
            ("de", include_str!("de/settings.toml")),
            ("de", include_str!("de/shelves.toml")),
            ("de", include_str!("de/rest.toml")),
            ("de", include_str!("de/stock.toml")),
            ("de", include_str!("de/team.toml")),
            ("de", include_str!("de/trade.toml")),
            ("de", include_str!("de/translations.toml")),
            ("de", include_str!("de/discounts.toml")),
            ("de", include_str!("de/gift_cards.toml")),
            ("de", include_str!("de/documents.toml")),
            ("de", include_str!("de/drafts.toml")),
            ("de", include_str!("de/returns.toml")),
            ("de", include_str!("de/withdrawals.toml")),
            ("fr", include_str!("fr.toml")),
            ("es", include_str!("es.toml")),
            ("ja", include_str!("ja.toml")),
            ("ar", include_str!("ar.toml")),
        ] {
            words.add(language, text).expect("a table");
        }
        let names = |language: &str| words.languages[language].keys().cloned().collect::<Vec<_>>();
        assert_eq!(names("en"), names("de"));
        let mut storefront = Words::default();
        storefront.add("en", include_str!("en.toml")).expect("a table");
        for language in words.languages() {
            // Drafts speak to shoppers; staff read what they lack in English.
            for name in storefront.languages["en"].keys() {
                assert!(words.languages[language].contains_key(name), "{language} lacks {name}");
            }
            for (name, text) in &words.languages[language] {
                let english = words.languages["en"].get(name);
                let english = english.unwrap_or_else(|| panic!("{language} has {name}, which nobody says"));
                assert_eq!(holes(text), holes(english), "{language}: {name}");
            }
        }
    }

    /// What a message leaves open.
    fn holes(text: &str) -> Vec<&str> {
        let mut holes: Vec<_> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(hole, _)| hole))
            .collect();
        holes.sort_unstable();
        holes
    }
}
