//! Shoppers look after their orders: pay again, confirm at their bank, cancel, follow.

use rand::Rng;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_commerce::{
    fulfilment::{self, Cancel},
    payments::{self, PaymentMethod},
    ports::payment::ChargeState,
};
use vitrine_entity::order;

use crate::simulator::{
    model::{Model, Retry, short},
    operation::{Learned, Operation},
    world::World,
};

impl World {
    pub(super) async fn shopper_looks_after_order(&mut self, who: usize) {
        let orders = self.model.shoppers[who].orders.clone();
        let order = orders[self.dice.random_range(0..orders.len())];
        match self.dice.random_range(0..100) {
            0..35 => self.follow(who, order, false).await,
            35..45 => self.open_as_stranger(who, order).await,
            45..60 => {
                let (order, token) = (self.owing(&orders).await.unwrap_or(order), self.token());
                self.pay_again(who, order, token).await;
            }
            60..75 => self.answer_the_bank().await,
            75..83 => self.place_again(order).await,
            83..91 => self.change_own_order(who, order).await,
            _ => self.cancel(who, order).await,
        }
    }

    /// The first of some orders of which something is to be paid since they were changed.
    async fn owing(&self, indexes: &[usize]) -> Option<usize> {
        let owing = order::Entity::find().filter(order::Column::UnpaidMinor.gt(0));
        let owing = owing.all(&self.db).await.expect("the orders can be read");
        let is_owing = |index: &usize| {
            let id = self.model.orders[*index].id;
            owing.iter().any(|row| row.id == id)
        };
        indexes.iter().copied().find(is_owing)
    }

    /// At the end, whoever can pays what changes of their orders have put on.
    pub(in crate::simulator) async fn pay_what_is_owed(&mut self) {
        for index in 0..self.model.orders.len() {
            if self.owing(&[index]).await.is_some() {
                let who = self.model.orders[index].shopper;
                self.pay_again(who, index, "tok_approve").await;
            }
        }
    }

    async fn pay_again(&mut self, who: usize, index: usize, token: &'static str) {
        let order = &mut self.model.orders[index];
        let asked = order.retry.clone().filter(|retry| !retry.answered).unwrap_or_else(|| {
            order.retries += 1;
            Retry {
                key: format!("retry {index}.{}", order.retries),
                token,
                answered: false,
            }
        });
        order.retry = Some(asked.clone());
        let input = payments::Retry {
            order: order.id,
            access_token: Some(order.access_token.clone()),
            method: PaymentMethod {
                token: Some(asked.token.to_owned()),
                ..PaymentMethod::default()
            },
        };
        let what = format!("shopper {who} pays order {} again by {}", short(order.id), asked.token);
        let (shop, context) = (self.shop(self.server()), self.context(self.viewer(who)));
        let running = async move {
            let answer = payments::retry_once(&shop, &context, input, &asked.key).await;
            Box::new(move |model: &mut Model| {
                let (answered, told) = match answer {
                    Ok(order) => (true, format!("{:?}", order.status)),
                    Err(error) => model.hear("paying again", &error),
                };
                if let Some(retry) = &mut model.orders[index].retry {
                    retry.answered |= answered;
                }
                told
            }) as Learned
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }

    /// Whoever is asked for a second factor passes it, or does not. That happens at their bank,
    /// without the shop.
    async fn answer_the_bank(&mut self) {
        let charges = self.provider.ledger().await.expect("the provider's books can be read");
        let waiting: Vec<_> = charges
            .into_iter()
            .filter(|charge| matches!(charge.state, ChargeState::ActionRequired { .. }))
            .collect();
        if waiting.is_empty() {
            return;
        }
        let charge = &waiting[self.dice.random_range(0..waiting.len())];
        let approve = self.chance(70);
        let answer = self.provider.complete_second_factor(&charge.reference, approve).await;
        answer.expect("a charge that waits for its shopper is answered");
        let what = format!("the bank is told {approve} of payment {}", short(charge.payment));
        self.note(&what);
    }

    async fn cancel(&mut self, who: usize, index: usize) {
        let order = &self.model.orders[index];
        let input = Cancel {
            order: order.id,
            access_token: Some(order.access_token.clone()),
            reason: None,
        };
        let what = format!("shopper {who} cancels order {}", short(order.id));
        let (shop, context) = (self.shop(self.server()), self.context(self.viewer(who)));
        let running = async move {
            let answer = fulfilment::cancel(&shop, &context, input).await;
            Box::new(move |model: &mut Model| match answer {
                Ok(order) => format!("{:?}", order.status),
                Err(error) => model.hear("cancelling", &error).1,
            }) as Learned
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }
}
