use async_graphql::{Enum, ID, SimpleObject};
use vitrine_commerce::{
    cart::{CartView, ShippingOption},
    money::Currency,
    pricing::{self, Applied, Effect, Origin, ShareOf, Target},
};
use vitrine_entity::{
    ids::{DiscountCodeId, DiscountId},
    order_adjustment,
};

use crate::{graphql::shared::Money, ids};

/// Whether something was taken off or put on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::order_adjustment::AdjustmentKind")]
pub enum AdjustmentKind {
    /// It was taken off.
    Discount,
    /// It was put on.
    Fee,
    /// It pays: the total stays, and less of it is left to be paid.
    Credit,
}

/// Whose price was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::order_adjustment::AdjustmentTarget")]
pub enum AdjustmentTarget {
    /// That of single lines.
    Line,
    /// That of all goods, each line in proportion.
    Goods,
    /// That of shipping.
    Shipping,
    /// What is to be paid in all.
    Total,
}

/// What was taken off or put on, and why.
#[derive(Debug, SimpleObject)]
pub struct Adjustment {
    /// Whether it was taken off or put on.
    pub kind: AdjustmentKind,
    /// Whose price it changed.
    pub target: AdjustmentTarget,
    /// What it is called.
    pub title: String,
    /// The code by which it was had, where it was.
    pub code: Option<String>,
    /// The discount that it is of, where it is of one.
    pub discount_id: Option<ID>,
    /// How much in all; not negative.
    pub amount: Money,
    /// How much of it on which line. What is of shipping, or of what is to be paid, is on none.
    pub shares: Vec<AdjustmentShare>,
}

/// A line's part of an adjustment.
#[derive(Debug, SimpleObject)]
pub struct AdjustmentShare {
    /// The line's id.
    pub line_id: ID,
    /// How much; more than nothing.
    pub amount: Money,
}

/// One part of what was taken off or put on.
struct Part {
    kind: order_adjustment::AdjustmentKind,
    target: order_adjustment::AdjustmentTarget,
    title: String,
    code: String,
    discount: Option<DiscountId>,
    by: Option<DiscountCodeId>,
    line: Option<ID>,
    amount_minor: i64,
    /// Parts of no discount belong together where they share it.
    position: i32,
}

/// What was taken off a cart and put on it.
pub fn of_cart(view: &CartView) -> Vec<Adjustment> {
    let parts = view.adjustments.iter().zip(0..).flat_map(|(applied, position)| {
        applied
            .shares
            .iter()
            .map(move |share| part(view, applied, share.of, share.amount_minor, position))
    });
    together(parts, view.cost.currency)
}

/// What was taken off an order and put on it, of its rows.
pub fn of_rows(rows: &[order_adjustment::Model], currency: Currency) -> Vec<Adjustment> {
    let parts = rows.iter().map(|row| Part {
        kind: row.kind,
        target: row.target,
        title: row.label.clone(),
        code: row.code.clone(),
        discount: row.discount_id,
        by: row.discount_code_id,
        line: row.order_line_id.map(ids::public),
        amount_minor: row.amount_minor,
        position: row.position,
    });
    together(parts, currency)
}

/// What discounts of shipping would take off of a way to ship.
pub fn of_shipping(option: &ShippingOption) -> Vec<Adjustment> {
    let currency = option.price.currency;
    let of_it = option.adjustments.iter().zip(0..).map(|(adjustment, position)| {
        let (discount, by) = origin(adjustment);
        let (kind, target) = stored(adjustment.effect);
        Part {
            kind,
            target,
            title: adjustment.label.clone(),
            code: adjustment.code.clone(),
            discount,
            by,
            line: None,
            amount_minor: adjustment.amount_minor,
            position,
        }
    });
    together(of_it, currency)
}

fn origin(adjustment: &pricing::Adjustment) -> (Option<DiscountId>, Option<DiscountCodeId>) {
    match adjustment.origin {
        Some(Origin::Discount { discount, code }) => (Some(discount), code),
        None => (None, None),
    }
}

fn part(view: &CartView, applied: &Applied, of: ShareOf, amount_minor: i64, position: i32) -> Part {
    let adjustment = &applied.adjustment;
    let (kind, target) = stored(adjustment.effect);
    let (discount, by) = origin(adjustment);
    let translated = discount.and_then(|discount| view.discount_titles.get(&discount));
    Part {
        kind,
        target,
        title: translated.unwrap_or(&adjustment.label).clone(),
        code: adjustment.code.clone(),
        discount,
        by,
        line: match of {
            ShareOf::Line(index) => view.lines.get(index).map(|line| ids::public(line.line.id)),
            ShareOf::Shipping | ShareOf::Total => None,
        },
        amount_minor,
        position,
    }
}

fn stored(effect: Effect) -> (order_adjustment::AdjustmentKind, order_adjustment::AdjustmentTarget) {
    use order_adjustment::{AdjustmentKind as Kind, AdjustmentTarget as Of};
    let aimed_at = |target| match target {
        Target::Line(_) => Of::Line,
        Target::Goods => Of::Goods,
        Target::Shipping => Of::Shipping,
    };
    match effect {
        Effect::Discount(target) => (Kind::Discount, aimed_at(target)),
        Effect::Fee(target) => (Kind::Fee, aimed_at(target)),
        Effect::Credit => (Kind::Credit, Of::Total),
    }
}

/// All parts of a discount as one, in the order of the first.
fn together(parts: impl Iterator<Item = Part>, currency: Currency) -> Vec<Adjustment> {
    let mut all: Vec<(Option<DiscountId>, i32, i64, Adjustment)> = Vec::new();
    for part in parts {
        let is_same = |other: &(Option<DiscountId>, i32, i64, Adjustment)| match part.discount {
            Some(_) => other.0 == part.discount,
            None => other.0.is_none() && other.1 == part.position,
        };
        let place = all.iter().position(is_same).unwrap_or_else(|| {
            all.push((part.discount, part.position, 0, begun(&part, currency)));
            all.len() - 1
        });
        let (_, _, sum_minor, adjustment) = &mut all[place];
        *sum_minor += part.amount_minor;
        adjustment.amount = Money::new(*sum_minor, currency);
        adjustment.shares.extend(part.line.map(|line_id| AdjustmentShare {
            line_id,
            amount: Money::new(part.amount_minor, currency),
        }));
    }
    all.into_iter().map(|(.., adjustment)| adjustment).collect()
}

fn begun(part: &Part, currency: Currency) -> Adjustment {
    Adjustment {
        kind: part.kind.into(),
        target: part.target.into(),
        title: part.title.clone(),
        code: part.by.map(|_| part.code.clone()),
        discount_id: part.discount.map(ids::public),
        amount: Money::new(0, currency),
        shares: Vec::new(),
    }
}
