//! Staff change prices, send goods out, take money and pay it back.

use rand::Rng;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_commerce::{
    Viewer,
    catalog::update::{PriceUpdate, set_price},
    fulfilment::{self, Cancel, Dispatch},
    money::{Currency, Money},
    payments::{self, CapturePayment, RefundLine, RefundOrder, RefundPayment, RefundShipping},
    work::revive,
};
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    order_refund::RefundTo,
    outbox::{self, OutboxState},
    staff_member::StaffRole,
};

use crate::simulator::{
    model::{Known, Model, Refund, short},
    operation::{Learned, Operation},
    people::staff_id,
    world::World,
};

impl World {
    pub(super) async fn staff_act(&mut self) {
        match self.dice.random_range(0..100) {
            0..11 => self.adjust().await,
            11..15 => self.transfer().await,
            15..25 => self.change_price().await,
            25..53 => self.send_out().await,
            53..69 => self.pay_back().await,
            69..74 => self.pay_back_over_all().await,
            74..79 => self.settle_a_claim().await,
            79..88 => self.draft().await,
            88..90 => self.take_money().await,
            90..95 => self.change_an_order().await,
            95..97 => self.revive_a_job().await,
            _ => self.call_off().await,
        }
    }

    async fn revive_a_job(&mut self) {
        let buried = outbox::Entity::find()
            .filter(outbox::Column::State.eq(OutboxState::Buried))
            .order_by_asc(outbox::Column::Id)
            .one(&self.db)
            .await
            .expect("the outbox can be read");
        let Some(job) = buried.map(|row| row.id) else { return };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = revive(&shop, &context, job).await;
            told("reviving", answer.map(|row| format!("{:?}", row.state)))
        };
        let operation = Operation::plain(format!("staff revive job {}", short(job)), self.server(), running);
        self.perform(operation).await;
    }

    pub(in crate::simulator) fn staff(&self) -> Viewer {
        Viewer::Staff(staff_id(), StaffRole::Administrator.into())
    }

    async fn change_price(&mut self) {
        let goods: Vec<_> = self.template.goods.iter().filter(|good| good.price_minor > 0).collect();
        let good = goods[self.dice.random_range(0..goods.len())];
        let price_minor = good.price_minor + self.dice.random_range(-500..500);
        // Asked for is enough: an answer may be lost.
        self.model.prices.entry(good.variant).or_default().insert(price_minor);
        let input = PriceUpdate {
            variant: good.variant,
            price: Money::new(price_minor, Currency::EUR),
            compare_at: None,
        };
        let what = format!("staff ask {price_minor} for {}", good.sku);
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = set_price(&shop, &context, input).await;
            told("changing a price", answer.map(|_| "done".to_owned()))
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }

    /// An order in one of these states; any, where there are none given.
    pub(super) async fn an_order(&mut self, states: &[OrderStatus]) -> Option<order::Model> {
        let mut rows = order::Entity::find()
            .order_by_asc(order::Column::PlacedAt)
            .order_by_asc(order::Column::Id);
        if !states.is_empty() {
            rows = rows.filter(order::Column::Status.is_in(states.iter().copied()));
        }
        // One of them is read whole.
        let ids = rows.select_only().column(order::Column::Id).into_tuple::<OrderId>();
        let ids = ids.all(&self.db).await.expect("the orders can be read");
        let id = match ids.len() {
            0 => return None,
            many => ids[self.dice.random_range(0..many)],
        };
        let row = order::Entity::find_by_id(id).one(&self.db).await;
        row.expect("the orders can be read")
    }

    async fn send_out(&mut self) {
        let Some(order) = self.an_order(&[OrderStatus::Confirmed, OrderStatus::Dispatched]).await else {
            return;
        };
        let id = order.id;
        if self.chance(15) {
            return self.decide_on_a_parcel().await;
        }
        if order.status == OrderStatus::Dispatched && self.chance(30) {
            return self.carrier_tells().await;
        }
        if order.status == OrderStatus::Confirmed && self.chance(60) {
            return self.pack(id).await;
        }
        if order.status == OrderStatus::Dispatched {
            return self.complete(id).await;
        }
        self.dispatch(id).await;
    }

    pub(in crate::simulator) async fn complete(&mut self, id: OrderId) {
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = fulfilment::complete(&shop, &context, id).await;
            told("completing", answer.map(|order| format!("{:?}", order.status)))
        };
        let operation = Operation::plain(format!("staff complete order {}", short(id)), self.server(), running);
        self.perform(operation).await;
    }

    pub(in crate::simulator) async fn dispatch(&mut self, id: OrderId) {
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let input = Dispatch {
            order: id,
            lines: Vec::new(),
            location: None,
            carrier: Some("A carrier".to_owned()),
            tracking_number: None,
            tracking_url: None,
            idempotency_key: None,
        };
        let running = async move {
            let answer = fulfilment::dispatch(&shop, &context, input).await;
            told("dispatching", answer.map(|order| format!("{:?}", order.status)))
        };
        let operation = Operation::plain(format!("staff dispatch order {}", short(id)), self.server(), running);
        self.perform(operation).await;
    }

    async fn pay_back(&mut self) {
        let again = !self.model.refunds.is_empty() && self.chance(40);
        let index = match again {
            true => self.dice.random_range(0..self.model.refunds.len()),
            false => {
                let paid = [OrderStatus::Confirmed, OrderStatus::Dispatched, OrderStatus::Completed];
                let Some(order) = self.an_order(&paid).await else {
                    return;
                };
                let index = self.model.refunds.len();
                let amount = self.chance(70).then(|| format!("{}.50", index % 7));
                self.model.refunds.push(Refund {
                    order: order.id,
                    amount,
                    reason: format!("refund {index}"),
                    key: format!("refund {index}"),
                    known: Known::Unknown,
                });
                index
            }
        };
        let refund = &mut self.model.refunds[index];
        if refund.known == Known::Refused {
            // A refusal leaves the key free.
            refund.known = Known::Unknown;
        }
        let refund = refund.clone();
        let what = format!(
            "staff pay {:?} of order {} back ({})",
            refund.amount,
            short(refund.order),
            refund.key
        );
        let input = RefundPayment {
            order: refund.order,
            amount: refund.amount,
            lines: Vec::new(),
            reason: Some(refund.reason),
            idempotency_key: refund.key,
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = payments::refund(&shop, &context, input).await;
            Box::new(move |model: &mut Model| refunded(model, index, answer)) as Learned
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }

    /// An amount, or a unit of a line and at times shipping, over all that an order was paid with or as store credit: that is
    /// refused for guests.
    async fn pay_back_over_all(&mut self) {
        let paid = [OrderStatus::Confirmed, OrderStatus::Dispatched, OrderStatus::Completed];
        let Some(order) = self.an_order(&paid).await else {
            return;
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let by_units = self.chance(50);
        let lines = match by_units {
            true => self.a_unit(order.id).await,
            false => Vec::new(),
        };
        let to = match self.chance(50) {
            true => RefundTo::StoreCredit,
            false => RefundTo::Original,
        };
        let input = RefundOrder {
            order: order.id,
            amount: (!by_units && self.chance(70)).then(|| "3.50".to_owned()),
            shipping: (by_units && self.chance(30)).then_some(RefundShipping::Rest),
            idempotency_key: format!("over all {} {}", order.id, self.dice.random_range(0..3)),
            lines,
            to,
            reason: None,
        };
        let what = format!("staff pay {:?} of order {} back over all", input.lines, short(order.id));
        let running = async move {
            let answer = payments::refund_order(&shop, &context, input).await;
            told(
                "paying back over all",
                answer.map(|paid| format!("{} parts", paid.credits.len())),
            )
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }

    /// One of the units of an order, that may be back already.
    async fn a_unit(&mut self, order: OrderId) -> Vec<RefundLine> {
        let lines = self.lines_of_order(order).await;
        if lines.is_empty() {
            return Vec::new();
        }
        let line = &lines[self.dice.random_range(0..lines.len())];
        vec![RefundLine {
            line: line.id,
            quantity: 1,
            amount: None,
        }]
    }

    async fn take_money(&mut self) {
        let Some(order) = self.an_order(&[OrderStatus::Confirmed]).await else {
            return;
        };
        let input = CapturePayment {
            order: order.id,
            amount: None,
            idempotency_key: format!("capture {}", order.id),
        };
        let what = format!("staff take the money of order {}", short(order.id));
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = payments::capture(&shop, &context, input).await;
            told("capturing", answer.map(|order| format!("{:?}", order.status)))
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }

    async fn call_off(&mut self) {
        let Some(order) = self.an_order(&[]).await else { return };
        let (viewer, access_token) = self.shopper_or_staff(order.id);
        let who = access_token.as_ref().map_or("staff call", |_| "a shopper calls");
        let what = format!("{who} order {} off", short(order.id));
        let input = Cancel {
            order: order.id,
            access_token,
            reason: Some("it is called off".to_owned()),
        };
        let (shop, context) = (self.shop(self.server()), self.context(viewer));
        let running = async move {
            let answer = fulfilment::cancel(&shop, &context, input).await;
            told("calling off", answer.map(|order| format!("{:?}", order.status)))
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }
}

pub(super) fn told(what: &'static str, answer: vitrine_commerce::Result<String>) -> Learned {
    Box::new(move |model| match answer {
        Ok(text) => text,
        Err(error) => model.hear(what, &error).1,
    })
}

fn refunded(
    model: &mut Model,
    index: usize,
    answer: vitrine_commerce::Result<vitrine_entity::refund::Model>,
) -> String {
    let known = model.refunds[index].known.clone();
    match (answer, known) {
        (Ok(refund), Known::Done(before)) if refund.id != before => {
            model.accuse(format!("refund {index} was {before}, and is now {}", refund.id));
            "another refund".to_owned()
        }
        (Ok(refund), _) => {
            model.refunds[index].known = Known::Done(refund.id);
            format!("refund {} of {}", short(refund.id), refund.amount_minor)
        }
        (Err(error), known) => {
            let (refused, told) = model.hear("paying back", &error);
            match (refused, known) {
                (true, Known::Done(before)) => {
                    model.accuse(format!("refund {index} was {before}, and its repetition was {told}"));
                }
                (true, _) => model.refunds[index].known = Known::Refused,
                (false, _) => {}
            }
            told
        }
    }
}
