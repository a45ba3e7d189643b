//! Texts in the shop's other languages, of whatever the file furnishes, and of the words that products share. Those of
//! products leave as a table.

mod names;

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use async_trait::async_trait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use vitrine_entity::translation;

use self::names::Names;
use crate::{
    ErrorCode, Refusal, Result, Tx,
    language::messages,
    setup::file::section::Section,
    translations::{self, NewTranslation, Thing, TranslationsRemove, TranslationsSet},
};

/// How many texts are written together.
const AT_ONCE: usize = 200;

pub(super) struct Translations;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct TranslationEntry {
    /// Whose texts: `category:lamps`, `option:Colour`.
    of: String,
    language: String,
    /// By their fields.
    texts: BTreeMap<String, String>,
}

/// Stands for a thing and a language.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::setup::file) struct Place(u64);

impl Place {
    fn of(thing: &str, language: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        (thing, language).hash(&mut hasher);
        Self(hasher.finish())
    }
}

#[async_trait]
impl Section for Translations {
    const KEY: &'static str = "translations";
    type Id = Place;
    type Entry = TranslationEntry;

    fn name(entry: &TranslationEntry) -> String {
        format!("{} in {}", entry.of.trim(), entry.language.trim())
    }

    async fn read(tx: &Tx) -> Result<Vec<(Place, TranslationEntry)>> {
        Ok(all(tx)
            .await?
            .into_iter()
            .map(|(place, _, entry)| (place, entry))
            .collect())
    }

    async fn put(tx: &Tx, current: Option<Place>, entry: &TranslationEntry, prune: bool) -> Result<()> {
        let names = Names::read(tx).await?;
        let of = names.thing(entry.of.trim()).ok_or_else(|| {
            let message = messages::file_no_such_thing();
            Refusal::new(ErrorCode::NotFound, message).at(&["of"])
        })?;
        if let Some(current) = current.filter(|_| prune) {
            let before = all(tx).await?.into_iter().find(|(place, ..)| *place == current);
            let fields = before
                .map(|(_, _, before)| before.texts.into_keys())
                .into_iter()
                .flatten();
            remove(
                tx,
                &of,
                entry,
                fields.filter(|field| !entry.texts.contains_key(field)).collect(),
            )
            .await?;
        }
        let texts: Vec<_> = entry.texts.iter().collect();
        for texts in texts.chunks(AT_ONCE) {
            let new = |(field, text): &(&String, &String)| NewTranslation {
                field: (*field).clone(),
                text: (*text).clone(),
                source_digest: None,
                expected_version: None,
            };
            let input = TranslationsSet {
                of: of.clone(),
                locale: entry.language.clone(),
                fields: texts.iter().map(new).collect(),
            };
            tx.enclose(translations::set(tx.shop(), tx.context(), input)).await?;
        }
        Ok(())
    }

    async fn remove(tx: &Tx, place: Place) -> Result<()> {
        match all(tx).await?.into_iter().find(|(known, ..)| *known == place) {
            Some((_, thing, entry)) => remove(tx, &thing, &entry, entry.texts.keys().cloned().collect()).await,
            None => Ok(()),
        }
    }

    /// They stand by what they are of.
    async fn order(_: &Tx, _: &[Place]) -> Result<()> {
        Ok(())
    }
}

async fn remove(tx: &Tx, of: &Thing, entry: &TranslationEntry, fields: Vec<String>) -> Result<()> {
    if fields.is_empty() {
        return Ok(());
    }
    let input = TranslationsRemove {
        of: of.clone(),
        locale: entry.language.clone(),
        fields,
    };
    tx.enclose(translations::remove(tx.shop(), tx.context(), input))
        .await
        .map(drop)
}

/// What is translated of things that are there, by thing and language.
async fn all(tx: &Tx) -> Result<Vec<(Place, Thing, TranslationEntry)>> {
    use translation::Column as C;
    let names = Names::read(tx).await?;
    let rows = translation::Entity::find()
        .filter(C::Kind.is_not_in(["PRODUCT", "PICTURE", "VIDEO"]))
        .order_by_asc(C::Kind)
        .order_by_asc(C::Thing)
        .order_by_asc(C::Locale)
        .all(tx.db())
        .await?;
    let mut all: Vec<(Place, Thing, TranslationEntry)> = Vec::new();
    for row in rows {
        let place = Place::of(&row.thing, &row.locale);
        match all.last_mut() {
            Some((last, _, entry)) if *last == place => drop(entry.texts.insert(row.field, row.text)),
            _ => {
                let Ok(thing) = row.thing.parse::<Thing>() else {
                    continue;
                };
                let Some(of) = names.name(&thing) else { continue };
                let entry = TranslationEntry {
                    of,
                    language: row.locale,
                    texts: BTreeMap::from([(row.field, row.text)]),
                };
                all.push((place, thing, entry));
            }
        }
    }
    Ok(all)
}
