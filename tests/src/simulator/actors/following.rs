//! Shoppers follow their orders' timelines, and try others'.

use std::{pin::pin, time::Duration};

use futures::StreamExt;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_commerce::{Context, Error, Result, Shop, Viewer, orders};
use vitrine_entity::{ids::OrderId, order_event};

use crate::simulator::{
    defect::INTRUDERS_TOKEN,
    model::{Model, short},
    operation::{Learned, Operation},
    world::World,
};

/// How long a follower waits for an entry that is there.
const PATIENCE: Duration = Duration::from_secs(10);

impl World {
    /// How many entries of an order's timeline shoppers may see, beside those `seen`.
    async fn unseen(&self, order: OrderId, seen: &[i64]) -> usize {
        let all = order_event::Entity::find()
            .filter(order_event::Column::OrderId.eq(order))
            .filter(order_event::Column::Public.eq(true));
        let all = all.all(&self.db).await.expect("the timeline can be read");
        all.iter().filter(|entry| !seen.contains(&entry.number)).count()
    }

    /// Reads what is new from where the shopper stopped. Their connection may break after any entry,
    /// unless it is `to_the_end`.
    pub(in crate::simulator) async fn follow(&mut self, who: usize, index: usize, to_the_end: bool) {
        let breaks_after = match !to_the_end && self.chance(40) {
            true => 1,
            false => usize::MAX,
        };
        let order = &self.model.orders[index];
        let follower = Follower {
            shop: self.shop(self.server()),
            context: self.context(self.viewer(who)),
            order: order.id,
            access_token: order.access_token.clone(),
            after: order.cursor.clone(),
            breaks_after: breaks_after.min(self.unseen(order.id, &order.seen).await),
        };
        let what = format!("shopper {who} follows order {}", short(order.id));
        let running = async move {
            let answer = follower.read().await;
            Box::new(move |model: &mut Model| match answer {
                Ok(entries) => {
                    let order = &mut model.orders[index];
                    let numbers: Vec<_> = entries.iter().map(|(number, _)| *number).collect();
                    order.seen.extend(&numbers);
                    if let Some((_, cursor)) = entries.into_iter().last() {
                        order.cursor = Some(cursor);
                    }
                    format!("{numbers:?}")
                }
                Err(error) => {
                    let told = model.hear("following", &error).1;
                    let id = model.orders[index].id;
                    model.accuse(format!("the shopper of {id} cannot follow it: {told}"));
                    told
                }
            }) as Learned
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }

    /// Somebody else tries to open the order.
    pub(super) async fn open_as_stranger(&mut self, who: usize, index: usize) {
        let id = self.model.orders[index].id;
        let stranger = match self
            .model
            .shoppers
            .iter()
            .rposition(|shopper| shopper.customer.is_some())
        {
            Some(other) if other != who => self.viewer(other),
            _ => Viewer::Guest,
        };
        let (shop, context) = (self.shop(self.server()), self.context(stranger));
        let running = async move {
            let found = orders::find(&shop, &context, id, Some(INTRUDERS_TOKEN)).await;
            let follower = Follower {
                shop,
                context,
                order: id,
                access_token: INTRUDERS_TOKEN.to_owned(),
                after: None,
                breaks_after: 1,
            };
            let followed = follower.read().await;
            Box::new(move |model: &mut Model| {
                let nothing = matches!(&found, Ok(None)) && matches!(&followed, Err(Error::Refused(_)));
                if !nothing {
                    model.accuse(format!("a stranger opened {id}"));
                }
                format!("nothing: {nothing}")
            }) as Learned
        };
        let what = format!("a stranger tries order {}", short(id));
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }
}

struct Follower {
    shop: Shop,
    context: Context,
    order: OrderId,
    access_token: String,
    after: Option<String>,
    breaks_after: usize,
}

impl Follower {
    /// The entries until the connection breaks: their numbers and cursors. Whoever misses one stops waiting for it.
    async fn read(self) -> Result<Vec<(i64, String)>> {
        let updates = orders::follow(self.shop, self.context, self.order, Some(self.access_token), self.after).await?;
        let mut updates = pin!(updates);
        let mut entries = Vec::new();
        while entries.len() < self.breaks_after {
            let next = tokio::time::timeout(PATIENCE, updates.next()).await;
            let Ok(Some(update)) = next else { break };
            let update = update?;
            entries.push((update.event.number, update.cursor));
        }
        Ok(entries)
    }
}
