//! Writes an order's rows as a change has them.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use vitrine_entity::{
    ids::{OrderAdjustmentId, OrderLineId},
    order,
    order_adjustment::{self, AdjustmentKind, AdjustmentTarget},
    order_line,
};

use super::plan::Plan;
use crate::{
    Result, Tx, discounts,
    pricing::{Applied, Effect, Origin, ShareOf, Target},
    sql,
};

/// Writes lines, what was taken off and put on, and totals.
pub(super) async fn rows(tx: &Tx, plan: &Plan) -> Result<()> {
    // Before the lines that they name.
    order_adjustment::Entity::delete_many()
        .filter(order_adjustment::Column::OrderId.eq(plan.before.id))
        .exec(tx.db())
        .await?;
    lines(tx, plan).await?;
    let rows = adjustments(tx, plan);
    if !rows.is_empty() {
        order_adjustment::Entity::insert_many(rows)
            .exec_without_returning(tx.db())
            .await?;
    }
    order::Entity::update(totals(&plan.after)).exec(tx.db()).await?;
    count_discounts(tx, plan).await
}

async fn lines(tx: &Tx, plan: &Plan) -> Result<()> {
    for removed in &plan.removed {
        // A parcel that was called off may have had it.
        let called_off = "delete from shipment_line where order_line_id = $1 and shipment_id in \
            (select id from shipment where order_id = $2 and status = 'CANCELLED')";
        sql::execute(tx.db(), called_off, [removed.id.into(), removed.order_id.into()]).await?;
        order_line::Entity::delete_by_id(removed.id).exec(tx.db()).await?;
    }
    let before: HashMap<OrderLineId, &order_line::Model> = plan.sold.iter().map(|row| (row.id, row)).collect();
    for line in &plan.lines {
        let row = line.row.clone().into_active_model();
        match before.get(&line.row.id) {
            None => {
                order_line::Entity::insert(row.reset_all())
                    .exec_without_returning(tx.db())
                    .await?;
            }
            Some(before) if **before != line.row => {
                order_line::Entity::update(row.reset_all()).exec(tx.db()).await?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

fn adjustments(tx: &Tx, plan: &Plan) -> Vec<order_adjustment::ActiveModel> {
    let id = || Set(OrderAdjustmentId(tx.shop().new_id()));
    let mut rows = Vec::new();
    let applied = plan
        .priced
        .adjustments
        .iter()
        .filter(|applied| !applied.shares.is_empty());
    let mut next = 0;
    for applied in applied {
        rows.extend(shares(plan, applied, next, id));
        next += 1;
    }
    // What credit pays is not priced anew.
    let mut credits: Vec<_> = plan
        .adjustments
        .iter()
        .filter(|row| row.kind == AdjustmentKind::Credit)
        .collect();
    credits.sort_by_key(|row| row.position);
    for group in credits.chunk_by(|a, b| a.position == b.position) {
        rows.extend(group.iter().map(|row| order_adjustment::ActiveModel {
            position: Set(next),
            ..(*row).clone().into_active_model().reset_all()
        }));
        next += 1;
    }
    rows
}

fn shares(
    plan: &Plan,
    applied: &Applied,
    position: i32,
    id: impl Fn() -> sea_orm::ActiveValue<OrderAdjustmentId>,
) -> Vec<order_adjustment::ActiveModel> {
    let adjustment = &applied.adjustment;
    let (kind, target) = match adjustment.effect {
        Effect::Discount(target) => (AdjustmentKind::Discount, aimed_at(target)),
        Effect::Fee(target) => (AdjustmentKind::Fee, aimed_at(target)),
        Effect::Credit => (AdjustmentKind::Credit, AdjustmentTarget::Total),
    };
    let (discount, code) = match adjustment.origin {
        Some(Origin::Discount { discount, code }) => (Some(discount), code),
        None => (None, None),
    };
    let row = |share: &crate::pricing::Share| order_adjustment::ActiveModel {
        id: id(),
        order_id: Set(plan.before.id),
        position: Set(position),
        kind: Set(kind),
        target: Set(target),
        order_line_id: Set(match share.of {
            ShareOf::Line(place) => plan.lines.get(place).map(|line| line.row.id),
            ShareOf::Shipping | ShareOf::Total => None,
        }),
        amount_minor: Set(share.amount_minor),
        code: Set(adjustment.code.clone()),
        label: Set(adjustment.label.clone()),
        discount_id: Set(discount),
        discount_code_id: Set(code),
    };
    applied.shares.iter().map(row).collect()
}

fn aimed_at(target: Target) -> AdjustmentTarget {
    match target {
        Target::Line(_) => AdjustmentTarget::Line,
        Target::Goods => AdjustmentTarget::Goods,
        Target::Shipping => AdjustmentTarget::Shipping,
    }
}

fn totals(after: &order::Model) -> order::ActiveModel {
    order::ActiveModel {
        id: Set(after.id),
        subtotal_minor: Set(after.subtotal_minor),
        discount_minor: Set(after.discount_minor),
        fee_minor: Set(after.fee_minor),
        shipping_minor: Set(after.shipping_minor),
        tax_minor: Set(after.tax_minor),
        total_minor: Set(after.total_minor),
        tax: Set(after.tax.clone()),
        delivery: Set(after.delivery.clone()),
        shipping_method_name: Set(after.shipping_method_name.clone()),
        shipping_address: Set(after.shipping_address.clone()),
        base_total_minor: Set(after.base_total_minor),
        unpaid_minor: Set(after.unpaid_minor),
        ..Default::default()
    }
}

/// Reports tell what each discount takes off; those that take nothing off any more may be used by others.
async fn count_discounts(tx: &Tx, plan: &Plan) -> Result<()> {
    let had_any = plan.adjustments.iter().any(|row| row.discount_id.is_some());
    if !had_any {
        return Ok(());
    }
    let mut kept = BTreeMap::new();
    for applied in plan
        .priced
        .adjustments
        .iter()
        .filter(|applied| !applied.shares.is_empty())
    {
        if let Some(Origin::Discount { discount, .. }) = applied.adjustment.origin {
            let off: i64 = applied.shares.iter().map(|share| share.amount_minor).sum();
            *kept.entry(discount).or_default() += off;
        }
    }
    discounts::follow_change(tx, &plan.before, &kept).await
}
