//! Every acknowledged order is there as it was agreed to, none is there that nobody asked for, and
//! each has come to an end that it may have.

use std::collections::{HashMap, HashSet};

use sea_orm::EntityTrait;
use vitrine_commerce::orders::due_minor;
use vitrine_entity::{
    cart,
    ids::{CartId, OrderId, VariantId},
    order::{self, OrderStatus},
    order_claim, order_event, order_line, order_return,
    order_version::{self, VersionContent},
    payment,
};

use crate::{
    invariants::found_by,
    simulator::{model::Known, world::World},
};

/// What changes of an order must not come to.
const CHANGES: [(&str, &str); 2] = [
    (
        "{} was sent although something of it is to be paid",
        "select number as name from orders where status in ('DISPATCHED', 'COMPLETED') and unpaid_minor > 0",
    ),
    (
        "a change by its shopper made {} dearer",
        "select o.number as name from order_version v join orders o on o.id = v.order_id \
         where v.by_shopper and v.difference_minor > 0",
    ),
];

impl World {
    pub(super) async fn orders(&self) -> Vec<String> {
        let orders = order::Entity::find().all(&self.db).await.expect("orders");
        let lines = order_line::Entity::find().all(&self.db).await.expect("lines");
        let mut found = self.acknowledged(&orders, &lines).await;
        found.extend(self.asked_for(&orders).await);
        for order in &orders {
            found.extend(stuck(order));
            let of_order: Vec<_> = lines.iter().filter(|line| line.order_id == order.id).collect();
            found.extend(self.priced(order, &of_order));
        }
        found.extend(self.walks(&orders).await);
        found.extend(found_by(&self.db, &CHANGES).await);
        found
    }

    async fn acknowledged(&self, orders: &[order::Model], lines: &[order_line::Model]) -> Vec<String> {
        let payments = payment::Entity::find().all(&self.db).await.expect("payments");
        let versions = order_version::Entity::find().all(&self.db).await.expect("versions");
        let mut found = Vec::new();
        for known in &self.model.orders {
            let Some(order) = orders.iter().find(|order| order.id == known.id) else {
                found.push(format!("the acknowledged order {} is gone", known.id));
                continue;
            };
            let mut there: Vec<_> = lines
                .iter()
                .filter(|line| line.order_id == known.id)
                .map(|line| (line.variant_id, line.quantity, line.unit_price_minor))
                .collect();
            let mut of_it: Vec<_> = versions.iter().filter(|row| row.order_id == known.id).collect();
            of_it.sort_by_key(|row| row.number);
            let mut total_minor = order.total_minor;
            if let [first, .., last] = of_it.as_slice() {
                there.sort();
                if !self.model.changed.contains(&known.id) {
                    found.push(format!("nobody asked to change {}", order.number));
                }
                if sold(&last.content) != there || last.total_minor != order.total_minor {
                    found.push(format!("{} is not what its latest version says", order.number));
                }
                (there, total_minor) = (sold(&first.content), first.total_minor);
            }
            let mut agreed = known.lines.clone();
            if !known.priced {
                there.iter_mut().chain(&mut agreed).for_each(|(_, _, price)| *price = 0);
            }
            there.sort();
            agreed.sort();
            if there != agreed || total_minor != known.total_minor {
                found.push(format!(
                    "{} was agreed to as {agreed:?} for {}, and is {there:?} for {total_minor}",
                    order.number, known.total_minor
                ));
            }
            let attempts = payments.iter().filter(|payment| payment.order_id == known.id).count();
            let was_free = due_minor(order) == 0 && of_it.is_empty();
            let asked = if was_free { 0 } else { 1 + known.retries };
            if attempts > asked || (attempts == 0 && asked > 0 && of_it.is_empty()) {
                found.push(format!(
                    "{} was to be paid {asked} times and has {attempts} attempts",
                    order.number
                ));
            }
        }
        found
    }

    /// A cart becomes an order once, and only if somebody asked for it.
    async fn asked_for(&self, orders: &[order::Model]) -> Vec<String> {
        let carts = cart::Entity::find().all(&self.db).await.expect("carts");
        let made: HashMap<OrderId, CartId> = carts
            .iter()
            .filter_map(|cart| Some((cart.order_id?, cart.id)))
            .collect();
        let replacements = self.replacements().await;
        let bought: Vec<_> = orders
            .iter()
            .filter(|order| !replacements.contains(&order.id))
            .collect();
        let mut found = Vec::new();
        for placement in self.model.placements.iter().filter(|placement| placement.at_once) {
            let many = bought.iter().filter(|order| order.email == placement.email()).count();
            if many > 1 {
                found.push(format!("{} was bought {many} times", placement.key));
            }
        }
        for order in bought {
            // What staff put together and were asked to make an order of.
            if made
                .get(&order.id)
                .is_some_and(|cart| self.model.completing.contains(cart))
            {
                continue;
            }
            let asked = self
                .model
                .placements
                .iter()
                .filter(|placement| match placement.at_once {
                    true => order.email == placement.email(),
                    false => made.get(&order.id) == Some(&placement.cart.id),
                });
            let mut asked = asked.peekable();
            if asked.peek().is_none() {
                found.push(format!("nobody asked for {}", order.number));
            } else if asked.all(|placement| placement.known == Known::Refused) {
                found.push(format!("{} was refused and is there", order.number));
            }
        }
        found
    }

    /// The orders that staff made, in exchange for what came back or to settle a claim.
    async fn replacements(&self) -> HashSet<OrderId> {
        let exchanged = order_return::Entity::find().all(&self.db).await.expect("returns");
        let claimed = order_claim::Entity::find().all(&self.db).await.expect("claims");
        let exchanged = exchanged.into_iter().filter_map(|row| row.exchange_order_id);
        exchanged
            .chain(claimed.into_iter().filter_map(|row| row.replacement_id))
            .collect()
    }

    /// Totals are sums of what was on the price tag.
    fn priced(&self, order: &order::Model, lines: &[&order_line::Model]) -> Vec<String> {
        let mut found = Vec::new();
        for line in lines {
            // What the catalogue has not costs what staff say.
            let tags = self.model.prices.get(&line.variant_id);
            if !tags.unwrap_or(&self.model.own_prices).contains(&line.unit_price_minor) {
                found.push(format!(
                    "{} never cost {} as in {}",
                    line.sku, line.unit_price_minor, order.number
                ));
            }
            if line.subtotal_minor != line.unit_price_minor * i64::from(line.quantity) {
                found.push(format!(
                    "a line of {} is not its price times its quantity",
                    order.number
                ));
            }
        }
        let subtotal: i64 = lines.iter().map(|line| line.subtotal_minor).sum();
        let tax = if order.prices_include_tax { 0 } else { order.tax_minor };
        let total = order.subtotal_minor - order.discount_minor + order.fee_minor + order.shipping_minor + tax;
        if order.subtotal_minor != subtotal || order.total_minor != total {
            found.push(format!("{} does not add up", order.number));
        }
        found
    }

    /// Each timeline is a walk that the machine allows.
    async fn walks(&self, orders: &[order::Model]) -> Vec<String> {
        let mut events = order_event::Entity::find().all(&self.db).await.expect("timelines");
        events.sort_by_key(|event| (event.order_id, event.number));
        let mut found = Vec::new();
        for order in orders {
            let statuses: Vec<_> = events
                .iter()
                .filter(|event| event.order_id == order.id)
                .map(|event| event.status)
                .collect();
            let begins = statuses.first() == Some(&OrderStatus::Created);
            let ends = statuses.last() == Some(&order.status);
            if !begins || !ends || !statuses.windows(2).all(|pair| may_follow(order, pair[0], pair[1])) {
                found.push(format!("the timeline of {} is no walk: {statuses:?}", order.number));
            }
        }
        found
    }
}

fn may_follow(order: &order::Model, before: OrderStatus, after: OrderStatus) -> bool {
    use OrderStatus::*;
    before == after
        || match before {
            Created => matches!(after, PaymentPending | PaymentSuccess | Cancelled),
            PaymentPending => matches!(after, PaymentSuccess | PaymentFailed | Cancelled),
            PaymentFailed => matches!(after, PaymentPending | PaymentSuccess | Cancelled),
            PaymentSuccess => matches!(after, Confirmed | Cancelled),
            // What goes by no parcel is complete without.
            Confirmed if after == Completed => !order.ships,
            Confirmed => matches!(after, Dispatched | Cancelled),
            Dispatched => after == Completed,
            Completed | Cancelled => false,
        }
}

fn stuck(order: &order::Model) -> Option<String> {
    let rests = matches!(
        order.status,
        OrderStatus::Confirmed | OrderStatus::Dispatched | OrderStatus::Completed | OrderStatus::Cancelled
    );
    (!rests).then(|| format!("{} is stuck: {:?}", order.number, order.status))
}

/// What a version sold, sorted.
fn sold(content: &VersionContent) -> Vec<(VariantId, i32, i64)> {
    let lines = content.lines.iter();
    let mut sold: Vec<_> = lines
        .map(|line| (line.variant, line.quantity, line.unit_price_minor))
        .collect();
    sold.sort();
    sold
}
