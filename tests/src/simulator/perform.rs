//! An operation on its way: to its end, to its death, or to where it freezes.

use std::{future::poll_fn, panic::resume_unwind, sync::atomic::Ordering, task::Poll};

use rand::Rng;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_commerce::outbox;
use vitrine_entity::{
    ids::OutboxId,
    outbox as row,
    outbox::{OutboxState, Queue},
};

use super::{
    defect::Defect,
    operation::{Frozen, Learned, Operation},
    points::{Crash, Plan, Thaw},
    world::World,
};

/// How often in a hundred an operation dies, and how often it freezes.
const DIES_PERCENT: u32 = 15;
const FREEZES_PERCENT: u32 = 8;

/// The most operations that are frozen at the same time.
const FROZEN_MAX: usize = 4;

enum Ended {
    Learned(Learned),
    Died,
    Froze(Thaw),
}

impl World {
    /// Runs `operation`, which may die or freeze on the way.
    pub(super) async fn perform(&mut self, operation: Operation) {
        self.counts.operations += 1;
        let plan = self.plan();
        let number = self.counts.operations;
        self.go_on(number, operation, plan, false).await;
    }

    /// Lets a frozen operation go on.
    pub(super) async fn thaw(&mut self, index: usize) {
        let Frozen {
            number,
            operation,
            row,
            thaw,
        } = self.frozen.remove(index);
        thaw.store(true, Ordering::Relaxed);
        let plan = Plan {
            freezes_in: None,
            ..self.plan()
        };
        let job = operation.job;
        let before = self.row(job).await;
        self.go_on(number, operation, plan, true).await;
        let after = self.row(job).await;
        if before != row && after != before && !is_late_end(row.as_ref(), after.as_ref()) {
            let sentence = format!("#{number} was frozen, its job {job:?} moved on, and its late write was taken");
            self.model.accuse(sentence);
        }
    }

    async fn row(&self, job: Option<OutboxId>) -> Option<row::Model> {
        let row = row::Entity::find_by_id(job?).one(&self.db).await;
        row.expect("the outbox can be read")
    }

    fn plan(&mut self) -> Plan {
        let (dies, freezes) = (self.chance(DIES_PERCENT), self.chance(FREEZES_PERCENT));
        let (dies_in, freezes_in) = (self.dice.random_range(0..30), self.dice.random_range(0..4));
        let calm = self.weather.is_healed();
        Plan {
            dies_in: (dies && !calm).then_some(dies_in),
            freezes_in: (freezes && !calm && self.frozen.len() < FROZEN_MAX).then_some(freezes_in),
        }
    }

    async fn go_on(&mut self, number: u64, mut operation: Operation, plan: Plan, thawed: bool) {
        self.points.begin(number, plan);
        let ended = self.drive(&mut operation).await;
        self.points.begin(0, Plan::default());
        let name = self.processes[operation.process].name;
        let head = match thawed {
            true => format!("{name}: #{number} {} (thawed)", operation.what),
            false => format!("{name}: #{number} {}", operation.what),
        };
        match ended {
            Ended::Learned(learned) => {
                if !thawed {
                    self.unhindered.insert(number);
                }
                let told = learned(&mut self.model);
                self.note(&format!("{head} → {told}"));
            }
            Ended::Died => {
                let told = (operation.silence)(&mut self.model);
                self.note(&format!("{head} → died {told}"));
                self.kill(operation.process);
                if self.embedded {
                    self.start_again(operation.process).await;
                }
            }
            Ended::Froze(thaw) => {
                self.counts.freezes += 1;
                self.note(&format!("{head} → freezes"));
                let row = self.row(operation.job).await;
                self.tamper(Defect::behind_the_frozen).await;
                self.frozen.push(Frozen {
                    number,
                    operation,
                    row,
                    thaw,
                });
            }
        }
    }

    async fn drive(&self, operation: &mut Operation) -> Ended {
        let points = &self.points;
        let ended = poll_fn(
            |context| match points.at_work(|| operation.running.as_mut().poll(context)) {
                Poll::Ready(Ok(learned)) => Poll::Ready(Ended::Learned(learned)),
                Poll::Ready(Err(panic)) if panic.is::<Crash>() => Poll::Ready(Ended::Died),
                // Not ours: a defect of the shop, or of the simulator.
                Poll::Ready(Err(panic)) => resume_unwind(panic),
                Poll::Pending => match points.take_frozen() {
                    Some(thaw) => Poll::Ready(Ended::Froze(thaw)),
                    None => Poll::Pending,
                },
            },
        );
        ended.await
    }

    /// The one process of an embedded shop is started again, and does at once what the dead one had begun.
    async fn start_again(&mut self, process: usize) {
        let shop = self.shop(process);
        let jobs = outbox::take_back(&shop).await.expect("the outbox can be written");
        self.note(&format!("  it starts again, with {jobs} jobs that had been begun"));
        let begun = row::Column::State.is_in([OutboxState::HandedOver, OutboxState::Running]);
        let waiting = row::Entity::find().filter(begun).all(&self.db).await;
        for job in waiting.expect("the outbox can be read") {
            self.model
                .accuse(format!("the job {} waits for a process that is dead", job.id));
        }
    }

    /// The process dies, and with it what is frozen in it.
    fn kill(&mut self, process: usize) {
        self.counts.crashes += 1;
        let (dead, alive): (Vec<_>, Vec<_>) = std::mem::take(&mut self.frozen)
            .into_iter()
            .partition(|frozen| frozen.operation.process == process);
        self.frozen = alive;
        for frozen in dead {
            let told = (frozen.operation.silence)(&mut self.model);
            self.note(&format!(
                "  with it dies #{} {} {told}",
                frozen.number, frozen.operation.what
            ));
        }
        if self.embedded {
            let lost = self.queue.wipe();
            self.note(&format!("  and {lost} jobs that waited in its memory"));
        }
    }
}

/// Whether a job was merely ended that nobody has begun anew since it was frozen: a mail went out late, and goes out no second
/// time, or a look at the provider's books found nothing new. All others end in the transaction of their effects, while they
/// hold their lease.
fn is_late_end(frozen: Option<&row::Model>, after: Option<&row::Model>) -> bool {
    let (Some(frozen), Some(after)) = (frozen, after) else {
        return false;
    };
    let ends_alone = after.queue == Queue::Mail || after.job["job"] == "check_payment.v1";
    ends_alone && after.state == OutboxState::Done && after.fence == frozen.fence
}
