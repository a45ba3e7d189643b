//! What things cost: what they did, what they will, at which rate, and where they are sold at all.

mod goods;
mod history;
mod rates;
mod schedules;
mod worth;

use serde_json::{Value, json};
use vitrine_tests::client::Client;

const LIST_SET: &str = "mutation ($input: PriceListSetInput!) { priceListSet(input: $input) {
    priceList { currencyCode rate appliedRate marginPercent rateSource rateOn followsRates refusedRate version }
    userErrors { code message field } } }";
const MARKET_CREATE: &str = "mutation ($input: MarketCreateInput!) { marketCreate(input: $input) {
    market { id version } userErrors { code message field } } }";
const PRICE_UPDATE: &str = "mutation ($input: VariantPriceUpdateInput!) { variantPriceUpdate(input: $input) {
    variant { id } userErrors { code message field } } }";

/// Staff change a variant's price in the shop's own currency.
async fn reprice(staff: &Client, variant: &str, price: &str, compare_at: Option<&str>) {
    let input = json!({ "variantId": variant, "price": price, "compareAt": compare_at });
    staff.done(PRICE_UPDATE, json!({ "input": input })).await;
}

/// What somebody in a country is shown of a variant: its price, its former price, and the lowest before.
async fn shown(client: &Client, country: &str, variant: &str) -> [Value; 3] {
    let query = format!(
        "query ($id: ID!) @inContext(country: {country}) {{ variant(id: $id) {{
            price {{ amount }} compareAtPrice {{ amount }} lowestPriceLast30Days {{ amount }} }} }}"
    );
    let variant = client.data(&query, json!({ "id": variant })).await["variant"].take();
    ["price", "compareAtPrice", "lowestPriceLast30Days"].map(|field| variant[field]["amount"].clone())
}
