//! Goods come back: they are asked for, approved or not, received in parts, inspected, and paid back.

use rand::Rng;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_commerce::{
    Viewer,
    returns::{self, Approve, Inspect, Inspected, Receive, Received, Refund, Request, RequestLine},
};
use vitrine_entity::{
    ids::{OrderId, ReturnId},
    order::OrderStatus,
    order_line,
    order_return::{self, ReturnResolution, ReturnStatus},
    order_return_line::{self, ReturnReason},
};

use super::staff::told;
use crate::simulator::{model::short, operation::Operation, world::World};

impl World {
    /// A return that is under way goes on, or one is asked for.
    pub(super) async fn take_back(&mut self) {
        let open = order_return::Entity::find()
            .filter(order_return::Column::ClosedAt.is_null())
            .order_by_asc(order_return::Column::Id);
        let mut open = open.all(&self.db).await.expect("the returns can be read");
        if open.is_empty() || self.chance(30) {
            return self.ask_for_return().await;
        }
        let row = open.swap_remove(self.dice.random_range(0..open.len()));
        match row.status {
            ReturnStatus::Requested => self.decide_on_return(row.id).await,
            ReturnStatus::Approved if self.chance(10) => self.give_return_up(row.id).await,
            ReturnStatus::Approved | ReturnStatus::PartlyReceived if self.chance(70) => self.receive_return(&row).await,
            ReturnStatus::Inspected if self.chance(30) => self.close_return(row.id).await,
            _ if self.chance(50) => self.inspect_return(&row).await,
            _ if self.chance(30) => self.exchange(&row).await,
            _ => self.refund_return(&row).await,
        }
    }

    pub(super) async fn lines_of_return(&self, id: ReturnId) -> Vec<order_return_line::Model> {
        let lines = order_return_line::Entity::find()
            .filter(order_return_line::Column::ReturnId.eq(id))
            .order_by_asc(order_return_line::Column::Position);
        lines.all(&self.db).await.expect("the lines can be read")
    }

    /// Whoever has the link to an order, with its token, or staff.
    pub(super) fn shopper_or_staff(&mut self, order: OrderId) -> (Viewer, Option<String>) {
        let known = self.model.orders.iter().find(|known| known.id == order);
        let token = known.map(|known| known.access_token.clone());
        match token.filter(|_| self.chance(50)) {
            Some(token) => (Viewer::Guest, Some(token)),
            None => (self.staff(), None),
        }
    }

    pub(super) async fn lines_of_order(&self, id: OrderId) -> Vec<order_line::Model> {
        let lines = order_line::Entity::find()
            .filter(order_line::Column::OrderId.eq(id))
            .order_by_asc(order_line::Column::Position);
        lines.all(&self.db).await.expect("the lines can be read")
    }

    /// Staff ask for a shopper, or the shopper by the link to the order: as many units as the order has, or fewer, whether
    /// they may or not.
    async fn ask_for_return(&mut self) {
        let Some(order) = self.an_order(&[OrderStatus::Dispatched, OrderStatus::Completed]).await else {
            return;
        };
        let lines = self.lines_of_order(order.id).await;
        if lines.is_empty() {
            return;
        }
        let line = &lines[self.dice.random_range(0..lines.len())];
        let quantity = self.dice.random_range(1..=line.quantity);
        let resolution = match self.chance(30) {
            true => ReturnResolution::StoreCredit,
            false => ReturnResolution::Refund,
        };
        let (viewer, token) = self.shopper_or_staff(order.id);
        let input = Request {
            order: order.id,
            access_token: token,
            lines: vec![RequestLine {
                line: line.id,
                quantity,
                reason: ReturnReason::ChangedMind,
                note: None,
            }],
            resolution,
            note: None,
            // The same again now and then, and another request under the same key.
            idempotency_key: format!("return {} {}", order.id, self.dice.random_range(0..4)),
        };
        let what = format!("{quantity} of order {} are to come back", short(order.id));
        let (shop, context) = (self.shop(self.server()), self.context(viewer));
        let running = async move {
            let answer = returns::request(&shop, &context, input).await;
            told("asking for a return", answer.map(|row| format!("{:?}", row.status)))
        };
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    async fn decide_on_return(&mut self, id: ReturnId) {
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let refuses = self.chance(15);
        let running = async move {
            let answer = match refuses {
                true => returns::refuse(&shop, &context, id, None, "worn").await,
                false => {
                    let input = Approve {
                        id,
                        expected_version: None,
                        location: None,
                        instructions: Some("To the dock.".to_owned()),
                        label_url: None,
                    };
                    returns::approve(&shop, &context, input).await
                }
            };
            told("deciding on a return", answer.map(|row| format!("{:?}", row.status)))
        };
        let what = format!("staff decide on return {}", short(id));
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    async fn give_return_up(&mut self, id: ReturnId) {
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = returns::cancel(&shop, &context, id, None).await;
            told("giving a return up", answer.map(|row| format!("{:?}", row.status)))
        };
        let what = format!("return {} is given up", short(id));
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    /// One unit, or all of it.
    async fn receive_return(&mut self, row: &order_return::Model) {
        let id = row.id;
        let lines = self.lines_of_return(id).await;
        let some = lines.first().map(|line| Received {
            line: line.id,
            quantity: 1,
        });
        let lines = some.filter(|_| self.chance(50)).map(|some| vec![some]);
        let input = Receive {
            id,
            expected_version: lines.as_ref().map(|_| row.version),
            lines,
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = returns::receive(&shop, &context, input).await;
            told("receiving a return", answer.map(|row| format!("{:?}", row.status)))
        };
        let what = format!("goods of return {} come", short(id));
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    async fn inspect_return(&mut self, row: &order_return::Model) {
        let id = row.id;
        let lines = self.lines_of_return(id).await;
        let lines = lines.iter().filter_map(|line| {
            let left = returns::state::uninspected(line);
            (left > 0).then(|| {
                let restock = self.dice.random_range(0..=left);
                Inspected {
                    line: line.id,
                    restock,
                    write_off: left - restock,
                    reason: None,
                }
            })
        });
        let input = Inspect {
            id,
            // Twice the same is twice as many, but for the version.
            expected_version: Some(row.version),
            location: None,
            lines: lines.collect(),
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = returns::inspect(&shop, &context, input).await;
            told("inspecting a return", answer.map(|row| format!("{:?}", row.status)))
        };
        let what = format!("staff inspect return {}", short(id));
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    async fn refund_return(&mut self, row: &order_return::Model) {
        let id = row.id;
        let input = Refund {
            id,
            expected_version: None,
            lines: None,
            to: None,
            fee: self.chance(30).then(|| "0.50".to_owned()),
            shipping: None,
            reason: None,
            idempotency_key: format!("refund of {id} {}", self.dice.random_range(0..4)),
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = returns::refund(&shop, &context, input).await;
            told("paying a return back", answer.map(|row| format!("{:?}", row.status)))
        };
        let what = format!("staff pay return {} back", short(id));
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    async fn close_return(&mut self, id: ReturnId) {
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = returns::close(&shop, &context, id, None).await;
            told("closing a return", answer.map(|row| format!("{:?}", row.status)))
        };
        let what = format!("staff close return {}", short(id));
        self.perform(Operation::plain(what, self.server(), running)).await;
    }
}
