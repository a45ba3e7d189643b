//! Orders are changed before they are sent: staff have a unit more of a line, or fewer; shoppers fewer, or another address, within an
//! hour.

use rand::Rng;
use sea_orm::EntityTrait;
use vitrine_commerce::{
    Viewer,
    address::AddressInput,
    fulfilment::edits::{self, Changes, Edit, LineChange, ShopperEdit},
};
use vitrine_entity::order::{self, OrderStatus};

use super::{shopping::address, staff::told};
use crate::simulator::{model::short, operation::Operation, world::World};

impl World {
    /// Whether it may still be changed or not; often as somebody has seen it before. The same again now and then, and another
    /// change under the same key.
    pub(super) async fn change_an_order(&mut self) {
        if let Some(order) = self.an_order(&[OrderStatus::Confirmed]).await {
            let by = self.shopper_or_staff(order.id);
            self.change_order(order, by).await;
        }
    }

    /// The same, by whoever placed it.
    pub(super) async fn change_own_order(&mut self, who: usize, index: usize) {
        let known = &self.model.orders[index];
        let by = (self.viewer(who), Some(known.access_token.clone()));
        let row = order::Entity::find_by_id(known.id).one(&self.db).await;
        if let Some(order) = row.expect("the orders can be read") {
            self.change_order(order, by).await;
        }
    }

    async fn change_order(&mut self, order: order::Model, (viewer, access_token): (Viewer, Option<String>)) {
        let lines = self.lines_of_order(order.id).await;
        if lines.is_empty() {
            return;
        }
        let line = &lines[self.dice.random_range(0..lines.len())];
        let quantity = match self.chance(60) {
            true => self.dice.random_range(0..=line.quantity),
            false => line.quantity + 1,
        };
        // Asked for is enough: an answer may be lost.
        self.model.changed.insert(order.id);
        let moves = access_token.is_some() && self.chance(25);
        let shipping_address = moves.then(|| AddressInput {
            line1: format!("Unter den Linden {}", self.dice.random_range(2..5)),
            ..address()
        });
        let change = LineChange {
            line: line.id,
            quantity: Some(quantity),
            unit_price: None,
        };
        let lines = if moves { Vec::new() } else { vec![change] };
        let expected_version = self.chance(50).then_some(order.event_count);
        let idempotency_key = format!("change {} {}", order.id, self.dice.random_range(0..4));
        let who = access_token.as_ref().map_or("staff have", |_| "a shopper has");
        let what = match moves {
            true => format!("{who} another address of order {}", short(order.id)),
            false => format!("{who} {quantity} of {} in order {}", line.sku, short(order.id)),
        };
        let (shop, context) = (self.shop(self.server()), self.context(viewer));
        let running = async move {
            let edited = match access_token {
                Some(_) => {
                    let input = ShopperEdit {
                        order: order.id,
                        access_token,
                        expected_version,
                        lines,
                        shipping_address,
                        idempotency_key,
                    };
                    edits::edit_by_shopper(&shop, &context, input).await
                }
                None => {
                    let changes = Changes {
                        lines,
                        ..Changes::default()
                    };
                    let input = Edit {
                        order: order.id,
                        expected_version,
                        changes,
                        expected_total: None,
                        reason: None,
                        idempotency_key,
                    };
                    edits::edit(&shop, &context, input).await
                }
            };
            let told_of = edited.map(|edited| format!("version {}", edited.version.number));
            told("changing an order", told_of)
        };
        self.perform(Operation::plain(what, self.server(), running)).await;
    }
}
