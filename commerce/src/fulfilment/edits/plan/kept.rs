//! The lines that an order has: with other quantities and prices, or taken out.

use vitrine_entity::{order, order_line};

use super::added;
use crate::{
    ErrorCode, Refusal, Result, Tx,
    cart::drafting,
    fulfilment::edits::change::LineChange,
    language::messages,
    orders::{self, LineFulfilment},
    sql,
};

/// A line as it is to be, and how many units of it there were.
#[derive(Debug, Clone)]
pub(in crate::fulfilment::edits) struct Planned {
    pub(in crate::fulfilment::edits) row: order_line::Model,
    pub(in crate::fulfilment::edits) before: i32,
}

/// The lines that stay, as they are to be but for their costs, and those that are taken out.
pub(super) async fn changed_lines(
    tx: &Tx,
    order: &order::Model,
    sold: &[order_line::Model],
    changes: &[LineChange],
) -> Result<(Vec<Planned>, Vec<order_line::Model>)> {
    for (index, change) in changes.iter().enumerate() {
        if !sold.iter().any(|line| line.id == change.line) {
            let path = ["lines", &index.to_string(), "lineId"];
            return Err(Refusal::not_found("line of this order").at(&path).into());
        }
    }
    let progress = orders::fulfilment_on(tx.db(), order.id).await?;
    let variants = sold.iter().map(|line| line.variant_id);
    let delivered_at_once = added::delivered_at_once(tx, variants.collect()).await?;
    let (mut kept, mut removed) = (Vec::new(), Vec::new());
    for line in sold {
        let change = changes.iter().enumerate().find(|(_, change)| change.line == line.id);
        let Some((index, change)) = change else {
            let (row, before) = (line.clone(), line.quantity);
            kept.push(Planned { row, before });
            continue;
        };
        let index = index.to_string();
        let quantity = change.quantity.unwrap_or(line.quantity);
        let unit_price_minor = match &change.unit_price {
            Some(typed) => drafting::amount(typed, order.currency, &["lines", &index, "unitPrice"])?,
            None => line.unit_price_minor,
        };
        if quantity != line.quantity || unit_price_minor != line.unit_price_minor {
            let of_it = progress.iter().find(|progress| progress.order_line_id == line.id);
            let is_fixed = delivered_at_once.contains(&line.variant_id);
            let fixed = of_it.map_or(0, fixed);
            check_line(line, quantity, unit_price_minor, is_fixed, fixed, &index)?;
        }
        match quantity {
            0 => removed.push(line.clone()),
            quantity => kept.push(Planned {
                row: order_line::Model {
                    quantity,
                    unit_price_minor,
                    ..line.clone()
                },
                before: line.quantity,
            }),
        }
    }
    refuse_named(tx, &removed, changes).await?;
    Ok((kept, removed))
}

/// Units that stay: in parcels, sent, or paid back.
fn fixed(line: &LineFulfilment) -> i64 {
    let least = line.packed + line.sent + line.withdrawn;
    // What came back unopened is sent again: of something that was sent.
    least.max(i64::from(line.left_house > 0))
}

fn check_line(
    line: &order_line::Model,
    quantity: i32,
    unit_price_minor: i64,
    is_delivered_at_once: bool,
    fixed: i64,
    index: &str,
) -> Result<(), Refusal> {
    let refuse = |name: &str, message| Err(Refusal::new(ErrorCode::OrderState, message).at(&["lines", index, name]));
    if is_delivered_at_once {
        return refuse("lineId", messages::edit_delivered_at_once(&line.title));
    }
    if i64::from(quantity) < fixed {
        return refuse("quantity", messages::edit_line_least(fixed, &line.title));
    }
    if unit_price_minor != line.unit_price_minor && fixed > 0 {
        return refuse("unitPrice", messages::edit_price_fixed(&line.title));
    }
    Ok(())
}

/// What names a line for good, whatever came of it: a line of these stays. What it has beside them goes with it.
const NAMED_IN: [&str; 6] = [
    "refund_line",
    "order_return_line",
    "order_claim_line",
    "withdrawal_line",
    "order_download",
    "credit_account",
];

async fn refuse_named(tx: &Tx, removed: &[order_line::Model], changes: &[LineChange]) -> Result<()> {
    let of_parcels = "select 1 from shipment_line i join shipment s on s.id = i.shipment_id \
        where i.order_line_id = l.id and s.status <> 'CANCELLED'";
    let of_others = NAMED_IN.map(|table| format!("exists (select 1 from {table} n where n.order_line_id = l.id)"));
    let sql = format!(
        "select count(*) as named from order_line l where l.id = $1 and (exists ({of_parcels}) or {})",
        of_others.join(" or ")
    );
    for line in removed {
        let named: Vec<i64> = sql::column(tx.db(), &sql, [line.id.into()]).await?;
        if named.first().is_some_and(|named| *named > 0) {
            let index = changes
                .iter()
                .position(|change| change.line == line.id)
                .unwrap_or_default();
            let path = ["lines", &index.to_string(), "quantity"];
            let message = messages::edit_line_named(&line.title);
            return Err(Refusal::new(ErrorCode::OrderState, message).at(&path).into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::fixture;

    /// What goes with a line: its share of what was taken off, written anew with each change, and its place in parcels that were
    /// called off.
    const GO_WITH_IT: [&str; 2] = ["order_adjustment", "shipment_line"];

    #[tokio::test]
    async fn whatever_names_a_line_is_looked_at_before_it_goes() {
        let shop = fixture().await.shop;
        let sql = "select distinct m.name as name from sqlite_master m join pragma_foreign_key_list(m.name) f \
            where m.type = 'table' and f.\"table\" = 'order_line'";
        let mut named_in: Vec<String> = sql::column(&shop.db, sql, []).await.unwrap();
        let mut known: Vec<_> = NAMED_IN
            .iter()
            .chain(&GO_WITH_IT)
            .map(|table| (*table).to_owned())
            .collect();
        named_in.sort();
        known.sort();
        assert_eq!(named_in, known);
    }
}
