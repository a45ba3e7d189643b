use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::life::{self, ProductDelete, ProductRestore};

use crate::{
    graphql::{
        product::object::Product,
        shared::{ContextExt, payload},
    },
    ids,
};

/// Which product goes.
#[derive(Debug, InputObject)]
pub struct ProductDeleteInput {
    /// The product's id.
    pub id: ID,
    /// The product's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `productDelete` answers.
    ProductDeletePayload {
        /// The product that is deleted.
        product: Product,
    }
}

/// Which products go.
#[derive(Debug, InputObject)]
pub struct ProductsDeleteInput {
    /// The products' ids, at most 100.
    pub ids: Vec<ID>,
}

payload! {
    /// What `productsDelete` answers.
    ProductsDeletePayload {
        /// The products that are deleted: all that were named, or null where one was refused.
        products: Vec<Product>,
    }
}

/// Which product comes back.
#[derive(Debug, InputObject)]
pub struct ProductRestoreInput {
    /// The product's id.
    pub id: ID,
    /// Another slug for it, where a new product has taken its own.
    pub slug: Option<String>,
}

payload! {
    /// What `productRestore` answers.
    ProductRestorePayload {
        /// The product as it is now.
        product: Product,
    }
}

pub(super) async fn delete(ctx: &Context<'_>, input: ProductDeleteInput) -> vitrine_commerce::Result<Product> {
    let product = ProductDelete {
        product: ids::input(&input.id, "product", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
    };
    let field = |_| vec!["id".to_owned()];
    let mut rows = life::delete(ctx.shop(), ctx.caller(), &[product], field).await?;
    Ok(Product(rows.swap_remove(0)))
}

pub(super) async fn delete_many(
    ctx: &Context<'_>,
    input: ProductsDeleteInput,
) -> vitrine_commerce::Result<Vec<Product>> {
    let read = |(index, id): (usize, &ID)| {
        let product = ids::input(id, "product", &["ids", &index.to_string()])?;
        Ok(ProductDelete {
            product,
            expected_version: None,
        })
    };
    let products: vitrine_commerce::Result<Vec<_>> = input.ids.iter().enumerate().map(read).collect();
    let field = |index: usize| vec!["ids".to_owned(), index.to_string()];
    let rows = life::delete(ctx.shop(), ctx.caller(), &products?, field).await?;
    Ok(rows.into_iter().map(Product).collect())
}

pub(super) async fn restore(ctx: &Context<'_>, input: ProductRestoreInput) -> vitrine_commerce::Result<Product> {
    let product = ProductRestore {
        product: ids::input(&input.id, "product", &["id"])?,
        slug: input.slug,
    };
    Ok(Product(life::restore(ctx.shop(), ctx.caller(), product).await?))
}
