//! The end of a run: the world is healed, and everything may take its time to come to rest.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement};
use vitrine_commerce::payments::reconciliation::{StartReconciliation, start};
use vitrine_entity::{
    order::{self, OrderStatus},
    outbox::{self, OutboxState},
};

use super::{
    model::{Model, short},
    operation::{Learned, Operation},
    world::World,
};

/// How long staff wait with what is left over, and how long anything may take.
const SOON: TimeDelta = TimeDelta::hours(3);
const A_DAY: TimeDelta = TimeDelta::hours(26);
const AT_LAST: TimeDelta = TimeDelta::days(40);

/// Longer than any finished job is kept.
const OVER: TimeDelta = TimeDelta::days(8);

/// Rounds after which a shop does not come to rest at all; of one with a defect it is known that it may not.
const ROUNDS_MAX: usize = 3_000;
const ROUNDS_MAX_PLANTED: usize = 60;

impl World {
    /// Heals the world, lets everything settle, compares the books, and has every shopper read the
    /// rest of their timelines.
    pub(super) async fn heal(&mut self) {
        self.note("the world is healed");
        self.weather.heal();
        for process in &self.processes {
            process.clock.set_ahead(TimeDelta::zero());
        }
        while !self.frozen.is_empty() {
            self.thaw(0).await;
        }
        // What a clock that ran ahead has put off comes a day late.
        for patience in [SOON, A_DAY] {
            self.bring_what_is_waited_for().await;
            self.pay_what_is_owed().await;
            self.rest(patience).await;
            self.send_everything_out().await;
        }
        self.rest(AT_LAST).await;
        if self.is_caught() {
            return;
        }
        self.compare_the_books().await;
        self.rest(AT_LAST).await;
        self.forget_what_is_over().await;
        for index in 0..self.model.orders.len() {
            let who = self.model.orders[index].shopper;
            self.follow(who, index, true).await;
        }
        self.watch().await;
    }

    /// Jobs that are done are forgotten in time, and nobody misses them: nothing happens again.
    async fn forget_what_is_over(&mut self) {
        // A schedule that nobody knew ticks for the second who asks.
        for _ in 0..2 {
            self.clock.shift(OVER);
            self.forget().await;
        }
        self.rest(AT_LAST).await;
    }

    /// Does what is due and moves the clock to what is due next, until nothing is before `patience`
    /// runs out.
    async fn rest(&mut self, patience: TimeDelta) {
        let until = self.now() + patience;
        let rounds_max = match self.looked_for {
            Some(_) => ROUNDS_MAX_PLANTED,
            None => ROUNDS_MAX,
        };
        for _ in 0..rounds_max {
            // What never rests is not waited for again.
            if self.is_caught() || self.restless {
                return;
            }
            self.do_what_is_due().await;
            match self.due_next().await {
                Some(at) if at <= self.now() => {}
                Some(at) if at <= until => self.clock.shift(at - self.now()),
                _ => return,
            }
        }
        self.restless = self.looked_for.is_some();
        self.model
            .accuse("the shop does not come to rest: there is always more to do".to_owned());
    }

    async fn do_what_is_due(&mut self) {
        if !self.search.is_there() {
            self.check_index().await;
        }
        self.sweep().await;
        self.look_for_missing_jobs().await;
        self.relay().await;
        while let Some(job) = self.queue.take(&mut self.dice) {
            let worker = self.worker();
            self.run_job(worker, job).await;
        }
        self.webhooks_come().await;
        self.watch().await;
    }

    async fn due_next(&self) -> Option<DateTime<Utc>> {
        let open = outbox::Entity::find()
            .filter(outbox::Column::State.is_not_in([OutboxState::Done, OutboxState::Buried]))
            .all(&self.db)
            .await
            .expect("the outbox can be read");
        let jobs = open.iter().map(|row| match row.state {
            OutboxState::Ready => row.run_at,
            // A lease ends after, not at, its time.
            _ => row.lease_until.unwrap_or(row.run_at) + TimeDelta::milliseconds(1),
        });
        jobs.chain(self.provider_next().await).min()
    }

    /// When the provider moves next by itself.
    async fn provider_next(&self) -> Vec<DateTime<Utc>> {
        let sql = "select deliver_at as at from simulated_webhook where delivered_at is null and attempts < 40 \
                   union all select due_at from simulated_charge where due_at is not null and status = 'PENDING' \
                   union all select due_at from simulated_refund where due_at is not null and status = 'PENDING'";
        let rows = self
            .db
            .query_all_raw(Statement::from_string(self.db.get_database_backend(), sql))
            .await
            .expect("the provider's books can be read");
        rows.iter().map(|row| row.try_get("", "at").expect("a time")).collect()
    }

    async fn send_everything_out(&mut self) {
        self.send_what_stands_ready().await;
        let confirmed = order::Entity::find()
            .filter(order::Column::Status.eq(OrderStatus::Confirmed))
            .order_by_asc(order::Column::Id)
            .all(&self.db)
            .await
            .expect("the orders can be read");
        for order in confirmed {
            match order.ships {
                true => self.dispatch(order.id).await,
                // It leaves by no parcel, and what was held for it is taken all the same.
                false => self.complete(order.id).await,
            }
        }
    }

    async fn compare_the_books(&mut self) {
        let until = self.now();
        let since = until - TimeDelta::days(31);
        let input = StartReconciliation {
            provider: "simulated".to_owned(),
            since,
            until,
        };
        let (shop, context) = (self.shop(self.server()), self.context(self.staff()));
        let running = async move {
            let answer = start(&shop, &context, input).await;
            Box::new(move |model: &mut Model| match answer {
                Ok(run) => format!("run {}", short(run.id)),
                Err(error) => {
                    let told = model.hear("comparing the books", &error).1;
                    model.accuse(format!("the books cannot be compared: {told}"));
                    told
                }
            }) as Learned
        };
        let operation = Operation::plain("staff compare the books".to_owned(), self.server(), running);
        self.perform(operation).await;
    }
}
