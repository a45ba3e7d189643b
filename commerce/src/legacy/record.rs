//! An order of ours in the words in which the two systems tell each other of it.

use std::collections::BTreeMap;

use vitrine_entity::{
    legacy_order::{LegacyItem, LegacyRecord},
    order::{self, OrderStatus},
};

use crate::{Result, Shop, money::Money, orders};

/// The order, without anybody's name or address.
///
/// # Errors
/// When the database fails.
pub async fn of_order(shop: &Shop, order: &order::Model) -> Result<LegacyRecord> {
    let lines = orders::load::lines_on(&shop.db, order.id).await?;
    // One SKU may stand in several lines.
    let mut items: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for line in &lines {
        let (quantity, total) = items.entry(&line.sku).or_default();
        *quantity += i64::from(line.quantity);
        *total += line.total_minor;
    }
    let decimal = |minor| Money::new(minor, order.currency).decimal();
    let item = |(sku, (quantity, total)): (&str, (i64, i64))| LegacyItem {
        sku: sku.to_owned(),
        quantity,
        total: decimal(total),
    };
    Ok(LegacyRecord {
        number: order.number.clone(),
        status: status(order.status).to_owned(),
        currency: order.currency.code().to_owned(),
        total: decimal(order.total_minor),
        items: items.into_iter().map(item).collect(),
    })
}

/// Where an order stands, in the older checkout's words.
pub fn status(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Created | OrderStatus::PaymentPending | OrderStatus::PaymentFailed => "placed",
        OrderStatus::PaymentSuccess | OrderStatus::Confirmed => "paid",
        OrderStatus::Dispatched => "sent",
        OrderStatus::Completed => "done",
        OrderStatus::Cancelled => "cancelled",
    }
}

/// Whether nothing comes after it.
pub(super) fn is_over(status: &str) -> bool {
    matches!(status, "done" | "cancelled")
}
