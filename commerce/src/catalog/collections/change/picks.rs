//! What is in a collection that is picked by hand, and the order in any.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{CaseStatement, Expr, ExprTrait},
};
use serde_json::json;
use vitrine_entity::{
    collection, collection_product,
    ids::{CollectionId, ProductId},
    product,
};

use super::row::{locked, require_by_hand, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    catalog::{access::require_catalog, collections::members::append},
    error::expect_version,
    jobs::Job,
    language::{Message, messages},
    staff::audit,
};

/// The most products that are named at once.
const NAMED_MAX: usize = 250;
/// The most products of a collection that is picked by hand.
pub(super) const PICKED_MAX: u64 = 10_000;
/// The most places that one statement writes.
const PLACES_MAX: usize = 500;

/// Products of a collection.
#[derive(Debug, Clone)]
pub struct Picks {
    pub collection: CollectionId,
    pub expected_version: Option<i64>,
    pub products: Vec<ProductId>,
}

/// A product's new place in a collection, from 0.
#[derive(Debug, Clone, Copy)]
pub struct ProductMove {
    pub product: ProductId,
    pub position: usize,
}

/// Puts products behind the others of a collection; those that are in it stay where they are.
///
/// # Errors
/// Refuses a collection that has a rule, and products that are not there.
pub async fn add(shop: &Shop, context: &Context, input: Picks) -> Result<collection::Model> {
    require_catalog(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { add_in(&tx, input).await })
        .await
}

/// As [`add`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn add_in(tx: &Tx, input: &Picks) -> Result<collection::Model> {
    require_catalog(tx.context())?;
    require_named(&input.products)?;
    let before = locked(tx, input.collection, None).await?;
    require_by_hand(&before)?;
    if already_in(tx, input).await? == distinct(&input.products) {
        return Ok(before);
    }
    expect_version("collection", before.version, input.expected_version)?;
    require_products(tx, &input.products).await?;
    let here = collection_product::Entity::find()
        .filter(collection_product::Column::CollectionId.eq(before.id))
        .count(tx.db())
        .await?;
    if here + input.products.len() as u64 > PICKED_MAX {
        let message = messages::collection_picks_max(PICKED_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["productIds"]).into());
    }
    append(tx, before.id, &input.products).await?;
    follow(tx, before, "collection.products_add", input).await
}

/// Takes products out of a collection.
///
/// # Errors
/// Refuses a collection that has a rule. That a product is not in it is no error.
pub async fn remove(shop: &Shop, context: &Context, input: Picks) -> Result<collection::Model> {
    require_catalog(context)?;
    let input = &input;
    shop.transact(context, |tx| async move { remove_in(&tx, input).await })
        .await
}

/// As [`remove`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn remove_in(tx: &Tx, input: &Picks) -> Result<collection::Model> {
    require_catalog(tx.context())?;
    require_named(&input.products)?;
    let before = locked(tx, input.collection, None).await?;
    require_by_hand(&before)?;
    if already_in(tx, input).await? == 0 {
        return Ok(before);
    }
    expect_version("collection", before.version, input.expected_version)?;
    collection_product::Entity::delete_many()
        .filter(collection_product::Column::CollectionId.eq(before.id))
        .filter(collection_product::Column::ProductId.is_in(input.products.iter().copied()))
        .exec(tx.db())
        .await?;
    follow(tx, before, "collection.products_remove", input).await
}

/// How many of the products are in the collection.
async fn already_in(tx: &Tx, input: &Picks) -> Result<usize> {
    let here = collection_product::Entity::find()
        .filter(collection_product::Column::CollectionId.eq(input.collection))
        .filter(collection_product::Column::ProductId.is_in(input.products.iter().copied()));
    Ok(here.count(tx.db()).await? as usize)
}

fn distinct(products: &[ProductId]) -> usize {
    products.iter().collect::<HashSet<_>>().len()
}

/// Moves products of a collection to other places, one after the other. In a collection that has a rule, too.
///
/// # Errors
/// Refuses products that are not in it.
pub async fn reorder(
    shop: &Shop,
    context: &Context,
    collection: CollectionId,
    expected_version: Option<i64>,
    moves: &[ProductMove],
) -> Result<collection::Model> {
    require_catalog(context)?;
    if moves.is_empty() || moves.len() > NAMED_MAX {
        return Err(refused("moves", messages::collection_moves_range(NAMED_MAX)).into());
    }
    shop.transact(context, |tx| async move {
        let before = locked(&tx, collection, expected_version).await?;
        let places: Vec<(ProductId, i32)> = collection_product::Entity::find()
            .select_only()
            .columns([
                collection_product::Column::ProductId,
                collection_product::Column::Position,
            ])
            .filter(collection_product::Column::CollectionId.eq(before.id))
            .order_by_asc(collection_product::Column::Position)
            .order_by_asc(collection_product::Column::ProductId)
            .into_tuple()
            .all(tx.db())
            .await?;
        let order = moved(places.iter().map(|(product, _)| *product).collect(), moves)?;
        let former: HashMap<_, _> = places.into_iter().collect();
        let changed: Vec<_> = (0..)
            .zip(order)
            .filter(|(position, product)| former.get(product) != Some(position))
            .collect();
        write_places(&tx, before.id, &changed).await?;
        let after = write(&tx, before).await?;
        let data = json!({ "moves": moves.len() });
        audit(&tx, "collection.products_reorder", after.id.to_string(), data).await?;
        Ok(after)
    })
    .await
}

fn moved(mut order: Vec<ProductId>, moves: &[ProductMove]) -> Result<Vec<ProductId>, Refusal> {
    for (index, to) in moves.iter().enumerate() {
        let Some(place) = order.iter().position(|product| *product == to.product) else {
            let message = messages::product_not_in_collection();
            let field = ["moves", &index.to_string(), "productId"];
            return Err(Refusal::new(ErrorCode::NotFound, message).at(&field));
        };
        let product = order.remove(place);
        order.insert(to.position.min(order.len()), product);
    }
    Ok(order)
}

/// An update and not an upsert: what a rule takes out meanwhile must not come back.
async fn write_places(tx: &Tx, collection: CollectionId, places: &[(i32, ProductId)]) -> Result<()> {
    for places in places.chunks(PLACES_MAX) {
        let position = places.iter().fold(CaseStatement::new(), |case, (position, product)| {
            case.case(
                Expr::col(collection_product::Column::ProductId).eq(*product),
                Expr::value(*position),
            )
        });
        let position = position.finally(Expr::col(collection_product::Column::Position));
        collection_product::Entity::update_many()
            .col_expr(collection_product::Column::Position, position.into())
            .filter(collection_product::Column::CollectionId.eq(collection))
            .filter(collection_product::Column::ProductId.is_in(places.iter().map(|(_, product)| *product)))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

async fn follow(tx: &Tx, before: collection::Model, action: &str, input: &Picks) -> Result<collection::Model> {
    let after = write(tx, before).await?;
    let products = input.products.clone();
    tx.enqueue(None, Job::IndexProducts { products });
    let data = json!({ "productIds": input.products });
    audit(tx, action, after.id.to_string(), data).await?;
    Ok(after)
}

fn require_named(products: &[ProductId]) -> Result<(), Refusal> {
    if products.is_empty() || products.len() > NAMED_MAX {
        return Err(refused("productIds", messages::name_products(NAMED_MAX)));
    }
    match products.iter().collect::<HashSet<_>>().len() == products.len() {
        true => Ok(()),
        false => Err(refused("productIds", messages::product_named_twice())),
    }
}

async fn require_products(tx: &Tx, products: &[ProductId]) -> Result<()> {
    let there: HashSet<ProductId> = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Id.is_in(products.iter().copied()))
        .filter(product::Column::DeletedAt.is_null())
        .into_tuple()
        .all(tx.db())
        .await?
        .into_iter()
        .collect();
    match products.iter().position(|product| !there.contains(product)) {
        None => Ok(()),
        Some(index) => Err(Refusal::not_found("product")
            .at(&["productIds", &index.to_string()])
            .into()),
    }
}

fn refused(field: &str, message: Message) -> Refusal {
    Refusal::new(ErrorCode::Invalid, message).at(&[field])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    proptest! {
        #[test]
        fn moves_lose_and_double_nobody(moves in prop::collection::vec((0u128..8, 0usize..12), 0..20)) {
            let id = |number| ProductId(Uuid::from_u128(number));
            let before: Vec<_> = (0..8).map(id).collect();
            let moves: Vec<_> = moves.into_iter().map(|(number, position)| ProductMove { product: id(number), position }).collect();
            let mut after = moved(before.clone(), &moves).expect("all are there");
            if let Some(last) = moves.last() {
                prop_assert_eq!(after[last.position.min(7)], last.product);
            }
            after.sort();
            prop_assert_eq!(after, before);
        }
    }
}
