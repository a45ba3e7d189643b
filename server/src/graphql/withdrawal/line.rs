use async_graphql::{Context, Object};
use vitrine_entity::withdrawal_line;

use crate::graphql::{order::line::OrderLine, order_return::policy::ReturnExemption, shared::Result};

/// Units of an order's line from which somebody withdraws.
#[derive(Debug, Clone)]
pub struct WithdrawalLine(pub withdrawal_line::Model);

/// Units of an order's line from which somebody withdraws.
#[Object]
impl WithdrawalLine {
    /// The order's line, as it was sold.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order_line(&self, ctx: &Context<'_>) -> Result<OrderLine> {
        OrderLine::named(ctx, "withdrawal_line", self.0.order_line_id).await
    }

    /// How many units.
    async fn quantity(&self) -> i32 {
        self.0.quantity
    }

    /// Why the goods were exempt when the statement came; null where they were not.
    async fn exemption(&self) -> Option<ReturnExemption> {
        self.0.exempt.map(Into::into)
    }
}
