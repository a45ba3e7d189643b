use async_graphql::{Context, ID, InputObject, MaybeUndefined};
use vitrine_commerce::catalog::update;

use crate::{
    graphql::{
        product::object::{Product, ProductStatus},
        shared::{ContextExt, emptied, payload},
    },
    ids,
};

/// Which product changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct ProductUpdateInput {
    /// The product's id.
    pub id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What it is called.
    pub title: Option<String>,
    /// Names it in its page's address. The former one goes on leading to it, while no other product has it.
    pub slug: Option<String>,
    /// The description as HTML; what could harm a shopper is taken out.
    pub description_html: Option<String>,
    /// Who makes it; null takes it away.
    pub vendor: MaybeUndefined<String>,
    /// Its category; null takes it out of the tree.
    pub category_id: MaybeUndefined<ID>,
    /// Words to find it by: all of them.
    pub tags: Option<Vec<String>>,
    /// Whether shoppers see it.
    pub status: Option<ProductStatus>,
    /// For a page's `<title>`; null gives it the product's own.
    pub seo_title: MaybeUndefined<String>,
    /// For a page's description; null takes it away.
    pub seo_description: MaybeUndefined<String>,
}

payload! {
    /// What `productUpdate` answers.
    ProductUpdatePayload {
        /// The product as it is now.
        product: Product,
    }
}
pub(super) async fn update(ctx: &Context<'_>, input: ProductUpdateInput) -> vitrine_commerce::Result<Product> {
    let update = update::ProductUpdate {
        product: ids::input(&input.id, "product", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        title: input.title,
        slug: input.slug,
        description_html: input.description_html,
        vendor: emptied(input.vendor),
        category: match input.category_id {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(id) => Some(Some(ids::input(&id, "category", &["categoryId"])?)),
        },
        tags: input.tags,
        status: input.status.map(Into::into),
        seo_title: emptied(input.seo_title),
        seo_description: emptied(input.seo_description),
    };
    Ok(Product(update::update(ctx.shop(), ctx.caller(), update).await?))
}
