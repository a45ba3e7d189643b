//! A thing's texts beside their translations, for those who translate.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use vitrine_entity::translation;

use super::{
    sources::{Source, digest, sources},
    thing::Thing,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    profile::Profile,
    settings::{self, language},
    sql,
    staff::permission::require_or_system,
};

/// A thing with its texts in the shop's own language and in another.
#[derive(Debug, Clone)]
pub struct Translatable {
    pub thing: Thing,
    pub locale: String,
    /// What it is called first.
    pub fields: Vec<TranslatableField>,
}

impl Translatable {
    /// What it is called in the shop's own language; nothing where it says nothing.
    pub fn title(&self) -> &str {
        self.fields.first().map_or("", |field| &field.source.text)
    }
}

/// A text, and what it is in another language.
#[derive(Debug, Clone)]
pub struct TranslatableField {
    pub source: Source,
    pub translation: Option<translation::Model>,
}

impl TranslatableField {
    pub fn digest(&self) -> String {
        digest(&self.source.text)
    }

    /// Whether the text has changed since it was translated.
    pub fn is_outdated(&self) -> bool {
        let translation = self.translation.as_ref();
        translation.is_some_and(|translation| translation.source != self.source.text)
    }
}

/// A thing's texts beside their translations.
///
/// # Errors
/// Refuses whoever may not translate it, and a language that the shop does not have.
pub async fn find(shop: &Shop, context: &Context, thing: Thing, locale: &str) -> Result<Option<Translatable>> {
    require_or_system(context, thing.kind().permission())?;
    let locale = known_locale(shop, locale)?;
    Ok(beside(shop, &shop.db, vec![thing], &locale).await?.pop())
}

/// A language of the shop's that is not its own.
pub(super) fn known_locale(shop: &Shop, locale: &str) -> Result<String, Refusal> {
    known_to(&shop.profile(), locale)
}

/// As [`known_locale`]; one that this transaction has given the shop counts.
pub(super) async fn known_in(tx: &Tx, locale: &str) -> Result<String> {
    match known_locale(tx.shop(), locale) {
        Ok(known) => Ok(known),
        Err(_) => Ok(known_to(&settings::current(tx).await?, locale)?),
    }
}

fn known_to(profile: &Profile, locale: &str) -> Result<String, Refusal> {
    let tag = language(&["locale"], locale)?;
    let others: Vec<_> = profile.languages.iter().skip(1).map(|tag| &**tag).collect();
    if others.contains(&&*tag) {
        return Ok(tag);
    }
    let own = profile.language();
    let message = match (*own == *tag, others.is_empty()) {
        (true, _) => messages::locale_is_own(tag),
        (_, true) => messages::locale_is_only(),
        _ => messages::locale_unknown(tag, others.join(", ")),
    };
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["locale"]))
}

/// Things that are there, in the order given, with their texts and translations.
pub(super) async fn beside(
    shop: &Shop,
    db: &impl ConnectionTrait,
    things: Vec<Thing>,
    locale: &str,
) -> Result<Vec<Translatable>> {
    use translation::Column as C;
    let mut texts = sources(shop, db, &things).await?;
    let rows = translation::Entity::find()
        .filter(sql::among(db, C::Thing, things.iter().map(Thing::to_string)))
        .filter(C::Locale.eq(locale))
        .all(db)
        .await?;
    let mut rows: HashMap<(String, String), translation::Model> = rows
        .into_iter()
        .map(|row| ((row.thing.clone(), row.field.clone()), row))
        .collect();
    let mut found = Vec::new();
    for thing in things {
        let Some(sources) = texts.remove(&thing) else { continue };
        let name = thing.to_string();
        let field = |source: Source| TranslatableField {
            translation: rows.remove(&(name.clone(), source.field.clone())),
            source,
        };
        let fields = sources.into_iter().map(field).collect();
        found.push(Translatable {
            thing,
            locale: locale.to_owned(),
            fields,
        });
    }
    Ok(found)
}
