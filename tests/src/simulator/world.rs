//! A shop of several processes on one database, with everything around it.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use chrono::TimeDelta;
use rand::{Rng, SeedableRng, rngs::StdRng};
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityTrait};
use tempfile::TempDir;
use vitrine_adapters::{
    carrier::SimulatedCarrier,
    payment::simulated::{SimulatedProvider, SimulatedSettings},
};
use vitrine_commerce::{
    Settings, Shop,
    ports::{Carrier, Clock, PaymentProvider},
    shop::Parts,
};
use vitrine_entity::outbox;

use super::{
    defect::Defect,
    history::History,
    ids::SeededIds,
    model::{Model, Shopper},
    monitor::Monitor,
    operation::Frozen,
    people::{CUSTOMERS, customer_id},
    points::Points,
    ports::{Between, SimulatedBus, SimulatedMailer, SimulatedQueue, SimulatedSearch},
    template::{self, Template},
    time::{MachineClock, WorldClock},
    weather::Weather,
};
use crate::{
    faulty_provider::{Calls, FaultyProvider},
    memory::{MemoryStore, NoImaging, NoLimits, NobodyListens, Nowhere, PlainText},
};

/// Guests beside the customers.
const GUESTS: usize = 3;

/// A server or a worker.
pub(super) struct Process {
    pub name: &'static str,
    pub clock: Arc<MachineClock>,
    pub shop: Shop,
}

/// What is counted for the summary.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub operations: u64,
    pub crashes: usize,
    pub freezes: usize,
    pub webhooks: usize,
}

pub(super) struct World {
    pub dice: StdRng,
    pub clock: Arc<WorldClock>,
    pub weather: Arc<Weather>,
    pub points: Arc<Points>,
    /// The simulator's own connection, by which it looks and tampers.
    pub db: DatabaseConnection,
    pub provider: Arc<SimulatedProvider>,
    pub carrier: Arc<SimulatedCarrier>,
    pub calls: Arc<Calls>,
    pub processes: Vec<Process>,
    /// Whether the queue lives and dies with the one process that there is.
    pub embedded: bool,
    pub queue: Arc<SimulatedQueue>,
    pub bus: Arc<SimulatedBus>,
    pub mailer: Arc<SimulatedMailer>,
    pub search: Arc<SimulatedSearch>,
    pub template: &'static Template,
    pub model: Model,
    pub monitor: Monitor,
    pub history: History,
    pub frozen: Vec<Frozen>,
    /// The operations that ran from their beginning to their end.
    pub unhindered: BTreeSet<u64>,
    /// Jobs that were done and that the shop has forgotten since.
    pub forgotten: Vec<outbox::Model>,
    pub counts: Counts,
    pub leaps: u32,
    /// A part of the only sentence that whoever runs it waits for.
    pub looked_for: Option<&'static str>,
    /// Whether a shop with a defect has not come to rest.
    pub restless: bool,
    defect: Option<Defect>,
    /// Dropped last: the database lies in it.
    _folder: TempDir,
}

impl World {
    pub(super) async fn open(seed: u64, defect: Option<Defect>) -> Self {
        let template = template::template().await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("shop.db");
        std::fs::write(&file, &template.database).expect("the run's database is copied");
        let db = template::open(&file, 1).await;
        if let Some(trigger) = defect.map(Defect::triggers).filter(|trigger| !trigger.is_empty()) {
            db.execute_unprepared(trigger)
                .await
                .expect("the defect's trigger is made");
        }
        let mut dice = StdRng::seed_from_u64(seed);
        let embedded = dice.random_bool(0.3);
        let on_dispatch = dice.random_bool(0.5);
        let clock = Arc::new(WorldClock::default());
        let weather = Arc::new(Weather::new(seed ^ 0x0077_6561_7468_6572));
        let points = Arc::new(Points::default());
        let books = template::open(&file, 2).await;
        let provider = Arc::new(provider(seed, books, clock.clone()));
        let queue = Arc::new(SimulatedQueue::new(points.clone(), weather.clone(), defect));
        let bus = Arc::new(SimulatedBus::new(points.clone(), weather.clone()));
        let mailer = Arc::new(SimulatedMailer::new(points.clone(), weather.clone(), defect));
        let search = Arc::new(SimulatedSearch::new(points.clone(), weather.clone(), defect));
        let mut world = Self {
            dice,
            clock,
            weather,
            points,
            db,
            provider,
            carrier: Arc::new(SimulatedCarrier::new(b"the carrier's secret".to_vec())),
            calls: Arc::default(),
            processes: Vec::new(),
            embedded,
            queue,
            bus,
            mailer,
            search,
            template,
            model: Model::default(),
            monitor: Monitor::default(),
            history: History::default(),
            frozen: Vec::new(),
            unhindered: BTreeSet::new(),
            forgotten: Vec::new(),
            counts: Counts::default(),
            leaps: 0,
            looked_for: None,
            restless: false,
            defect,
            _folder: folder,
        };
        let mut shop_db = template::open(&file, 4).await;
        let points = world.points.clone();
        shop_db.set_metric_callback(move |_| points.after_statement());
        world.start_processes(seed, &shop_db, on_dispatch, defect);
        world.let_actors_in();
        world.history.write(format!(
            "seed {seed}: {} process(es), money is taken {}",
            world.processes.len(),
            if on_dispatch { "at dispatch" } else { "with the order" }
        ));
        world
    }

    /// Lets the planted defect's hand into the tables, if it has one for this.
    pub(super) async fn tamper(&self, hand: fn(Defect) -> &'static str) -> bool {
        let statements = self.defect.map(hand).unwrap_or_default();
        if !statements.is_empty() {
            let tampered = self.db.execute_unprepared(statements).await;
            tampered.expect("the tables are tampered with");
        }
        !statements.is_empty()
    }

    fn start_processes(&mut self, seed: u64, db: &DatabaseConnection, on_dispatch: bool, defect: Option<Defect>) {
        let ids = Arc::new(SeededIds::new(seed ^ 0x6964_7300));
        let weather = self.weather.clone();
        let plan = Arc::new(move |_, _| weather.provider_fault());
        let faulty = Arc::new(FaultyProvider::new(self.provider.clone(), plan, self.calls.clone()));
        let names: &[&'static str] = match self.embedded {
            true => &["vitrine"],
            false => &["server", "worker 1", "worker 2"],
        };
        for name in names {
            let clock = Arc::new(MachineClock::new(self.clock.clone()));
            let between: Arc<dyn PaymentProvider> = Arc::new(Between::new(faulty.clone(), self.points.clone(), defect));
            let parts = Parts {
                db: db.clone().into(),
                clock: clock.clone(),
                ids: ids.clone(),
                queue: self.queue.clone(),
                bus: self.bus.clone(),
                rate_limiter: Arc::new(NoLimits),
                mailer: self.mailer.clone(),
                sms: None,
                push: None,
                search: self.search.clone(),
                media: Arc::<MemoryStore>::default(),
                imaging: Arc::new(NoImaging),
                documents: Arc::new(PlainText),
                picture_source: Arc::new(Nowhere),
                webhook_sender: Arc::new(NobodyListens),
                event_stream: None,
                parcel_labels: None,
                legacy: None,
                carriers: [("simulated".to_owned(), self.carrier.clone() as Arc<dyn Carrier>)].into(),
                identity_providers: std::collections::BTreeMap::new(),
                vat_register: None,
                exchange_rates: None,
                payment_providers: [(between.name(), between)].into(),
                settings: Settings {
                    capture_on_dispatch: on_dispatch,
                    ..self.template.settings.clone()
                },
            };
            let shop = Shop::new(parts, self.template.profile.clone());
            self.processes.push(Process { name, clock, shop });
        }
    }

    fn let_actors_in(&mut self) {
        let customers = (0..CUSTOMERS).map(|number| Some(customer_id(number)));
        let shoppers = customers.chain(std::iter::repeat_n(None, GUESTS));
        self.model.shoppers = shoppers
            .map(|customer| Shopper {
                customer,
                cart: None,
                placing: None,
                orders: Vec::new(),
            })
            .collect();
        for good in &self.template.goods {
            self.model
                .prices
                .entry(good.variant)
                .or_default()
                .insert(good.price_minor);
        }
    }

    /// A process for a request: a server, which any process of an embedded shop is.
    pub(super) fn server(&self) -> usize {
        0
    }

    /// A process for a job.
    pub(super) fn worker(&mut self) -> usize {
        match self.processes.len() {
            1 => 0,
            many => self.dice.random_range(1..many),
        }
    }

    /// The shop as `process` sees it.
    pub(super) fn shop(&self, process: usize) -> Shop {
        self.processes[process].shop.clone()
    }

    /// Whether it happens, in so many cases of a hundred. Throws the actors' dice.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.dice.random_range(0..100) < percent
    }

    /// Writes a line of what happens now.
    pub(super) fn note(&mut self, what: &str) {
        let seconds = self.clock.elapsed().num_milliseconds() as f64 / 1000.0;
        self.history
            .write(format!("{:>5} {seconds:>12.3} s  {what}", self.counts.operations));
    }

    /// Every job that there is.
    pub(super) async fn jobs_there(&self) -> Vec<outbox::Model> {
        outbox::Entity::find()
            .all(&self.db)
            .await
            .expect("the outbox can be read")
    }

    /// Every job that there is or was.
    pub(super) async fn jobs_ever(&self) -> Vec<outbox::Model> {
        let mut jobs = self.jobs_there().await;
        jobs.extend_from_slice(&self.forgotten);
        jobs
    }

    /// How late it is, for the world.
    pub(super) fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.clock.now()
    }
}

fn provider(seed: u64, books: DatabaseConnection, clock: Arc<WorldClock>) -> SimulatedProvider {
    let settings = SimulatedSettings {
        public_url: "http://127.0.0.1".to_owned(),
        slow: Duration::ZERO,
        pending: TimeDelta::minutes(10),
        key_hours: 24,
        webhook_secret: b"between the simulator and its provider".to_vec(),
    };
    let ids = Arc::new(SeededIds::new(seed ^ 0x7072_6f76));
    SimulatedProvider::new(books, clock, ids, settings)
}
