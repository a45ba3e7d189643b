use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use vitrine_commerce::{
    Refusal,
    trade::{
        catalogs::{self, Imported, VariantPrices, VariantRule},
        quantity_prices,
    },
};
use vitrine_entity::ids::{CatalogId, ProductId};

use crate::{
    graphql::{
        catalog::object::Catalog,
        shared::{ContextExt, CurrencyCode, Decimal, Result, Said, int, payload},
        variant::object::ProductVariant,
    },
    ids,
};

/// What one unit costs where so many are bought, or more.
#[derive(Debug, InputObject)]
pub struct QuantityPriceInput {
    /// From how many units on, 1 to 9999.
    #[graphql(default = 1)]
    pub from: i32,
    /// What each of them costs, 0 or more.
    pub price: Decimal,
}

/// All prices of a variant in a currency, by quantity.
#[derive(Debug, InputObject)]
pub struct CatalogVariantPricesInput {
    /// The variant's id.
    pub variant_id: ID,
    /// One that the shop sells in.
    pub currency_code: CurrencyCode,
    /// At most 20; with none the catalog fixes no price of it.
    pub prices: Vec<QuantityPriceInput>,
}

/// What a catalog fixes.
#[derive(Debug, InputObject)]
pub struct CatalogPricesSetInput {
    /// The catalog's id.
    pub id: ID,
    /// The variants, 1 to 100. Those that are not named keep their prices.
    pub prices: Vec<CatalogVariantPricesInput>,
}

/// A table of what a catalog fixes.
#[derive(Debug, InputObject)]
pub struct CatalogPricesImportInput {
    /// The catalog's id.
    pub id: ID,
    /// CSV with the columns `sku`, `currency`, `from` and `price`, with commas or semicolons between: at most 20,000 rows and
    /// 1,000,000 bytes.
    pub csv: String,
    /// Tells what would be done, and does nothing.
    #[graphql(default)]
    pub dry_run: bool,
}

/// In which quantities a variant is sold. All left out: in any.
#[derive(Debug, InputObject)]
pub struct CatalogQuantityRuleInput {
    /// The variant's id.
    pub variant_id: ID,
    /// The least, 1 to 9999; 1 unless given.
    pub minimum: Option<i32>,
    /// The greatest, 1 to 9999; none unless given.
    pub maximum: Option<i32>,
    /// How many more at a time, counted from nothing, 1 to 9999; 1 unless given.
    pub step: Option<i32>,
}

/// In which quantities a catalog sells.
#[derive(Debug, InputObject)]
pub struct CatalogQuantityRulesSetInput {
    /// The catalog's id.
    pub id: ID,
    /// The variants, 1 to 100. Those that are not named keep theirs.
    pub rules: Vec<CatalogQuantityRuleInput>,
}

/// What is to stand in a catalog.
#[derive(Debug, InputObject)]
pub struct CatalogProductsAddInput {
    /// The catalog's id.
    pub id: ID,
    /// The products' ids, 1 to 100.
    pub product_ids: Vec<ID>,
    /// Whether the catalog sells them although they are drafts to everybody else.
    #[graphql(default)]
    pub exclusive: bool,
}

/// What is not to stand in a catalog any more.
#[derive(Debug, InputObject)]
pub struct CatalogProductsRemoveInput {
    /// The catalog's id.
    pub id: ID,
    /// The products' ids, 1 to 100. Those that do not stand in it stay out.
    pub product_ids: Vec<ID>,
}

/// What everybody pays for one unit of a variant, by quantity.
#[derive(Debug, InputObject)]
pub struct VariantQuantityPricesSetInput {
    /// The variant's id.
    pub variant_id: ID,
    /// One that the shop sells in.
    pub currency_code: CurrencyCode,
    /// All of them, at most 20, from 2 units on: what one unit costs is the variant's price.
    pub prices: Vec<QuantityPriceInput>,
}

/// A row of a table that is wrong.
#[derive(Debug, SimpleObject)]
pub struct CatalogImportError {
    /// Its number; the heading is row 1.
    pub row: i32,
    /// What is wrong with it.
    pub message: Said,
}

/// What was read of a table.
#[derive(Debug, SimpleObject)]
pub struct CatalogImport {
    /// How many prices it sets.
    pub price_count: i32,
    /// How many variants have them.
    pub variant_count: i32,
    /// What is wrong, row by row, at most 100 of them: with any, nothing was set.
    pub errors: Vec<CatalogImportError>,
}

payload! {
    /// What `catalogPricesSet` answers.
    CatalogPricesSetPayload {
        /// The catalog as it is now.
        catalog: Catalog,
    }
}
payload! {
    /// What `catalogPricesImport` answers.
    CatalogPricesImportPayload {
        /// What was read.
        import: CatalogImport,
    }
}
payload! {
    /// What `catalogQuantityRulesSet` answers.
    CatalogQuantityRulesSetPayload {
        /// The catalog as it is now.
        catalog: Catalog,
    }
}
payload! {
    /// What `catalogProductsAdd` answers.
    CatalogProductsAddPayload {
        /// The catalog as it is now.
        catalog: Catalog,
    }
}
payload! {
    /// What `catalogProductsRemove` answers.
    CatalogProductsRemovePayload {
        /// The catalog as it is now.
        catalog: Catalog,
    }
}
payload! {
    /// What `variantQuantityPricesSet` answers.
    VariantQuantityPricesSetPayload {
        /// The variant.
        variant: ProductVariant,
    }
}

#[derive(Debug, Default)]
pub struct CatalogContentsMutation;

#[Object]
impl CatalogContentsMutation {
    /// Fixes what variants cost by a catalog, by quantity. All or nothing. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn catalog_prices_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is fixed.")] input: CatalogPricesSetInput,
    ) -> Result<Option<CatalogPricesSetPayload>> {
        CatalogPricesSetPayload::of(set_prices(ctx, input).await)
    }

    /// Fixes what a table says, variant by variant and currency by currency, as `catalogPricesSet` does; what it does not
    /// name stays. Where a row is wrong, nothing is set. For staff with the permission `CATALOG`.
    #[graphql(complexity = "200 + child_complexity")]
    async fn catalog_prices_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The table.")] input: CatalogPricesImportInput,
    ) -> Result<Option<CatalogPricesImportPayload>> {
        CatalogPricesImportPayload::of(import(ctx, input).await)
    }

    /// Says in which quantities variants are sold by a catalog: a cart with another cannot be ordered. All or nothing. For
    /// staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn catalog_quantity_rules_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The quantities.")] input: CatalogQuantityRulesSetInput,
    ) -> Result<Option<CatalogQuantityRulesSetPayload>> {
        CatalogQuantityRulesSetPayload::of(set_rules(ctx, input).await)
    }

    /// Puts products into a catalog. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn catalog_products_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What stands in which catalog.")] input: CatalogProductsAddInput,
    ) -> Result<Option<CatalogProductsAddPayload>> {
        CatalogProductsAddPayload::of(add(ctx, input).await)
    }

    /// Takes products out of a catalog. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn catalog_products_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What does not stand in which catalog.")] input: CatalogProductsRemoveInput,
    ) -> Result<Option<CatalogProductsRemovePayload>> {
        CatalogProductsRemovePayload::of(remove(ctx, input).await)
    }

    /// Says what everybody pays for one unit of a variant where they buy more: from 10 on 8.90, from 100 on 7.90. For staff
    /// with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn variant_quantity_prices_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The prices.")] input: VariantQuantityPricesSetInput,
    ) -> Result<Option<VariantQuantityPricesSetPayload>> {
        VariantQuantityPricesSetPayload::of(set_everybodys(ctx, input).await)
    }
}

type Outcome = vitrine_commerce::Result<Catalog>;

fn steps(prices: Vec<QuantityPriceInput>) -> Vec<(i32, String)> {
    prices.into_iter().map(|price| (price.from, price.price.0)).collect()
}

async fn set_prices(ctx: &Context<'_>, input: CatalogPricesSetInput) -> Outcome {
    let prices = input.prices.into_iter().enumerate().map(|(place, given)| {
        let field = ["prices", &place.to_string(), "variantId"];
        Ok(VariantPrices {
            variant: ids::input(&given.variant_id, "variant", &field)?,
            currency: given.currency_code.0,
            prices: steps(given.prices),
        })
    });
    let prices = prices.collect::<std::result::Result<Vec<_>, Refusal>>()?;
    let id = catalog(&input.id)?;
    Ok(Catalog(
        catalogs::set_prices(ctx.shop(), ctx.caller(), id, &prices).await?,
    ))
}

async fn import(ctx: &Context<'_>, input: CatalogPricesImportInput) -> vitrine_commerce::Result<CatalogImport> {
    let id = catalog(&input.id)?;
    let Imported {
        prices,
        variants,
        errors,
    } = catalogs::import(ctx.shop(), ctx.caller(), id, &input.csv, input.dry_run).await?;
    let errors = errors.into_iter().map(|error| CatalogImportError {
        row: int(count(error.row)),
        message: error.message.into(),
    });
    Ok(CatalogImport {
        price_count: int(count(prices)),
        variant_count: int(count(variants)),
        errors: errors.collect(),
    })
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

async fn set_rules(ctx: &Context<'_>, input: CatalogQuantityRulesSetInput) -> Outcome {
    let rules = input.rules.into_iter().enumerate().map(|(place, rule)| {
        let field = ["rules", &place.to_string(), "variantId"];
        Ok(VariantRule {
            variant: ids::input(&rule.variant_id, "variant", &field)?,
            minimum: rule.minimum,
            maximum: rule.maximum,
            step: rule.step,
        })
    });
    let rules = rules.collect::<std::result::Result<Vec<_>, Refusal>>()?;
    let id = catalog(&input.id)?;
    Ok(Catalog(
        catalogs::set_rules(ctx.shop(), ctx.caller(), id, &rules).await?,
    ))
}

async fn add(ctx: &Context<'_>, input: CatalogProductsAddInput) -> Outcome {
    let (id, products) = (catalog(&input.id)?, products(&input.product_ids)?);
    let changed = catalogs::add_products(ctx.shop(), ctx.caller(), id, &products, input.exclusive).await?;
    Ok(Catalog(changed))
}

async fn remove(ctx: &Context<'_>, input: CatalogProductsRemoveInput) -> Outcome {
    let (id, products) = (catalog(&input.id)?, products(&input.product_ids)?);
    let changed = catalogs::remove_products(ctx.shop(), ctx.caller(), id, &products).await?;
    Ok(Catalog(changed))
}

async fn set_everybodys(
    ctx: &Context<'_>,
    input: VariantQuantityPricesSetInput,
) -> vitrine_commerce::Result<ProductVariant> {
    let id = ids::input(&input.variant_id, "variant", &["variantId"])?;
    let prices = steps(input.prices);
    let row = quantity_prices::set(ctx.shop(), ctx.caller(), id, &input.currency_code.0, &prices).await?;
    Ok(ProductVariant(row))
}

fn catalog(id: &ID) -> std::result::Result<CatalogId, Refusal> {
    ids::input(id, "catalog", &["id"])
}

fn products(named: &[ID]) -> std::result::Result<Vec<ProductId>, Refusal> {
    let read = named.iter().map(|id| ids::input(id, "product", &["productIds"]));
    read.collect()
}
