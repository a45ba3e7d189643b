//! A whole shop, open behind a real door, on a clock that the test moves.

mod people;
mod servers;
mod settle;

use std::sync::Arc;

use chrono::TimeDelta;
use sea_orm::DatabaseConnection;
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use vitrine_adapters::{
    boot::{self, Booted, Outside, WrapProvider},
    carrier::SimulatedCarrier,
    config::Config,
    mailer::file::{DevMail, read_folder},
    payment::simulated::SimulatedProvider,
};
use vitrine_commerce::{Context, Shop, catalog::sales};

use crate::{
    backend::Backend,
    client::Client,
    faulty_provider::{Calls, FaultyProvider, Plan},
    invariants,
    memory::TestClock,
    patience::PATIENCE,
    statements::Statements,
    stocked,
};

/// The password of every member of staff and customer that the harness makes.
pub const PASSWORD: &str = "correct horse battery staple";

/// A shop with the demo catalogue, a worker, and a server on a port of 127.0.0.1.
pub struct TestShop {
    pub clock: Arc<TestClock>,
    pub statements: Arc<Statements>,
    booted: Booted,
    config: Config,
    base: String,
    /// Whether it began with an index of what it sells.
    is_indexed: bool,
    backend: Backend,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
    // Dropped last: the database and the mails lie in it.
    folder: TempDir,
}

impl TestShop {
    /// Opens a shop.
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// Opens a shop whose configuration `change` has changed.
    pub async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::open_wrapped(change, None).await
    }

    /// As [`open_with`](Self::open_with), with payment providers that go wrong as `plan` says, and
    /// keep what they were asked in `calls`.
    pub async fn open_faulty(change: impl FnOnce(&mut Config), plan: Plan, calls: Arc<Calls>) -> Self {
        let wrap: WrapProvider =
            Arc::new(move |inner| Arc::new(FaultyProvider::new(inner, plan.clone(), calls.clone())));
        Self::open_wrapped(change, Some(wrap)).await
    }

    /// Opens a shop on a database that `prepare` fills before it is migrated, at the time that `clock`
    /// shows. It has no demo catalogue, and nobody works in it before [`work`](Self::work).
    pub async fn open_on(
        change: impl FnOnce(&mut Config),
        clock: TestClock,
        prepare: impl AsyncFnOnce(&DatabaseConnection),
    ) -> Self {
        let (mut shop, listener) = Self::boot(change, None, clock, false, prepare).await;
        shop.serve(listener).await;
        shop
    }

    async fn open_wrapped(change: impl FnOnce(&mut Config), wrap_provider: Option<WrapProvider>) -> Self {
        let (mut shop, listener) = Self::boot(change, wrap_provider, TestClock::default(), true, async |_| {}).await;
        let context = Context::system(shop.shop(), "test");
        vitrine_demo::seed(shop.shop(), &context, |_, _| {})
            .await
            .expect("the demo catalogue");
        shop.serve(listener).await;
        shop.work();
        shop
    }

    async fn boot(
        change: impl FnOnce(&mut Config),
        wrap_provider: Option<WrapProvider>,
        clock: TestClock,
        is_stocked: bool,
        prepare: impl AsyncFnOnce(&DatabaseConnection),
    ) -> (Self, TcpListener) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (backend, stocked) = if is_stocked {
            let (backend, index) = stocked::open(&folder).await;
            (backend, Some(index))
        } else {
            (Backend::open(&folder).await, None)
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("a bound port"));
        let mut config = backend.configuration(&folder);
        config.http.public_url = Some(base.clone());
        config.payment.simulated.slow_seconds = 1;
        change(&mut config);
        let db = boot::open_database(&config).await.expect("the database opens");
        prepare(&db).await;
        db.close().await.expect("the connections close");
        boot::migrate(&config).await.expect("the migrations run");
        // Another currency, or other languages, make another index of the same goods.
        let is_usual = config.shop == Config::default().shop && config.search.meilisearch.is_none();
        let index = match stocked {
            Some(index) if is_usual => index.copied().await.expect("the search index is copied"),
            _ => None,
        };
        let is_indexed = index.is_some();
        let clock = Arc::new(clock);
        let statements = Arc::new(Statements::default());
        let outside = Outside {
            clock: clock.clone(),
            wrap_provider,
            watch_statements: Some(statements.watcher()),
            index,
            ..Outside::default()
        };
        let booted = boot::boot_with(&config, outside).await.expect("the shop opens");
        let shop = Self {
            clock,
            statements,
            booted,
            config,
            base,
            is_indexed,
            backend,
            stop: CancellationToken::new(),
            tasks: Vec::new(),
            folder,
        };
        (shop, listener)
    }

    /// A guest at the door.
    pub fn guest(&self) -> Client {
        Client::guest(&self.base)
    }

    /// The shop behind the door, for what no door leads to.
    pub fn shop(&self) -> &Shop {
        &self.booted.shop
    }

    /// What `/metrics` answers, which has a port of its own.
    pub async fn metrics(&self) -> reqwest::Response {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let routes = vitrine_server::metrics::routes(self.booted.shop.clone());
        let serving = tokio::spawn(async move { axum::serve(listener, routes).await });
        let answer = crate::client::http()
            .get(format!("http://{address}/metrics"))
            .send()
            .await;
        serving.abort();
        answer.expect("an answer")
    }

    /// How the shop was opened.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The payment provider, with its own ledger.
    pub fn provider(&self) -> &SimulatedProvider {
        self.booted
            .simulated
            .as_deref()
            .expect("the tests' shop has the simulated provider")
    }

    /// The carrier that tells what it is told to.
    pub fn carrier(&self) -> &SimulatedCarrier {
        self.booted
            .simulated_carrier
            .as_deref()
            .expect("the tests' shop has the simulated carrier")
    }

    /// Has this server keep answers however late it is told what has changed: a machine with much else to do lets it look at its
    /// database too seldom to believe what it has. For a test that looks at what is kept, and changes nothing by another server.
    pub fn believe_for_long(&self) {
        self.shop().showing().believe_for(PATIENCE);
    }

    /// The mails that were written, oldest first.
    pub async fn mails(&self) -> Vec<DevMail> {
        let folder = self
            .booted
            .mail_folder
            .as_ref()
            .expect("the tests' shop writes its mails into a folder");
        let mut mails = read_folder(folder).await.expect("the mails can be read");
        mails.sort_by(|a, b| (a.date, &a.file_name).cmp(&(b.date, &b.file_name)));
        mails
    }

    /// Ends the test: lets everything that was put off come due, and accuses what is not well.
    ///
    /// # Panics
    /// When a job is left or an invariant is broken.
    pub async fn close(self) {
        for hours in [1, 1, 1, 25, 8 * 24] {
            self.advance(TimeDelta::hours(hours)).await;
        }
        // It is done by the machine's clock, and leaves a job.
        sales::count(self.shop()).await.expect("sales are counted");
        self.settle().await;
        let mut violations = self.jobs_left().await;
        violations.extend(invariants::violations(&self.shop().db, self.provider()).await);
        assert!(violations.is_empty(), "{violations:#?}");
        self.abandon().await;
    }

    /// The jobs that are left. One that a busy machine had put off a moment ago has its time first.
    async fn jobs_left(&self) -> Vec<String> {
        for _ in 0..12 {
            let left = invariants::unfinished_jobs(&self.shop().db, |_| false).await;
            if left.is_empty() {
                return left;
            }
            self.advance(TimeDelta::hours(1)).await;
        }
        invariants::unfinished_jobs(&self.shop().db, |_| false).await
    }

    /// Ends a test whose shop cannot come to rest, because the test took a part of it away.
    pub async fn abandon(self) {
        self.stop.cancel();
        for task in self.tasks {
            task.await.expect("a task of the shop panicked");
        }
        drop(self.booted);
        self.backend.drop_database().await;
        drop(self.folder);
    }
}
