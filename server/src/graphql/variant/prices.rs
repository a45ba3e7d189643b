//! What a variant costs whoever asks: by the catalogs that they pay by, or what everybody pays.

use async_graphql::Context;
use vitrine_commerce::{catalog::unit_price, money};
use vitrine_entity::{ids::VariantId, price, variant};

use super::questions::PriceOfVariant;
use crate::graphql::{
    catalog::{
        quantity::QuantityPrice,
        questions::{MemberPriceOfVariant, QuantityPricesOfVariant},
    },
    price::period::{self, PricePeriod},
    shared::{ContextExt, Money, Result},
};

async fn everybodys(ctx: &Context<'_>, id: VariantId) -> Result<Option<price::Model>> {
    ctx.load(PriceOfVariant(id)).await
}

/// One unit.
pub(super) async fn of_one(ctx: &Context<'_>, id: VariantId) -> Result<Option<money::Money>> {
    if ctx.pays_by_catalogs() {
        return Ok(ctx.load(MemberPriceOfVariant(id)).await?.map(|own| own.price));
    }
    let price = everybodys(ctx, id).await?;
    Ok(price.map(|price| money::Money::new(price.amount_minor, price.currency)))
}

/// One unit, where more are bought.
pub(super) async fn by_quantity(ctx: &Context<'_>, id: VariantId) -> Result<Vec<QuantityPrice>> {
    let currency = ctx.caller().shown;
    let prices = match ctx.pays_by_catalogs() {
        true => {
            let own = ctx.load(MemberPriceOfVariant(id)).await?;
            own.map(|own| own.by_quantity).unwrap_or_default()
        }
        false => ctx.load(QuantityPricesOfVariant(id)).await?.unwrap_or_default(),
    };
    let shown = prices.into_iter().map(|price| QuantityPrice::show(price, currency));
    Ok(shown.collect())
}

/// Per unit of measurement.
pub(super) async fn by_measurement(ctx: &Context<'_>, variant: &variant::Model) -> Result<Option<Money>> {
    let Some(measurement) = &variant.unit_measurement else {
        return Ok(None);
    };
    let Some(price) = of_one(ctx, variant.id).await? else {
        return Ok(None);
    };
    Ok(unit_price::unit_price(price, measurement).map(Money::from))
}

/// Before it was reduced.
pub(super) async fn former(ctx: &Context<'_>, id: VariantId) -> Result<Option<Money>> {
    if ctx.pays_by_catalogs() {
        let own = ctx.load(MemberPriceOfVariant(id)).await?;
        return Ok(own.and_then(|own| own.former).map(Money::from));
    }
    let Some(price) = everybodys(ctx, id).await? else {
        return Ok(None);
    };
    Ok(price.former_minor().map(|minor| Money::new(minor, price.currency)))
}

/// The lowest before it was reduced.
pub(super) async fn lowest_before(ctx: &Context<'_>, id: VariantId) -> Result<Option<Money>> {
    if ctx.pays_by_catalogs() {
        let own = ctx.load(MemberPriceOfVariant(id)).await?;
        return Ok(own.and_then(|own| own.lowest_before).map(Money::from));
    }
    let Some(price) = everybodys(ctx, id).await? else {
        return Ok(None);
    };
    let lowest = price.lowest_before_minor();
    Ok(lowest.map(|minor| Money::new(minor, price.currency)))
}

/// From when till when everybody's holds.
pub(super) async fn period(ctx: &Context<'_>, id: VariantId) -> Result<Option<PricePeriod>> {
    if ctx.pays_by_catalogs() {
        return Ok(None);
    }
    match everybodys(ctx, id).await? {
        Some(price) => period::of_price(ctx, &price).await,
        None => Ok(None),
    }
}
