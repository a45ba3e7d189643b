//! The job that follows the deletion of a category with a place for its products, and its restoration.

use std::collections::HashSet;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use vitrine_entity::{
    category,
    ids::{CategoryId, ProductId},
    product,
};

use crate::{
    Context, Result, Shop, Tx,
    catalog::update::tell_updated,
    jobs::{Job, JobError},
    outbox::Lease,
};

/// How many products one run takes: a category of ten thousand must not be one transaction.
const BATCH: u64 = 100;

/// Moves some of the products to where they belong, and asks for another run while there were any.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, category: CategoryId) -> Result<(), JobError> {
    let work = shop.transact(context, |tx| async move {
        let products = refile(&tx, category).await?;
        if !products.is_empty() {
            tell_updated(&tx, &products).await?;
            tx.enqueue(None, Job::IndexProducts { products });
            tx.enqueue(None, Job::RefileProducts { category });
        }
        lease.finish(&tx).await
    });
    Ok(work.await?)
}

async fn refile(tx: &Tx, id: CategoryId) -> Result<Vec<ProductId>> {
    let Some(row) = category::Entity::find_by_id(id).one(tx.db()).await? else {
        return Ok(Vec::new());
    };
    let way = way(tx, row.products_to).await?;
    if row.deleted_at.is_none() {
        return bring_back(tx, id, &way).await;
    }
    let Some(to) = way.last() else { return Ok(Vec::new()) };
    let products = some(tx, Condition::all().add(product::Column::CategoryId.eq(id))).await?;
    product::Entity::update_many()
        .col_expr(product::Column::CategoryId, Expr::value(*to))
        .col_expr(product::Column::CategoryBefore, Expr::value(id))
        .col_expr(product::Column::Version, Expr::col(product::Column::Version).add(1))
        .col_expr(product::Column::UpdatedAt, Expr::value(tx.shop().now()))
        .filter(product::Column::Id.is_in(products.iter().copied()))
        .exec(tx.db())
        .await?;
    Ok(products)
}

/// Those that are still where they were moved to return; the others were put elsewhere, and stay.
async fn bring_back(tx: &Tx, id: CategoryId, way: &[CategoryId]) -> Result<Vec<ProductId>> {
    let moved = product::Column::CategoryBefore.eq(id);
    let products = some(tx, Condition::all().add(moved)).await?;
    product::Entity::update_many()
        .col_expr(product::Column::CategoryId, Expr::value(id))
        .col_expr(product::Column::Version, Expr::col(product::Column::Version).add(1))
        .col_expr(product::Column::UpdatedAt, Expr::value(tx.shop().now()))
        .filter(product::Column::Id.is_in(products.iter().copied()))
        .filter(product::Column::CategoryId.is_in(way.iter().copied()))
        .exec(tx.db())
        .await?;
    product::Entity::update_many()
        .col_expr(product::Column::CategoryBefore, Expr::value(None::<uuid::Uuid>))
        .filter(product::Column::Id.is_in(products.iter().copied()))
        .exec(tx.db())
        .await?;
    Ok(products)
}

/// Where products go: the first category on the way that was not deleted in its turn.
async fn way(tx: &Tx, first: Option<CategoryId>) -> Result<Vec<CategoryId>> {
    let (mut way, mut seen, mut next) = (Vec::new(), HashSet::new(), first);
    while let Some(id) = next.filter(|id| seen.insert(*id)) {
        way.push(id);
        let row = category::Entity::find_by_id(id).one(tx.db()).await?;
        next = row
            .filter(|row| row.deleted_at.is_some())
            .and_then(|row| row.products_to);
    }
    Ok(way)
}

/// Locked in the order of their ids, as the index does.
async fn some(tx: &Tx, condition: Condition) -> Result<Vec<ProductId>> {
    let query = product::Entity::find()
        .select_only()
        .column(product::Column::Id)
        .filter(condition)
        .order_by_asc(product::Column::Id)
        .limit(BATCH)
        .lock_exclusive();
    Ok(query.into_tuple().all(tx.db()).await?)
}
