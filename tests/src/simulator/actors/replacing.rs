//! Goods go out in the place of others: those that came back are exchanged, and a claim is settled without a return.

use std::collections::HashMap;

use rand::Rng;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_commerce::returns::{self, Claim, Exchange, ExchangeUnits, state::unpaid};
use vitrine_entity::{
    ids::{OrderId, OrderLineId},
    order::OrderStatus,
    order_claim::{ClaimKind, ClaimReason},
    order_line,
    order_refund::RefundTo,
    order_return,
};

use super::staff::told;
use crate::simulator::{model::short, operation::Operation, world::World};

impl World {
    /// Some units of a return, each for another of the same: what is sold here comes in one variant. Where that costs more by
    /// now the other order owes it, and where it costs less that goes back.
    pub(super) async fn exchange(&mut self, row: &order_return::Model) {
        let back = self.lines_of_return(row.id).await;
        let sold = order_line::Entity::find().filter(order_line::Column::OrderId.eq(row.order_id));
        let sold = sold.all(&self.db).await.expect("the lines can be read");
        let variants: HashMap<_, _> = sold.iter().map(|line| (line.id, line.variant_id)).collect();
        let mut lines = Vec::new();
        for line in back.iter().filter(|line| unpaid(line) > 0) {
            lines.push(ExchangeUnits {
                line: line.id,
                quantity: self.dice.random_range(1..=unpaid(line)),
                variant: variants[&line.order_line_id],
            });
        }
        let input = Exchange {
            id: row.id,
            expected_version: None,
            lines,
            to: RefundTo::Original,
            idempotency_key: format!("exchange of {} {}", row.id, self.dice.random_range(0..2)),
        };
        let what = format!("staff exchange {} lines of return {}", input.lines.len(), short(row.id));
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = returns::exchange(&shop, &context, input).await;
            told("exchanging", answer.map(|row| format!("{:?}", row.status)))
        };
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    /// Goods are sent once more, or a part of the money goes back while they stay; the same again now and then.
    pub(super) async fn settle_a_claim(&mut self) {
        let sent = [OrderStatus::Confirmed, OrderStatus::Dispatched, OrderStatus::Completed];
        let Some(order) = self.an_order(&sent).await else {
            return;
        };
        let kind = match self.dice.random_range(0..10) {
            0..6 => ClaimKind::Resend,
            6..9 => ClaimKind::Refund,
            _ => ClaimKind::StoreCredit,
        };
        let input = Claim {
            order: order.id,
            kind,
            reason: ClaimReason::Damaged,
            note: None,
            lines: match kind {
                ClaimKind::Resend => self.a_line(order.id).await,
                ClaimKind::Refund | ClaimKind::StoreCredit => Vec::new(),
            },
            again: false,
            amount: (kind != ClaimKind::Resend).then(|| "1.20".to_owned()),
            idempotency_key: format!("claim {} {}", order.id, self.dice.random_range(0..3)),
        };
        let what = format!("staff settle a claim on order {} by {kind:?}", short(order.id));
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = returns::claim(&shop, &context, input).await;
            told("settling a claim", answer.map(|(row, _)| short(row.id)))
        };
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    /// One unit of a line of an order, or more.
    pub(super) async fn a_line(&mut self, order: OrderId) -> Vec<(OrderLineId, i32)> {
        let lines = self.lines_of_order(order).await;
        if lines.is_empty() {
            return Vec::new();
        }
        let line = &lines[self.dice.random_range(0..lines.len())];
        vec![(line.id, self.dice.random_range(1..=line.quantity))]
    }
}
