//! Writes down what is the demo's.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{
    category, collection, demo_thing,
    ids::{CategoryId, CollectionId, ProductId, StaffMemberId},
    product, staff_member, variant,
};

use super::Footprint;
use crate::{Result, Tx};

/// Everything of the demo's that has a slug or a mail address.
#[derive(Debug, Default)]
pub(super) struct Things {
    pub(super) products: Vec<ProductId>,
    pub(super) categories: Vec<CategoryId>,
    pub(super) collections: Vec<CollectionId>,
    pub(super) staff: Vec<StaffMemberId>,
}

/// Remembers what the demo has just put into the shop: whatever of it is there.
pub async fn remember(tx: &Tx, footprint: &Footprint) -> Result<()> {
    let things = matching(tx.db(), footprint).await?;
    let ids = (things.products.iter().map(ToString::to_string))
        .chain(things.categories.iter().map(ToString::to_string))
        .chain(things.collections.iter().map(ToString::to_string))
        .chain(things.staff.iter().map(ToString::to_string));
    let rows: Vec<_> = ids.map(|thing| demo_thing::ActiveModel { thing: Set(thing) }).collect();
    if rows.is_empty() {
        return Ok(());
    }
    demo_thing::Entity::insert_many(rows)
        .on_conflict_do_nothing_on([demo_thing::Column::Thing])
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// What was remembered, where anything was.
pub(super) async fn remembered(db: &impl ConnectionTrait) -> Result<Option<Things>> {
    let rows = demo_thing::Entity::find().all(db).await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let mut things = Things::default();
    for row in rows {
        // An id's prefix tells its kind.
        if let Ok(id) = row.thing.parse() {
            things.products.push(id);
        } else if let Ok(id) = row.thing.parse() {
            things.categories.push(id);
        } else if let Ok(id) = row.thing.parse() {
            things.collections.push(id);
        } else if let Ok(id) = row.thing.parse() {
            things.staff.push(id);
        }
    }
    Ok(Some(things))
}

/// What looks like the demo's.
pub(super) async fn matching(db: &impl ConnectionTrait, footprint: &Footprint) -> Result<Things> {
    let categories = category::Entity::find()
        .select_only()
        .column(category::Column::Id)
        .filter(category::Column::Slug.is_in(&footprint.categories))
        .into_tuple();
    let collections = collection::Entity::find()
        .select_only()
        .column(collection::Column::Id)
        .filter(collection::Column::Slug.is_in(&footprint.collections))
        .into_tuple();
    let staff = staff_member::Entity::find()
        .select_only()
        .column(staff_member::Column::Id)
        .filter(staff_member::Column::Email.eq(&footprint.staff_email))
        .into_tuple();
    Ok(Things {
        products: products(db, footprint).await?,
        categories: categories.all(db).await?,
        collections: collections.all(db).await?,
        staff: staff.all(db).await?,
    })
}

/// Those that have the demo's slug and one of its SKUs: a merchant may sell a mug of their own.
async fn products(db: &impl ConnectionTrait, footprint: &Footprint) -> Result<Vec<ProductId>> {
    let slugs = footprint.products.iter().map(|(slug, _)| slug);
    let named: Vec<(ProductId, String)> = product::Entity::find()
        .select_only()
        .columns([product::Column::Id, product::Column::Slug])
        .filter(product::Column::Slug.is_in(slugs))
        .into_tuple()
        .all(db)
        .await?;
    let variants: Vec<(ProductId, String)> = variant::Entity::find()
        .select_only()
        .columns([variant::Column::ProductId, variant::Column::Sku])
        .filter(variant::Column::ProductId.is_in(named.iter().map(|(id, _)| *id)))
        .into_tuple()
        .all(db)
        .await?;
    let is_ours = |id: ProductId, slug: &str| {
        let skus = footprint
            .products
            .iter()
            .find(|(of, _)| of == slug)
            .map(|(_, skus)| skus);
        let mut own = variants.iter().filter(|(of, _)| *of == id);
        own.any(|(_, sku)| skus.is_some_and(|skus| skus.contains(sku)))
    };
    Ok(named
        .iter()
        .filter(|(id, slug)| is_ours(*id, slug))
        .map(|(id, _)| *id)
        .collect())
}
