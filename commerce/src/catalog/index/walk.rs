//! The jobs that follow a change that many products' documents tell of: they go through the products in small
//! steps, each of which has some of them indexed.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait},
};
use vitrine_entity::{
    collection, collection_product,
    ids::{CategoryId, CollectionId, LocationId, ProductId},
    product, product_listing, stock, variant,
};

use crate::{
    Context, Result, Shop,
    catalog::{
        categories::{self, Tree},
        collections::rule,
    },
    jobs::{Job, JobError},
    outbox::Lease,
};

/// How many products one step takes.
const STEP: u64 = 200;

/// Has the products of these categories, and of all that lies beneath them, indexed, from `after` on.
pub async fn run_categories(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    categories: &[CategoryId],
    after: Option<ProductId>,
) -> Result<(), JobError> {
    let tree = Tree::new(categories::all(shop).await?);
    let branches = tree.branches(categories.to_vec());
    let among = product::Entity::find().filter(product::Column::CategoryId.is_in(branches));
    let next = |after| Job::IndexCategories {
        categories: categories.to_vec(),
        after: Some(after),
    };
    step(shop, context, lease, among, after, next).await
}

/// Has the products indexed that a collection holds, or that its rule asks for, from `after` on.
pub async fn run_collection(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    id: CollectionId,
    after: Option<ProductId>,
) -> Result<(), JobError> {
    let held = collection_product::Entity::find()
        .select_only()
        .column(collection_product::Column::ProductId)
        .filter(collection_product::Column::CollectionId.eq(id))
        .into_query();
    let mut meant = Condition::any().add(product::Column::Id.in_subquery(held));
    if let Some(collection) = collection::Entity::find_by_id(id).one(&shop.db).await?
        && let Some(rule) = rule::of(&collection)?
    {
        let tree = rule::tree_of(&shop.db, &[&rule]).await?;
        meant = meant.add(rule::condition(&rule, &tree));
    }
    let listing = |column| Expr::col((product_listing::Entity, column));
    let listed = listing(product_listing::Column::ProductId)
        .equals((product::Entity, product::Column::Id))
        .and(listing(product_listing::Column::Currency).eq(context.currency));
    let mut among = product::Entity::find().filter(meant);
    QuerySelect::query(&mut among).join(JoinType::LeftJoin, product_listing::Entity, listed);
    let next = |after| Job::IndexCollection {
        collection: id,
        after: Some(after),
    };
    step(shop, context, lease, among, after, next).await
}

/// Has the products indexed of which stock lies at a location, from `after` on.
pub async fn run_location(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    location: LocationId,
    after: Option<ProductId>,
) -> Result<(), JobError> {
    let lies_there = stock::Entity::find()
        .select_only()
        .column(stock::Column::VariantId)
        .filter(stock::Column::LocationId.eq(location))
        .filter(stock::Column::OnHand.gt(0))
        .into_query();
    let meant = variant::Entity::find()
        .select_only()
        .column(variant::Column::ProductId)
        .filter(variant::Column::Id.in_subquery(lies_there))
        .into_query();
    let among = product::Entity::find().filter(product::Column::Id.in_subquery(meant));
    let next = |after| Job::IndexLocation {
        location,
        after: Some(after),
    };
    step(shop, context, lease, among, after, next).await
}

async fn step(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    among: Select<product::Entity>,
    after: Option<ProductId>,
    next: impl Fn(ProductId) -> Job + Send + Sync,
) -> Result<(), JobError> {
    let mut query = among
        .select_only()
        .column(product::Column::Id)
        .order_by_asc(product::Column::Id)
        .limit(STEP);
    if let Some(after) = after {
        query = query.filter(product::Column::Id.gt(after));
    }
    let products: Vec<ProductId> = query.into_tuple().all(&shop.db).await?;
    let (products, next) = (&products, &next);
    let work = shop.transact(context, |tx| async move {
        if let Some(last) = products.last() {
            tx.enqueue(None, next(*last));
            let products = products.clone();
            tx.enqueue(None, Job::IndexProducts { products });
        }
        lease.finish(&tx).await
    });
    Ok(work.await?)
}
