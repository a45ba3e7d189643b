//! Values of attributes as somebody gives them, checked.

use std::collections::{BTreeMap, HashSet};

use sea_orm::EntityTrait;
use vitrine_entity::{category, collection, product, variant};

use super::{
    definitions::{Definition, read},
    value::{self, Typed, VALUE_LENGTH_MAX},
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    catalog::{categories, fields::Refusals},
    language::messages,
    text,
};

/// The most values of all names that one thing has.
pub(super) const VALUES_MAX: usize = 250;
const ATTRIBUTES_MAX: usize = 100;

/// A thing's values of one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttributeValues {
    /// The definition's key; or the name of an attribute, which need not be defined.
    pub key: Option<String>,
    pub name: Option<String>,
    /// In display order; empty takes them away.
    pub values: Vec<String>,
}

/// A value in its one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) value: String,
    pub(super) number_micro: Option<i64>,
    pub(super) position: i32,
}

/// The values of each name, none where they are taken away.
pub(super) async fn wanted(
    tx: &Tx,
    product: &product::Model,
    attributes: &[AttributeValues],
    refusals: &mut Refusals,
) -> Result<BTreeMap<String, Vec<Wanted>>> {
    let definitions = &read(tx.db(), false).await?;
    refusals.at_most("attributes", attributes.len(), ATTRIBUTES_MAX);
    let mut wanted = BTreeMap::new();
    for (index, given) in attributes.iter().enumerate().take(ATTRIBUTES_MAX) {
        let path = index.to_string();
        let Some((name, definition)) = named(given, definitions, &path, refusals) else {
            continue;
        };
        if let Some(definition) = definition {
            check_list(definition, given, &path, refusals);
            check_category(tx, product, definition, &path, refusals).await?;
        }
        let mut rows = Vec::new();
        let mut seen = HashSet::new();
        for (place, text) in given.values.iter().enumerate().take(VALUES_MAX) {
            let field = ["attributes", &path, "values", &place.to_string()];
            let mut text = text.clone();
            refusals.line(&field, &mut text, VALUE_LENGTH_MAX);
            let number_micro = match definition.map(|definition| value::read(definition, &text)) {
                None => None,
                Some(Ok(normal)) => {
                    check_reference(tx, &normal.typed, &field, refusals).await?;
                    text.clone_from(&normal.text);
                    normal.number_micro()
                }
                Some(Err(message)) => {
                    refusals.refuse(&field, message);
                    None
                }
            };
            if seen.insert(text.clone()) {
                rows.push(Wanted {
                    value: text,
                    number_micro,
                    position: i32::try_from(place).unwrap_or(i32::MAX),
                });
            }
        }
        if wanted.insert(name.clone(), rows).is_some() {
            refusals.refuse(&["attributes", &path], messages::attribute_named_twice(name));
        }
    }
    Ok(wanted)
}

fn named<'a>(
    given: &AttributeValues,
    definitions: &'a [Definition],
    path: &str,
    refusals: &mut Refusals,
) -> Option<(String, Option<&'a Definition>)> {
    match (&given.key, &given.name) {
        (Some(key), None) => {
            let called = text::normal(key);
            let definition = definitions.iter().find(|definition| definition.row.key == called);
            if definition.is_none() {
                let refusal = Refusal::new(ErrorCode::NotFound, messages::attribute_key_unknown(excerpt(key)));
                refusals.0.push(refusal.at(&["attributes", path, "key"]));
            }
            definition.map(|definition| (definition.row.name.clone(), Some(definition)))
        }
        (None, Some(name)) => {
            let mut name = name.clone();
            refusals.line(&["attributes", path, "name"], &mut name, 100);
            let definition = definitions.iter().find(|definition| definition.row.name == name);
            Some((name, definition))
        }
        _ => {
            refusals.refuse(&["attributes", path], messages::give_key_or_name());
            None
        }
    }
}

fn check_list(definition: &Definition, given: &AttributeValues, path: &str, refusals: &mut Refusals) {
    if given.values.len() > 1 && !definition.row.is_list {
        let message = messages::attribute_has_one_value(&definition.row.name, given.values.len());
        refusals.refuse(&["attributes", path, "values"], message);
    }
}

/// An attribute of some categories is not one of other products.
async fn check_category(
    tx: &Tx,
    product: &product::Model,
    definition: &Definition,
    path: &str,
    refusals: &mut Refusals,
) -> Result<()> {
    let of = crate::catalog::variants::strings(&definition.row.categories);
    if of.is_empty() {
        return Ok(());
    }
    let tree = categories::Tree::new(category::Entity::find().all(tx.db()).await?);
    let branch = product.category_id.map(|id| tree.path(id)).unwrap_or_default();
    if !branch.iter().any(|category| of.contains(&category.id.to_string())) {
        let message = messages::attribute_not_of_category(&definition.row.name);
        refusals.refuse(&["attributes", path], message);
    }
    Ok(())
}

/// What a reference leads to must be there.
async fn check_reference(tx: &Tx, typed: &Typed, field: &[&str], refusals: &mut Refusals) -> Result<()> {
    let db = tx.db();
    let (found, what) = match typed {
        Typed::Product(id) => (
            product::Entity::find_by_id(*id)
                .one(db)
                .await?
                .is_some_and(|row| row.deleted_at.is_none()),
            "product",
        ),
        Typed::Variant(id) => (
            variant::Entity::find_by_id(*id)
                .one(db)
                .await?
                .is_some_and(|row| row.deleted_at.is_none()),
            "variant",
        ),
        Typed::Category(id) => (
            category::Entity::find_by_id(*id)
                .one(db)
                .await?
                .is_some_and(|row| row.deleted_at.is_none()),
            "category",
        ),
        Typed::Collection(id) => (
            collection::Entity::find_by_id(*id)
                .one(db)
                .await?
                .is_some_and(|row| row.deleted_at.is_none()),
            "collection",
        ),
        _ => return Ok(()),
    };
    if !found {
        refusals.0.push(Refusal::not_found(what).at(field));
    }
    Ok(())
}

fn excerpt(text: &str) -> String {
    text.chars().take(64).filter(|c| !c.is_control()).collect()
}
