use async_graphql::{Context, Object};
use vitrine_commerce::Fault;
use vitrine_entity::withdrawal_line;

use crate::graphql::{
    order::{
        line::OrderLine,
        questions::{OrderById, OrderLineById},
    },
    order_return::policy::ReturnExemption,
    shared::{ContextExt, Result},
};

/// Units of an order's line from which somebody withdraws.
#[derive(Debug, Clone)]
pub struct WithdrawalLine(pub withdrawal_line::Model);

/// Units of an order's line from which somebody withdraws.
#[Object]
impl WithdrawalLine {
    /// The order's line, as it was sold.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order_line(&self, ctx: &Context<'_>) -> Result<OrderLine> {
        let missing = || Fault::Corrupt {
            table: "withdrawal_line",
            column: "order_line_id",
            id: self.0.order_line_id.to_string(),
        };
        let line = ctx
            .load(OrderLineById(self.0.order_line_id))
            .await?
            .ok_or_else(missing)?;
        let order = ctx.load(OrderById(line.order_id)).await?.ok_or_else(missing)?;
        Ok(OrderLine {
            line,
            currency: order.currency,
        })
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
