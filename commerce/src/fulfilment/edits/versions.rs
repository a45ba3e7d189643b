//! The versions of an order: written, read, and compared.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use vitrine_entity::{
    address::Address,
    ids::{OrderId, OrderVersionId},
    order,
    order_adjustment::{self, AdjustmentKind},
    order_line,
    order_version::{self, VersionContent, VersionDiscount, VersionLine},
};

use crate::{Result, Shop, Tx, orders::load, sql};

/// The versions of each order, as it was placed first; none where it was never changed. Whoever shows them has asked whose it
/// is.
///
/// # Errors
/// When the database fails.
pub async fn versions_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<order_version::Model>>> {
    let among = sql::among(&shop.db, order_version::Column::OrderId, orders.iter().copied());
    let rows = order_version::Entity::find().filter(among);
    let rows = rows.order_by_asc(order_version::Column::Number).all(&shop.db).await?;
    Ok(sql::grouped(rows, |row| row.order_id))
}

/// The number of the order's latest version, and that of the first where it was never changed, which it is written as.
pub(super) async fn current(
    tx: &Tx,
    order: &order::Model,
    lines: &[order_line::Model],
    adjustments: &[order_adjustment::Model],
) -> Result<i32> {
    let latest = order_version::Entity::find()
        .filter(order_version::Column::OrderId.eq(order.id))
        .order_by_desc(order_version::Column::Number)
        .one(tx.db())
        .await?;
    if let Some(latest) = latest {
        return Ok(latest.number);
    }
    let first = order_version::Model {
        id: OrderVersionId(tx.shop().new_id()),
        number: 1,
        content: content(order, lines, adjustments),
        shipping_address: Some(order.shipping_address.clone()),
        order_id: order.id,
        total_minor: order.total_minor,
        difference_minor: 0,
        unpaid_minor: 0,
        refunded_minor: 0,
        refund_id: None,
        changes_invoice: false,
        by_shopper: true,
        reason: None,
        actor: "shopper".to_owned(),
        created_at: order.placed_at,
    };
    insert(tx, first).await?;
    Ok(1)
}

/// Writes another version of a locked order that costs what it did: something was corrected, or something is to be paid for which
/// no payment was asked yet, as that names a version after the first.
///
/// # Errors
/// When the database fails.
pub(crate) async fn keep_corrected(tx: &Tx, before: &order::Model, after: &order::Model) -> Result<()> {
    let lines = load::lines_on(tx.db(), after.id).await?;
    let adjustments = load::adjustments_on(tx.db(), after.id).await?;
    let number = current(tx, before, &lines, &adjustments).await? + 1;
    let row = order_version::Model {
        id: OrderVersionId(tx.shop().new_id()),
        order_id: after.id,
        number,
        content: content(after, &lines, &adjustments),
        shipping_address: Some(after.shipping_address.clone()),
        total_minor: after.total_minor,
        difference_minor: 0,
        unpaid_minor: after.unpaid_minor,
        refunded_minor: 0,
        refund_id: None,
        changes_invoice: false,
        by_shopper: false,
        reason: None,
        actor: tx.context().viewer.actor(),
        created_at: tx.shop().now(),
    };
    insert(tx, row).await
}

pub(super) async fn insert(tx: &Tx, row: order_version::Model) -> Result<()> {
    order_version::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// What is kept of how an order stands.
pub(super) fn content(
    order: &order::Model,
    lines: &[order_line::Model],
    adjustments: &[order_adjustment::Model],
) -> VersionContent {
    let line = |row: &order_line::Model| VersionLine {
        line: row.id,
        variant: row.variant_id,
        sku: row.sku.clone(),
        title: row.title.clone(),
        variant_title: row.variant_title.clone(),
        quantity: row.quantity,
        unit_price_minor: row.unit_price_minor,
        discount_minor: row.discount_minor,
        tax_minor: row.tax_minor,
        total_minor: row.total_minor,
    };
    let mut discounts: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for row in adjustments.iter().filter(|row| row.kind == AdjustmentKind::Discount) {
        *discounts.entry((&row.code, &row.label)).or_default() += row.amount_minor;
    }
    let discounts = discounts
        .into_iter()
        .map(|((code, label), amount_minor)| VersionDiscount {
            code: code.to_owned(),
            label: label.to_owned(),
            amount_minor,
        });
    VersionContent {
        lines: lines.iter().map(line).collect(),
        discounts: discounts.collect(),
        subtotal_minor: order.subtotal_minor,
        discount_minor: order.discount_minor,
        fee_minor: order.fee_minor,
        shipping_minor: order.shipping_minor,
        shipping_method_name: order.shipping_method_name.clone(),
        tax_minor: order.tax_minor,
        base_total_minor: order.base_total_minor,
    }
}

/// In what a version differs from the one before; amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionChange {
    LineAdded {
        line: VersionLine,
    },
    LineRemoved {
        line: VersionLine,
    },
    QuantityChanged {
        line: VersionLine,
        before: i32,
    },
    PriceChanged {
        line: VersionLine,
        before_minor: i64,
    },
    ShippingChanged {
        name: String,
        amount_minor: i64,
        before_name: String,
        before_minor: i64,
    },
    DiscountChanged {
        amount_minor: i64,
        before_minor: i64,
    },
    AddressChanged {
        address: Box<Address>,
        before: Option<Box<Address>>,
    },
}

/// In what two versions differ. Pure.
pub fn changes_between(before: &order_version::Model, after: &order_version::Model) -> Vec<VersionChange> {
    let (old, new) = (&before.content, &after.content);
    let mut changes = Vec::new();
    for line in &new.lines {
        let line = line.clone();
        match old.lines.iter().find(|known| known.line == line.line) {
            None => changes.push(VersionChange::LineAdded { line }),
            Some(known) => {
                if known.quantity != line.quantity {
                    let (line, before) = (line.clone(), known.quantity);
                    changes.push(VersionChange::QuantityChanged { line, before });
                }
                if known.unit_price_minor != line.unit_price_minor {
                    let before_minor = known.unit_price_minor;
                    changes.push(VersionChange::PriceChanged { line, before_minor });
                }
            }
        }
    }
    let is_gone = |known: &&VersionLine| !new.lines.iter().any(|line| line.line == known.line);
    let removed = old.lines.iter().filter(is_gone).cloned();
    changes.extend(removed.map(|line| VersionChange::LineRemoved { line }));
    if (old.shipping_minor, &old.shipping_method_name) != (new.shipping_minor, &new.shipping_method_name) {
        changes.push(VersionChange::ShippingChanged {
            name: new.shipping_method_name.clone(),
            amount_minor: new.shipping_minor,
            before_name: old.shipping_method_name.clone(),
            before_minor: old.shipping_minor,
        });
    }
    if old.discount_minor != new.discount_minor {
        changes.push(VersionChange::DiscountChanged {
            amount_minor: new.discount_minor,
            before_minor: old.discount_minor,
        });
    }
    if let Some(address) = after
        .shipping_address
        .as_ref()
        .filter(|_| after.shipping_address != before.shipping_address)
    {
        changes.push(VersionChange::AddressChanged {
            address: Box::new(address.clone()),
            before: before.shipping_address.clone().map(Box::new),
        });
    }
    changes
}
