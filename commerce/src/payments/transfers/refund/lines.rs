//! What was paid for units of an order's lines: after discounts, with the tax, to the minor unit.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, EntityTrait};
use vitrine_entity::{
    ids::{OrderId, OrderLineId, RefundId},
    order_line, refund_line,
};

use crate::{ErrorCode, Refusal, Result, Shop, Tx, orders::load, sql};

/// The most lines that one refund is for.
const LINES_MAX: usize = 100;

/// Units of a line that are paid back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundLine {
    pub line: OrderLineId,
    pub quantity: i32,
}

/// What is paid back for units of a line.
pub(super) struct Part {
    line: OrderLineId,
    quantity: i32,
    pub(super) amount_minor: i64,
}

/// What of a line is back, or on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Before {
    quantity: i64,
    amount_minor: i64,
}

/// How much is paid back for each of `lines` of a locked order.
///
/// # Errors
/// Refuses a line that the order has not, or is there twice, and more units than are left to be paid back.
pub(super) async fn parts(tx: &Tx, order: OrderId, lines: &[RefundLine]) -> Result<Vec<Part>> {
    let refuse = |place: usize, name: &str, code, message: String| {
        Refusal::new(code, message).at(&["lines", &place.to_string(), name])
    };
    if lines.len() > LINES_MAX {
        let message = format!("At most {LINES_MAX} lines may be given.");
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]).into());
    }
    let sold = load::lines_on(tx.db(), order).await?;
    let before = before(tx, order).await?;
    let mut parts: Vec<Part> = Vec::new();
    for (place, asked) in lines.iter().enumerate() {
        let line = sold.iter().find(|line| line.id == asked.line);
        let line =
            line.ok_or_else(|| Refusal::not_found("line of this order").at(&["lines", &place.to_string(), "lineId"]))?;
        if parts.iter().any(|part| part.line == line.id) {
            let message = "The line is there twice.".to_owned();
            return Err(refuse(place, "lineId", ErrorCode::Invalid, message).into());
        }
        let back = before.get(&line.id).copied().unwrap_or_default();
        let left = i64::from(line.quantity) - back.quantity;
        if asked.quantity < 1 || i64::from(asked.quantity) > left {
            let message = match left {
                0 => "All of them are paid back, or on their way.".to_owned(),
                left => format!("Between 1 and {left} of them may be paid back."),
            };
            return Err(refuse(place, "quantity", ErrorCode::Invalid, message).into());
        }
        parts.push(Part {
            line: line.id,
            quantity: asked.quantity,
            amount_minor: share_minor(line, back, i64::from(asked.quantity)),
        });
    }
    Ok(parts)
}

/// What was paid for all units that are back by then, less what is back: so the last of them take what is left.
fn share_minor(line: &order_line::Model, back: Before, quantity: i64) -> i64 {
    let units = i128::from(back.quantity + quantity);
    let paid_minor = i128::from(line.total_minor) * units / i128::from(line.quantity.max(1));
    // A part of an `i64` fits into one.
    (paid_minor as i64 - back.amount_minor).max(0)
}

/// Of each line of an order: what is back, or on its way.
async fn before(tx: &Tx, order: OrderId) -> Result<HashMap<OrderLineId, Before>> {
    let sql = "select l.order_line_id, cast(sum(l.quantity) as bigint) as quantity, \
        cast(sum(l.amount_minor) as bigint) as amount_minor from refund r join refund_line l on l.refund_id = r.id \
        where r.order_id = $1 and r.status <> 'FAILED' group by l.order_line_id";
    let rows = sql::rows(tx.db(), sql, [order.into()]).await?;
    let read = |row: sea_orm::QueryResult| {
        let before = Before {
            quantity: row.try_get("", "quantity")?,
            amount_minor: row.try_get("", "amount_minor")?,
        };
        Ok((row.try_get("", "order_line_id")?, before))
    };
    rows.into_iter().map(read).collect()
}

/// Writes what a refund is for.
pub(super) async fn write(tx: &Tx, refund: RefundId, parts: Vec<Part>) -> Result<()> {
    if parts.is_empty() {
        return Ok(());
    }
    let rows = parts.into_iter().map(|part| refund_line::ActiveModel {
        refund_id: Set(refund),
        order_line_id: Set(part.line),
        quantity: Set(part.quantity),
        amount_minor: Set(part.amount_minor),
    });
    refund_line::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// What each refund is for, in one statement.
pub async fn lines_of_refunds(shop: &Shop, refunds: &[RefundId]) -> Result<HashMap<RefundId, Vec<refund_line::Model>>> {
    use sea_orm::{QueryFilter, QueryOrder};
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
        ids::{ProductId, VariantId},
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
        let mut back = Before::default();
        for expected in [33, 33, 34] {
            let amount_minor = share_minor(&of_three, back, 1);
            assert_eq!(amount_minor, expected);
            back = Before {
                quantity: back.quantity + 1,
                amount_minor: back.amount_minor + amount_minor,
            };
        }
        assert_eq!(share_minor(&of_three, Before::default(), 3), 100);
    }

    proptest! {
        #[test]
        fn all_units_together_are_paid_back_to_the_minor_unit(
            total in 0..1_000_000i64, steps in prop::collection::vec((1..20i64, any::<bool>()), 1..20),
        ) {
            let quantity: i64 = steps.iter().map(|(units, _)| units).sum();
            let line = line(quantity as i32, total);
            let (mut back, mut failed) = (Before::default(), 0);
            for (units, fails) in steps {
                let amount_minor = share_minor(&line, back, units);
                prop_assert!(amount_minor >= 0);
                match fails {
                    true => failed += units,
                    false => back = Before { quantity: back.quantity + units, amount_minor: back.amount_minor + amount_minor },
                }
                prop_assert!(back.amount_minor <= total);
            }
            // What did not come is asked for again.
            let last = if failed > 0 { share_minor(&line, back, failed) } else { 0 };
            prop_assert_eq!(back.amount_minor + last, total);
        }
    }
}
