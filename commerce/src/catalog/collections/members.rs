//! Keeps what rules say in `collection_product`.
//!
//! Why it ends up right: the products are locked before the rules are read. A rule that changes after that has a
//! job of its own, which asks again; and a product that changes after that has one, too.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use vitrine_entity::{
    collection, collection_product,
    ids::{CollectionId, ProductId},
    product, product_listing,
};

use super::rule::{self, CollectionRule, condition, tree_of};
use crate::{Result, Tx};

/// The most products, and the most rules, that one statement asks about.
const PRODUCTS_MAX: usize = 250;
const RULES_MAX: usize = 20;

/// Brings the collections with rules up to date for `products`, whose rows the caller has locked and whose
/// listing rows are.
pub(in crate::catalog) async fn refresh(tx: &Tx, products: &[ProductId]) -> Result<()> {
    let rules = rules(tx.db()).await?;
    let asked: Vec<&CollectionRule> = rules.iter().map(|(_, rule)| rule).collect();
    let tree = tree_of(tx.db(), &asked).await?;
    for products in products.chunks(PRODUCTS_MAX) {
        for rules in rules.chunks(RULES_MAX) {
            let wanted = wanted(tx, products, rules, &tree).await?;
            let present = present(tx, products, rules).await?;
            take_out(tx, beyond(&present, &wanted)).await?;
            put_in(tx, beyond(&wanted, &present)).await?;
        }
    }
    Ok(())
}

async fn rules(db: &impl ConnectionTrait) -> Result<Vec<(CollectionId, CollectionRule)>> {
    let rows = collection::Entity::find()
        .filter(collection::Column::Rule.is_not_null())
        .filter(collection::Column::DeletedAt.is_null())
        .order_by_asc(collection::Column::Id)
        .all(db)
        .await?;
    let mut rules = Vec::with_capacity(rows.len());
    for row in rows {
        match rule::of(&row) {
            Ok(Some(rule)) => rules.push((row.id, rule)),
            Ok(None) => {}
            // A newer server may have written it: the products' other jobs must not wait for that.
            Err(fault) => tracing::warn!(error = &fault as &dyn std::error::Error, "a rule is left as it is"),
        }
    }
    Ok(rules)
}

type Members = HashSet<(CollectionId, ProductId)>;

/// Which products the rules ask for, by one statement: a column a rule.
async fn wanted(
    tx: &Tx,
    products: &[ProductId],
    rules: &[(CollectionId, CollectionRule)],
    tree: &crate::catalog::categories::Tree,
) -> Result<Members> {
    let listing = |column| Expr::col((product_listing::Entity, column));
    let listed = listing(product_listing::Column::ProductId)
        .equals((product::Entity, product::Column::Id))
        .and(listing(product_listing::Column::Currency).eq(tx.context().currency));
    let mut select = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(product::Column::Id.is_in(products.iter().copied()));
    QuerySelect::query(&mut select).join(JoinType::InnerJoin, product_listing::Entity, listed);
    for (index, (_, rule)) in rules.iter().enumerate() {
        select = select.column_as(Expr::from(condition(rule, tree)), format!("holds_{index}"));
    }
    let statement = tx
        .db()
        .get_database_backend()
        .build(&sea_orm::QueryTrait::into_query(select));
    let mut wanted = Members::new();
    for row in tx.db().query_all_raw(statement).await? {
        let product: ProductId = row.try_get("", "id")?;
        for (index, (collection, _)) in rules.iter().enumerate() {
            // Unknown where a product has no vendor, say: it does not hold.
            if row.try_get::<Option<bool>>("", &format!("holds_{index}"))? == Some(true) {
                wanted.insert((*collection, product));
            }
        }
    }
    Ok(wanted)
}

async fn present(tx: &Tx, products: &[ProductId], rules: &[(CollectionId, CollectionRule)]) -> Result<Members> {
    let rows: Vec<(CollectionId, ProductId)> = collection_product::Entity::find()
        .select_only()
        .columns([
            collection_product::Column::CollectionId,
            collection_product::Column::ProductId,
        ])
        .filter(collection_product::Column::ProductId.is_in(products.iter().copied()))
        .filter(collection_product::Column::CollectionId.is_in(rules.iter().map(|(collection, _)| *collection)))
        .into_tuple()
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().collect())
}

async fn take_out(tx: &Tx, gone: HashMap<CollectionId, Vec<ProductId>>) -> Result<()> {
    for (collection, products) in gone {
        collection_product::Entity::delete_many()
            .filter(collection_product::Column::CollectionId.eq(collection))
            .filter(collection_product::Column::ProductId.is_in(products))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

/// As the last ones. Two jobs may give the same place to two products, which their ids then part.
async fn put_in(tx: &Tx, new: HashMap<CollectionId, Vec<ProductId>>) -> Result<()> {
    for (collection, products) in new {
        append(tx, collection, &products).await?;
    }
    Ok(())
}

/// Puts products behind the others of a collection; those that are in it stay where they are.
pub(super) async fn append(tx: &Tx, collection: CollectionId, products: &[ProductId]) -> Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    let last: Option<Option<i32>> = collection_product::Entity::find()
        .select_only()
        .column_as(collection_product::Column::Position.max(), "last")
        .filter(collection_product::Column::CollectionId.eq(collection))
        .into_tuple()
        .one(tx.db())
        .await?;
    let first = last.flatten().map_or(0, |last| last.saturating_add(1));
    let rows = (first..)
        .zip(products)
        .map(|(position, product)| collection_product::ActiveModel {
            collection_id: sea_orm::ActiveValue::Set(collection),
            product_id: sea_orm::ActiveValue::Set(*product),
            position: sea_orm::ActiveValue::Set(position),
        });
    let key = [
        collection_product::Column::CollectionId,
        collection_product::Column::ProductId,
    ];
    collection_product::Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Who is among the first and not among the others, in the order of their ids.
fn beyond(first: &Members, others: &Members) -> HashMap<CollectionId, Vec<ProductId>> {
    let mut grouped: HashMap<_, Vec<_>> = HashMap::new();
    for (collection, product) in first.difference(others) {
        grouped.entry(*collection).or_default().push(*product);
    }
    grouped.values_mut().for_each(|products| products.sort());
    grouped
}
