use async_graphql::{InputObject, MaybeUndefined};
use vitrine_commerce::{
    Refusal,
    catalog::variants::{NewVariant, VariantFields},
    money::{Currency, Money},
};

use crate::graphql::{
    product::option::SelectedOptionInput,
    shared::Decimal,
    variant::{gift_card_amounts::GiftCardAmountsInput, measurement::UnitPriceMeasurementInput},
};

/// A variant to be added. Only what is known must be given.
#[derive(Debug, InputObject)]
pub struct VariantCreateInput {
    /// The stock-keeping unit, unique in the shop. Made of the product's slug and the variant's option values
    /// unless given.
    pub sku: Option<String>,
    /// Its value for each of the product's options. A value that an option lacks is added to it.
    pub options: Option<Vec<SelectedOptionInput>>,
    /// What one unit costs, in the shop's currency: `"49.90"`. Without a price it is not for sale.
    pub price: Option<Decimal>,
    /// What one unit cost before, to be shown crossed out.
    pub compare_at: Option<Decimal>,
    /// Units that lie in stock; none unless given.
    pub on_hand: Option<i32>,
    /// What it weighs, in grams.
    pub weight_grams: Option<i32>,
    /// Whether it is sent; a download is not.
    #[graphql(default = true)]
    pub requires_shipping: bool,
    /// Which tax rate applies, where the country has several; the standard one unless given, and none for `untaxed`.
    pub tax_category: Option<String>,
    /// What it needs of whoever carries it, in a word of the shop's own (`bulky`, `frozen`): shipping methods name the
    /// words that they refuse.
    pub shipping_class: Option<String>,
    /// The number under its barcode. One whose check digit is wrong is taken, with a warning.
    pub barcode: Option<String>,
    /// Staff are told once when what is available falls to this or below.
    pub low_stock_threshold: Option<i32>,
    /// Whether it is switched on.
    #[graphql(default = true)]
    pub active: bool,
    /// How much is in it, for its price per unit.
    pub unit_price_measurement: Option<UnitPriceMeasurementInput>,
    /// Whether it is a gift card, as `VariantUpdateInput` tells.
    pub gift_card: Option<bool>,
    /// Between which amounts its buyer may choose, of a gift card.
    pub gift_card_amounts: Option<GiftCardAmountsInput>,
}

impl VariantCreateInput {
    /// # Errors
    /// When a price is none.
    pub fn read(self, index: usize, currency: Currency) -> Result<NewVariant, Refusal> {
        let fields = VariantFields {
            sku: self.sku,
            options: self.options.map(SelectedOptionInput::pairs),
            price: money(self.price.as_ref(), index, "price", currency)?.map(Some),
            compare_at: money(self.compare_at.as_ref(), index, "compareAt", currency)?.map(Some),
            weight_grams: self.weight_grams,
            requires_shipping: Some(self.requires_shipping),
            tax_category: Some(self.tax_category),
            shipping_class: Some(self.shipping_class),
            barcode: Some(self.barcode),
            low_stock_threshold: Some(self.low_stock_threshold),
            active: Some(self.active),
            unit_measurement: Some(self.unit_price_measurement.map(Into::into)),
            gift_card: self.gift_card,
            gift_card_amounts: match self.gift_card_amounts {
                Some(amounts) => Some(Some(amounts.read(index, currency)?)),
                None => None,
            },
        };
        Ok(NewVariant {
            fields,
            on_hand: self.on_hand.map(i64::from),
        })
    }

    /// # Errors
    /// When a price is none.
    pub fn read_all(inputs: Vec<Self>, currency: Currency) -> Result<Vec<NewVariant>, Refusal> {
        let inputs = inputs.into_iter().enumerate();
        inputs.map(|(index, input)| input.read(index, currency)).collect()
    }
}

/// An amount in the shop's currency, where one is given.
pub fn money(
    amount: Option<&Decimal>,
    index: usize,
    field: &str,
    currency: Currency,
) -> Result<Option<Money>, Refusal> {
    let parse = |amount: &Decimal| Money::parse(&amount.0, currency);
    let parsed = amount.map(parse).transpose();
    parsed.map_err(|error| Refusal::from(error).at(&["variants", &index.to_string(), field]))
}

/// As [`money`], where null takes the amount away.
pub fn maybe_money(
    amount: &MaybeUndefined<Decimal>,
    index: usize,
    field: &str,
    currency: Currency,
) -> Result<Option<Option<Money>>, Refusal> {
    match amount {
        MaybeUndefined::Undefined => Ok(None),
        MaybeUndefined::Null => Ok(Some(None)),
        MaybeUndefined::Value(amount) => money(Some(amount), index, field, currency).map(Some),
    }
}
