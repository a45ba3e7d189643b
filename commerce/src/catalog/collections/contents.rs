//! What stands in collections that are picked by hand, by slugs: what is there, and what is awaited. A file names
//! goods that its shop does not have yet; they are in their collections as soon as they come.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};
use vitrine_entity::{
    collection_awaited as awaited, collection_product,
    ids::{CollectionId, ProductId},
};

use crate::{Result, Tx, sql};

/// How many products one statement asks about.
const PRODUCTS_MAX: usize = 500;

#[derive(Debug, FromQueryResult)]
struct Place {
    collection_id: CollectionId,
    slug: String,
}

/// The slugs of what each collection that has no rule holds, in its order; what is awaited with it.
pub async fn contents(db: &impl ConnectionTrait) -> Result<HashMap<CollectionId, Vec<String>>> {
    let sql = "select c.id as collection_id, p.slug as slug, m.position as position from collection c \
               join collection_product m on m.collection_id = c.id join product p on p.id = m.product_id \
               where c.deleted_at is null and c.rule is null and p.deleted_at is null \
               union all \
               select a.collection_id, a.slug, a.position from collection_awaited a \
               join collection c on c.id = a.collection_id where c.deleted_at is null and c.rule is null \
               order by 3, 2";
    let mut contents: HashMap<_, Vec<_>> = HashMap::new();
    for place in sql::all::<Place>(db, sql, []).await? {
        contents.entry(place.collection_id).or_default().push(place.slug);
    }
    Ok(contents)
}

/// Those of these slugs that no product has.
pub async fn missing(db: &impl ConnectionTrait, slugs: &[String]) -> Result<Vec<String>> {
    let there = super::products_by_slug(db, slugs).await?;
    Ok(slugs
        .iter()
        .filter(|slug| !there.contains_key(*slug))
        .cloned()
        .collect())
}

/// Puts those of `products` that are awaited where they are.
pub(in crate::catalog) async fn arrive(tx: &Tx, products: &[ProductId]) -> Result<()> {
    for products in products.chunks(PRODUCTS_MAX) {
        let among = sql::among_parameter::<ProductId>(tx.db(), 1);
        let sql = format!(
            "insert into collection_product (collection_id, product_id, position) \
             select a.collection_id, p.id, a.position from collection_awaited a join product p on p.slug = a.slug \
             where p.id {among} on conflict (collection_id, product_id) do nothing"
        );
        let values = [sql::list(tx.db(), products.iter().copied())];
        sql::execute(tx.db(), &sql, values.clone()).await?;
        let sql = format!("delete from collection_awaited where slug in (select slug from product where id {among})");
        sql::execute(tx.db(), &sql, values).await?;
    }
    Ok(())
}

/// Puts a product behind the others of every collection that holds another and is picked by hand.
pub(in crate::catalog) async fn join_like(tx: &Tx, other: ProductId, product: ProductId) -> Result<()> {
    let sql = "insert into collection_product (collection_id, product_id, position) \
               select c.id, $2, (select max(l.position) + 1 from collection_product l where l.collection_id = c.id) \
               from collection c join collection_product m on m.collection_id = c.id \
               where m.product_id = $1 and c.rule is null and c.deleted_at is null";
    sql::execute(tx.db(), sql, [other.into(), product.into()]).await?;
    Ok(())
}

/// Awaits these, and nothing else, in the collection.
pub(super) async fn wait_for(tx: &Tx, collection: CollectionId, slugs: Vec<(i32, String)>) -> Result<()> {
    let stale = awaited::Entity::delete_many().filter(awaited::Column::CollectionId.eq(collection));
    stale.exec(tx.db()).await?;
    let row = |(position, slug): (i32, String)| awaited::ActiveModel {
        collection_id: sea_orm::ActiveValue::Set(collection),
        slug: sea_orm::ActiveValue::Set(slug),
        position: sea_orm::ActiveValue::Set(position),
    };
    for slugs in slugs.chunks(PRODUCTS_MAX) {
        let rows = slugs.iter().cloned().map(row);
        awaited::Entity::insert_many(rows)
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}

/// Puts the products into the collection at these places, and takes out those that are not among them and are not
/// deleted.
pub(super) async fn put_at(tx: &Tx, collection: CollectionId, products: &[(i32, ProductId)]) -> Result<()> {
    let sql = "delete from collection_product where collection_id = $1 \
               and product_id in (select id from product where deleted_at is null)";
    sql::execute(tx.db(), sql, [collection.into()]).await?;
    let row = |(position, product): &(i32, ProductId)| collection_product::ActiveModel {
        collection_id: sea_orm::ActiveValue::Set(collection),
        product_id: sea_orm::ActiveValue::Set(*product),
        position: sea_orm::ActiveValue::Set(*position),
    };
    for products in products.chunks(PRODUCTS_MAX) {
        collection_product::Entity::insert_many(products.iter().map(row))
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}
