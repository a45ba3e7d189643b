//! Which units go into a parcel, and from where: what is still to be sent, is there, and lies where the parcel leaves.

use std::collections::HashMap;

use vitrine_entity::{
    backorder,
    ids::{LocationId, OrderLineId, VariantId},
    order, order_line,
};

use crate::{
    ErrorCode, Refusal, Result, Tx, inventory,
    language::{Message, messages},
    orders::{self, load},
    sql,
};

/// The most lines that may be named at once.
const LINES_MAX: usize = 200;

/// Units of a line that go into a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParcelLine {
    pub line: OrderLineId,
    pub quantity: i32,
}

/// Units that leave from one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Units {
    pub(super) line: OrderLineId,
    pub(super) location: Option<LocationId>,
    pub(super) quantity: i64,
}

/// A line, how many units of it are wanted, and where the caller names it.
struct Wanted<'a> {
    line: &'a order_line::Model,
    quantity: i64,
    place: Option<usize>,
}

/// The units of a locked order that `asked` names; without any, all that are still to be sent. Only from one location,
/// where one is named.
///
/// # Errors
/// Refuses lines that the order has not or that are named twice, more units than are still to be sent, goods that have not
/// come yet, and goods that lie elsewhere.
pub(super) async fn choose(
    tx: &Tx,
    order: &order::Model,
    asked: &[ParcelLine],
    from: Option<LocationId>,
) -> Result<Vec<Units>> {
    let lines = load::lines_on(tx.db(), order.id).await?;
    let progress = orders::fulfilment_on(tx.db(), order.id).await?;
    let open: HashMap<_, _> = progress.iter().map(|line| (line.order_line_id, line.open())).collect();
    let wanted = match asked.is_empty() {
        true => all_open(&lines, &open)?,
        false => named(&lines, &open, asked)?,
    };
    let mut pools = pools(tx, order).await?;
    let waiting = inventory::waiting_of(tx, order.id).await?;
    // Of all others, nobody counts what lies where.
    let counted = pools
        .iter()
        .map(|pool| pool.variant_id)
        .chain(waiting.iter().map(|row| row.variant_id));
    let counted: Vec<VariantId> = counted.collect();
    if let Some(from) = from {
        pools.retain(|pool| pool.location_id == from);
    }
    let only_there = from.is_some() && asked.is_empty();
    if !only_there {
        refuse_waiting(&waiting, &lines, &open, &wanted)?;
    }
    let mut units = Vec::new();
    for Wanted { line, quantity, place } in wanted {
        let mut left = quantity;
        for pool in pools.iter_mut().filter(|pool| pool.variant_id == line.variant_id) {
            let quantity = left.min(pool.quantity);
            if quantity > 0 {
                pool.quantity -= quantity;
                left -= quantity;
                units.push(Units {
                    line: line.id,
                    location: Some(pool.location_id),
                    quantity,
                });
            }
        }
        let is_counted = counted.contains(&line.variant_id);
        match left {
            0 => {}
            left if !is_counted => units.push(Units {
                line: line.id,
                location: from,
                quantity: left,
            }),
            _ if only_there => {}
            left if from.is_some() => return Err(lies_elsewhere(line, quantity - left, place).into()),
            left => units.push(Units {
                line: line.id,
                location: None,
                quantity: left,
            }),
        }
    }
    match units.is_empty() {
        true => Err(nothing(messages::parcel_nothing_there(), "locationId").into()),
        false => Ok(units),
    }
}

fn all_open<'a>(lines: &'a [order_line::Model], open: &HashMap<OrderLineId, i64>) -> Result<Vec<Wanted<'a>>, Refusal> {
    let wanted = lines.iter().map(|line| Wanted {
        line,
        quantity: open.get(&line.id).copied().unwrap_or_default(),
        place: None,
    });
    let wanted: Vec<_> = wanted.filter(|wanted| wanted.quantity > 0).collect();
    match wanted.is_empty() {
        true => Err(nothing(messages::parcel_nothing_left(), "orderId")),
        false => Ok(wanted),
    }
}

fn named<'a>(
    lines: &'a [order_line::Model],
    open: &HashMap<OrderLineId, i64>,
    asked: &[ParcelLine],
) -> Result<Vec<Wanted<'a>>, Refusal> {
    if asked.len() > LINES_MAX {
        let message = messages::parcel_lines_max(LINES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]));
    }
    let mut wanted: Vec<Wanted<'a>> = Vec::with_capacity(asked.len());
    for (place, asked) in asked.iter().enumerate() {
        let number = place.to_string();
        let at = |name: &'static str| ["lines", number.as_str(), name];
        let refuse = |name: &'static str, message: Message| Refusal::new(ErrorCode::Invalid, message).at(&at(name));
        let line = lines.iter().find(|line| line.id == asked.line);
        let line = line.ok_or_else(|| Refusal::not_found("line of this order").at(&at("lineId")))?;
        if wanted.iter().any(|wanted| wanted.line.id == line.id) {
            return Err(refuse("lineId", messages::return_line_twice()));
        }
        let open = open.get(&line.id).copied().unwrap_or_default();
        let quantity = i64::from(asked.quantity);
        if quantity < 1 || quantity > open {
            let message = match open {
                0 => messages::parcel_line_sent(),
                open => messages::parcel_units_range(open),
            };
            return Err(refuse("quantity", message));
        }
        wanted.push(Wanted {
            line,
            quantity,
            place: Some(place),
        });
    }
    Ok(wanted)
}

/// Nothing leaves that has not come yet.
fn refuse_waiting(
    waiting: &[backorder::Model],
    lines: &[order_line::Model],
    open: &HashMap<OrderLineId, i64>,
    wanted: &[Wanted<'_>],
) -> Result<(), Refusal> {
    let mut missing = Vec::new();
    for line in lines {
        let of_it = waiting.iter().filter(|row| row.variant_id == line.variant_id);
        let awaited: i64 = of_it.map(|row| row.quantity - row.filled).sum();
        let same = |id: OrderLineId| {
            lines
                .iter()
                .any(|other| other.id == id && other.variant_id == line.variant_id)
        };
        let there: i64 = open
            .iter()
            .filter(|(id, _)| same(**id))
            .map(|(_, open)| open)
            .sum::<i64>()
            - awaited;
        let wanted: i64 = wanted
            .iter()
            .filter(|wanted| same(wanted.line.id))
            .map(|wanted| wanted.quantity)
            .sum();
        if awaited > 0 && wanted > there.max(0) {
            missing.push(format!("{awaited} of {}", line.sku));
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    missing.dedup();
    let message = messages::parcel_waits_for(missing.join(", "));
    Err(Refusal::new(ErrorCode::InsufficientStock, message).at(&["orderId"]))
}

/// What was taken out of stock for the order at one location, and that no parcel holds.
pub(in crate::fulfilment) struct Pool {
    pub(in crate::fulfilment) variant_id: VariantId,
    pub(in crate::fulfilment) location_id: LocationId,
    pub(in crate::fulfilment) quantity: i64,
}

/// In the order in which locations are taken from.
pub(in crate::fulfilment) async fn pools(tx: &Tx, order: &order::Model) -> Result<Vec<Pool>> {
    let taken = inventory::taken_for(tx, order.id).await?;
    let packed = "select l.variant_id, i.location_id, cast(sum(i.quantity) as bigint) as quantity from shipment s \
        join shipment_line i on i.shipment_id = s.id join order_line l on l.id = i.order_line_id \
        where s.order_id = $1 and s.status not in ('CANCELLED', 'RETURNED') and i.location_id is not null \
        group by l.variant_id, i.location_id";
    let mut used: HashMap<(VariantId, LocationId), i64> = HashMap::new();
    for row in sql::rows(tx.db(), packed, [order.id.into()]).await? {
        let key = (row.try_get("", "variant_id")?, row.try_get("", "location_id")?);
        used.insert(key, row.try_get("", "quantity")?);
    }
    let pools = taken.into_iter().map(|(variant_id, location_id, quantity)| Pool {
        variant_id,
        location_id,
        quantity: quantity - used.get(&(variant_id, location_id)).copied().unwrap_or_default(),
    });
    Ok(pools.collect())
}

fn lies_elsewhere(line: &order_line::Model, there: i64, place: Option<usize>) -> Refusal {
    let message = messages::parcel_lies_elsewhere(there, &line.sku);
    let refusal = Refusal::new(ErrorCode::InsufficientStock, message);
    match place {
        Some(place) => refusal.at(&["lines", &place.to_string(), "quantity"]),
        None => refusal.at(&["locationId"]),
    }
}

fn nothing(message: Message, field: &str) -> Refusal {
    Refusal::new(ErrorCode::OrderState, message).at(&[field])
}
