//! Staff say what becomes of units that came back: they are sold again, or written off.

use std::collections::HashMap;

use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    ids::{LocationId, OrderLineId, ReturnId, ReturnLineId, VariantId},
    order_return::{self, ReturnStatus},
    order_return_event::ReturnEventKind,
    order_return_line::{self, ReturnReason},
};

use super::{
    refund::close_if_done,
    row,
    state::{Step, is_open, uninspected},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    inventory,
    language::messages,
    orders::load,
    repeats::refuse_unrepeatable,
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// What becomes of what came.
#[derive(Debug, Clone)]
pub struct Inspect {
    pub id: ReturnId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    /// Where the units are put that are sold again; where the return was sent to unless named.
    pub location: Option<LocationId>,
    pub lines: Vec<Inspected>,
}

/// What becomes of units of a line.
#[derive(Debug, Clone, Copy)]
pub struct Inspected {
    pub line: ReturnLineId,
    pub restock: i32,
    pub write_off: i32,
    /// Why the line's units came back, where staff find another reason than the shopper gave.
    pub reason: Option<ReturnReason>,
}

/// Puts units back in stock, or writes them off: each once. Orders that wait for them get them. Closes the return where all that
/// came was paid back before.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the return's, one that has ended, and more than came and was not
/// inspected before.
pub async fn inspect(shop: &Shop, context: &Context, input: Inspect) -> Result<order_return::Model> {
    permission::require(context, Permission::Orders)?;
    refuse_unrepeatable(context, input.expected_version.is_some())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let (order, mut row) = row::lock(&tx, input.id).await?;
        expect_version("return", row.version, input.expected_version)?;
        if !is_open(row.status) {
            return Err(ended(row.status).into());
        }
        let lines = row::lines(&tx, row.id).await?;
        check(&lines, &input.lines)?;
        for inspected in &input.lines {
            let (id, bound) = (inspected.line, "restocked + written_off + $2 <= received");
            row::add(&tx, id, "restocked", inspected.restock, bound).await?;
            row::add(&tx, id, "written_off", inspected.write_off, bound).await?;
        }
        let corrected = correct(&tx, &lines, &input.lines).await?;
        put_in_stock(&tx, &row, &lines, input).await?;
        let after = row::lines(&tx, row.id).await?;
        if row.status == ReturnStatus::Received && after.iter().all(|line| uninspected(line) == 0) {
            row::step(&tx, &mut row, Step::InspectAll)?;
        }
        let restocked: i32 = input.lines.iter().map(|line| line.restock).sum();
        let written_off: i32 = input.lines.iter().map(|line| line.write_off).sum();
        let mut data = json!({ "restocked": restocked, "writtenOff": written_off });
        if !corrected.is_empty() {
            data["reasons"] = json!(corrected);
        }
        let row = row::write(&tx, row, ReturnEventKind::Inspected, data.clone()).await?;
        tx.announce(crate::ports::event_bus::Topic::Order(order.id));
        audit(&tx, "return.inspect", row.id.to_string(), data).await?;
        close_if_done(&tx, &order, row).await
    })
    .await
}

fn ended(status: ReturnStatus) -> Refusal {
    let message = match status {
        ReturnStatus::Closed => messages::return_closed(),
        _ => messages::return_came_to_nothing(),
    };
    Refusal::new(ErrorCode::OrderState, message).at(&["id"])
}

fn check(lines: &[order_return_line::Model], given: &[Inspected]) -> Result<(), Refusal> {
    if given.is_empty() {
        let message = messages::inspect_needs_lines();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]));
    }
    for (index, inspected) in given.iter().enumerate() {
        let before = given[..index].iter().map(|before| before.line);
        let index = index.to_string();
        let line = row::named(lines, inspected.line, before, &index)?;
        let left = uninspected(line);
        let units = inspected.restock.checked_add(inspected.write_off);
        let fits = units.is_some_and(|units| (1..=left).contains(&units));
        if !fits || inspected.restock < 0 || inspected.write_off < 0 {
            let message = match left {
                0 => messages::inspect_nothing_left(),
                left => messages::inspect_units_range(left),
            };
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines", &index, "restock"]));
        }
    }
    Ok(())
}

/// Writes why units came back where staff find another reason. Gives what was said before, for the event that keeps it.
async fn correct(tx: &Tx, lines: &[order_return_line::Model], given: &[Inspected]) -> Result<Vec<Json>> {
    let mut corrected = Vec::new();
    for inspected in given {
        let line = lines.iter().find(|line| line.id == inspected.line);
        let (Some(line), Some(reason)) = (line, inspected.reason) else {
            continue;
        };
        if line.reason == reason {
            continue;
        }
        order_return_line::Entity::update_many()
            .col_expr(order_return_line::Column::Reason, Expr::value(reason.to_value()))
            .filter(order_return_line::Column::Id.eq(line.id))
            .exec(tx.db())
            .await?;
        let (said, found) = (line.reason.to_value(), reason.to_value());
        corrected.push(json!({ "line": line.id.to_string(), "said": said, "found": found }));
    }
    Ok(corrected)
}

async fn put_in_stock(
    tx: &Tx,
    row: &order_return::Model,
    lines: &[order_return_line::Model],
    input: &Inspect,
) -> Result<()> {
    let sold = load::lines_on(tx.db(), row.order_id).await?;
    let variants: HashMap<OrderLineId, VariantId> = sold.iter().map(|line| (line.id, line.variant_id)).collect();
    let mut units: HashMap<VariantId, i64> = HashMap::new();
    for inspected in input.lines.iter().filter(|inspected| inspected.restock > 0) {
        let line = lines.iter().find(|line| line.id == inspected.line);
        let variant = line.and_then(|line| variants.get(&line.order_line_id));
        if let Some(variant) = variant {
            *units.entry(*variant).or_default() += i64::from(inspected.restock);
        }
    }
    let units: Vec<_> = units.into_iter().collect();
    let location = input.location.or(row.location_id);
    inventory::take_back(tx, row.order_id, location, &units, row.id.0).await
}
