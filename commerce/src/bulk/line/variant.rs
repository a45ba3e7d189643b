//! Variants, and what they cost.

use serde::Deserialize;
use serde_json::{Value, json};
use vitrine_entity::variant;

use super::{
    Place,
    input::{Amount, Amounts, Measurement, NamedValue, money, nullable, pairs},
};
use crate::{
    Refusal, Result,
    catalog::{
        update::{self, PriceUpdate},
        variants::{self, NewVariant, VariantChange, VariantFields, VariantsCreate, VariantsSelect, VariantsUpdate},
    },
    money::Currency,
};

/// A variant that is to be, as part of its product's line or in one of its own.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Fields {
    sku: Option<String>,
    options: Option<Vec<NamedValue>>,
    price: Option<Amount>,
    compare_at: Option<Amount>,
    on_hand: Option<i64>,
    weight_grams: Option<i32>,
    requires_shipping: Option<bool>,
    gift_card: Option<bool>,
    gift_card_amounts: Option<Amounts>,
    tax_category: Option<String>,
    shipping_class: Option<String>,
    barcode: Option<String>,
    low_stock_threshold: Option<i32>,
    active: Option<bool>,
    unit_price_measurement: Option<Measurement>,
}

impl Fields {
    pub(super) fn new_variant(self, currency: Currency) -> Result<NewVariant, Refusal> {
        let amount = |amount: Option<Amount>, field| amount.map(|amount| amount.read(currency, field)).transpose();
        let measurement = self.unit_price_measurement.map(Measurement::read).transpose()?;
        let amounts = self
            .gift_card_amounts
            .map(|amounts| amounts.read(currency))
            .transpose()?;
        Ok(NewVariant {
            fields: VariantFields {
                sku: self.sku,
                options: self.options.map(pairs),
                price: amount(self.price, "price")?.map(Some),
                compare_at: amount(self.compare_at, "compareAt")?.map(Some),
                weight_grams: self.weight_grams,
                requires_shipping: Some(self.requires_shipping.unwrap_or(true)),
                tax_category: Some(self.tax_category),
                shipping_class: Some(self.shipping_class),
                barcode: Some(self.barcode),
                low_stock_threshold: Some(self.low_stock_threshold),
                active: Some(self.active.unwrap_or(true)),
                unit_measurement: Some(measurement),
                gift_card: self.gift_card,
                gift_card_amounts: amounts.map(Some),
            },
            on_hand: self.on_hand,
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Of {
    product_id: Option<String>,
    /// Its slug.
    product: Option<String>,
    expected_version: Option<i64>,
}

/// How a line names the product that gets a variant; all else is the variant's.
pub(super) const OF_PRODUCT: [&str; 3] = ["productId", "product", "expectedVersion"];

pub(super) async fn create(place: &Place<'_>, input: Of, fields: Fields) -> Result<Value> {
    let (id, slug) = (input.product_id.as_deref(), input.product.as_deref());
    let create = VariantsCreate {
        product: place.product(id, slug, ["productId", "product"]).await?,
        expected_version: input.expected_version,
        variants: vec![fields.new_variant(place.context.currency)?],
    };
    let made = variants::create(place.shop(), place.context, create).await?;
    Ok(made.variants.first().map_or_else(|| json!({}), named))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Update {
    id: Option<String>,
    sku: Option<String>,
    expected_version: Option<i64>,
    new_sku: Option<String>,
    options: Option<Vec<NamedValue>>,
    #[serde(default, deserialize_with = "nullable")]
    price: Option<Option<Amount>>,
    #[serde(default, deserialize_with = "nullable")]
    compare_at: Option<Option<Amount>>,
    weight_grams: Option<i32>,
    requires_shipping: Option<bool>,
    gift_card: Option<bool>,
    #[serde(default, deserialize_with = "nullable")]
    gift_card_amounts: Option<Option<Amounts>>,
    #[serde(default, deserialize_with = "nullable")]
    tax_category: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    shipping_class: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    barcode: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    low_stock_threshold: Option<Option<i32>>,
    active: Option<bool>,
    #[serde(default, deserialize_with = "nullable")]
    unit_price_measurement: Option<Option<Measurement>>,
}

pub(super) async fn update(place: &Place<'_>, input: Update) -> Result<Value> {
    let row = place.variant(input.id.as_deref(), input.sku.as_deref()).await?;
    let currency = place.context.currency;
    let measurement = input.unit_price_measurement;
    let measurement = measurement.map(|measurement| measurement.map(Measurement::read).transpose());
    let amounts = input.gift_card_amounts;
    let amounts = amounts.map(|amounts| amounts.map(|amounts| amounts.read(currency)).transpose());
    let change = VariantChange {
        variant: row.id,
        fields: VariantFields {
            sku: input.new_sku,
            options: input.options.map(pairs),
            price: money(input.price.as_ref(), currency, "price")?,
            compare_at: money(input.compare_at.as_ref(), currency, "compareAt")?,
            weight_grams: input.weight_grams,
            requires_shipping: input.requires_shipping,
            tax_category: input.tax_category,
            shipping_class: input.shipping_class,
            barcode: input.barcode,
            low_stock_threshold: input.low_stock_threshold,
            active: input.active,
            unit_measurement: measurement.transpose()?,
            gift_card: input.gift_card,
            gift_card_amounts: amounts.transpose()?,
        },
    };
    let update = VariantsUpdate {
        product: row.product_id,
        expected_version: input.expected_version,
        variants: vec![change],
    };
    let changed = variants::update(place.shop(), place.context, update).await?;
    Ok(changed.variants.first().map_or_else(|| json!({}), named))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Delete {
    id: Option<String>,
    sku: Option<String>,
    expected_version: Option<i64>,
}

pub(super) async fn delete(place: &Place<'_>, input: Delete) -> Result<Value> {
    let row = place.variant(input.id.as_deref(), input.sku.as_deref()).await?;
    let select = VariantsSelect {
        product: row.product_id,
        expected_version: input.expected_version,
        variants: vec![row.id],
    };
    variants::delete(place.shop(), place.context, select).await?;
    Ok(json!({ "id": row.id.to_string() }))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SetPrice {
    id: Option<String>,
    sku: Option<String>,
    price: Amount,
    compare_at: Option<Amount>,
}

pub(super) async fn set_price(place: &Place<'_>, input: SetPrice) -> Result<Value> {
    let row = place.variant(input.id.as_deref(), input.sku.as_deref()).await?;
    let currency = place.context.currency;
    let compare_at = input.compare_at.as_ref();
    let update = PriceUpdate {
        variant: row.id,
        price: input.price.read(currency, "price")?,
        compare_at: compare_at
            .map(|amount| amount.read(currency, "compareAt"))
            .transpose()?,
    };
    update::set_price(place.shop(), place.context, update).await?;
    Ok(named(&row))
}

pub(super) fn named(variant: &variant::Model) -> Value {
    json!({ "id": variant.id.to_string(), "sku": variant.sku })
}
