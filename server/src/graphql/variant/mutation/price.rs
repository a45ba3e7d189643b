use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::{
    Fault, Refusal,
    catalog::{
        find,
        update::{self, PriceUpdate},
    },
    money::Money,
};

use crate::{
    graphql::{
        shared::{ContextExt, Decimal, payload},
        variant::object::ProductVariant,
    },
    ids,
};

/// Which variant, and what it costs.
#[derive(Debug, InputObject)]
pub struct VariantPriceUpdateInput {
    /// The variant's id.
    pub variant_id: ID,
    /// What one unit costs, in the shop's currency: `"49.90"`.
    pub price: Decimal,
    /// What one unit cost before, to be shown crossed out; none unless given.
    pub compare_at: Option<Decimal>,
}

payload! {
    /// What `variantPriceUpdate` answers.
    VariantPriceUpdatePayload {
        /// The variant as it is now.
        variant: ProductVariant,
    }
}

pub(super) async fn set_price(
    ctx: &Context<'_>,
    input: VariantPriceUpdateInput,
) -> vitrine_commerce::Result<ProductVariant> {
    let currency = ctx.caller().currency;
    let money = |amount: &Decimal, field: &str| {
        Money::parse(&amount.0, currency).map_err(|error| Refusal::from(error).at(&[field]))
    };
    let id = ids::input(&input.variant_id, "variant", &["variantId"])?;
    let price = PriceUpdate {
        variant: id,
        price: money(&input.price, "price")?,
        compare_at: input
            .compare_at
            .as_ref()
            .map(|amount| money(amount, "compareAt"))
            .transpose()?,
    };
    update::set_price(ctx.shop(), ctx.caller(), price).await?;
    let variant = find::variant(ctx.shop(), id).await?;
    let gone = || Fault::Corrupt {
        table: "price",
        column: "variant_id",
        id: id.to_string(),
    };
    Ok(ProductVariant(variant.ok_or_else(gone)?))
}
