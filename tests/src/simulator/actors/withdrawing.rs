//! Shoppers withdraw from their orders: signed in, by the link to one, or by its number and their address. Staff decide what the
//! rules leave open.

use rand::Rng;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_commerce::{
    Result, Viewer,
    withdrawals::{self, Accept, Declaration},
};
use vitrine_entity::{
    ids::OrderId,
    order,
    withdrawal::{self, WithdrawalStatus},
};

use super::staff::told;
use crate::simulator::{
    model::{Known, Model, Statement, short},
    operation::{Learned, Operation},
    world::World,
};

impl World {
    /// Somebody withdraws, or asks again because no answer came; or staff look at what somebody has declared.
    pub(super) async fn withdraw(&mut self) {
        if self.chance(30) {
            return self.decide_on_a_withdrawal().await;
        }
        let again = !self.model.statements.is_empty() && self.chance(35);
        let index = match again {
            true => self.dice.random_range(0..self.model.statements.len()),
            false => match self.a_statement().await {
                Some(statement) => {
                    self.model.statements.push(statement);
                    self.model.statements.len() - 1
                }
                None => return,
            },
        };
        self.declare(index).await;
    }

    /// Of an order in whatever state: from all of it, from a unit, or in words.
    async fn a_statement(&mut self) -> Option<Statement> {
        let known = match self.model.orders.len() {
            0 => return None,
            many => &self.model.orders[self.dice.random_range(0..many)],
        };
        let (id, shopper, token) = (known.id, known.shopper, known.access_token.clone());
        let row = order::Entity::find_by_id(id).one(&self.db).await;
        let row = row.expect("the orders can be read")?;
        let index = self.model.statements.len();
        let mut said = Declaration {
            // A name that no other has, so that it can be counted.
            name: Some(format!("Ada the {index}.")),
            ..Declaration::default()
        };
        let mut viewer = Viewer::Guest;
        match self.dice.random_range(0..100) {
            0..45 => {
                said.order_number = Some(row.number);
                // Some have ordered with another address, and do not know.
                said.email = Some(match self.chance(85) {
                    true => row.email,
                    false => "elsewhere@example.com".to_owned(),
                });
            }
            45..75 => (said.order, said.access_token) = (Some(id), Some(token)),
            _ => {
                viewer = self.viewer(shopper);
                (said.order, said.access_token) = (Some(id), viewer.customer().is_none().then_some(token));
            }
        }
        if said.order.is_some() && self.chance(50) {
            said.lines = Some(self.a_line(id).await);
        } else if self.chance(10) {
            said.details = Some("The lamp only.".to_owned());
        }
        Some(Statement {
            viewer,
            said,
            key: format!("statement {index}"),
            known: Known::Unknown,
        })
    }

    async fn declare(&mut self, index: usize) {
        let statement = &mut self.model.statements[index];
        if statement.known == Known::Refused {
            // A refusal leaves the key free.
            statement.known = Known::Unknown;
        }
        let Statement { viewer, said, key, .. } = statement.clone();
        let (shop, context) = (self.shop(self.server()), self.context(viewer));
        let of = said.order.map(short).or_else(|| said.order_number.clone());
        let what = format!("{key}: somebody withdraws from order {}", of.unwrap_or_default());
        let running = async move {
            let answer = withdrawals::declare(&shop, &context, said, &key).await;
            Box::new(move |model: &mut Model| received(model, index, answer)) as Learned
        };
        self.perform(Operation::plain(what, self.server(), running)).await;
    }

    /// Staff find the order that is meant, accept, or refuse.
    async fn decide_on_a_withdrawal(&mut self) {
        let open = withdrawal::Entity::find()
            .filter(withdrawal::Column::Status.eq(WithdrawalStatus::Received))
            .filter(withdrawal::Column::Judgement.is_not_null())
            .order_by_asc(withdrawal::Column::Id);
        let mut open = open.all(&self.db).await.expect("the withdrawals can be read");
        if open.is_empty() {
            return;
        }
        let row = open.swap_remove(self.dice.random_range(0..open.len()));
        let meant = order::Entity::find().filter(order::Column::Number.eq(&row.order_number));
        let meant = meant.one(&self.db).await.expect("the orders can be read");
        let meant: Option<OrderId> = meant.filter(|_| row.order_id.is_none()).map(|order| order.id);
        let accepts = self.chance(60);
        let lines = match row.order_id {
            // They said it in words: staff say which units are meant.
            Some(order) if row.details.is_some() => Some(self.a_line(order).await),
            _ => None,
        };
        let (id, version) = (row.id, self.chance(50).then_some(row.version));
        let what = match (meant, accepts) {
            (Some(order), _) => format!("staff match withdrawal {} with order {}", short(id), short(order)),
            (None, true) => format!("staff accept withdrawal {}", short(id)),
            (None, false) => format!("staff refuse withdrawal {}", short(id)),
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let accept = Accept {
                id,
                expected_version: version,
                lines,
            };
            let answer = match meant {
                Some(order) => withdrawals::match_order(&shop, &context, id, order).await,
                None if accepts => withdrawals::accept(&shop, &context, accept).await,
                None => withdrawals::refuse(&shop, &context, id, version, "It was made to order.").await,
            };
            told(
                "deciding on a withdrawal",
                answer.map(|row| format!("{:?}, {:?}", row.judgement, row.status)),
            )
        };
        self.perform(Operation::plain(what, self.server(), running)).await;
    }
}

/// What is declared under one key is received once, however often it is asked for.
fn received(model: &mut Model, index: usize, answer: Result<withdrawal::Model>) -> String {
    let known = model.statements[index].known.clone();
    match answer {
        Ok(row) => {
            if let Known::Done(before) = known
                && before != row.id
            {
                model.accuse(format!("statement {index} was {before}, and is now {}", row.id));
            }
            model.statements[index].known = Known::Done(row.id);
            format!("{} {:?}", row.number, row.status)
        }
        Err(error) => {
            let (refused, told) = model.hear("withdrawing", &error);
            match (refused, known) {
                (true, Known::Done(before)) => {
                    model.accuse(format!("statement {index} was {before}, and its repetition was {told}"));
                }
                (true, _) => model.statements[index].known = Known::Refused,
                (false, _) => {}
            }
            told
        }
    }
}
