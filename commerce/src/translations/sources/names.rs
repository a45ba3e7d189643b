//! Words that many products have in common, which have no row of their own: options, attributes, ways to pay, taxes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use serde_json::Value;
use vitrine_entity::{product_option, tax_rate};

use super::{
    super::thing::{Thing, value_field},
    LINE, Source, Texts,
};
use crate::{Result, Shop, sql};

/// How many values of one name can be translated: more are no words.
const VALUES_MAX: usize = 1_000;

/// How many distinct names with their values are looked at.
const NAMES_MAX: i64 = 20_000;

type Found = HashMap<Thing, Vec<Source>>;

/// A name, and its values in order.
type Names = BTreeMap<String, BTreeSet<String>>;

/// Every option's name that a product has.
pub(in crate::translations) async fn options(db: &impl ConnectionTrait) -> Result<Vec<Thing>> {
    let names = "select distinct name from product_option order by name limit $1";
    let names = sql::column::<String>(db, names, [NAMES_MAX.into()]).await?;
    Ok(names.into_iter().map(|name| Thing::Option(name.into())).collect())
}

/// Every attribute's name that is defined, or that a product or a variant has.
pub(in crate::translations) async fn attributes(db: &impl ConnectionTrait) -> Result<Vec<Thing>> {
    let names = "select name from attribute_definition where deleted_at is null \
        union select name from product_attribute union select name from variant_attribute order by name limit $1";
    let names = sql::column::<String>(db, names, [NAMES_MAX.into()]).await?;
    Ok(names.into_iter().map(|name| Thing::Attribute(name.into())).collect())
}

/// Every name that a tax has.
pub(in crate::translations) async fn taxes(db: &impl ConnectionTrait) -> Result<Vec<Thing>> {
    let names = "select distinct name from tax_rate where deleted_at is null order by name limit $1";
    let names = sql::column::<String>(db, names, [NAMES_MAX.into()]).await?;
    Ok(names.into_iter().map(|name| Thing::Tax(name.into())).collect())
}

pub(super) async fn of_options(db: &impl ConnectionTrait, things: Vec<Thing>, found: &mut Found) -> Result<()> {
    let wanted = things.iter().filter_map(name).map(str::to_owned);
    let rows = product_option::Entity::find().filter(product_option::Column::Name.is_in(wanted));
    let mut names = Names::new();
    for row in rows.all(db).await? {
        let values = row.values.as_array().into_iter().flatten();
        let values = values.filter_map(Value::as_str).map(str::to_owned);
        names.entry(row.name).or_default().extend(values);
    }
    add(names, |name| Thing::Option(name.into()), found);
    Ok(())
}

#[derive(FromQueryResult)]
struct NamedValue {
    name: String,
    value: Option<String>,
}

/// Of what is defined as anything but text (a number, a date, a reference) the name alone is a word.
pub(super) async fn of_attributes(db: &impl ConnectionTrait, things: Vec<Thing>, found: &mut Found) -> Result<()> {
    const VALUES: &str = "select name, null as value from attribute_definition where deleted_at is null and name = $1 \
        union select d.name, c.value from attribute_definition d join attribute_choice c on c.definition_id = d.id \
            where d.deleted_at is null and d.name = $1 and d.kind = 'TEXT' \
        union select a.name, a.value from product_attribute a where a.name = $1 and not exists \
            (select 1 from attribute_definition d where d.name = a.name and d.deleted_at is null and d.kind <> 'TEXT') \
        union select a.name, a.value from variant_attribute a where a.name = $1 and not exists \
            (select 1 from attribute_definition d where d.name = a.name and d.deleted_at is null and d.kind <> 'TEXT') \
        limit 1001";
    let mut names = Names::new();
    for wanted in things.iter().filter_map(name) {
        for row in sql::all::<NamedValue>(db, VALUES, [wanted.into()]).await? {
            names.entry(row.name).or_default().extend(row.value);
        }
    }
    add(names, |name| Thing::Attribute(name.into()), found);
    Ok(())
}

pub(super) async fn of_taxes(db: &impl ConnectionTrait, things: Vec<Thing>, found: &mut Found) -> Result<()> {
    let wanted = things.iter().filter_map(name).map(str::to_owned);
    let rows = tax_rate::Entity::find()
        .filter(tax_rate::Column::Name.is_in(wanted))
        .filter(tax_rate::Column::DeletedAt.is_null());
    let names = rows.all(db).await?.into_iter().map(|row| (row.name, BTreeSet::new()));
    add(names.collect(), |name| Thing::Tax(name.into()), found);
    Ok(())
}

pub(super) fn of_payment_methods(shop: &Shop, things: Vec<Thing>, found: &mut Found) {
    for thing in things {
        let provider = name(&thing).and_then(|name| shop.payment_providers.get(name));
        if let Some(provider) = provider {
            found.insert(thing, Texts::new().add("title", LINE, provider.offer().title).0);
        }
    }
}

fn add(names: Names, thing: impl Fn(&str) -> Thing, found: &mut Found) {
    for (name, values) in names {
        let own = Texts::new().add("name", LINE, name.clone());
        let values = values.into_iter().take(VALUES_MAX);
        let texts = values.fold(own, |texts, value| texts.add(value_field(&value), LINE, value));
        found.insert(thing(&name), texts.0);
    }
}

fn name(thing: &Thing) -> Option<&str> {
    match thing {
        Thing::Option(name) | Thing::Attribute(name) | Thing::PaymentMethod(name) | Thing::Tax(name) => Some(name),
        _ => None,
    }
}
