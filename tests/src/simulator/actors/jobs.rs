//! Workers take deliveries, and do what is done by the clock.

use std::collections::HashSet;

use rand::Rng;
use sea_orm::EntityTrait;
use vitrine_commerce::{
    Result, Shop, catalog::index, error::causes, outbox, payments::reconciliation, retention, work,
};
use vitrine_entity::{ids::OutboxId, outbox as row, outbox::OutboxState};

use crate::simulator::{
    model::{Model, short},
    operation::{Learned, Operation},
    world::World,
};

/// How many rows a relay takes at once.
const BATCH: u64 = 20;

impl World {
    pub(super) async fn worker_acts(&mut self) {
        let jobs = self.dice.random_range(1..=3);
        for _ in 0..jobs {
            let Some(job) = self.queue.take(&mut self.dice) else {
                break;
            };
            let worker = self.worker();
            self.run_job(worker, job).await;
        }
    }

    pub(in crate::simulator) async fn run_job(&mut self, worker: usize, job: OutboxId) {
        let shop = self.shop(worker);
        let running = async move { told("running a job", work::run(&shop, job).await.map(|()| String::new())) };
        let kind = self.kind_of(job).await;
        let operation = Operation {
            job: Some(job),
            ..Operation::plain(format!("job {} {kind}", short(job)), worker, running)
        };
        self.perform(operation).await;
    }

    async fn kind_of(&self, job: OutboxId) -> String {
        let row = row::Entity::find_by_id(job)
            .one(&self.db)
            .await
            .expect("the outbox can be read");
        let Some(row) = row else { return "of nobody".to_owned() };
        let ids = row
            .job
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, _)| *name != "job");
        let ids: Vec<_> = ids
            .map(|(_, id)| id.as_str().map_or_else(|| id.to_string(), short))
            .collect();
        let kind = row.job["job"].as_str().unwrap_or("?");
        format!("{kind} {} (attempt {})", ids.join(" "), row.attempts + 1)
    }

    pub(super) async fn schedules_tick(&mut self) {
        match self.dice.random_range(0..20) {
            0..10 => self.relay().await,
            10..15 => self.sweep().await,
            15 => self.start_reconciliations().await,
            16 => self.look_for_missing_jobs().await,
            17 => self.forget().await,
            _ => self.check_index().await,
        }
    }

    /// Hands over what is due, as `vitrine_worker::relay` does.
    pub(in crate::simulator) async fn relay(&mut self) {
        let worker = self.worker();
        let shop = self.shop(worker);
        let running = async move { told("relaying", relay(&shop).await.map(|jobs| format!("{jobs} handed over"))) };
        let operation = Operation::plain("relays".to_owned(), worker, running);
        self.perform(operation).await;
    }

    pub(in crate::simulator) async fn sweep(&mut self) {
        let worker = self.worker();
        let shop = self.shop(worker);
        let running = async move {
            told(
                "sweeping",
                outbox::sweep(&shop).await.map(|jobs| format!("{jobs} were lost")),
            )
        };
        let operation = Operation::plain("sweeps".to_owned(), worker, running);
        self.perform(operation).await;
    }

    pub(in crate::simulator) async fn look_for_missing_jobs(&mut self) {
        let worker = self.worker();
        let shop = self.shop(worker);
        let running = async move {
            let answer = work::make_missing(&shop).await;
            told(
                "looking for missing jobs",
                answer.map(|jobs| format!("{jobs} made or called back")),
            )
        };
        let operation = Operation::plain("looks for missing jobs".to_owned(), worker, running);
        self.perform(operation).await;
    }

    async fn start_reconciliations(&mut self) {
        let worker = self.worker();
        let shop = self.shop(worker);
        let running = async move {
            let answer = reconciliation::start_due(&shop).await;
            told("starting reconciliations", answer.map(|()| String::new()))
        };
        let operation = Operation::plain("starts due reconciliations".to_owned(), worker, running);
        self.perform(operation).await;
    }

    /// Forgets what is over, as the schedule does. What the shop forgets the simulator keeps in mind.
    pub(in crate::simulator) async fn forget(&mut self) {
        let before = self.jobs_there().await;
        let worker = self.worker();
        let shop = self.shop(worker);
        let running = async move {
            let answer = retention::forget(&shop).await;
            told("forgetting", answer.map(|forgotten| format!("{forgotten:?}")))
        };
        let operation = Operation::plain("forgets what is over".to_owned(), worker, running);
        self.perform(operation).await;
        let there: HashSet<_> = self.jobs_there().await.iter().map(|job| job.id).collect();
        for job in before.into_iter().filter(|job| !there.contains(&job.id)) {
            if job.state != OutboxState::Done {
                let sentence = format!("the job {} was forgotten while it was {:?}", job.id, job.state);
                self.model.accuse(sentence);
            }
            self.monitor.forget_job(job.id);
            self.forgotten.push(job);
        }
    }

    pub(in crate::simulator) async fn check_index(&mut self) {
        let worker = self.worker();
        let shop = self.shop(worker);
        let running = async move {
            let ready = shop.search.is_ready().await;
            let built = match ready {
                Ok(true) => Ok(None),
                // An engine that is away is asked again later.
                Err(_) => Ok(None),
                Ok(false) => index::reindex(&shop, |_, _| ()).await.map(Some),
            };
            Box::new(move |_: &mut Model| match built {
                Ok(built) => format!("{built:?} documents"),
                Err(error) => causes(&error),
            }) as Learned
        };
        let operation = Operation::plain("checks the search index".to_owned(), worker, running);
        self.perform(operation).await;
    }
}

async fn relay(shop: &Shop) -> Result<usize> {
    let mut handed_over = 0;
    for queue in outbox::queues_due(shop).await? {
        let jobs = outbox::take_due(shop, queue, BATCH).await?;
        match shop.queue.push(queue, &jobs).await {
            Ok(()) => handed_over += jobs.len(),
            Err(_) => outbox::give_back(shop, &jobs).await?,
        }
    }
    Ok(handed_over)
}

/// What a worker does has no excuse for a fault: what it meets is written to the job's row.
fn told(what: &'static str, answer: Result<String>) -> Learned {
    Box::new(move |model| match answer {
        Ok(text) => text,
        Err(error) => {
            let text = causes(&error);
            model.accuse(format!("{what} met an error: {text}"));
            text
        }
    })
}
