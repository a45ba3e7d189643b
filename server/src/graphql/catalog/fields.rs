use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::trade::catalogs;
use vitrine_entity::catalog;

use super::{
    object::{
        Catalog, CatalogPrice, CatalogPriceConnection, CatalogProduct, CatalogProductConnection, CatalogQuantityRule,
        CatalogQuantityRuleConnection,
    },
    quantity::QuantityRule,
    questions::{CompaniesOfCatalog, GroupsOfCatalog},
};
use crate::{
    graphql::{
        company::object::Company,
        customer_group::object::CustomerGroup,
        product::{object::Product, questions::ProductById},
        shared::{ContextExt, CurrencyCode, Money, Result, cost, int, map, page},
        variant::{object::ProductVariant, questions::VariantById},
    },
    ids,
};

/// Which goods a catalog sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "catalog::CatalogGoods")]
pub enum CatalogGoods {
    /// All that the shop sells, and what stands in it besides.
    All,
    /// Only those that stand in it. Whoever has another catalog as well, which sells all, is sold all.
    Listed,
}

/// What groups of customers and companies pay, in which quantities they buy, and which goods they are sold. Whoever has
/// several catalogs pays the lowest price that one of them gives. For staff with the permission `CATALOG`.
#[Object]
impl Catalog {
    /// Names the catalog.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What staff call it. Shoppers do not see it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What staff keep in mind about it.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Of what everybody pays, where it fixes no price: hundredths of a percent, -1000 for ten percent less.
    async fn adjustment_basis_points(&self) -> i32 {
        self.0.adjustment_basis_points
    }

    /// Whether its customers are shown prices without the tax, which a cart adds. The prices that it fixes are written as
    /// the shop's own are: with the tax, where those contain it.
    async fn net_prices(&self) -> bool {
        self.0.net_prices
    }

    /// Which goods it sells.
    async fn goods(&self) -> CatalogGoods {
        self.0.goods.into()
    }

    /// In which currency its prices count; null for all that the shop sells in.
    async fn currency_code(&self) -> Option<CurrencyCode> {
        self.0.currency.map(|currency| CurrencyCode(currency.code().to_owned()))
    }

    /// The groups of customers whose it is.
    #[graphql(complexity = "5 * child_complexity")]
    async fn groups(&self, ctx: &Context<'_>) -> Result<Vec<CustomerGroup>> {
        let groups = ctx.load(GroupsOfCatalog(self.0.id)).await?.unwrap_or_default();
        Ok(groups.into_iter().map(CustomerGroup).collect())
    }

    /// The companies whose it is.
    #[graphql(complexity = "5 * child_complexity")]
    async fn companies(&self, ctx: &Context<'_>) -> Result<Vec<Company>> {
        let companies = ctx.load(CompaniesOfCatalog(self.0.id)).await?.unwrap_or_default();
        Ok(companies.into_iter().map(Company).collect())
    }

    /// The prices that it fixes: by variant, currency and quantity.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn prices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<CatalogPriceConnection>> {
        let page = catalogs::prices(ctx.shop(), self.0.id, &page(first, after, last, before)).await?;
        Ok(Some(CatalogPriceConnection {
            page: map(page, CatalogPrice),
            context: (),
        }))
    }

    /// The same as a table, CSV (RFC 4180) in UTF-8 with the columns `sku`, `currency`, `from` and `price`, of at most 20,000
    /// rows: what `catalogPricesImport` reads.
    #[graphql(complexity = 100)]
    async fn prices_csv(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(Some(catalogs::export(ctx.shop(), ctx.caller(), self.0.id).await?))
    }

    /// In which quantities it sells variants, where not in any.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn quantity_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<CatalogQuantityRuleConnection>> {
        let page = catalogs::rules(ctx.shop(), self.0.id, &page(first, after, last, before)).await?;
        Ok(Some(CatalogQuantityRuleConnection {
            page: map(page, CatalogQuantityRule),
            context: (),
        }))
    }

    /// The products that stand in it.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<CatalogProductConnection>> {
        let page = catalogs::products(ctx.shop(), self.0.id, &page(first, after, last, before)).await?;
        Ok(Some(CatalogProductConnection {
            page: map(page, CatalogProduct),
            context: (),
        }))
    }

    /// Grows with every change of it and of what stands in it: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was deleted; it may be restored.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}

/// What a catalog fixes: the price of one unit of a variant, from a quantity on.
#[Object]
impl CatalogPrice {
    /// The variant.
    #[graphql(complexity = "1 + child_complexity")]
    async fn variant(&self, ctx: &Context<'_>) -> Result<Option<ProductVariant>> {
        Ok(ctx.load(VariantById(self.0.variant_id)).await?.map(ProductVariant))
    }

    /// From how many units on.
    async fn from(&self) -> i32 {
        self.0.from_quantity
    }

    /// What each of them costs.
    async fn price(&self) -> Money {
        Money::new(self.0.amount_minor, self.0.currency)
    }
}

/// In which quantities a catalog sells a variant.
#[Object]
impl CatalogQuantityRule {
    /// The variant.
    #[graphql(complexity = "1 + child_complexity")]
    async fn variant(&self, ctx: &Context<'_>) -> Result<Option<ProductVariant>> {
        Ok(ctx.load(VariantById(self.0.variant_id)).await?.map(ProductVariant))
    }

    /// The quantities.
    async fn rule(&self) -> QuantityRule {
        QuantityRule {
            minimum: self.0.minimum,
            maximum: self.0.maximum,
            step: self.0.step,
        }
    }
}

/// A product that stands in a catalog.
#[Object]
impl CatalogProduct {
    /// The product.
    #[graphql(complexity = "1 + child_complexity")]
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<Product>> {
        Ok(ctx.load(ProductById(self.0.product_id)).await?.map(Product))
    }

    /// Whether the catalog sells it although it is a draft to everybody else.
    async fn exclusive(&self) -> bool {
        self.0.exclusive
    }
}
