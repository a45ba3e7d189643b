//! Orders are changed before they are sent: staff have a unit more of a line, or fewer, and shoppers fewer, within an hour.

use rand::Rng;
use vitrine_commerce::fulfilment::edits::{self, Changes, Edit, LineChange, ShopperEdit};
use vitrine_entity::order::OrderStatus;

use super::staff::told;
use crate::simulator::{model::short, operation::Operation, world::World};

impl World {
    /// Whether it may still be changed or not; often as somebody has seen it before. The same again now and then, and another
    /// change under the same key.
    pub(super) async fn change_an_order(&mut self) {
        let Some(order) = self.an_order(&[OrderStatus::Confirmed]).await else {
            return;
        };
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
        let (viewer, access_token) = self.shopper_or_staff(order.id);
        let lines = vec![LineChange {
            line: line.id,
            quantity: Some(quantity),
            unit_price: None,
        }];
        let expected_version = self.chance(50).then_some(order.event_count);
        let idempotency_key = format!("change {} {}", order.id, self.dice.random_range(0..4));
        let who = access_token.as_ref().map_or("staff have", |_| "a shopper has");
        let what = format!("{who} {quantity} of {} in order {}", line.sku, short(order.id));
        let (shop, context) = (self.shop(self.server()), self.context(viewer));
        let running = async move {
            let edited = match access_token {
                Some(_) => {
                    let input = ShopperEdit {
                        order: order.id,
                        access_token,
                        expected_version,
                        lines,
                        shipping_address: None,
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
