use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::{
    ErrorCode, Refusal,
    catalog::collections::change::{self, Picks, ProductMove},
};

use crate::{
    graphql::{
        collection::object::Collection,
        shared::{ContextExt, payload},
    },
    ids,
};

/// Which collection, and what comes into it.
#[derive(Debug, InputObject)]
pub struct CollectionProductsAddInput {
    /// The collection's id.
    pub id: ID,
    /// The collection's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The products, at most 250, in the order in which they come.
    pub product_ids: Vec<ID>,
}

payload! {
    /// What `collectionProductsAdd` answers.
    CollectionProductsAddPayload {
        /// The collection as it is now.
        collection: Collection,
    }
}

/// Which collection, and what goes out of it.
#[derive(Debug, InputObject)]
pub struct CollectionProductsRemoveInput {
    /// The collection's id.
    pub id: ID,
    /// The collection's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The products, at most 250. That one is not in the collection is no error.
    pub product_ids: Vec<ID>,
}

payload! {
    /// What `collectionProductsRemove` answers.
    CollectionProductsRemovePayload {
        /// The collection as it is now.
        collection: Collection,
    }
}

/// Which collection, and what moves where.
#[derive(Debug, InputObject)]
pub struct CollectionProductsReorderInput {
    /// The collection's id.
    pub id: ID,
    /// The collection's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// At most 250 moves, made one after the other.
    pub moves: Vec<CollectionProductMove>,
}

/// A product's new place in its collection.
#[derive(Debug, InputObject)]
pub struct CollectionProductMove {
    /// The product's id.
    pub product_id: ID,
    /// Its place, from 0; what is beyond the end is the last.
    pub position: i32,
}

payload! {
    /// What `collectionProductsReorder` answers.
    CollectionProductsReorderPayload {
        /// The collection as it is now.
        collection: Collection,
    }
}

pub(super) async fn add(ctx: &Context<'_>, input: CollectionProductsAddInput) -> vitrine_commerce::Result<Collection> {
    let picks = picks(&input.id, input.expected_version, &input.product_ids)?;
    Ok(Collection(change::add(ctx.shop(), ctx.caller(), picks).await?))
}

pub(super) async fn remove(
    ctx: &Context<'_>,
    input: CollectionProductsRemoveInput,
) -> vitrine_commerce::Result<Collection> {
    let picks = picks(&input.id, input.expected_version, &input.product_ids)?;
    Ok(Collection(change::remove(ctx.shop(), ctx.caller(), picks).await?))
}

pub(super) async fn reorder(
    ctx: &Context<'_>,
    input: CollectionProductsReorderInput,
) -> vitrine_commerce::Result<Collection> {
    let collection = ids::input(&input.id, "collection", &["id"])?;
    let moves: Result<Vec<_>, _> = input.moves.iter().enumerate().map(read_move).collect();
    let version = input.expected_version.map(i64::from);
    let row = change::reorder(ctx.shop(), ctx.caller(), collection, version, &moves?).await?;
    Ok(Collection(row))
}

fn picks(id: &ID, version: Option<i32>, products: &[ID]) -> Result<Picks, Refusal> {
    let read = |(index, id): (usize, &ID)| ids::input(id, "product", &["productIds", &index.to_string()]);
    Ok(Picks {
        collection: ids::input(id, "collection", &["id"])?,
        expected_version: version.map(i64::from),
        products: products.iter().enumerate().map(read).collect::<Result<_, _>>()?,
    })
}

fn read_move((index, input): (usize, &CollectionProductMove)) -> Result<ProductMove, Refusal> {
    let index = index.to_string();
    let negative = |_| Refusal::new(ErrorCode::Invalid, "A position is 0 or more.").at(&["moves", &index, "position"]);
    Ok(ProductMove {
        product: ids::input(&input.product_id, "product", &["moves", &index, "productId"])?,
        position: usize::try_from(input.position).map_err(negative)?,
    })
}
