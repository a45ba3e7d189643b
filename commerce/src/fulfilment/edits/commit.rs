//! Writes a change of a locked order: all of it, or nothing.

use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderVersionId, RefundId},
    order,
    order_event::OrderEventKind,
    order_version,
};

use super::{
    plan::{Plan, deltas},
    stock, versions, write,
};
use crate::{
    Result, Tx,
    catalog::sales,
    fulfilment::parcels::label_anew,
    orders::{desk, load, transition},
    payments,
    staff::audit,
};

/// Who changes an order, and why.
pub(super) struct By<'a> {
    pub(super) version: OrderVersionId,
    pub(super) is_shopper: bool,
    pub(super) reason: Option<&'a str>,
}

/// Writes it. Gives the order as it is now.
pub(super) async fn commit(tx: &Tx, plan: &Plan, by: &By<'_>) -> Result<(order::Model, order_version::Model)> {
    let number = versions::current(tx, &plan.before, &plan.sold, &plan.adjustments).await? + 1;
    stock::follow(tx, plan).await?;
    write::rows(tx, plan).await?;
    label_anew(tx, plan.before.id).await?;
    sales::note_changed(tx, &deltas(plan)).await?;
    plan.paid.follow(tx, &plan.after, plan.after.total_minor).await?;
    let version = version(tx, plan, by, number).await?;
    let order = tell(tx, plan, &version).await?;
    let (order, refunded) = payments::refund_excess(tx, order, plan.too_much_minor).await?;
    let version = match refunded {
        Some(refunded) => note_refund(tx, version, refunded).await?,
        None => version,
    };
    let goods = plan.lines.iter();
    let goods = goods.flat_map(|line| [line.row.sku.as_str(), line.row.title.as_str()]);
    desk::make_findable(tx, &order, goods).await?;
    let data = json!({
        "version": version.number, "differenceMinor": version.difference_minor, "unpaidMinor": version.unpaid_minor,
        "refundedMinor": version.refunded_minor, "reason": version.reason,
    });
    audit(tx, "order.edit", order.id.to_string(), data).await?;
    Ok((order, version))
}

async fn version(tx: &Tx, plan: &Plan, by: &By<'_>, number: i32) -> Result<order_version::Model> {
    let (before, after) = (&plan.before, &plan.after);
    let lines: Vec<_> = plan.lines.iter().map(|line| line.row.clone()).collect();
    let adjustments = load::adjustments_on(tx.db(), after.id).await?;
    let row = order_version::Model {
        id: by.version,
        order_id: after.id,
        number,
        content: versions::content(after, &lines, &adjustments),
        shipping_address: Some(after.shipping_address.clone()),
        total_minor: after.total_minor,
        difference_minor: after.total_minor - before.total_minor,
        unpaid_minor: after.unpaid_minor,
        refunded_minor: 0,
        refund_id: None,
        changes_invoice: plan.changes_goods,
        by_shopper: by.is_shopper,
        reason: by.reason.map(str::to_owned),
        actor: tx.context().viewer.actor(),
        created_at: tx.shop().now(),
    };
    versions::insert(tx, row.clone()).await?;
    Ok(row)
}

async fn tell(tx: &Tx, plan: &Plan, version: &order_version::Model) -> Result<order::Model> {
    let data = json!({
        "version": version.number,
        "currency": plan.after.currency,
        "differenceMinor": version.difference_minor,
        "unpaidMinor": version.unpaid_minor,
        "refundMinor": plan.too_much_minor,
        "reason": version.reason,
    });
    transition::note(tx, &plan.after, OrderEventKind::Edited, true, data).await
}

async fn note_refund(
    tx: &Tx,
    version: order_version::Model,
    (refund, amount_minor): (RefundId, i64),
) -> Result<order_version::Model> {
    let row = order_version::ActiveModel {
        id: Set(version.id),
        refund_id: Set(Some(refund)),
        refunded_minor: Set(amount_minor),
        ..Default::default()
    };
    Ok(order_version::Entity::update(row).exec(tx.db()).await?)
}
