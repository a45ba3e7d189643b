use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{
    Refusal,
    catalog::{collections, load},
};
use vitrine_entity::market::MarketGoods as Goods;

use crate::{
    graphql::{
        collection::object::Collection,
        product::object::Product,
        shared::{ContextExt, Result},
    },
    ids,
};

/// Which goods a market has: all, where nothing is named.
#[derive(Debug)]
pub struct MarketGoods(pub Goods);

/// Which goods a market has: all, where nothing is named.
#[Object]
impl MarketGoods {
    /// None but what one of these collections holds, where there are any.
    #[graphql(complexity = "5 * child_complexity")]
    async fn only_collections(&self, ctx: &Context<'_>) -> Result<Vec<Collection>> {
        show(ctx, &self.0.only_collections).await
    }

    /// Not what one of these collections holds.
    #[graphql(complexity = "5 * child_complexity")]
    async fn without_collections(&self, ctx: &Context<'_>) -> Result<Vec<Collection>> {
        show(ctx, &self.0.without_collections).await
    }

    /// Not these products.
    #[graphql(complexity = "5 * child_complexity")]
    async fn without_products(&self, ctx: &Context<'_>) -> Result<Vec<Product>> {
        let ids = &self.0.without_products;
        let mut rows = load::products(ctx.shop(), ids).await?;
        Ok(ids.iter().filter_map(|id| rows.remove(id)).map(Product).collect())
    }
}

async fn show(ctx: &Context<'_>, ids: &[vitrine_entity::ids::CollectionId]) -> Result<Vec<Collection>> {
    let mut shown = Vec::with_capacity(ids.len());
    for id in ids {
        shown.extend(collections::by_id(ctx.shop(), ctx.caller(), *id).await?.map(Collection));
    }
    Ok(shown)
}

/// Which goods a market has: all of it, in the place of what was said before.
#[derive(Debug, InputObject)]
pub struct MarketGoodsSetInput {
    /// The market's id.
    pub id: ID,
    /// The market's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// None but what one of these collections holds, where any is named; at most 50.
    #[graphql(default)]
    pub only_collection_ids: Vec<ID>,
    /// Not what one of these collections holds; at most 50.
    #[graphql(default)]
    pub without_collection_ids: Vec<ID>,
    /// Not these products, at most 500.
    #[graphql(default)]
    pub without_product_ids: Vec<ID>,
}

impl MarketGoodsSetInput {
    /// The ids, read.
    pub fn goods(&self) -> std::result::Result<Goods, Refusal> {
        let collections = |field: &str, named: &[ID]| {
            let read = named
                .iter()
                .enumerate()
                .map(|(place, id)| ids::input(id, "collection", &[field, &place.to_string()]));
            read.collect::<std::result::Result<Vec<_>, Refusal>>()
        };
        let products = self
            .without_product_ids
            .iter()
            .enumerate()
            .map(|(place, id)| ids::input(id, "product", &["withoutProductIds", &place.to_string()]));
        Ok(Goods {
            only_collections: collections("onlyCollectionIds", &self.only_collection_ids)?,
            without_collections: collections("withoutCollectionIds", &self.without_collection_ids)?,
            without_products: products.collect::<std::result::Result<_, Refusal>>()?,
        })
    }
}
