use async_graphql::{Context, ID, InputObject, MaybeUndefined};
use vitrine_commerce::{
    Refusal,
    catalog::variants::{self, Edited, VariantChange, VariantFields, VariantsUpdate},
    money::Currency,
};

use super::{input::maybe_money, payload::variants_payload};
use crate::{
    graphql::{
        product::option::SelectedOptionInput,
        shared::{ContextExt, Decimal},
        variant::{gift_card_amounts::GiftCardAmountsInput, measurement::UnitPriceMeasurementInput},
    },
    ids,
};

/// A product, and how its variants change.
#[derive(Debug, InputObject)]
pub struct VariantsUpdateInput {
    /// The product's id.
    pub product_id: ID,
    /// The product's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The changes, 1 to 250, each of another variant.
    pub variants: Vec<VariantUpdateInput>,
}

/// Which variant changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct VariantUpdateInput {
    /// The variant's id.
    pub id: ID,
    /// The stock-keeping unit, unique in the shop.
    pub sku: Option<String>,
    /// Its value for some of the product's options; for the others it keeps what it has. A value that an
    /// option lacks is added to it.
    pub options: Option<Vec<SelectedOptionInput>>,
    /// What one unit costs, in the shop's currency: `"49.90"`. Null takes the price away, and it is not for
    /// sale then.
    pub price: MaybeUndefined<Decimal>,
    /// What one unit cost before, to be shown crossed out; null takes it away.
    pub compare_at: MaybeUndefined<Decimal>,
    /// What it weighs, in grams.
    pub weight_grams: Option<i32>,
    /// Whether it is sent; a download is not.
    pub requires_shipping: Option<bool>,
    /// Which tax rate applies, where the country has several; null for the standard one, `untaxed` for none.
    pub tax_category: MaybeUndefined<String>,
    /// What it needs of whoever carries it, in a word of the shop's own (`bulky`, `frozen`): shipping methods name the
    /// words that they refuse. Null takes it away.
    pub shipping_class: MaybeUndefined<String>,
    /// The number under its barcode; null takes it away. One whose check digit is wrong is taken, with a
    /// warning.
    pub barcode: MaybeUndefined<String>,
    /// Staff are told once when what is available falls to this or below; null if never.
    pub low_stock_threshold: MaybeUndefined<i32>,
    /// Whether it is switched on.
    pub active: Option<bool>,
    /// How much is in it, for its price per unit; null takes that away.
    pub unit_price_measurement: MaybeUndefined<UnitPriceMeasurementInput>,
    /// Whether it is a gift card: each unit that is paid becomes one, worth its price, and is mailed to whomever the line's
    /// attributes name (`recipientEmail`, `recipientName`, `senderName`, `message`, `deliverOn`: a day like `2027-12-24`), else
    /// to the order's address. It is neither sent nor taxed: tax is due on what is bought with it.
    pub gift_card: Option<bool>,
    /// Between which amounts its buyer may choose, of a gift card; null: it costs its price.
    pub gift_card_amounts: MaybeUndefined<GiftCardAmountsInput>,
}

variants_payload! {
    /// What `variantsUpdate` answers.
    VariantsUpdatePayload warns
}

pub(super) async fn update(ctx: &Context<'_>, input: VariantsUpdateInput) -> vitrine_commerce::Result<Edited> {
    let currency = ctx.caller().currency;
    let changes = input.variants.into_iter().enumerate();
    let update = VariantsUpdate {
        product: ids::input(&input.product_id, "product", &["productId"])?,
        expected_version: input.expected_version.map(i64::from),
        variants: changes
            .map(|(index, change)| read(index, change, currency))
            .collect::<Result<_, _>>()?,
    };
    variants::update(ctx.shop(), ctx.caller(), update).await
}

fn read(index: usize, input: VariantUpdateInput, currency: Currency) -> Result<VariantChange, Refusal> {
    let path = index.to_string();
    let measurement: Option<Option<UnitPriceMeasurementInput>> = input.unit_price_measurement.into();
    let fields = VariantFields {
        sku: input.sku,
        options: input.options.map(SelectedOptionInput::pairs),
        price: maybe_money(&input.price, index, "price", currency)?,
        compare_at: maybe_money(&input.compare_at, index, "compareAt", currency)?,
        weight_grams: input.weight_grams,
        requires_shipping: input.requires_shipping,
        tax_category: input.tax_category.into(),
        shipping_class: input.shipping_class.into(),
        barcode: input.barcode.into(),
        low_stock_threshold: input.low_stock_threshold.into(),
        active: input.active,
        unit_measurement: measurement.map(|measurement| measurement.map(Into::into)),
        gift_card: input.gift_card,
        gift_card_amounts: match input.gift_card_amounts {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(amounts) => Some(Some(amounts.read(index, currency)?)),
        },
    };
    Ok(VariantChange {
        variant: ids::input(&input.id, "variant", &["variants", &path, "id"])?,
        fields,
    })
}
