//! What things that have texts are called in the file.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{category, collection, discount, location, menu, page, shipping_method, shipping_zone};

use crate::{Result, Tx, translations::Thing};

/// Those that are there and have an id, by their names in the file.
pub(super) struct Names(HashMap<String, Thing>);

impl Names {
    pub(super) async fn read(tx: &Tx) -> Result<Self> {
        let db = tx.db();
        let mut names = HashMap::new();
        let categories = category::Entity::find().filter(category::Column::DeletedAt.is_null());
        for row in categories.all(db).await? {
            names.insert(format!("category:{}", row.slug), Thing::Category(row.id));
        }
        let collections = collection::Entity::find().filter(collection::Column::DeletedAt.is_null());
        for row in collections.all(db).await? {
            names.insert(format!("collection:{}", row.slug), Thing::Collection(row.id));
        }
        for row in page::Entity::find()
            .filter(page::Column::DeletedAt.is_null())
            .all(db)
            .await?
        {
            names.insert(format!("page:{}", row.handle), Thing::Page(row.id));
        }
        for row in menu::Entity::find()
            .filter(menu::Column::DeletedAt.is_null())
            .all(db)
            .await?
        {
            names.insert(format!("menu:{}", row.handle), Thing::Menu(row.id));
        }
        let locations = location::Entity::find().filter(location::Column::DeletedAt.is_null());
        for row in locations.all(db).await? {
            names.insert(format!("location:{}", row.name), Thing::Location(row.id));
        }
        let zones: HashMap<_, String> = shipping_zone::Entity::find()
            .filter(shipping_zone::Column::DeletedAt.is_null())
            .all(db)
            .await?
            .into_iter()
            .map(|zone| (zone.id, zone.name))
            .collect();
        let methods = shipping_method::Entity::find().filter(shipping_method::Column::DeletedAt.is_null());
        for row in methods.all(db).await? {
            let Some(zone) = zones.get(&row.zone_id) else { continue };
            names.insert(
                format!("shipping_method:{zone}/{}", row.name),
                Thing::ShippingMethod(row.id),
            );
        }
        let discounts = discount::Entity::find()
            .filter(discount::Column::DeletedAt.is_null())
            .order_by_asc(discount::Column::Id);
        for row in discounts.all(db).await? {
            // Of two that are called alike the older is meant.
            let name = format!("discount:{}", row.title);
            names.entry(name).or_insert(Thing::Discount(row.id));
        }
        Ok(Self(names))
    }

    /// What is meant: what has an id must be there, and words that products share may come.
    pub(super) fn thing(&self, name: &str) -> Option<Thing> {
        let words = || name.parse().ok().filter(is_of_words);
        self.0.get(name).cloned().or_else(words)
    }

    /// Nothing of what is gone.
    pub(super) fn name(&self, thing: &Thing) -> Option<String> {
        if is_of_words(thing) {
            return Some(thing.to_string());
        }
        let mut named = self.0.iter().filter(|(_, known)| *known == thing);
        named.next().map(|(name, _)| name.clone())
    }
}

fn is_of_words(thing: &Thing) -> bool {
    matches!(
        thing,
        Thing::Option(_) | Thing::Attribute(_) | Thing::PaymentMethod(_) | Thing::Tax(_)
    )
}
