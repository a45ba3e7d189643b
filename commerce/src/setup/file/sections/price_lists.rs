//! What the shop sells in besides its own currency: at which rate, and what is fixed. Variants are known by their SKUs; one
//! that is not there yet is awaited.

use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use vitrine_entity::{ids::VariantId, price, price_list, price_list::Rounding, variant};

use super::amount;
use crate::{
    ErrorCode, Refusal, Result, Tx,
    catalog::list_prices::{self, ListPrice, PRICES_MAX},
    language::{Message, messages},
    money::{Currency, Money, convert},
    settings::{
        self,
        markets::{self, PriceListChange},
    },
    setup::file::section::Section,
    sql,
};

pub(super) struct PriceLists;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct PriceListEntry {
    currency: String,
    /// Units of it for one of the shop's own currency.
    rate: String,
    /// As the API names it, in any case; to the smallest unit where there is none.
    #[serde(default = "smallest_unit", skip_serializing_if = "is_smallest_unit")]
    rounding: String,
    /// As the shop's own prices do where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prices_include_tax: Option<bool>,
    /// Percent upon the rate; nothing where there is none.
    #[serde(default = "no_margin", skip_serializing_if = "is_no_margin")]
    margin_percent: String,
    /// Whether rates of files, and those that are fetched, take the place of this one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    follows_rates: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fixed: Vec<FixedEntry>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FixedEntry {
    sku: String,
    price: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    compare_at: Option<String>,
}

fn smallest_unit() -> String {
    Rounding::MinorUnit.to_value().to_ascii_lowercase()
}

fn is_smallest_unit(rounding: &str) -> bool {
    rounding == smallest_unit()
}

fn no_margin() -> String {
    convert::percent_decimal(0)
}

fn is_no_margin(margin: &str) -> bool {
    margin == no_margin()
}

#[async_trait]
impl Section for PriceLists {
    const KEY: &'static str = "price_lists";
    type Id = Currency;
    type Entry = PriceListEntry;

    fn name(entry: &PriceListEntry) -> String {
        entry.currency.trim().to_ascii_uppercase()
    }

    async fn read(tx: &Tx) -> Result<Vec<(Currency, PriceListEntry)>> {
        let mut entries = Vec::new();
        for list in settings::current(tx).await?.price_lists {
            entries.push((list.currency, entry(tx, list).await?));
        }
        Ok(entries)
    }

    async fn put(tx: &Tx, _: Option<Currency>, entry: &PriceListEntry, prune: bool) -> Result<()> {
        let change = PriceListChange {
            rate: Some(entry.rate.clone()),
            rounding: Some(rounding(&entry.rounding)?),
            prices_include_tax: entry.prices_include_tax,
            margin: Some(entry.margin_percent.clone()),
            follows_rates: Some(entry.follows_rates),
        };
        let made = markets::set_list(tx.shop(), tx.context(), &entry.currency, None, change);
        let currency = tx.enclose(made).await?.currency;
        let prices = prices(tx, currency, entry, prune).await?;
        for prices in prices.chunks(PRICES_MAX) {
            let fixed = list_prices::fix(tx.shop(), tx.context(), currency.code(), prices);
            tx.enclose(fixed).await?;
        }
        Ok(())
    }

    async fn awaited(tx: &Tx, entry: &PriceListEntry) -> Result<Vec<Message>> {
        let known = by_sku(tx, entry).await?;
        let missing = entry.fixed.iter().filter(|fixed| !known.contains_key(fixed.sku.trim()));
        let line = |fixed: &FixedEntry| messages::file_awaits("variant", fixed.sku.trim());
        Ok(missing.map(line).collect())
    }

    async fn remove(tx: &Tx, currency: Currency) -> Result<()> {
        let removed = markets::delete_list(tx.shop(), tx.context(), currency.code(), None);
        tx.enclose(removed).await.map(drop)
    }

    /// They stand by their currencies.
    async fn order(_: &Tx, _: &[Currency]) -> Result<()> {
        Ok(())
    }
}

async fn entry(tx: &Tx, list: price_list::Model) -> Result<PriceListEntry> {
    let amount = |minor: i64| Money::new(minor, list.currency).decimal();
    let fixed = fixed(tx, list.currency).await?.into_iter();
    let fixed = fixed.map(|(sku, row)| FixedEntry {
        sku,
        price: amount(row.amount_minor),
        compare_at: row.compare_at_minor.map(amount),
    });
    Ok(PriceListEntry {
        currency: list.currency.code().to_owned(),
        rate: convert::rate_decimal(list.rate_e8),
        rounding: list.rounding.to_value().to_ascii_lowercase(),
        prices_include_tax: Some(list.prices_include_tax),
        margin_percent: convert::percent_decimal(list.margin_bp),
        follows_rates: list.follows_rates,
        fixed: fixed.collect(),
    })
}

/// What is fixed, by SKU.
async fn fixed(tx: &Tx, currency: Currency) -> Result<BTreeMap<String, price::Model>> {
    let rows = price::Entity::find()
        .filter(price::Column::Currency.eq(currency))
        .filter(price::Column::Fixed.eq(true))
        .all(tx.db())
        .await?;
    let variants = variant::Entity::find()
        .filter(sql::among(
            tx.db(),
            variant::Column::Id,
            rows.iter().map(|row| row.variant_id),
        ))
        .filter(variant::Column::DeletedAt.is_null())
        .all(tx.db())
        .await?;
    let mut skus: HashMap<VariantId, String> = variants.into_iter().map(|row| (row.id, row.sku)).collect();
    let named = rows
        .into_iter()
        .filter_map(|row| Some((skus.remove(&row.variant_id)?, row)));
    Ok(named.collect())
}

/// The variants that are named and there.
async fn by_sku(tx: &Tx, entry: &PriceListEntry) -> Result<HashMap<String, VariantId>> {
    let skus = entry.fixed.iter().map(|fixed| fixed.sku.trim().to_owned());
    let rows = variant::Entity::find()
        .filter(sql::among(tx.db(), variant::Column::Sku, skus))
        .filter(variant::Column::DeletedAt.is_null())
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().map(|row| (row.sku, row.id)).collect())
}

/// What is to be fixed otherwise than it is, and with `prune` what is fixed no longer.
async fn prices(tx: &Tx, currency: Currency, entry: &PriceListEntry, prune: bool) -> Result<Vec<ListPrice>> {
    let (known, before) = (by_sku(tx, entry).await?, fixed(tx, currency).await?);
    let mut prices = Vec::new();
    for FixedEntry { sku, price, compare_at } in &entry.fixed {
        let Some(variant) = known.get(sku.trim()) else { continue };
        let wanted = amount::minor(price, currency, &["fixed", "price"])?;
        let wanted_before = compare_at.as_deref();
        let wanted_before = wanted_before.map(|text| amount::minor(text, currency, &["fixed", "compare_at"]));
        let wanted_before = wanted_before.transpose()?;
        let is_so = |row: &price::Model| (row.amount_minor, row.compare_at_minor) == (wanted, wanted_before);
        if !before.get(sku.trim()).is_some_and(is_so) {
            prices.push(ListPrice {
                variant: *variant,
                price: Some(price.trim().to_owned()),
                compare_at: compare_at.clone(),
            });
        }
    }
    if prune {
        let is_named = |sku: &String| entry.fixed.iter().any(|fixed| fixed.sku.trim() == sku);
        let released = before.iter().filter(|(sku, _)| !is_named(sku));
        prices.extend(released.map(|(_, row)| ListPrice {
            variant: row.variant_id,
            price: None,
            compare_at: None,
        }));
    }
    Ok(prices)
}

fn rounding(name: &str) -> Result<Rounding, Refusal> {
    Rounding::try_from_value(&name.trim().to_ascii_uppercase()).map_err(|_| {
        let message = messages::file_rounding_form();
        Refusal::new(ErrorCode::Invalid, message).at(&["rounding"])
    })
}
