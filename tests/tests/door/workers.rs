//! Workers that come and go: what runs when one is asked to stop, and what many do once.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, Statement};
use serde_json::json;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use vitrine_adapters::{
    boot::{self, Booted, Outside, WrapProvider},
    config::{self, Config, Secret},
};
use vitrine_commerce::{
    Context, Shop,
    cart::AddressInput,
    catalog,
    checkout::{BuyLine, BuyNow, Goods, buy_now},
    payments::PaymentMethod,
    schedule,
};
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    outbox::{self, OutboxState},
    staff_member::StaffRole,
};
use vitrine_tests::{
    TestShop,
    backend::Backend,
    clock::TestClock,
    faulty_provider::{Calls, FaultyProvider, Plan, ProviderFault, Verb},
};

/// How long a state may take to come.
const PATIENCE: Duration = Duration::from_secs(60);

/// A shop without a door, whose workers the test starts and stops.
struct Workshop {
    clock: Arc<TestClock>,
    outside: Outside,
    booted: Booted,
    config: Config,
    calls: Arc<Calls>,
    backend: Backend,
    // Dropped last: the database lies in it.
    _folder: TempDir,
}

struct Working {
    stop: CancellationToken,
    worker: JoinHandle<()>,
}

impl Workshop {
    /// With a provider whose first charge takes `slow`, and workers that are given `patience_seconds`
    /// to end what they do.
    async fn open(slow: Duration, patience_seconds: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let backend = Backend::open(&folder).await;
        let mut config = Config::default();
        config.database.url = Secret::new(&backend.database_url);
        config.database.max_connections = 8;
        config.redis = backend.redis_url.as_ref().map(|url| config::Redis {
            url: Secret::new(url),
            prefix: backend.name.clone(),
        });
        // Nobody listens there.
        config.http.public_url = Some("http://127.0.0.1:9".to_owned());
        config.mail.folder = folder.path().join("mails");
        config.auth.signing_secret = Some(Secret::new("a secret of the tests, and long enough"));
        config.worker.poll_ms = 20;
        config.worker.shutdown_seconds = patience_seconds;
        let (clock, calls) = (Arc::new(TestClock::default()), Arc::new(Calls::default()));
        let plan: Plan =
            Arc::new(move |verb, number| ((verb, number) == (Verb::Charge, 0)).then_some(ProviderFault::Slow(slow)));
        boot::migrate(&config).await.unwrap();
        let outside = outside(clock.clone(), plan, calls.clone());
        let booted = boot::boot_with(&config, outside.clone()).await.unwrap();
        let context = Context::system("test");
        catalog::seed::seed(&booted.shop, &context, |_, _| {}).await.unwrap();
        Self {
            clock,
            outside,
            booted,
            config,
            calls,
            backend,
            _folder: folder,
        }
    }

    /// As if the process had ended and another begun: nothing but the database is left.
    async fn start_anew(&mut self) {
        self.booted = boot::boot_with(&self.config, self.outside.clone()).await.unwrap();
    }

    fn shop(&self) -> &Shop {
        &self.booted.shop
    }

    fn work(&self) -> Working {
        let stop = CancellationToken::new();
        let (booted, config, asked) = (self.booted.clone(), self.config.clone(), stop.clone());
        Working {
            stop,
            worker: tokio::spawn(async move {
                let worked = vitrine_worker::run(&booted, &config, asked).await;
                worked.expect("it stops as it was asked to");
            }),
        }
    }

    async fn buy(&self) -> OrderId {
        let variants = vitrine_entity::variant::Entity::find()
            .all(&self.shop().db)
            .await
            .unwrap();
        let stock = vitrine_entity::stock::Entity::find()
            .all(&self.shop().db)
            .await
            .unwrap();
        let plenty = stock.iter().max_by_key(|row| row.on_hand).unwrap();
        let goods = variants.iter().find(|variant| variant.id == plenty.variant_id).unwrap();
        let input = BuyNow {
            lines: vec![BuyLine {
                goods: Goods::Variant(goods.id),
                quantity: 1,
            }],
            email: "ada@example.com".to_owned(),
            shipping_address: AddressInput {
                name: "Ada Lovelace".to_owned(),
                line1: "Unter den Linden 1".to_owned(),
                city: "Berlin".to_owned(),
                postal_code: "10117".to_owned(),
                country: "DE".to_owned(),
                company: None,
                line2: None,
                region: None,
                phone: None,
            },
            billing_address: None,
            shipping_method: None,
            note: None,
            payment_method: PaymentMethod {
                provider: None,
                token: Some("tok_approve".to_owned()),
            },
            idempotency_key: "key".to_owned(),
        };
        buy_now(self.shop(), &Context::system("test"), input)
            .await
            .unwrap()
            .order
            .id
    }

    async fn status(&self, id: OrderId) -> OrderStatus {
        order::Entity::find_by_id(id)
            .one(&self.shop().db)
            .await
            .unwrap()
            .unwrap()
            .status
    }

    async fn payment_job(&self) -> outbox::Model {
        let jobs = outbox::Entity::find().filter(outbox::Column::Queue.eq(outbox::Queue::Payment));
        let jobs = jobs.all(&self.shop().db).await.unwrap();
        let mut jobs = jobs.into_iter().filter(|row| row.job["job"] == "process_payment.v1");
        jobs.next().unwrap()
    }

    async fn charges(&self) -> usize {
        self.booted.simulated.as_ref().unwrap().ledger().await.unwrap().len()
    }

    async fn close(self) {
        drop(self.booted);
        self.backend.drop_database().await;
    }
}

fn outside(clock: Arc<TestClock>, plan: Plan, calls: Arc<Calls>) -> Outside {
    let wrap: WrapProvider = Arc::new(move |inner| Arc::new(FaultyProvider::new(inner, plan.clone(), calls.clone())));
    Outside {
        clock,
        wrap_provider: Some(wrap),
        ..Outside::default()
    }
}

impl Working {
    /// Asks it to stop, as SIGTERM does, and gives how long that took.
    async fn stop(self) -> Duration {
        let asked = tokio::time::Instant::now();
        self.stop.cancel();
        let outcome = tokio::time::timeout(PATIENCE, self.worker)
            .await
            .expect("it stops in time");
        outcome.expect("no panic");
        asked.elapsed()
    }
}

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting)
        .await
        .unwrap_or_else(|_| panic!("this did not come: {what}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_runs_when_the_worker_is_asked_to_stop_is_finished() {
    let house = Workshop::open(Duration::from_millis(1500), 20).await;
    let order = house.buy().await;
    let working = house.work();
    until("the provider is asked", async || house.calls.count(Verb::Charge) == 1).await;
    working.stop().await;
    assert_eq!(house.payment_job().await.state, OutboxState::Done);
    // Nobody takes what follows from it any more.
    assert_eq!(house.status(order).await, OrderStatus::PaymentSuccess);
    assert_eq!(house.charges().await, 1);
    let working = house.work();
    house.clock.advance(TimeDelta::seconds(31));
    until("the next worker goes on", async || {
        house.status(order).await == OrderStatus::Confirmed
    })
    .await;
    working.stop().await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_takes_too_long_is_left_and_run_again_once() {
    let mut house = Workshop::open(Duration::from_secs(20), 1).await;
    let order = house.buy().await;
    let working = house.work();
    until("the provider is asked", async || house.calls.count(Verb::Charge) == 1).await;
    let took = working.stop().await;
    assert!(took < Duration::from_secs(10), "it waited for {took:?}");
    let left = house.payment_job().await;
    assert_eq!((left.state, left.attempts), (OutboxState::Running, 1));

    house.start_anew().await;
    let working = house.work();
    // Longer than any lease.
    house.clock.advance(TimeDelta::minutes(5));
    until("another worker takes over", async || {
        house.status(order).await == OrderStatus::Confirmed
    })
    .await;
    let done = house.payment_job().await;
    assert_eq!((done.state, done.attempts), (OutboxState::Done, 2));
    assert!(done.fence > left.fence, "the first one's late write is refused");
    assert_eq!(house.charges().await, 1);
    assert_eq!(house.calls.rekeyed(), [""; 0]);
    working.stop().await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_tried_to_be_paid_for_is_not_cancelled() {
    let house = Workshop::open(Duration::ZERO, 20).await;
    let order = house.buy().await;
    // Every worker was away for longer than the goods are held.
    house.clock.advance(TimeDelta::hours(3));
    let working = house.work();
    until("it is paid after all", async || {
        house.status(order).await == OrderStatus::Confirmed
    })
    .await;
    assert_eq!(house.charges().await, 1);
    working.stop().await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schedule_ticks_once_however_many_workers_run() {
    let shop = TestShop::open().await;
    let period = TimeDelta::hours(1);
    let tick = async || {
        let claims = (0..16).map(|_| {
            let shop = shop.shop().clone();
            async move {
                let context = Context::system("test");
                let claim = shop.transact(
                    &context,
                    |tx| async move { schedule::claim(&tx, "a test", period).await },
                );
                claim.await.unwrap()
            }
        });
        join_all(claims).await.into_iter().filter(|ticks| *ticks).count()
    };
    assert_eq!(tick().await, 0);
    for _ in 0..3 {
        shop.clock.advance(period);
        assert_eq!(tick().await, 1);
    }
    // A leap is one tick, and so is the way back.
    shop.clock.advance(TimeDelta::hours(25));
    assert_eq!(tick().await, 1);
    shop.clock.advance(TimeDelta::hours(-25));
    assert_eq!(tick().await, 1);
    assert_eq!(tick().await, 0);
    shop.close().await;
}

#[derive(FromQueryResult)]
struct Rows {
    rows: i64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_simulated_providers_memory_has_an_end() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 1).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let kept = async || {
        let sql = "select cast((select count(*) from simulated_webhook) + (select count(*) from simulated_request) as bigint) as rows";
        let statement = Statement::from_string(shop.shop().db.get_database_backend(), sql);
        Rows::find_by_statement(statement)
            .one(&shop.shop().db)
            .await
            .unwrap()
            .unwrap()
            .rows
    };
    let before = kept().await;
    assert!(before >= 2, "{before}");
    shop.advance(TimeDelta::days(30)).await;
    assert_eq!(shop.provider().forget().await.unwrap(), 0);
    // A webhook that was on its way had half a minute for it.
    shop.clock.advance(TimeDelta::seconds(31));
    assert_eq!(shop.provider().forget().await.unwrap(), before as u64);
    assert_eq!(kept().await, 0);
    // The charge itself is a company's books, and stays.
    assert_eq!(guest.order(&placed).await["payment"]["status"], json!("CAPTURED"));
    shop.close().await;
}
