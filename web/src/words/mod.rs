//! What the pages say, in each language: a file of messages each, by name, and a folder of more for the dashboard. A theme's files replace single messages, and add
//! languages.

use std::collections::BTreeMap;

use toml::{Table, Value};
use vitrine_locale::Formats;
// Whoever's language we have not reads the fallback; and what a language lacks is said in it.
pub use vitrine_locale::{FALLBACK, direction, primary};

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

    /// As [`find`](Self::find), of a number: in the form that the language has for it (`cart.link.few`), or else in that of
    /// others, or as it is said of any number.
    pub fn counted(&self, language: &str, name: &str, number: i64) -> Option<&str> {
        [language, FALLBACK].into_iter().find_map(|language| {
            let words = self.languages.get(language)?;
            let form = Formats::of(language).form(number);
            let find = |form: &str| words.get(&format!("{name}.{form}"));
            let found = find(form).or_else(|| find("other")).or_else(|| words.get(name));
            found.map(String::as_str)
        })
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
    use std::collections::BTreeSet;

    use vitrine_locale::FORMS;

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
    }

    /// All of ours.
    fn ours() -> Words {
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
        words
    }

    /// What shoppers are told.
    fn storefront() -> BTreeSet<String> {
        let mut words = Words::default();
        words.add(FALLBACK, include_str!("en.toml")).expect("a table");
        words.languages[FALLBACK].keys().cloned().collect()
    }

    /// Of `cart.link.few`, what is counted and its form.
    fn counted<'a>(words: &Words, name: &'a str) -> Option<(&'a str, &'a str)> {
        let (phrase, form) = name.rsplit_once('.')?;
        let is_there = |form: &str| words.languages[FALLBACK].contains_key(&format!("{phrase}.{form}"));
        (FORMS.contains(&form) && is_there("one") && is_there("other")).then_some((phrase, form))
    }

    #[test]
    fn every_language_says_everything() {
        let words = ours();
        let names = |language: &str| words.languages[language].keys().cloned().collect::<Vec<_>>();
        assert_eq!(names("en"), names("de"));
        let storefront = storefront();
        for language in words.languages() {
            let is_whole = |name: &&String| counted(&words, name).is_none();
            // Drafts speak to shoppers; staff read what they lack in English.
            for name in storefront.iter().filter(is_whole) {
                assert!(words.languages[language].contains_key(name), "{language} lacks {name}");
            }
            for (name, text) in words.languages[language].iter().filter(|(name, _)| is_whole(name)) {
                let english = words.languages["en"].get(name);
                let english = english.unwrap_or_else(|| panic!("{language} has {name}, which nobody says"));
                assert_eq!(holes(text), holes(english), "{language}: {name}");
            }
        }
    }

    #[test]
    fn every_language_counts_in_all_of_its_forms() {
        let words = ours();
        let storefront = storefront();
        for language in words.languages() {
            let (formats, said) = (Formats::of(language), &words.languages[language]);
            // French and Spanish have another for a million, of which nothing is counted: it is said as `other`.
            let mut taken: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
            for number in 0..=1_000 {
                taken.entry(formats.form(number)).or_default().push(number);
            }
            let names = storefront.iter().chain(said.keys());
            let phrases: BTreeSet<_> = names.filter_map(|name| counted(&words, name)).collect();
            let phrases: BTreeSet<_> = phrases.into_iter().map(|(phrase, _)| phrase).collect();
            assert!(!phrases.is_empty());
            for phrase in phrases {
                let english = &words.languages[FALLBACK][&format!("{phrase}.other")];
                for form in taken.keys().copied().chain(["other"]) {
                    assert!(
                        said.contains_key(&format!("{phrase}.{form}")),
                        "{language} lacks {phrase}.{form}"
                    );
                }
                for form in FORMS {
                    let Some(text) = said.get(&format!("{phrase}.{form}")) else {
                        continue;
                    };
                    assert!(
                        formats.forms().any(|has| has == form),
                        "{language} has {phrase}.{form}, which no number takes"
                    );
                    // A form of one number may name it in a word.
                    let is_one_number = taken.get(form).is_some_and(|numbers| numbers.len() == 1);
                    let open = |text: &str| -> BTreeSet<String> {
                        let open = holes(text).into_iter().filter(|hole| !is_one_number || *hole != "n");
                        open.map(str::to_owned).collect()
                    };
                    assert_eq!(open(text), open(english), "{language}: {phrase}.{form}");
                }
            }
        }
    }

    #[test]
    fn a_number_is_said_in_the_form_of_whoever_says_it() {
        let mut words = Words::default();
        for (language, text) in [
            ("en", "[hit]\none = \"{n} hit\"\nother = \"{n} hits\""),
            ("fr", "[hit]\none = \"{n} trouvé\"\nother = \"{n} trouvés\""),
            ("ar", "[hit]\ntwo = \"اثنان\"\nother = \"{n}\""),
            ("ja", "same = \"{n}件\""),
        ] {
            words.add(language, text).expect("a table");
        }
        for (language, name, number, said) in [
            ("en", "hit", 0, Some("{n} hits")),
            ("fr", "hit", 0, Some("{n} trouvé")),
            ("fr", "hit", 2, Some("{n} trouvés")),
            ("ar", "hit", 2, Some("اثنان")),
            ("ar", "hit", 3, Some("{n}")),
            ("ja", "same", 3, Some("{n}件")),
            // English counts in its own way, whoever reads it.
            ("ja", "hit", 1, Some("{n} hit")),
            ("fr", "hit.one", 1, Some("{n} trouvé")),
            ("en", "none", 1, None),
        ] {
            assert_eq!(
                words.counted(language, name, number),
                said,
                "{language}: {number} {name}"
            );
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
