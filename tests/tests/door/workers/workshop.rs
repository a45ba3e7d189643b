//! A shop without a door, whose workers the test starts and stops.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tempfile::TempDir;
use vitrine_adapters::{
    boot::{self, Booted, Outside, WrapProvider},
    config::Config,
    mailer::file::{DevMail, read_folder},
};
use vitrine_commerce::{
    Context, Shop,
    address::AddressInput,
    checkout::{BuyLine, BuyNow, Goods, buy_now},
    payments::PaymentMethod,
};
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    outbox::{self, OutboxState},
};
use vitrine_tests::{
    backend::Backend,
    faulty_provider::{Calls, FaultyProvider, Plan, ProviderFault, Verb},
    memory::TestClock,
    patience::{PATIENCE, out_of_patience},
    worker::Working,
};

/// The shop.
pub struct Workshop {
    pub clock: Arc<TestClock>,
    outside: Outside,
    booted: Booted,
    config: Config,
    pub calls: Arc<Calls>,
    backend: Backend,
    // Dropped last: the database lies in it.
    _folder: TempDir,
}

impl Workshop {
    /// With a provider whose first charge takes `slow`, and workers that are given `patience_seconds`
    /// to end what they do.
    pub async fn open(slow: Duration, patience_seconds: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let backend = Backend::open(&folder).await;
        let mut config = backend.configuration(&folder);
        // Nobody listens there.
        config.http.public_url = Some("http://127.0.0.1:9".to_owned());
        config.worker.shutdown_seconds = patience_seconds;
        let (clock, calls) = (Arc::new(TestClock::default()), Arc::new(Calls::default()));
        let plan: Plan =
            Arc::new(move |verb, number| ((verb, number) == (Verb::Charge, 0)).then_some(ProviderFault::Slow(slow)));
        boot::migrate(&config).await.unwrap();
        let outside = outside(clock.clone(), plan, calls.clone());
        let booted = boot::boot_with(&config, outside.clone()).await.unwrap();
        let context = Context::system(&booted.shop, "test");
        vitrine_demo::seed(&booted.shop, &context, |_, _| {}).await.unwrap();
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
    pub async fn start_anew(&mut self) {
        self.booted = boot::boot_with(&self.config, self.outside.clone()).await.unwrap();
    }

    pub fn shop(&self) -> &Shop {
        &self.booted.shop
    }

    pub fn work(&self) -> Working {
        Working::start(&self.booted, &self.config)
    }

    pub async fn buy(&self) -> OrderId {
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
            shipping_address: Some(AddressInput {
                name: "Ada Lovelace".to_owned(),
                line1: "Unter den Linden 1".to_owned(),
                city: "Berlin".to_owned(),
                postal_code: "10117".to_owned(),
                country: "DE".to_owned(),
                company: None,
                line2: None,
                region: None,
                phone: None,
            }),
            billing_address: None,
            shipping_method: None,
            note: None,
            discount_codes: Vec::new(),
            payment_method: PaymentMethod {
                token: Some("tok_approve".to_owned()),
                ..PaymentMethod::default()
            },
            idempotency_key: "key".to_owned(),
        };
        buy_now(self.shop(), &Context::system(self.shop(), "test"), input)
            .await
            .unwrap()
            .order
            .id
    }

    pub async fn status(&self, id: OrderId) -> OrderStatus {
        order::Entity::find_by_id(id)
            .one(&self.shop().db)
            .await
            .unwrap()
            .unwrap()
            .status
    }

    /// Waits for a state. While no job is at work, time passes until the next one is due: were it to pass meanwhile,
    /// leases would end under whoever works slowly.
    pub async fn until(&self, what: &str, mut holds: impl AsyncFnMut() -> bool) {
        let waiting = async {
            while !holds().await {
                self.pass_time().await;
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, waiting).await.is_err() {
            let (jobs, now) = (outbox::Entity::find().all(&self.shop().db).await, self.shop().now());
            out_of_patience(format_args!("{what}, at {now} of these jobs: {jobs:#?}"));
        }
    }

    async fn pass_time(&self) {
        let jobs = outbox::Entity::find().all(&self.shop().db).await.unwrap();
        let is_at_work = |job: &outbox::Model| matches!(job.state, OutboxState::HandedOver | OutboxState::Running);
        let due = jobs.iter().filter(|job| job.state == OutboxState::Ready);
        if let (false, Some(due)) = (jobs.iter().any(is_at_work), due.map(|job| job.run_at).min()) {
            self.clock.advance((due - self.shop().now()).max(TimeDelta::zero()));
        }
    }

    pub async fn payment_job(&self) -> outbox::Model {
        let jobs = outbox::Entity::find().filter(outbox::Column::Queue.eq(outbox::Queue::Payment));
        let jobs = jobs.all(&self.shop().db).await.unwrap();
        let mut jobs = jobs.into_iter().filter(|row| row.job["job"] == "process_payment.v1");
        jobs.next().unwrap()
    }

    pub async fn mails(&self) -> Vec<DevMail> {
        read_folder(self.booted.mail_folder.as_ref().unwrap()).await.unwrap()
    }

    pub async fn charges(&self) -> usize {
        self.booted.simulated.as_ref().unwrap().ledger().await.unwrap().len()
    }

    pub async fn close(self) {
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
