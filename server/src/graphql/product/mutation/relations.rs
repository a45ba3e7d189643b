use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::relations::{self, ProductRelations};

use crate::{
    graphql::{
        product::{object::Product, relation::ProductRelationKind},
        shared::{ContextExt, payload},
    },
    ids,
};

/// Which products stand beside a product.
#[derive(Debug, InputObject)]
pub struct ProductRelationsSetInput {
    /// The product beside which they stand.
    pub product_id: ID,
    /// That product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// How they belong together.
    pub kind: ProductRelationKind,
    /// The products, at most 50, in display order: all of this kind. None takes them all away.
    pub product_ids: Vec<ID>,
}

payload! {
    /// What `productRelationsSet` answers.
    ProductRelationsSetPayload {
        /// The product as it is now.
        product: Product,
    }
}

pub(super) async fn set(ctx: &Context<'_>, input: ProductRelationsSetInput) -> vitrine_commerce::Result<Product> {
    let read = |(index, id): (usize, &ID)| ids::input(id, "product", &["productIds", &index.to_string()]);
    let related: Result<Vec<_>, _> = input.product_ids.iter().enumerate().map(read).collect();
    let set = ProductRelations {
        product: ids::input(&input.product_id, "product", &["productId"])?,
        expected_version: input.expected_version.map(i64::from),
        kind: input.kind.into(),
        related: related?,
    };
    Ok(Product(relations::set(ctx.shop(), ctx.caller(), set).await?))
}
