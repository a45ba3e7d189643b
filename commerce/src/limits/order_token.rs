//! Tokens of orders that are tried. Only wrong ones count: by the address, and by the order and the address.

use super::{
    address::network,
    policy::{Kind, ORDER_TOKENS, rule_of},
    take::{expect_one, take_one},
};
use crate::{Context, Refusal, Shop};

/// Whether another token may be tried at `order`, which is its id or number as it was given.
///
/// # Errors
/// `RATE_LIMITED`.
pub async fn may_try(shop: &Shop, context: &Context, order: &str) -> Result<(), Refusal> {
    for (key, quota) in keys(context, order) {
        expect_one(shop, key, quota).await?;
    }
    Ok(())
}

/// Counts a token that was wrong, or tried at an order that is not there.
pub async fn was_wrong(shop: &Shop, context: &Context, order: &str) {
    for (key, quota) in keys(context, order) {
        // Of many that come at once, those above the bound find nothing to take: the next are refused.
        let _ = take_one(shop, key, quota).await;
    }
}

fn keys(context: &Context, order: &str) -> Vec<(String, crate::ports::rate_limit::Quota)> {
    let rule = rule_of(Kind::OrderToken);
    let address = context
        .client_address
        .map_or_else(|| "unknown".to_owned(), |address| network(address).to_string());
    // Whatever comes as an order's number stands in a key.
    let order: String = order.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    let of_order = (format!("{}:{order}:{address}", rule.name), ORDER_TOKENS);
    let of_address = rule
        .by_address
        .map(|quota| (format!("{}:ip:{address}", rule.name), quota));
    [of_order].into_iter().chain(of_address).collect()
}
