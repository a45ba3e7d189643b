//! What a product's variants cost in the currencies of the price lists, as the editor shows it: a form a currency.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::documents::admin_product::AdminProductProduct as Product;

#[derive(Serialize)]
pub struct ListPrices {
    currency: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    /// Where it is fixed.
    price: String,
    compare_at: String,
    /// What follows from the rate.
    converted: String,
}

/// Nothing where the shop has no price list.
pub fn of(product: &Product) -> Vec<ListPrices> {
    let listed = product
        .all_variants
        .iter()
        .flatten()
        .flat_map(|variant| variant.list_prices.iter().flatten());
    let currencies: BTreeSet<String> = listed.map(|listed| listed.price.currency_code.clone()).collect();
    let of_currency = |currency: String| {
        let rows = product.all_variants.iter().flatten().map(|variant| {
            let listed = variant.list_prices.iter().flatten();
            let mut listed = listed.filter(|listed| listed.price.currency_code == currency);
            let listed = listed.next();
            let fixed = listed.filter(|listed| listed.fixed);
            let compare_at = fixed.and_then(|listed| listed.compare_at_price.as_ref());
            let converted = listed.filter(|listed| !listed.fixed);
            Row {
                id: variant.id.clone(),
                title: if variant.title.is_empty() {
                    product.title.clone()
                } else {
                    variant.title.clone()
                },
                price: fixed.map(|listed| listed.price.amount.clone()).unwrap_or_default(),
                compare_at: compare_at.map(|money| money.amount.clone()).unwrap_or_default(),
                converted: converted.map(|listed| listed.price.amount.clone()).unwrap_or_default(),
            }
        });
        ListPrices {
            rows: rows.collect(),
            currency,
        }
    };
    currencies.into_iter().map(of_currency).collect()
}
