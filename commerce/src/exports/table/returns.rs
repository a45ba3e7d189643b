//! Goods that come back: a row for each line of a return.

use chrono::{DateTime, SecondsFormat, Utc};
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;
use vitrine_entity::{
    ids::{OrderId, OrderLineId, ReturnId},
    order_return, order_return_line,
};

use super::{PAGE, TablePage};
use crate::{Result, Shop, money::Money, orders::load, returns};

pub(super) const COLUMNS: [&str; 20] = [
    "Return",
    "Return ID",
    "Requested at",
    "Order",
    "Order ID",
    "Status",
    "Wanted",
    "SKU",
    "Title",
    "Quantity",
    "Reason",
    "Note",
    "Received",
    "Back in Stock",
    "Written off",
    "Paid back",
    "Currency",
    "Amount paid back",
    "Fee",
    "Closed at",
];

pub(super) async fn count(shop: &Shop) -> Result<u64> {
    Ok(order_return::Entity::find().count(&shop.db).await?)
}

pub(super) async fn page(shop: &Shop, after: Option<Uuid>) -> Result<TablePage> {
    let mut query = order_return::Entity::find();
    if let Some(after) = after {
        query = query.filter(order_return::Column::Id.gt(ReturnId(after)));
    }
    let query = query.order_by_asc(order_return::Column::Id).limit(PAGE);
    let all = query.all(&shop.db).await?;
    let ids: Vec<ReturnId> = all.iter().map(|row| row.id).collect();
    let orders: Vec<OrderId> = all.iter().map(|row| row.order_id).collect();
    let orders = load::orders(shop, &orders).await?;
    let lines = returns::lines_of(shop, &ids).await?;
    let sold: Vec<OrderLineId> = lines.values().flatten().map(|line| line.order_line_id).collect();
    let sold = load::order_lines(shop, &sold).await?;
    let mut rows = Vec::new();
    for row in &all {
        let Some(order) = orders.get(&row.order_id) else {
            continue;
        };
        for (index, line) in lines.get(&row.id).into_iter().flatten().enumerate() {
            let sold = sold.get(&line.order_line_id);
            // What is the return's own stands in its first row, so that a column can be summed up.
            let amount = |minor: i64| match index {
                0 => Money::new(minor, order.currency).decimal(),
                _ => String::new(),
            };
            let mut cells = heading(row, &order.number);
            cells.extend([
                sold.map(|sold| sold.sku.clone()).unwrap_or_default(),
                sold.map(|sold| sold.title.clone()).unwrap_or_default(),
            ]);
            cells.extend(units(line));
            cells.extend([
                order.currency.to_string(),
                amount(row.refunded_minor),
                amount(row.fee_minor),
                row.closed_at.map(time).unwrap_or_default(),
            ]);
            rows.push(cells);
        }
    }
    Ok(TablePage {
        rows,
        things: all.len() as u64,
        last: all.last().map(|row| row.id.0),
    })
}

/// The first cells of each of its rows.
fn heading(row: &order_return::Model, order: &str) -> Vec<String> {
    vec![
        format!("{order}-R{}", row.number),
        row.id.to_string(),
        time(row.created_at),
        order.to_owned(),
        row.order_id.to_string(),
        row.status.to_value(),
        row.resolution.to_value(),
    ]
}

fn units(line: &order_return_line::Model) -> [String; 7] {
    [
        line.quantity.to_string(),
        line.reason.to_value(),
        line.note.clone().unwrap_or_default(),
        line.received.to_string(),
        line.restocked.to_string(),
        line.written_off.to_string(),
        line.refunded.to_string(),
    ]
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
