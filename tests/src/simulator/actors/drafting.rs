//! Staff put orders together for somebody: they change them, send their links, make them orders themselves, take them away
//! and bring them back. Shoppers pay them by the link, as any cart of theirs.

use rand::Rng;
use sea_orm::{EntityTrait, QueryOrder};
use vitrine_commerce::{
    Result,
    cart::drafting::{DraftLine, LineOf, LinePrice},
    checkout::{
        Placed,
        drafts::{self, Complete, Create, DiscountOff, DraftFields, Send, SetLines, ShippingFields},
    },
    money::{Currency, Money},
};
use vitrine_entity::{
    cart_line::OwnGoods,
    draft_order::{self, DraftOrderState},
    ids::{CartId, DraftOrderId},
};

use super::{shopping::address, staff::told};
use crate::simulator::{
    model::{Model, short},
    operation::{Learned, Operation},
    people::{CUSTOMERS, customer_id},
    world::World,
};

impl World {
    pub(super) async fn draft(&mut self) {
        let rows = draft_order::Entity::find().order_by_asc(draft_order::Column::Id);
        let mut rows = rows.all(&self.db).await.expect("the drafts can be read");
        if rows.is_empty() || self.chance(30) {
            return self.begin_draft().await;
        }
        let row = rows.swap_remove(self.dice.random_range(0..rows.len()));
        match self.dice.random_range(0..100) {
            // What is new goes out, mostly.
            0..60 if row.state == DraftOrderState::Open => self.send_draft(&row).await,
            0..20 => self.send_draft(&row).await,
            20..45 => self.change_draft(&row).await,
            45..75 => self.complete_draft(&row).await,
            _ => self.take_draft_away(&row).await,
        }
    }

    async fn begin_draft(&mut self) {
        let mut lines = Vec::new();
        for index in 0..self.template.goods.len() {
            if self.chance(30) {
                lines.push(self.a_draft_line(index));
            }
        }
        if lines.is_empty() || self.chance(30) {
            lines.push(self.an_own_line());
        }
        let number = self.model.own_prices.len();
        let customer = self
            .chance(40)
            .then(|| customer_id(self.dice.random_range(0..CUSTOMERS)));
        let own_shipping = self.chance(40).then(|| ShippingFields {
            title: "By our van".to_owned(),
            price: "0.00".to_owned(),
        });
        let percentage = match self.dice.random_range(0..10) {
            0..5 => None,
            // Nothing is to be paid, and staff make it an order themselves.
            5..7 => Some("100".to_owned()),
            _ => Some("12.5".to_owned()),
        };
        let discount = percentage.map(|percentage| DiscountOff {
            percentage: Some(percentage),
            ..DiscountOff::default()
        });
        let fields = DraftFields {
            customer: customer.map(Some),
            email: customer.is_none().then(|| Some(format!("caller{number}@example.com"))),
            shipping_address: self.chance(70).then(|| Some(address())),
            own_shipping: own_shipping.map(Some),
            discount: discount.map(Some),
            ..DraftFields::default()
        };
        let what = format!("staff put {} lines together", lines.len());
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = drafts::create(&shop, &context, Create { fields, lines }).await;
            let told_of = answer.map(|(row, view)| format!("draft {} of {}", short(row.id), view.cost.total_minor));
            told("putting an order together", told_of)
        };
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    /// At today's price or at one of staff's own.
    fn a_draft_line(&mut self, index: usize) -> DraftLine {
        let good = &self.template.goods[index];
        let price = match self.chance(50) {
            true => LinePrice::Kept,
            false => {
                let minor = good.price_minor + self.dice.random_range(0..400);
                // Asked for is enough: an answer may be lost.
                self.model.prices.entry(good.variant).or_default().insert(minor);
                LinePrice::Own(Money::new(minor, Currency::EUR).decimal())
            }
        };
        DraftLine {
            of: LineOf::Variant(good.variant),
            quantity: self.dice.random_range(1..=2),
            price,
        }
    }

    /// What the catalogue has not.
    fn an_own_line(&mut self) -> DraftLine {
        let minor = self.dice.random_range(100..9_000);
        self.model.own_prices.insert(minor);
        let goods = OwnGoods {
            title: "A lamp of old".to_owned(),
            sku: None,
            tax_category: None,
            weight_grams: 0,
        };
        DraftLine {
            of: LineOf::Own {
                goods,
                requires_shipping: self.chance(70),
            },
            quantity: self.dice.random_range(1..=2),
            price: LinePrice::Own(Money::new(minor, Currency::EUR).decimal()),
        }
    }

    /// Whether or not somebody is about to pay it; often as staff have seen it before.
    async fn change_draft(&mut self, row: &draft_order::Model) {
        let index = self.dice.random_range(0..self.template.goods.len());
        let line = match self.chance(25) {
            true => self.an_own_line(),
            false => self.a_draft_line(index),
        };
        let id = row.id;
        let input = SetLines {
            draft: id,
            expected_version: self.chance(50).then_some(row.version),
            lines: vec![line],
            // Another change under the same key, now and then.
            idempotency_key: Some(format!("change {id} {}", self.dice.random_range(0..6))),
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = drafts::set_lines(&shop, &context, input).await;
            told(
                "changing a draft",
                answer.map(|row| format!("v{} of {}", row.version, row.total_minor)),
            )
        };
        let what = format!("staff change draft {}", short(id));
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    async fn send_draft(&mut self, row: &draft_order::Model) {
        let (id, cart) = (row.id, row.cart_id);
        let input = Send {
            draft: id,
            expected_version: None,
            expires_at: self.chance(20).then(|| Some(self.now() + chrono::TimeDelta::hours(2))),
            message: None,
            by_mail: self.chance(70),
            again: self.chance(20),
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = drafts::send(&shop, &context, input).await;
            Box::new(move |model: &mut Model| match answer {
                Ok(row) => {
                    if row.state == DraftOrderState::Sent && !model.links.contains(&cart) {
                        model.links.push(cart);
                    }
                    format!("{:?}", row.state)
                }
                Err(error) => model.hear("sending a draft", &error).1,
            }) as Learned
        };
        let what = format!("staff send draft {}", short(id));
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    /// Refused where something is to be paid: nobody types a card in for somebody else. Asked again, it is the same order.
    async fn complete_draft(&mut self, row: &draft_order::Model) {
        let (id, cart): (DraftOrderId, CartId) = (row.id, row.cart_id);
        self.model.completing.insert(cart);
        let input = Complete {
            draft: id,
            expected_version: self.chance(30).then_some(row.version),
            method: None,
            expected_total: None,
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = drafts::complete(&shop, &context, input).await;
            Box::new(move |model: &mut Model| completed(model, id, answer)) as Learned
        };
        let what = format!("staff make draft {} an order", short(id));
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    async fn take_draft_away(&mut self, row: &draft_order::Model) {
        let (id, is_gone) = (row.id, row.deleted_at.is_some());
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = match is_gone {
                true => drafts::restore(&shop, &context, id).await,
                false => drafts::delete(&shop, &context, id, None).await,
            };
            told("taking a draft away", answer.map(|row| format!("{:?}", row.deleted_at)))
        };
        let verb = if is_gone { "bring back" } else { "take away" };
        let what = format!("staff {verb} draft {}", short(id));
        self.perform(Operation::plain(what, self.server(), running)).await;
    }
}

/// What is an order stays that one.
fn completed(model: &mut Model, draft: DraftOrderId, answer: Result<Placed>) -> String {
    let before = model.completed.get(&draft).copied();
    match answer {
        Ok(placed) => {
            let id = placed.order.id;
            if before.is_some_and(|before| before != id) {
                model.accuse(format!("draft {draft} was the order {before:?}, and is now {id}"));
            }
            model.completed.insert(draft, id);
            format!("order {} {}", placed.order.number, short(id))
        }
        Err(error) => {
            let (refused, told) = model.hear("making a draft an order", &error);
            if refused && let Some(before) = before {
                model.accuse(format!(
                    "draft {draft} was the order {before}, and its repetition was {told}"
                ));
            }
            told
        }
    }
}
