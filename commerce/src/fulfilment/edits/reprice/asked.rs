//! What is to be priced anew: the order as it was, and as it is to be.

use std::collections::HashSet;

use vitrine_entity::{
    ids::{DiscountId, OrderLineId},
    order,
    order_adjustment::{self, AdjustmentKind, AdjustmentTarget},
    order_line,
};

use crate::{
    money::MoneyError,
    pricing::{Adjustment, Effect, Origin, Rate, Target},
};

/// What staff take off, for programs.
pub(in crate::fulfilment::edits) const STAFF: &str = "STAFF";

/// A line as it is to be.
#[derive(Debug, Clone)]
pub(in crate::fulfilment::edits) struct Line {
    /// As it was; none for one that is added.
    pub(in crate::fulfilment::edits) before: Option<OrderLineId>,
    pub(in crate::fulfilment::edits) unit_price_minor: i64,
    pub(in crate::fulfilment::edits) quantity: i32,
    pub(in crate::fulfilment::edits) rate: Rate,
}

impl Line {
    pub(super) fn subtotal_minor(&self) -> Result<i64, MoneyError> {
        let subtotal = self.unit_price_minor.checked_mul(self.quantity.into());
        subtotal.ok_or(MoneyError::Overflow)
    }
}

/// What an order was, and is to be.
pub(in crate::fulfilment::edits) struct Asked<'a> {
    pub(in crate::fulfilment::edits) order: &'a order::Model,
    pub(in crate::fulfilment::edits) sold: &'a [order_line::Model],
    pub(in crate::fulfilment::edits) adjustments: &'a [order_adjustment::Model],
    /// Those of the order's discounts that take off a percentage.
    pub(in crate::fulfilment::edits) percentages: &'a HashSet<DiscountId>,
    pub(in crate::fulfilment::edits) lines: &'a [Line],
    pub(in crate::fulfilment::edits) shipping_minor: i64,
    /// What staff take off, and how it is called; what they have taken off before where it is not given.
    pub(in crate::fulfilment::edits) discount: Option<(i64, String)>,
    pub(in crate::fulfilment::edits) step_minor: i64,
}

/// What it was aimed at; none of a line that is not there any more.
pub(super) fn target_of(asked: &Asked<'_>, row: &order_adjustment::Model) -> Option<Target> {
    match row.target {
        AdjustmentTarget::Line => {
            let is_its = |line: &Line| line.before.is_some() && line.before == row.order_line_id;
            asked.lines.iter().position(is_its).map(Target::Line)
        }
        AdjustmentTarget::Goods => Some(Target::Goods),
        AdjustmentTarget::Shipping => Some(Target::Shipping),
        AdjustmentTarget::Total => None,
    }
}

pub(super) fn adjustment_of(row: &order_adjustment::Model, target: Target, amount_minor: i64) -> Adjustment {
    Adjustment {
        effect: match row.kind {
            AdjustmentKind::Fee => Effect::Fee(target),
            AdjustmentKind::Discount | AdjustmentKind::Credit => Effect::Discount(target),
        },
        amount_minor,
        code: row.code.clone(),
        label: row.label.clone(),
        origin: row.discount_id.map(|discount| Origin::Discount {
            discount,
            code: row.discount_code_id,
        }),
    }
}

/// Whether two rows are priced as one. What was taken off a line is that line's alone, also where one adjustment took it off
/// several, as that of what is sent in place of other goods does.
pub(super) fn is_of_one(one: &order_adjustment::Model, other: &order_adjustment::Model) -> bool {
    let is_of_lines = one.target == AdjustmentTarget::Line || other.target == AdjustmentTarget::Line;
    one.position == other.position && !(is_of_lines && one.order_line_id != other.order_line_id)
}
