use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::products::{self, ProductDuplicate};

use crate::{
    graphql::{
        product::object::Product,
        shared::{ContextExt, payload},
    },
    ids,
};

/// Which product is copied, and what the copy is called.
#[derive(Debug, InputObject)]
pub struct ProductDuplicateInput {
    /// The product's id.
    pub id: ID,
    /// What the copy is called; the title with `(copy)` after it unless given.
    pub title: Option<String>,
    /// Names the copy in its page's address; made of its title unless given.
    pub slug: Option<String>,
}

payload! {
    /// What `productDuplicate` answers.
    ProductDuplicatePayload {
        /// The copy.
        product: Product,
    }
}

pub(super) async fn duplicate(ctx: &Context<'_>, input: ProductDuplicateInput) -> vitrine_commerce::Result<Product> {
    let duplicate = ProductDuplicate {
        product: ids::input(&input.id, "product", &["id"])?,
        title: input.title,
        slug: input.slug,
    };
    Ok(Product(products::duplicate(ctx.shop(), ctx.caller(), duplicate).await?))
}
