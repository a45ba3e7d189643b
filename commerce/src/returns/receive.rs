//! Goods that were sent back have come, some of them or all.

use std::collections::HashMap;

use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, OrderLineId, ReturnId, ReturnLineId},
    order_event::OrderEventKind,
    order_return::{self, ReturnStatus},
    order_return_event::ReturnEventKind,
    order_return_line,
};

use super::{
    row,
    state::{Step, next, outstanding},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    orders::fulfilment_on,
    repeats::refuse_unrepeatable,
    sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// What came.
#[derive(Debug, Clone)]
pub struct Receive {
    pub id: ReturnId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    /// `None`: all that was still to come.
    pub lines: Option<Vec<Received>>,
}

/// Units of a line that came.
#[derive(Debug, Clone, Copy)]
pub struct Received {
    pub line: ReturnLineId,
    pub quantity: i32,
}

/// Takes in what came. Asked again for all of it, it answers the same; units that are named take a version or a key.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the return's, one that is not approved, and more than was still to
/// come.
pub async fn receive(shop: &Shop, context: &Context, input: Receive) -> Result<order_return::Model> {
    permission::require(context, Permission::Orders)?;
    refuse_unrepeatable(context, input.lines.is_none() || input.expected_version.is_some())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let (order, mut row) = row::lock(&tx, input.id).await?;
        if input.lines.is_none() && matches!(row.status, ReturnStatus::Received | ReturnStatus::Inspected) {
            return Ok(row);
        }
        expect_version("return", row.version, input.expected_version)?;
        next(row.status, Step::ReceivePart)?;
        let lines = row::lines(&tx, row.id).await?;
        let came = came(&lines, input.lines.as_deref())?;
        refuse_not_gone(&tx, order.id, &lines, &came).await?;
        let mut left: i32 = lines.iter().map(outstanding).sum();
        for (line, units) in &came {
            row::add(&tx, *line, "received", *units, "received + $2 <= quantity").await?;
            left -= units;
        }
        let step = match left {
            0 => Step::ReceiveAll,
            _ => Step::ReceivePart,
        };
        row::step(&tx, &mut row, step)?;
        let units: i32 = came.iter().map(|(_, units)| units).sum();
        let row = row::write(&tx, row, ReturnEventKind::Received, json!({ "units": units })).await?;
        row::tell(&tx, &order, &row, OrderEventKind::ReturnReceived).await?;
        let data = json!({ "order": order.number, "units": units });
        audit(&tx, "return.receive", row.id.to_string(), data).await?;
        Ok(row)
    })
    .await
}

/// Nothing comes back that is in the house: of a parcel that went back to the shop undelivered, the units are to be sent again.
async fn refuse_not_gone(
    tx: &Tx,
    order: OrderId,
    lines: &[order_return_line::Model],
    came: &[(ReturnLineId, i32)],
) -> Result<()> {
    let gone = fulfilment_on(tx.db(), order).await?;
    let sql = "select l.order_line_id, cast(sum(l.received) as bigint) as received from order_return_line l \
        join order_return r on r.id = l.return_id where r.order_id = $1 group by l.order_line_id";
    let rows = sql::rows(tx.db(), sql, [order.into()]).await?;
    let read = |row: sea_orm::QueryResult| Ok((row.try_get("", "order_line_id")?, row.try_get("", "received")?));
    let back: HashMap<OrderLineId, i64> = rows.into_iter().map(read).collect::<Result<_>>()?;
    for (index, (id, units)) in came.iter().enumerate() {
        let Some(line) = lines.iter().find(|line| line.id == *id) else {
            continue;
        };
        let sent = gone
            .iter()
            .find(|gone| gone.order_line_id == line.order_line_id)
            .map_or(0, |gone| gone.sent);
        let left = sent - back.get(&line.order_line_id).copied().unwrap_or_default();
        if i64::from(*units) > left {
            let message = messages::return_undelivered(left);
            let path = ["lines", &index.to_string(), "quantity"];
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&path).into());
        }
    }
    Ok(())
}

/// What came of which line, of what was still to come.
fn came(lines: &[order_return_line::Model], given: Option<&[Received]>) -> Result<Vec<(ReturnLineId, i32)>, Refusal> {
    let Some(given) = given else {
        let all = lines.iter().map(|line| (line.id, outstanding(line)));
        return Ok(all.filter(|(_, units)| *units > 0).collect());
    };
    if given.is_empty() {
        let message = messages::received_what();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]));
    }
    let mut came: Vec<(ReturnLineId, i32)> = Vec::new();
    for (index, received) in given.iter().enumerate() {
        let index = index.to_string();
        let line = row::named(lines, received.line, came.iter().map(|(line, _)| *line), &index)?;
        let left = outstanding(line);
        if !(1..=left).contains(&received.quantity) {
            let message = match left {
                0 => messages::return_all_came(),
                left => messages::return_still_to_come(left),
            };
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines", &index, "quantity"]));
        }
        came.push((line.id, received.quantity));
    }
    Ok(came)
}
