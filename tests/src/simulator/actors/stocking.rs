//! Staff correct stock, bring what is waited for, and move it from one location to the other.

use chrono::TimeDelta;
use rand::Rng;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_commerce::{
    Context, Error, Fault, Shop,
    inventory::{
        self, Adjust,
        transfers::{self, Rest, TransferClose, TransferCreate, TransferReceive, Units},
    },
    repeats::{self, Asked, Begun},
};
use vitrine_entity::{
    ids::LocationId,
    stock_policy,
    stock_transfer::{self, TransferStatus},
};

use super::staff::told;
use crate::simulator::{
    model::{Adjustment, Known, Model, short},
    operation::{Learned, Operation},
    world::World,
};

/// How often staff ask under one key.
const TRIES_MAX: usize = 3;

/// What is asked for under a key.
const PART: &str = "adjust";

impl World {
    pub(super) async fn adjust(&mut self) {
        let good = self.dice.random_range(0..self.template.goods.len());
        let delta = *[-1, 1, 2, 3].get(self.dice.random_range(0..4)).unwrap_or(&1);
        let places = [None, None, Some(&self.template.annex)];
        let location = places[self.dice.random_range(0..places.len())];
        self.adjust_by(good, location.copied(), delta).await;
    }

    /// Staff bring what orders wait for, so that nothing is left over.
    pub(in crate::simulator) async fn bring_what_is_waited_for(&mut self) {
        let policies = stock_policy::Entity::find().all(&self.db).await;
        let policies = policies.expect("the policies can be read");
        for index in 0..self.template.goods.len() {
            let variant = self.template.goods[index].variant;
            let waiting = policies.iter().find(|policy| policy.variant_id == variant);
            let waiting = waiting.map_or(0, |policy| policy.promised);
            if waiting > 0 {
                self.adjust_by(index, None, waiting).await;
            }
        }
    }

    /// Asked under one key until it is known what became of it, or patience is over.
    async fn adjust_by(&mut self, good: usize, location: Option<LocationId>, delta: i64) {
        let good = &self.template.goods[good];
        let (variant, sku) = (good.variant, good.sku);
        let index = self.model.adjustments.len();
        let reason = format!("adjustment {index}");
        self.model.adjustments.push(Adjustment {
            variant,
            delta,
            reason: reason.clone(),
            known: Known::Unknown,
        });
        let input = Adjust {
            variant,
            location,
            delta,
            reason,
            expected_version: None,
        };
        for _ in 0..TRIES_MAX {
            let what = format!("staff adjust {sku} by {delta}");
            let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
            let running = adjust_once(shop, context, index, input.clone());
            let operation = Operation::plain(what, self.server(), running);
            self.perform(operation).await;
            if !matches!(self.model.adjustments[index].known, Known::Unknown) {
                return;
            }
            // Whoever was at it is taken for dead by then.
            self.clock.shift(TimeDelta::seconds(31));
        }
    }

    /// Moves goods from one location to the other, a step at a time.
    pub(super) async fn transfer(&mut self) {
        let open = [TransferStatus::Draft, TransferStatus::InTransit];
        let open = stock_transfer::Entity::find()
            .filter(stock_transfer::Column::Status.is_in(open))
            .order_by_asc(stock_transfer::Column::Id)
            .one(&self.db)
            .await
            .expect("the transfers can be read");
        let good = &self.template.goods[self.dice.random_range(0..self.template.goods.len())];
        let create = TransferCreate {
            origin: Some(self.template.main),
            destination: self.template.annex,
            lines: vec![Units {
                variant: good.variant,
                quantity: self.dice.random_range(1..3),
            }],
            reference: None,
            expected_on: None,
            note: None,
        };
        let gives_up = self.chance(25);
        let what = match &open {
            Some(row) if gives_up => format!("staff call transfer {} back", short(row.id)),
            None => format!("staff draft a transfer of {}", good.sku),
            Some(row) => format!("staff move transfer {}, {:?}, on", short(row.id), row.status),
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = match open {
                None => transfers::create(&shop, &context, create).await,
                Some(row) if gives_up => {
                    let close = TransferClose {
                        transfer: row.id,
                        expected_version: Some(row.version),
                        rest: Rest::Returned,
                        reason: "called back".to_owned(),
                    };
                    transfers::close(&shop, &context, close).await
                }
                Some(row) if row.status == TransferStatus::Draft => {
                    transfers::ship(&shop, &context, row.id, Some(row.version)).await
                }
                Some(row) => {
                    let receive = TransferReceive {
                        transfer: row.id,
                        expected_version: Some(row.version),
                        lines: None,
                    };
                    transfers::receive(&shop, &context, receive).await
                }
            };
            told("transferring", answer.map(|row| format!("{:?}", row.status)))
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }
}

/// Adjusts stock, unless that was done under its key before.
async fn adjust_once(shop: Shop, context: Context, index: usize, input: Adjust) -> Learned {
    let key = format!("the key of {}", input.reason);
    let asked = Asked {
        key: &key,
        hash: input.reason.as_bytes(),
    };
    let answer = match repeats::begin(&shop, &context, &asked).await {
        Ok(Begun::Held(held)) => match held.answer() {
            Some(answer) => Ok(answer == b"done"),
            None if held.was_done(PART) => Ok(true),
            None => {
                let adjusted = held.within(PART, inventory::adjust(&shop, &context, input)).await;
                match &adjusted {
                    Ok(_) => held.end(b"done", true).await,
                    Err(Error::Refused(_)) => held.end(b"refused", true).await,
                    Err(Error::Fault(_)) => drop(held),
                }
                adjusted.map(|_| true)
            }
        },
        Ok(Begun::InProgress | Begun::Reused) => return Box::new(|_| "somebody is at it".to_owned()),
        Err(error) => Err(error),
    };
    Box::new(move |model: &mut Model| match answer {
        Ok(true) => {
            model.adjustments[index].known = Known::Done(());
            "done".to_owned()
        }
        Ok(false) => {
            model.adjustments[index].known = Known::Refused;
            "refused before".to_owned()
        }
        // It was frozen, and somebody else is at it.
        Err(Error::Fault(Fault::Crowded(_))) => "overtaken".to_owned(),
        Err(error) => {
            let (refused, told) = model.hear("adjusting stock", &error);
            if refused {
                model.adjustments[index].known = Known::Refused;
            }
            told
        }
    })
}
