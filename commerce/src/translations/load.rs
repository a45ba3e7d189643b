//! What is shown of translations.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use vitrine_entity::translation;

use super::thing::Thing;
use crate::{Result, sql};

/// A thing's texts in the language asked for, as far as they are translated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// The text of a field, where it is translated.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// The text of a field, else what stands in the thing's row.
    pub fn or<'a>(&'a self, field: &str, own: &'a str) -> &'a str {
        self.get(field).unwrap_or(own)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, text)| (field.as_str(), text.as_str()))
    }
}

/// The translations of many things by one statement, each text in the first of `languages` that has it. Nothing is asked
/// where there is no language to look into. Who has no translation is not there.
pub async fn of_things(
    db: &impl ConnectionTrait,
    languages: &[Arc<str>],
    things: &[Thing],
) -> Result<HashMap<Thing, Words>> {
    use translation::Column as C;
    if languages.is_empty() || things.is_empty() {
        return Ok(HashMap::new());
    }
    let named: HashMap<String, &Thing> = things.iter().map(|thing| (thing.to_string(), thing)).collect();
    let rows = translation::Entity::find()
        .filter(sql::among(db, C::Thing, named.keys().cloned()))
        .filter(C::Locale.is_in(languages.iter().map(|tag| tag.to_string())))
        .all(db)
        .await?;
    let rank = |locale: &str| languages.iter().position(|tag| &**tag == locale);
    let mut best: HashMap<Thing, BTreeMap<String, (usize, String)>> = HashMap::new();
    for row in rows {
        let (Some(thing), Some(rank)) = (named.get(&row.thing), rank(&row.locale)) else {
            continue;
        };
        let texts = best.entry((*thing).clone()).or_default();
        match texts.get(&row.field) {
            Some((known, _)) if *known <= rank => {}
            _ => drop(texts.insert(row.field, (rank, row.text))),
        }
    }
    let words = |texts: BTreeMap<String, (usize, String)>| {
        Words(texts.into_iter().map(|(field, (_, text))| (field, text)).collect())
    };
    Ok(best.into_iter().map(|(thing, texts)| (thing, words(texts))).collect())
}

/// A text in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextInLanguage {
    pub locale: String,
    pub field: String,
    pub text: String,
}

/// Every translation of things, in whatever language, in one order.
pub async fn every_text(db: &impl ConnectionTrait, things: &[Thing]) -> Result<HashMap<Thing, Vec<TextInLanguage>>> {
    use translation::Column as C;
    let named: HashMap<String, &Thing> = things.iter().map(|thing| (thing.to_string(), thing)).collect();
    let mut rows = translation::Entity::find()
        .filter(sql::among(db, C::Thing, named.keys().cloned()))
        .all(db)
        .await?;
    rows.sort_by(|one, other| (&one.locale, &one.field).cmp(&(&other.locale, &other.field)));
    let mut texts: HashMap<Thing, Vec<TextInLanguage>> = HashMap::new();
    for row in rows {
        if let Some(thing) = named.get(&row.thing) {
            texts.entry((*thing).clone()).or_default().push(TextInLanguage {
                locale: row.locale,
                field: row.field,
                text: row.text,
            });
        }
    }
    Ok(texts)
}

/// As [`of_things`], of one.
pub async fn of_thing(db: &impl ConnectionTrait, languages: &[Arc<str>], thing: &Thing) -> Result<Words> {
    let mut found = of_things(db, languages, std::slice::from_ref(thing)).await?;
    Ok(found.remove(thing).unwrap_or_default())
}
