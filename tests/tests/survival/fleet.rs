//! The processes that are the shop, and what they share.

use std::{
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use futures::future::join_all;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use tempfile::TempDir;
use vitrine_adapters::boot::{self, Booted};
use vitrine_commerce::{
    Context,
    catalog::{
        self,
        draft::{ProductDraft, VariantDraft},
    },
};
use vitrine_entity::{ids::VariantId, variant};
use vitrine_tests::{
    backend::{Backend, SECRET},
    smtp_sink::SmtpSink,
};

use crate::process::{self, Process, free_ports};

/// Servers and workers of one shop.
pub struct Fleet {
    processes: Vec<Process>,
    /// The same database and provider, for whoever checks the books.
    pub books: Booted,
    pub sink: SmtpSink,
    backend: Backend,
    folder: TempDir,
    /// What every process is told.
    environment: Vec<(String, String)>,
    servers: usize,
    workers: usize,
}

/// Processes, and what they share.
pub struct Running {
    pub processes: Vec<Process>,
    pub backend: Backend,
    pub folder: TempDir,
    /// What every process is told.
    pub environment: Vec<(String, String)>,
}

impl Running {
    /// Starts as many as are wanted; embedded, the one that is the whole shop.
    pub fn start(
        programs: &Path,
        backend: Backend,
        folder: TempDir,
        sink: &SmtpSink,
        servers: usize,
        workers: usize,
    ) -> Self {
        let ports = free_ports(servers);
        let environment = environment(&backend, &folder, sink, ports[0]);
        let processes = start(programs, &backend, &environment, &ports, workers);
        Self {
            processes,
            backend,
            folder,
            environment,
        }
    }
}

/// What is left of a shop whose processes are gone: who is to bring it back, and to where.
pub struct Remains {
    pub backend: Backend,
    pub folder: TempDir,
    sink: SmtpSink,
    servers: usize,
    workers: usize,
}

impl Remains {
    /// Starts everything again, on the database that there is now.
    pub async fn rise(self) -> Fleet {
        let Self {
            backend,
            folder,
            sink,
            servers,
            workers,
        } = self;
        Fleet::start(backend, folder, sink, [servers, workers], &[]).await
    }

    /// Runs the program with these arguments, as the shop is configured, and gives what it said.
    pub async fn command(&self, arguments: &[&str]) -> String {
        let environment = environment(&self.backend, &self.folder, &self.sink, 0);
        process::command(process::binaries().await, &environment, arguments).await
    }
}

impl Fleet {
    /// Builds the programs if need be, makes the database, and starts everything: so many servers and
    /// workers, or, embedded, the one process that is the whole shop.
    pub async fn launch(servers: usize, workers: usize) -> Self {
        Self::launch_with(servers, workers, &[]).await
    }

    /// As [`launch`](Self::launch), with more in their environment.
    pub async fn launch_with(servers: usize, workers: usize, environment: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut backend = Backend::open(&folder).await;
        backend.redis_url = backend.redis_url.map(|url| redis_of_its_own(&url));
        Self::launch_on(backend, folder, servers, workers, environment).await
    }

    /// The one process on SQLite, whatever the other tests run on, with more in its environment.
    pub async fn launch_embedded(folder: TempDir, environment: &[(&str, String)]) -> Self {
        let backend = Backend::sqlite(&folder);
        Self::launch_on(backend, folder, 1, 0, environment).await
    }

    /// As [`launch`](Self::launch), on a backend of the caller's.
    pub async fn launch_on(
        backend: Backend,
        folder: TempDir,
        servers: usize,
        workers: usize,
        more: &[(&str, String)],
    ) -> Self {
        let config = backend.configuration(&folder);
        boot::migrate(&config).await.unwrap();
        let booted = boot::boot(&config).await.unwrap();
        let context = Context::system(&booted.shop, "survival");
        vitrine_demo::seed(&booted.shop, &context, |_, _| {}).await.unwrap();
        let sink = SmtpSink::start().await;
        Self::start(backend, folder, sink, [servers, workers], more).await
    }

    /// Of processes that run already, on a database that is as today's programs have it.
    pub async fn of(running: Running, sink: SmtpSink) -> Self {
        let Running {
            processes,
            backend,
            folder,
            environment,
        } = running;
        let books = boot::boot(&backend.configuration(&folder)).await.unwrap();
        let servers = processes.iter().filter(|process| process.base.is_some()).count();
        let fleet = Self {
            workers: processes.len() - servers,
            servers,
            processes,
            books,
            sink,
            backend,
            folder,
            environment,
        };
        fleet.heal().await;
        fleet
    }

    async fn start(
        backend: Backend,
        folder: TempDir,
        sink: SmtpSink,
        [servers, workers]: [usize; 2],
        more: &[(&str, String)],
    ) -> Self {
        let ports: Vec<u16> = free_ports(servers);
        let mut common = environment(&backend, &folder, &sink, ports[0]);
        common.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let processes = start(process::binaries().await, &backend, &common, &ports, workers);
        let running = Running {
            processes,
            backend,
            folder,
            environment: common,
        };
        Self::of(running, sink).await
    }

    /// Runs the program with these arguments, as the shop is configured, and gives what it said.
    pub async fn command(&self, arguments: &[&str]) -> String {
        process::command(process::binaries().await, &self.environment, arguments).await
    }

    /// Ends every process with -9, and lets go of the database.
    pub async fn fall(self) -> Remains {
        join_all(self.processes.iter().map(Process::end)).await;
        // It may be gone already.
        let _ = self.books.shop.db.clone().close().await;
        Remains {
            backend: self.backend,
            folder: self.folder,
            sink: self.sink,
            servers: self.servers,
            workers: self.workers,
        }
    }

    pub fn size(&self) -> usize {
        self.processes.len()
    }

    /// Where the servers answer.
    pub fn bases(&self) -> Vec<String> {
        self.processes
            .iter()
            .filter_map(|process| process.base.clone())
            .collect()
    }

    /// Puts so many kinds of goods on sale, and so many pieces of each.
    pub async fn stock_up(&self, kinds: usize, pieces: usize) -> Vec<String> {
        let (shop, context) = (&self.books.shop, Context::system(&self.books.shop, "survival"));
        for number in 0..kinds {
            let draft = &goods(number, pieces);
            let saved = shop.transact(&context, |tx| async move { catalog::save(&tx, draft).await });
            saved.await.unwrap();
        }
        let rows = variant::Entity::find().filter(variant::Column::Sku.starts_with("SURVIVAL-"));
        let rows = rows.all(&shop.db).await.unwrap();
        rows.into_iter().map(|row| VariantId::to_string(&row.id)).collect()
    }

    /// Kills a process with -9, and starts it again.
    pub async fn kill(&self, number: usize) {
        self.processes[number].kill().await;
    }

    /// Freezes a process for a while.
    pub async fn freeze(&self, number: usize, time: Duration) {
        self.processes[number].freeze(time).await;
    }

    /// FLUSHDB; `false` where there is no Redis.
    pub async fn wipe_redis(&self) -> bool {
        let Some(url) = &self.backend.redis_url else {
            return false;
        };
        let client = redis::Client::open(url.as_str()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        redis::cmd("FLUSHDB").exec_async(&mut connection).await.unwrap();
        true
    }

    /// Terminates every backend of PostgreSQL that serves the shop, in the middle of whatever it does;
    /// `false` where there is no PostgreSQL.
    pub async fn cut_database(&self) -> bool {
        if self.backend.redis_url.is_none() {
            return false;
        }
        let terminate = "select pg_terminate_backend(pid) from pg_stat_activity \
                         where datname = current_database() and pid <> pg_backend_pid()";
        self.books.shop.db.execute_unprepared(terminate).await.unwrap();
        true
    }

    /// Waits until every process runs and every server is ready.
    pub async fn heal(&self) {
        join_all(self.processes.iter().map(Process::heal)).await;
    }

    /// Ends every process and drops the database.
    pub async fn retire(&self) {
        join_all(self.processes.iter().map(Process::end)).await;
        self.books.shop.db.clone().close().await.unwrap();
        self.backend.drop_database().await;
    }
}

/// As many processes as are wanted; embedded, the one that is the whole shop.
fn start(
    programs: &Path,
    backend: &Backend,
    environment: &[(String, String)],
    ports: &[u16],
    workers: usize,
) -> Vec<Process> {
    let is_embedded = backend.redis_url.is_none();
    let (servers, workers) = if is_embedded { (1, 0) } else { (ports.len(), workers) };
    let servers = ports.iter().take(servers);
    let mut processes: Vec<_> = servers
        .map(|port| Process::server(programs, environment, *port))
        .collect();
    processes.extend((0..workers).map(|_| Process::worker(programs, environment)));
    processes
}

/// A Redis keeps sixteen databases apart; nobody but the fleet that wipes it loses what was in one.
pub fn redis_of_its_own(url: &str) -> String {
    static FLEETS: AtomicUsize = AtomicUsize::new(0);
    let number = 1 + FLEETS.fetch_add(1, Ordering::Relaxed) % 15;
    let host_starts = url.find("://").map_or(0, |scheme| scheme + 3);
    let server = url[host_starts..]
        .find('/')
        .map_or(url, |path| &url[..host_starts + path]);
    format!("{server}/{number}")
}

fn goods(number: usize, pieces: usize) -> ProductDraft {
    ProductDraft {
        slug: format!("survival-{number}"),
        title: format!("Survival test {number}"),
        active: true,
        variants: vec![VariantDraft {
            sku: format!("SURVIVAL-{number}"),
            price_minor: 1000,
            on_hand: Some(pieces as i64),
            requires_shipping: true,
            ..VariantDraft::default()
        }],
        ..ProductDraft::default()
    }
}

/// What [`Backend::configuration`] says, as a process is told it, and where its mails and webhooks go.
pub fn environment(backend: &Backend, folder: &TempDir, sink: &SmtpSink, webhook_port: u16) -> Vec<(String, String)> {
    let mut variables = vec![
        ("VITRINE_DATABASE__URL", backend.database_url.clone()),
        ("VITRINE_AUTH__SIGNING_SECRET", SECRET.to_owned()),
        (
            "VITRINE_MAIL__FOLDER",
            folder.path().join("mails").display().to_string(),
        ),
        ("VITRINE_MAIL__SMTP__HOST", sink.address().ip().to_string()),
        ("VITRINE_MAIL__SMTP__PORT", sink.address().port().to_string()),
        ("VITRINE_MAIL__SMTP__SECURITY", "none".to_owned()),
        ("VITRINE_HTTP__PUBLIC_URL", format!("http://127.0.0.1:{webhook_port}")),
        ("VITRINE_PAYMENT__SETTLE_AFTER_SECONDS", "5".to_owned()),
        ("VITRINE_LOG__LEVEL", "warn".to_owned()),
        ("VITRINE_LIMITS__FACTOR", "1000".to_owned()),
    ];
    if let Some(url) = &backend.redis_url {
        variables.push(("VITRINE_REDIS__URL", url.clone()));
        variables.push(("VITRINE_REDIS__PREFIX", backend.name.clone()));
    }
    variables
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
