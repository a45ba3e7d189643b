//! Staff write translations, all that are given of a thing or none.

use std::collections::HashSet;

use sea_orm::{DbErr, EntityTrait, IntoActiveModel, sea_query::OnConflict};
use serde_json::json;
use vitrine_entity::{ids::ProductId, translation};

use super::{
    find::{Translatable, TranslatableField, beside, known_in},
    slugs,
    thing::Thing,
};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    jobs::Job,
    language::{Message, messages},
    sql,
    staff::{audit, permission::require_or_system},
    transaction::is_unique_violation,
};

/// The most texts of one request.
const FIELDS_AT_ONCE_MAX: usize = 250;

/// How many products are indexed after a word that they share was translated, and how many by one job.
const INDEXED_MAX: i64 = 10_000;
const INDEXED_AT_ONCE: usize = 500;

/// Texts of a thing in another language.
#[derive(Debug, Clone)]
pub struct TranslationsSet {
    pub of: Thing,
    pub locale: String,
    pub fields: Vec<NewTranslation>,
}

/// A text in another language.
#[derive(Debug, Clone)]
pub struct NewTranslation {
    pub field: String,
    pub text: String,
    /// That of the text which was translated; any will do without.
    pub source_digest: Option<String>,
    /// The version that the translation must be at: `Some(None)` if it must not be there. Without one the last wins.
    pub expected_version: Option<Option<i64>>,
}

/// Writes translations, and gives the thing with all that it has in that language.
///
/// # Errors
/// Refuses whoever may not translate the thing, a language that the shop does not have, a field that the thing does not
/// have or that says nothing, a text that is not of the field's form, a slug that something else has, and what has changed
/// since it was seen.
pub async fn set(shop: &Shop, context: &Context, input: TranslationsSet) -> Result<Translatable> {
    require_or_system(context, input.of.kind().permission())?;
    if !(1..=FIELDS_AT_ONCE_MAX).contains(&input.fields.len()) {
        let message = messages::translations_at_once(FIELDS_AT_ONCE_MAX, input.fields.len());
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["fields"]).into());
    }
    let input = &input;
    shop.transact(context, |tx| async move {
        let locale = &known_in(&tx, &input.locale).await?;
        let thing = one(&tx, &input.of, locale).await?;
        let rows = changed_rows(&tx, &thing, input)?;
        slugs::settle(&tx, &thing, &rows).await?;
        if !rows.is_empty() {
            write(&tx, &rows).await.map_err(refuse_taken)?;
            let fields: Vec<_> = rows.iter().map(|row| row.field.as_str()).collect();
            let data = json!({ "locale": locale, "fields": fields });
            audit(&tx, "translations.set", input.of.to_string(), data).await?;
            follow(&tx, &input.of).await?;
        }
        one(&tx, &input.of, locale).await
    })
    .await
}

/// The thing with its translations.
pub(super) async fn one(tx: &Tx, of: &Thing, locale: &str) -> Result<Translatable> {
    let found = beside(tx.shop(), tx.db(), vec![of.clone()], locale).await?.pop();
    Ok(found.ok_or_else(|| Refusal::not_found("thing").at(&["of"]))?)
}

/// Has the products indexed that are found by a thing's texts. Of an option or an attribute that very many have, the first;
/// the others are as soon as the index is built anew, which is once a day.
pub(super) async fn follow(tx: &Tx, of: &Thing) -> Result<()> {
    let named = "select product_id from product_option where name = $1 union select product_id from product_attribute \
        where name = $1 union select product_id from variant_attribute where name = $1 limit $2";
    let products: Vec<ProductId> = match of {
        Thing::Product(id) => vec![*id],
        Thing::Option(name) | Thing::Attribute(name) => {
            let values = [name.to_string().into(), INDEXED_MAX.into()];
            sql::column(tx.db(), named, values).await?
        }
        _ => Vec::new(),
    };
    if let Thing::Category(id) = of {
        let categories = vec![*id];
        tx.enqueue(
            None,
            Job::IndexCategories {
                categories,
                after: None,
            },
        );
    }
    for products in products.chunks(INDEXED_AT_ONCE) {
        let products = products.to_vec();
        tx.enqueue(None, Job::IndexProducts { products });
    }
    Ok(())
}

/// Rows as they are to be, of what changes.
pub(super) fn changed_rows(tx: &Tx, thing: &Translatable, input: &TranslationsSet) -> Result<Vec<translation::Model>> {
    let (mut rows, mut refusals, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for (index, new) in input.fields.iter().enumerate() {
        let index = index.to_string();
        let path = |name: &'static str| ["fields", index.as_str(), name].map(str::to_owned);
        if !seen.insert(&new.field) {
            refusals.push(refusal(ErrorCode::Invalid, messages::field_twice(), &path("field")));
            continue;
        }
        let Some(field) = thing.fields.iter().find(|field| field.source.field == new.field) else {
            let known: Vec<_> = thing.fields.iter().map(|field| &*field.source.field).take(20).collect();
            let message = messages::text_unknown(known.join(", "));
            refusals.push(refusal(ErrorCode::Invalid, message, &path("field")));
            continue;
        };
        let at = path("text");
        let at: Vec<_> = at.iter().map(String::as_str).collect();
        match expect(field, new, path).and_then(|()| field.source.form.normal(&at, &new.text)) {
            Ok(text) => rows.extend(row(tx, thing, field, text)),
            Err(refusal) => refusals.push(refusal),
        }
    }
    if refusals.is_empty() {
        Ok(rows)
    } else {
        Err(Error::Refused(refusals))
    }
}

fn expect(
    field: &TranslatableField,
    new: &NewTranslation,
    path: impl Fn(&'static str) -> [String; 3],
) -> Result<(), Refusal> {
    let conflict = |message: Message, at: &[String]| Err(refusal(ErrorCode::VersionConflict, message, at));
    if new.source_digest.as_ref().is_some_and(|seen| *seen != field.digest()) {
        let message = messages::source_changed();
        return conflict(message, &path("sourceDigest"));
    }
    let version = field.translation.as_ref().map(|row| row.version);
    match (new.expected_version, version) {
        (Some(Some(expected)), Some(version)) if expected != version => {
            conflict(messages::translation_outdated(version), &path("expectedVersion"))
        }
        (Some(Some(_)), None) => conflict(messages::translation_gone(), &path("expectedVersion")),
        (Some(None), Some(version)) => conflict(messages::translation_there(version), &path("expectedVersion")),
        _ => Ok(()),
    }
}

/// `None` where it is so already. The same text of a source that has changed is a change: somebody has found it right still.
fn row(tx: &Tx, thing: &Translatable, field: &TranslatableField, text: String) -> Option<translation::Model> {
    let old = field.translation.as_ref();
    if old.is_some_and(|old| old.text == text && old.source == field.source.text) {
        return None;
    }
    Some(translation::Model {
        thing: thing.thing.to_string(),
        locale: thing.locale.clone(),
        field: field.source.field.clone(),
        text,
        kind: thing.thing.kind().name().to_owned(),
        thing_id: thing.thing.id(),
        source: field.source.text.clone(),
        version: old.map_or(1, |old| old.version + 1),
        actor: tx.context().viewer.actor(),
        written_at: tx.shop().now(),
    })
}

pub(super) async fn write(tx: &Tx, rows: &[translation::Model]) -> Result<(), DbErr> {
    use translation::Column as C;
    let mut replace = OnConflict::columns([C::Thing, C::Locale, C::Field]);
    replace.update_columns([
        C::Text,
        C::Kind,
        C::ThingId,
        C::Source,
        C::Version,
        C::Actor,
        C::WrittenAt,
    ]);
    translation::Entity::insert_many(rows.iter().cloned().map(IntoActiveModel::into_active_model))
        .on_conflict(replace)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

fn refuse_taken(error: DbErr) -> Error {
    match is_unique_violation(&error) {
        true => slugs::taken().into(),
        false => error.into(),
    }
}

fn refusal(code: ErrorCode, message: impl Into<crate::language::Message>, path: &[String]) -> Refusal {
    let path: Vec<_> = path.iter().map(String::as_str).collect();
    Refusal::new(code, message).at(&path)
}
