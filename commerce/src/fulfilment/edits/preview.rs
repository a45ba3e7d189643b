//! Staff try a change: what it comes to, and what it does to stock. Nothing is written.

use vitrine_entity::{ids::OrderId, order, order_line};

use super::{
    change::Changes,
    may::may_be_edited,
    plan::plan,
    stock::{StockChange, foreseen},
};
use crate::{
    Context, Result, Shop,
    error::expect_version,
    orders::transition,
    staff::permission::{self, Permission},
};

/// What a change would come to.
#[derive(Debug, Clone)]
pub struct Preview {
    pub before: order::Model,
    /// With what would be to be paid more, in all.
    pub after: order::Model,
    pub lines: Vec<order_line::Model>,
    /// What would go back, in minor units.
    pub refund_minor: i64,
    pub stock: Vec<StockChange>,
}

/// What a change of an order would come to at this moment.
///
/// # Errors
/// What [`edit`](super::edit) refuses, but for too little stock, which the answer tells.
pub async fn preview(
    shop: &Shop,
    context: &Context,
    order: OrderId,
    expected_version: Option<i64>,
    changes: &Changes,
) -> Result<Preview> {
    permission::require(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, order).await?;
        expect_version("order", order.event_count, expected_version)?;
        may_be_edited(&order)?;
        let plan = plan(&tx, &order, changes).await?;
        let stock = foreseen(&tx, &plan).await?;
        Ok(Preview {
            refund_minor: plan.too_much_minor,
            lines: plan.lines.into_iter().map(|line| line.row).collect(),
            before: plan.before,
            after: plan.after,
            stock,
        })
    })
    .await
}
