//! What a change of a locked order comes to: its lines, its totals, what is owed, and what it does to stock. Writes nothing.

use std::collections::{HashMap, HashSet};

use sea_orm::{EntityTrait, QueryFilter};
use vitrine_entity::{
    discount::{self, Effect, Off, Value},
    ids::{DiscountId, OrderLineId, ProductId, VariantId},
    order, order_adjustment, order_line,
};

use super::{
    change::{self, Changes},
    rates,
    reprice::{Asked, Line, reprice},
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    cart::drafting,
    language::messages,
    orders::{self, load},
    payments::Paid,
    pricing::{Priced, PricedLine},
    sql,
};

mod added;
mod kept;
mod whole;

pub(super) use kept::Planned;
use kept::changed_lines;
use whole::{after, shipping};

/// What a change comes to.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) before: order::Model,
    pub(super) after: order::Model,
    pub(super) sold: Vec<order_line::Model>,
    pub(super) lines: Vec<Planned>,
    pub(super) removed: Vec<order_line::Model>,
    pub(super) adjustments: Vec<order_adjustment::Model>,
    pub(super) priced: Priced,
    pub(super) paid: Paid,
    /// What goes back, as far as it is not back for another reason.
    pub(super) too_much_minor: i64,
    /// Whether lines, prices or the way of shipping are others.
    pub(super) changes_goods: bool,
}

/// What a change of a locked order comes to.
///
/// # Errors
/// `INVALID`; `NOT_FOUND`; `ORDER_STATE` of a line that has left, is packed, paid back or delivered at once; `NOT_SHIPPABLE`;
/// `PAYMENT_IN_PROGRESS`; `INVALID_AMOUNT`.
pub(super) async fn plan(tx: &Tx, order: &order::Model, changes: &Changes) -> Result<Plan> {
    changes.check()?;
    let paid = Paid::of(tx, order).await?;
    paid.refuse_under_way()?;
    let sold = load::lines_on(tx.db(), order.id).await?;
    let adjustments = load::adjustments_on(tx.db(), order.id).await?;
    let (kept, removed) = changed_lines(tx, order, &sold, &changes.lines).await?;
    let added = added::lines(tx, order, &sold, &changes.added).await?;
    if kept.is_empty() && added.is_empty() {
        let message = messages::edit_nothing_left();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]).into());
    }
    let (shipping_minor, delivery) = shipping(tx, order, changes).await?;
    let discount = match &changes.discount {
        Some(given) => {
            let amount_minor = drafting::amount(&given.amount, order.currency, &["discount", "amount"])?;
            let label =
                change::label(given)?.unwrap_or_else(|| orders::language_of(order).say(&messages::edit_discount()));
            Some((amount_minor, label))
        }
        None => staff_discount(&adjustments),
    };
    let asked_lines: Vec<Line> = kept
        .iter()
        .map(|line| Line {
            before: Some(line.row.id),
            unit_price_minor: line.row.unit_price_minor,
            quantity: line.row.quantity,
            rate: rates::of_line(order, line.row.tax_basis_points),
        })
        .chain(added.iter().map(|added| added.priced.clone()))
        .collect();
    let percentages = percentages(tx, &adjustments).await?;
    let priced = reprice(&Asked {
        order,
        sold: &sold,
        adjustments: &adjustments,
        percentages: &percentages,
        lines: &asked_lines,
        shipping_minor,
        discount,
        step_minor: tx.shop().price_step_minor(order.currency),
    })
    .map_err(Refusal::from)?;
    let mut lines: Vec<Planned> = kept;
    lines.extend(added.into_iter().map(|added| Planned {
        row: added.row,
        before: 0,
    }));
    for (line, cost) in lines.iter_mut().zip(&priced.lines) {
        write_cost(&mut line.row, cost);
    }
    let after = after(tx, order, changes, &priced, delivery).await?;
    let is_other = |line: &Planned| sold.iter().find(|old| old.id == line.row.id) != Some(&line.row);
    let changes_goods = !removed.is_empty()
        || lines.iter().any(is_other)
        || after.total_minor != order.total_minor
        || after.shipping_method_name != order.shipping_method_name
        || after.discount_minor != order.discount_minor;
    Ok(Plan {
        too_much_minor: paid.too_much_minor(after.total_minor),
        before: order.clone(),
        after: order::Model {
            unpaid_minor: paid.unpaid_minor(after.total_minor),
            ..after
        },
        sold,
        lines,
        removed,
        adjustments,
        priced,
        paid,
        changes_goods,
    })
}

impl Plan {
    /// Whether it leaves all as it is.
    pub(super) fn is_nothing(&self) -> bool {
        !self.changes_goods && self.before.shipping_address == self.after.shipping_address
    }

    /// Whether the shopper is asked for something that was held and is not any more.
    pub(super) fn asks_for_more(&self) -> bool {
        self.after.unpaid_minor > self.before.unpaid_minor
    }
}

fn write_cost(row: &mut order_line::Model, cost: &PricedLine) {
    row.subtotal_minor = cost.subtotal_minor;
    row.discount_minor = cost.discount_minor;
    row.tax_minor = cost.tax_minor;
    row.total_minor = cost.total_minor;
}

/// What staff have taken off before.
fn staff_discount(adjustments: &[order_adjustment::Model]) -> Option<(i64, String)> {
    let is_theirs = |row: &&order_adjustment::Model| row.code == super::reprice::STAFF && row.discount_id.is_none();
    let mut rows = adjustments.iter().filter(is_theirs).peekable();
    let label = rows.peek()?.label.clone();
    Some((rows.map(|row| row.amount_minor).sum(), label))
}

/// Which of the order's discounts take off a percentage, as they stand; of those that are gone nobody knows, and they keep their
/// amounts.
async fn percentages(tx: &Tx, adjustments: &[order_adjustment::Model]) -> Result<HashSet<DiscountId>> {
    let ids: HashSet<DiscountId> = adjustments.iter().filter_map(|row| row.discount_id).collect();
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let found = discount::Entity::find().filter(sql::among(tx.db(), discount::Column::Id, ids));
    let found = found.all(tx.db()).await?;
    let percentages = found.into_iter().filter(|row| is_percentage(&row.effect));
    Ok(percentages.map(|row| row.id).collect())
}

fn is_percentage(effect: &Effect) -> bool {
    let of = |off: &Off| matches!(off, Off::Percentage(_));
    match effect {
        Effect::Products { value, .. } | Effect::Order { value } => match value {
            Value::Flat(off) => of(off),
            Value::Tiered(tiers) => tiers.iter().all(|tier| of(&tier.off)),
        },
        Effect::BuyXGetY { off, .. } | Effect::Shipping { off, .. } => of(off),
    }
}

/// How many units of each variant are taken out of stock, or given back where it is below nothing; in SKU order.
pub(super) fn units(plan: &Plan) -> Vec<(String, VariantId, i64)> {
    let mut units: HashMap<VariantId, (String, i64)> = HashMap::new();
    let kept = plan
        .lines
        .iter()
        .map(|line| (&line.row, i64::from(line.row.quantity) - i64::from(line.before)));
    let removed = plan.removed.iter().map(|row| (row, -i64::from(row.quantity)));
    for (row, delta) in kept.chain(removed) {
        units.entry(row.variant_id).or_insert_with(|| (row.sku.clone(), 0)).1 += delta;
    }
    let mut units: Vec<_> = units
        .into_iter()
        .map(|(variant, (sku, delta))| (sku, variant, delta))
        .collect();
    units.retain(|(_, _, delta)| *delta != 0);
    units.sort();
    units
}

/// By how many units each line has changed.
pub(super) fn deltas(plan: &Plan) -> Vec<(OrderLineId, ProductId, i64)> {
    let kept = plan.lines.iter().map(|line| {
        let delta = i64::from(line.row.quantity) - i64::from(line.before);
        (line.row.id, line.row.product_id, delta)
    });
    let removed = plan
        .removed
        .iter()
        .map(|row| (row.id, row.product_id, -i64::from(row.quantity)));
    kept.chain(removed).collect()
}
