//! Reads what belongs to many orders at a time: one statement a question.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use vitrine_entity::{
    capture,
    ids::{OrderId, OrderLineId, PaymentId, ShipmentId},
    order, order_adjustment, order_line, payment, refund, shipment, shipment_line,
};

use crate::{Result, Shop, sql};

/// The lines of each order, in its order.
pub async fn lines_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<order_line::Model>>> {
    let query = order_line::Entity::find().filter(sql::among(
        &shop.db,
        order_line::Column::OrderId,
        orders.iter().copied(),
    ));
    Ok(sql::grouped(
        query.order_by_asc(order_line::Column::Position).all(&shop.db).await?,
        |row| row.order_id,
    ))
}

/// The payment attempts of each order, oldest first.
pub async fn payments_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<payment::Model>>> {
    let query = payment::Entity::find().filter(sql::among(&shop.db, payment::Column::OrderId, orders.iter().copied()));
    Ok(sql::grouped(
        query.order_by_asc(payment::Column::Id).all(&shop.db).await?,
        |row| row.order_id,
    ))
}

/// The captures of each attempt, oldest first.
pub async fn captures_of(shop: &Shop, payments: &[PaymentId]) -> Result<HashMap<PaymentId, Vec<capture::Model>>> {
    let query = capture::Entity::find().filter(sql::among(
        &shop.db,
        capture::Column::PaymentId,
        payments.iter().copied(),
    ));
    Ok(sql::grouped(
        query.order_by_asc(capture::Column::Id).all(&shop.db).await?,
        |row| row.payment_id,
    ))
}

/// The refunds of each order, oldest first.
pub async fn refunds_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<refund::Model>>> {
    let query = refund::Entity::find().filter(sql::among(&shop.db, refund::Column::OrderId, orders.iter().copied()));
    Ok(sql::grouped(
        query.order_by_asc(refund::Column::Id).all(&shop.db).await?,
        |row| row.order_id,
    ))
}

/// What was taken off each order and put on it, in the order in which that applied.
pub async fn adjustments_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<order_adjustment::Model>>> {
    use order_adjustment::Column::{Id, OrderId, Position};
    let query = order_adjustment::Entity::find().filter(sql::among(&shop.db, OrderId, orders.iter().copied()));
    let query = query.order_by_asc(Position).order_by_asc(Id);
    Ok(sql::grouped(query.all(&shop.db).await?, |row| row.order_id))
}

/// Whether the units of a refund's line `l` are back, or on their way: no part of their refund has failed.
pub(crate) const REFUNDED: &str = "not exists (select 1 from refund r where r.id = l.refund_id and r.status = 'FAILED') \
    and not exists (select 1 from refund_share s join refund r on r.id = s.refund_id \
    where s.order_refund_id = l.refund_id and r.status = 'FAILED')";

/// Whether the money for the units of a refund's line `l` has come back: every part of their refund has.
pub(crate) const PAID_BACK: &str = "not exists (select 1 from refund r where r.id = l.refund_id and r.status <> 'SUCCEEDED') \
    and not exists (select 1 from refund_share s join refund r on r.id = s.refund_id \
    where s.order_refund_id = l.refund_id and r.status <> 'SUCCEEDED')";

/// What of an order `o` went back because it was changed, or is on its way: its total is less by as much.
pub(crate) const EDIT_REFUNDS: &str = "cast(coalesce((select sum(s.amount_minor) from order_version v \
    join refund_share s on s.order_refund_id = v.refund_id left join refund r on r.id = s.refund_id \
    where v.order_id = o.id and coalesce(r.status, 'SUCCEEDED') <> 'FAILED'), 0) as bigint)";

/// What refunds of an order `o` took off what is still to be paid of it on account, or in cash: such a part has a payment, and
/// nobody pays it. What a payment brought and store credit took has another destination.
pub(crate) const TAKEN_OFF: &str = "cast(coalesce((select sum(s.amount_minor) from order_refund f \
    join refund_share s on s.order_refund_id = f.id where f.order_id = o.id and f.destination = 'ORIGINAL' \
    and s.payment_id is not null and s.refund_id is null), 0) as bigint)";

/// How many units of each line are back, or on their way.
pub async fn refunded_units_of(shop: &Shop, lines: &[OrderLineId]) -> Result<HashMap<OrderLineId, i64>> {
    let sql = format!(
        "select l.order_line_id, cast(sum(l.quantity) as bigint) as quantity from refund_line l \
         where l.order_line_id {} and {REFUNDED} group by l.order_line_id",
        sql::among_parameter::<OrderLineId>(&shop.db, 1)
    );
    let rows: Vec<Refunded> = sql::all(&shop.db, &sql, [sql::list(&shop.db, lines.iter().copied())]).await?;
    Ok(rows.into_iter().map(|row| (row.order_line_id, row.quantity)).collect())
}

#[derive(FromQueryResult)]
struct Refunded {
    order_line_id: OrderLineId,
    quantity: i64,
}

/// The parcels of each order, oldest first.
pub async fn shipments_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<shipment::Model>>> {
    let query =
        shipment::Entity::find().filter(sql::among(&shop.db, shipment::Column::OrderId, orders.iter().copied()));
    Ok(sql::grouped(
        query.order_by_asc(shipment::Column::Id).all(&shop.db).await?,
        |row| row.order_id,
    ))
}

/// What each parcel holds.
pub async fn shipment_lines_of(
    shop: &Shop,
    shipments: &[ShipmentId],
) -> Result<HashMap<ShipmentId, Vec<shipment_line::Model>>> {
    let query = shipment_line::Entity::find().filter(sql::among(
        &shop.db,
        shipment_line::Column::ShipmentId,
        shipments.iter().copied(),
    ));
    Ok(sql::grouped(
        query.order_by_asc(shipment_line::Column::Id).all(&shop.db).await?,
        |row| row.shipment_id,
    ))
}

/// Order lines by their ids.
pub async fn order_lines(shop: &Shop, ids: &[OrderLineId]) -> Result<HashMap<OrderLineId, order_line::Model>> {
    let rows = order_line::Entity::find()
        .filter(sql::among(&shop.db, order_line::Column::Id, ids.iter().copied()))
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Orders by their ids. Whoever shows one has asked whose it is.
pub async fn orders(shop: &Shop, ids: &[OrderId]) -> Result<HashMap<OrderId, order::Model>> {
    let rows = order::Entity::find()
        .filter(sql::among(&shop.db, order::Column::Id, ids.iter().copied()))
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// One order's lines.
pub(crate) async fn lines_on(db: &impl ConnectionTrait, order: OrderId) -> Result<Vec<order_line::Model>> {
    let query = order_line::Entity::find().filter(order_line::Column::OrderId.eq(order));
    Ok(query.order_by_asc(order_line::Column::Position).all(db).await?)
}

/// What was taken off one order and put on it.
pub(crate) async fn adjustments_on(db: &impl ConnectionTrait, order: OrderId) -> Result<Vec<order_adjustment::Model>> {
    use order_adjustment::Column as C;
    let query = order_adjustment::Entity::find().filter(C::OrderId.eq(order));
    Ok(query.order_by_asc(C::Position).order_by_asc(C::Id).all(db).await?)
}
