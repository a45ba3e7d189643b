//! What was paid for units of an order's lines: after discounts, with the tax, to the minor unit.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    ids::{OrderLineId, RefundId},
    order, order_line, refund_line,
};

use super::back::{Back, LineBack};
use crate::{ErrorCode, Refusal, Result, Shop, Tx, language::messages, money::Money, sql};

/// The most lines that one refund is for.
const LINES_MAX: usize = 100;

/// Units of a line that are paid back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundLine {
    pub line: OrderLineId,
    pub quantity: i32,
    /// A decimal in the order's currency, where the shop keeps a part of what was paid for them.
    pub amount: Option<String>,
}

impl RefundLine {
    /// In one way for one line, as a request's input is told apart from others.
    pub(super) fn told(&self) -> String {
        match &self.amount {
            None => format!("{} of {}", self.quantity, self.line),
            Some(amount) => format!("{} of {} for {amount}", self.quantity, self.line),
        }
    }
}

/// What is paid back for units of a line, and what the shop keeps of what was paid for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) line: OrderLineId,
    pub(super) quantity: i32,
    pub(super) amount_minor: i64,
    pub(super) withheld_minor: i64,
}

/// How much is paid back for each of `lines` of a locked order, in steps of so many minor units.
///
/// # Errors
/// Refuses a line that the order has not, or is there twice, and more units or money than is left to be paid back.
pub(super) fn parts(
    order: &order::Model,
    sold: &[order_line::Model],
    back: &Back,
    lines: &[RefundLine],
    step_minor: i64,
) -> Result<Vec<Part>, Refusal> {
    if lines.len() > LINES_MAX {
        let message = messages::parcel_lines_max(LINES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]));
    }
    let mut parts: Vec<Part> = Vec::new();
    for (place, asked) in lines.iter().enumerate() {
        let place = place.to_string();
        let at = |name: &'static str| ["lines", &*place, name];
        let line = sold.iter().find(|line| line.id == asked.line);
        let line = line.ok_or_else(|| Refusal::not_found("line of this order").at(&at("lineId")))?;
        if parts.iter().any(|part| part.line == line.id) {
            return Err(Refusal::new(ErrorCode::Invalid, messages::return_line_twice()).at(&at("lineId")));
        }
        let before = back.lines.get(&line.id).copied().unwrap_or_default();
        let left = i64::from(line.quantity) - before.quantity;
        if asked.quantity < 1 || i64::from(asked.quantity) > left {
            let message = match left {
                0 => messages::refund_units_back(),
                left => messages::refund_units_range(left),
            };
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&at("quantity")));
        }
        let paid_minor = share_minor(line, before, i64::from(asked.quantity), step_minor);
        let amount_minor = match &asked.amount {
            None => paid_minor,
            Some(typed) => {
                part_of(typed, Money::new(paid_minor, order.currency)).map_err(|wrong| wrong.at(&at("amount")))?
            }
        };
        parts.push(Part {
            line: line.id,
            quantity: asked.quantity,
            amount_minor,
            withheld_minor: paid_minor - amount_minor,
        });
    }
    Ok(parts)
}

/// An amount that staff typed, of what may be paid back at most.
pub(super) fn part_of(typed: &str, most: Money) -> Result<i64, Refusal> {
    let money = Money::parse(typed, most.currency)?;
    if money.minor <= 0 || money.minor > most.minor {
        let message = messages::refund_part_range(most);
        return Err(Refusal::new(ErrorCode::InvalidAmount, message));
    }
    Ok(money.minor)
}

/// What was paid for all units that are back by then, less what is back: so the last of them take what is left. Before them it is a
/// multiple of what providers pay back, as the line's total is.
fn share_minor(line: &order_line::Model, back: LineBack, quantity: i64, step_minor: i64) -> i64 {
    let units = i128::from(back.quantity + quantity);
    let paid_minor = i128::from(line.total_minor) * units / i128::from(line.quantity.max(1));
    // A part of an `i64` fits into one.
    let paid_minor = paid_minor as i64;
    let paid_minor = match back.quantity + quantity < i64::from(line.quantity) {
        true => paid_minor - paid_minor % step_minor.max(1),
        false => paid_minor,
    };
    (paid_minor - back.amount_minor).max(0)
}

/// Writes what a refund is for.
pub(super) async fn write(tx: &Tx, refund: RefundId, parts: &[Part]) -> Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    let rows = parts.iter().map(|part| refund_line::ActiveModel {
        refund_id: Set(refund),
        order_line_id: Set(part.line),
        quantity: Set(part.quantity),
        amount_minor: Set(part.amount_minor),
        withheld_minor: Set(part.withheld_minor),
    });
    refund_line::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// What each refund is for, in one statement.
pub async fn lines_of_refunds(shop: &Shop, refunds: &[RefundId]) -> Result<HashMap<RefundId, Vec<refund_line::Model>>> {
    let rows = refund_line::Entity::find()
        .filter(sql::among(
            &shop.db,
            refund_line::Column::RefundId,
            refunds.iter().copied(),
        ))
        .order_by_asc(refund_line::Column::OrderLineId)
        .all(&shop.db)
        .await?;
    let mut all: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        all.entry(row.refund_id).or_default().push(row);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;
    use vitrine_entity::{
        attribute::Attributes,
        ids::{OrderId, ProductId, VariantId},
    };

    use super::*;

    fn line(quantity: i32, total_minor: i64) -> order_line::Model {
        order_line::Model {
            id: OrderLineId(Uuid::nil()),
            order_id: OrderId(Uuid::nil()),
            position: 0,
            product_id: ProductId(Uuid::nil()),
            variant_id: VariantId(Uuid::nil()),
            sku: String::new(),
            title: String::new(),
            variant_title: String::new(),
            picture_source: None,
            quantity,
            unit_price_minor: 0,
            unit_measurement: None,
            weight_grams: None,
            subtotal_minor: total_minor,
            discount_minor: 0,
            tax_basis_points: 0,
            tax_minor: 0,
            total_minor,
            attributes: Attributes::default(),
        }
    }

    #[test]
    fn the_last_unit_takes_what_is_left() {
        let of_three = line(3, 100);
        let mut back = LineBack::default();
        for expected in [33, 33, 34] {
            let amount_minor = share_minor(&of_three, back, 1, 1);
            assert_eq!(amount_minor, expected);
            back = LineBack {
                quantity: back.quantity + 1,
                amount_minor: back.amount_minor + amount_minor,
            };
        }
        assert_eq!(share_minor(&of_three, LineBack::default(), 3, 1), 100);
    }

    #[test]
    fn providers_that_pay_in_steps_are_asked_for_multiples() {
        let of_three = line(3, 100);
        let first = share_minor(&of_three, LineBack::default(), 1, 10);
        let back = LineBack {
            quantity: 1,
            amount_minor: first,
        };
        assert_eq!((first, share_minor(&of_three, back, 2, 10)), (30, 70));
        assert_eq!(
            share_minor(&line(3, 101), back, 2, 10),
            71,
            "what was not sold in steps goes back as it was sold"
        );
    }

    proptest! {
        #[test]
        fn all_units_together_are_paid_back_to_the_minor_unit(
            total in 0..1_000_000i64, steps in prop::collection::vec((1..20i64, any::<bool>()), 1..20),
            step_minor in 1..20i64,
        ) {
            let quantity: i64 = steps.iter().map(|(units, _)| units).sum();
            let line = line(quantity as i32, total);
            let (mut back, mut failed) = (LineBack::default(), 0);
            for (units, fails) in steps {
                let amount_minor = share_minor(&line, back, units, step_minor);
                prop_assert!(amount_minor >= 0);
                match fails {
                    true => failed += units,
                    false => back = LineBack { quantity: back.quantity + units, amount_minor: back.amount_minor + amount_minor },
                }
                prop_assert!(back.amount_minor <= total);
            }
            // What did not come is asked for again.
            let last = if failed > 0 { share_minor(&line, back, failed, step_minor) } else { 0 };
            prop_assert_eq!(back.amount_minor + last, total);
        }
    }
}
