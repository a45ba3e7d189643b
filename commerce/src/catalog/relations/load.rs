//! What is shown beside many products at once, by a fixed number of statements.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Value};
use uuid::Uuid;
use vitrine_entity::{
    currency::Currency,
    ids::ProductId,
    product,
    product::ProductStatus,
    product_relation::{self, RelationKind},
};

use crate::{Result, Shop, catalog::load, sql};

/// The most products that are shown beside one.
pub const RELATED_MAX: usize = 24;

type Key = (ProductId, RelationKind);

/// What is shown beside each product, of those that are sold: first what staff put there, in their order; beside
/// that, where it is taken instead of the product, the best sold of its category, then of its collections. Never the
/// product itself.
pub async fn related_of(shop: &Shop, currency: Currency, keys: &[Key]) -> Result<HashMap<Key, Vec<product::Model>>> {
    let mut chosen = by_hand(shop, keys).await?;
    for source in [CATEGORIES, COLLECTIONS] {
        let short: Vec<ProductId> = keys
            .iter()
            .filter(|key| key.1 == RelationKind::Related && chosen.get(key).is_none_or(|ids| ids.len() < RELATED_MAX))
            .map(|(product, _)| *product)
            .collect();
        for (product, near) in neighbours(shop, currency, source, &short).await? {
            chosen.entry((product, RelationKind::Related)).or_default().extend(near);
        }
    }
    show(shop, chosen).await
}

/// What staff put beside each product, in their order, whether it is sold or not. What is deleted is left out, and is there again
/// when it is restored.
pub async fn chosen_of(shop: &Shop, keys: &[Key]) -> Result<HashMap<Key, Vec<product::Model>>> {
    let chosen = by_hand(shop, keys).await?;
    let ids: HashSet<ProductId> = chosen.values().flatten().copied().collect();
    let mut rows = load::products(shop, &ids.into_iter().collect::<Vec<_>>()).await?;
    rows.retain(|_, row| row.deleted_at.is_none());
    let told = |(key, ids): (Key, Vec<ProductId>)| (key, ids.iter().filter_map(|id| rows.get(id).cloned()).collect());
    Ok(chosen.into_iter().map(told).collect())
}

async fn by_hand(shop: &Shop, keys: &[Key]) -> Result<HashMap<Key, Vec<ProductId>>> {
    let rows = product_relation::Entity::find()
        .filter(product_relation::Column::ProductId.is_in(keys.iter().map(|(product, _)| *product)))
        .order_by_asc(product_relation::Column::Position)
        .all(&shop.db)
        .await?;
    let mut chosen: HashMap<Key, Vec<ProductId>> = HashMap::new();
    for row in rows {
        chosen
            .entry((row.product_id, row.kind))
            .or_default()
            .push(row.related_id);
    }
    Ok(chosen)
}

/// Where products stand together: a table of `shelf_id` and `product_id`.
const CATEGORIES: &str = "select category_id as shelf_id, id as product_id from product where category_id is not null";
const COLLECTIONS: &str = "select c.collection_id as shelf_id, c.product_id from collection_product c \
    join collection k on k.id = c.collection_id where k.published and k.deleted_at is null";

#[derive(FromQueryResult)]
struct Stands {
    shelf_id: Uuid,
    product_id: ProductId,
}

async fn neighbours(
    shop: &Shop,
    currency: Currency,
    source: &str,
    products: &[ProductId],
) -> Result<Vec<(ProductId, Vec<ProductId>)>> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "select shelf_id, product_id from ({source}) shelves where product_id in ({})",
        places(1, products.len())
    );
    let stands: Vec<Stands> = sql::all(&shop.db, &sql, products.iter().map(|id| Value::from(*id))).await?;
    let shelves: Vec<Uuid> = stands
        .iter()
        .map(|stand| stand.shelf_id)
        .collect::<HashSet<_>>()
        .into_iter()
        .collect();
    let best = best_of(&shop.db, currency, source, &shelves).await?;
    let mut near: HashMap<ProductId, Vec<ProductId>> = HashMap::new();
    for stand in stands {
        let there = best.get(&stand.shelf_id).into_iter().flatten();
        near.entry(stand.product_id).or_default().extend(there);
    }
    Ok(near.into_iter().collect())
}

/// The best sold of each shelf, what can be bought now before the rest; one more than is shown, for the product
/// itself may be among them.
async fn best_of(
    db: &impl ConnectionTrait,
    currency: Currency,
    source: &str,
    shelves: &[Uuid],
) -> Result<HashMap<Uuid, Vec<ProductId>>> {
    if shelves.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "select shelf_id, product_id from (\
           select s.shelf_id, s.product_id, row_number() over (\
             partition by s.shelf_id order by l.in_stock desc, l.sold desc, s.product_id desc) as place \
           from ({source}) s join product p on p.id = s.product_id and p.status = 'ACTIVE' \
           join product_listing l on l.product_id = s.product_id and l.currency = $1 \
           where s.shelf_id in ({places})) ranked \
         where place <= {most} order by shelf_id, place",
        places = places(2, shelves.len()),
        most = RELATED_MAX + 1,
    );
    let values = std::iter::once(Value::from(currency)).chain(shelves.iter().map(|id| Value::from(*id)));
    let rows: Vec<Stands> = sql::all(db, &sql, values).await?;
    let mut best: HashMap<Uuid, Vec<ProductId>> = HashMap::new();
    for row in rows {
        best.entry(row.shelf_id).or_default().push(row.product_id);
    }
    Ok(best)
}

/// Each once, without the product itself and what is not sold, and not too many.
async fn show(shop: &Shop, chosen: HashMap<Key, Vec<ProductId>>) -> Result<HashMap<Key, Vec<product::Model>>> {
    let ids: HashSet<ProductId> = chosen.values().flatten().copied().collect();
    let mut rows = load::products(shop, &ids.into_iter().collect::<Vec<_>>()).await?;
    rows.retain(|_, row| row.status == ProductStatus::Active);
    let shown = |(key, ids): (Key, Vec<ProductId>)| {
        let mut seen = HashSet::from([key.0]);
        let ids = ids.into_iter().filter(|id| seen.insert(*id));
        let rows = ids.filter_map(|id| rows.get(&id).cloned()).take(RELATED_MAX);
        (key, rows.collect())
    };
    Ok(chosen.into_iter().map(shown).collect())
}

fn places(first: usize, count: usize) -> String {
    let places: Vec<_> = (first..first + count).map(|place| format!("${place}")).collect();
    places.join(", ")
}
