use async_graphql::{Context, ID, Object};
use futures::future::try_join_all;
use vitrine_entity::discount::Goods;

use super::questions::CollectionById;
use crate::{
    graphql::{
        category::{object::Category, questions::CategoryById},
        collection::object::Collection,
        product::{object::Product, questions::ProductById},
        shared::{ContextExt, Result},
        variant::{object::ProductVariant, questions::VariantById},
    },
    ids,
};

/// Which goods something is about.
#[derive(Debug, Clone)]
pub struct DiscountGoods(pub Goods);

/// Which goods something is about: those that are named in any of the lists; all, where none is named.
#[Object]
impl DiscountGoods {
    /// Whether it is about all: it names none.
    async fn all(&self) -> bool {
        self.0.is_all()
    }

    /// The ids of the products.
    async fn product_ids(&self) -> Vec<ID> {
        self.0.products.iter().map(ids::public).collect()
    }

    /// The ids of the variants.
    async fn variant_ids(&self) -> Vec<ID> {
        self.0.variants.iter().map(ids::public).collect()
    }

    /// The ids of the categories, each with all that lies beneath.
    async fn category_ids(&self) -> Vec<ID> {
        self.0.categories.iter().map(ids::public).collect()
    }

    /// The ids of the collections.
    async fn collection_ids(&self) -> Vec<ID> {
        self.0.collections.iter().map(ids::public).collect()
    }

    /// Whether goods whose price is shown as reduced are left out.
    async fn without_reduced(&self) -> bool {
        self.0.without_reduced
    }

    /// The products.
    #[graphql(complexity = "10 * child_complexity")]
    async fn products(&self, ctx: &Context<'_>) -> Result<Vec<Product>> {
        let rows = try_join_all(self.0.products.iter().map(|id| ctx.load(ProductById(*id)))).await?;
        Ok(rows.into_iter().flatten().map(Product).collect())
    }

    /// The variants.
    #[graphql(complexity = "10 * child_complexity")]
    async fn variants(&self, ctx: &Context<'_>) -> Result<Vec<ProductVariant>> {
        let rows = try_join_all(self.0.variants.iter().map(|id| ctx.load(VariantById(*id)))).await?;
        Ok(rows.into_iter().flatten().map(ProductVariant).collect())
    }

    /// The categories.
    #[graphql(complexity = "10 * child_complexity")]
    async fn categories(&self, ctx: &Context<'_>) -> Result<Vec<Category>> {
        let rows = try_join_all(self.0.categories.iter().map(|id| ctx.load(CategoryById(*id)))).await?;
        Ok(rows.into_iter().flatten().map(Category).collect())
    }

    /// The collections.
    #[graphql(complexity = "10 * child_complexity")]
    async fn collections(&self, ctx: &Context<'_>) -> Result<Vec<Collection>> {
        let rows = try_join_all(self.0.collections.iter().map(|id| ctx.load(CollectionById(*id)))).await?;
        Ok(rows.into_iter().flatten().map(Collection).collect())
    }
}
