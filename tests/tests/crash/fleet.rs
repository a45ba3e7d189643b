//! The processes that are the shop, and what they share.

use std::{
    net::TcpListener,
    path::PathBuf,
    process::Stdio,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tokio::{
    process::{Child, Command},
    sync::Mutex,
};
use vitrine_adapters::{
    boot::{self, Booted},
    config::{self, Config, Secret},
};
use vitrine_commerce::{
    Context,
    catalog::{
        self,
        draft::{ProductDraft, VariantDraft},
        seed,
    },
};
use vitrine_entity::{ids::VariantId, variant};
use vitrine_tests::{backend::Backend, smtp_sink::SmtpSink};

/// How long a process may take to open, or the shop to come to rest.
const PATIENCE: Duration = Duration::from_secs(180);

/// Servers and workers of one shop.
pub struct Fleet {
    processes: Vec<Process>,
    /// The same database and provider, for whoever checks the books.
    pub books: Booted,
    pub sink: SmtpSink,
    backend: Backend,
    _folder: TempDir,
}

struct Process {
    binary: PathBuf,
    environment: Vec<(String, String)>,
    /// Where a server answers.
    base: Option<String>,
    child: Mutex<Child>,
}

impl Fleet {
    /// Builds the programs if need be, makes the database, and starts everything.
    pub async fn launch() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let backend = Backend::open(&folder).await;
        let sink = SmtpSink::start().await;
        let ports: Vec<u16> = free_ports(2);
        let common = environment(&backend, &folder, &sink, ports[0]);
        let config = configuration(&backend, &folder);
        boot::migrate(&config).await.unwrap();
        let books = boot::boot(&config).await.unwrap();
        seed::seed(&books.shop, &Context::system("crash"), |_, _| {})
            .await
            .unwrap();

        let binaries = binaries().await;
        let mut processes = Vec::new();
        let is_embedded = backend.redis_url.is_none();
        for port in ports.iter().take(if is_embedded { 1 } else { 2 }) {
            processes.push(Process::start_server(binaries.join("vitrine"), &common, *port));
        }
        if !is_embedded {
            processes.extend((0..2).map(|_| Process::start(binaries.join("vitrine-worker"), common.clone(), None)));
        }
        let fleet = Self {
            processes,
            books,
            sink,
            backend,
            _folder: folder,
        };
        fleet.heal().await;
        fleet
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

    /// Puts enough of a few goods on sale for this many purchases.
    pub async fn stock_up(&self, purchases: usize) -> Vec<String> {
        let shop = &self.books.shop;
        for number in 0..5 {
            let draft = ProductDraft {
                slug: format!("crash-{number}"),
                title: format!("Crash test {number}"),
                active: true,
                variants: vec![VariantDraft {
                    sku: format!("CRASH-{number}"),
                    price_minor: 1000,
                    on_hand: Some(purchases as i64 * 3),
                    requires_shipping: true,
                    ..VariantDraft::default()
                }],
                ..ProductDraft::default()
            };
            let draft = &draft;
            shop.transact(&Context::system("crash"), |tx| async move {
                catalog::save(&tx, draft).await
            })
            .await
            .unwrap();
        }
        use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
        let rows = variant::Entity::find()
            .filter(variant::Column::Sku.starts_with("CRASH-"))
            .all(&shop.db)
            .await
            .unwrap();
        rows.into_iter().map(|row| VariantId::to_string(&row.id)).collect()
    }

    /// Kills a process with -9, and starts it again.
    pub async fn kill(&self, number: usize) {
        let process = &self.processes[number];
        let mut child = process.child.lock().await;
        child.kill().await.unwrap();
        *child = process.spawn();
    }

    /// FLUSHALL; `false` where there is no Redis.
    pub async fn wipe_redis(&self) -> bool {
        let Some(url) = &self.backend.redis_url else {
            return false;
        };
        let client = redis::Client::open(url.as_str()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        redis::cmd("FLUSHALL").exec_async(&mut connection).await.unwrap();
        true
    }

    /// Waits until every process runs and every server is ready.
    pub async fn heal(&self) {
        for process in &self.processes {
            let mut child = process.child.lock().await;
            if child.try_wait().unwrap().is_some() {
                *child = process.spawn();
            }
        }
        for base in self.bases() {
            let started = Instant::now();
            while !is_ready(&base).await {
                assert!(started.elapsed() < PATIENCE, "{base} does not open");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }

    /// Ends every process and drops the database.
    pub async fn retire(&self) {
        for process in &self.processes {
            process.child.lock().await.kill().await.unwrap();
        }
        self.books.shop.db.clone().close().await.unwrap();
        self.backend.drop_database().await;
    }
}

impl Process {
    fn start_server(binary: PathBuf, common: &[(String, String)], port: u16) -> Self {
        let mut environment = common.to_vec();
        environment.push(("VITRINE_HTTP__ADDRESS".to_owned(), format!("127.0.0.1:{port}")));
        Self::start(binary, environment, Some(format!("http://127.0.0.1:{port}")))
    }

    fn start(binary: PathBuf, environment: Vec<(String, String)>, base: Option<String>) -> Self {
        let child = Mutex::new(spawn(&binary, &environment));
        Self {
            binary,
            environment,
            base,
            child,
        }
    }

    fn spawn(&self) -> Child {
        spawn(&self.binary, &self.environment)
    }
}

fn spawn(binary: &PathBuf, environment: &[(String, String)]) -> Child {
    Command::new(binary)
        .envs(environment.iter().cloned())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(if std::env::var_os("VITRINE_CRASH_LOGS").is_some() {
            Stdio::inherit()
        } else {
            Stdio::null()
        })
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

async fn is_ready(base: &str) -> bool {
    reqwest::get(format!("{base}/health/ready"))
        .await
        .is_ok_and(|response| response.status().is_success())
}

fn configuration(backend: &Backend, folder: &TempDir) -> Config {
    let mut config = Config::default();
    config.database.url = Secret::new(&backend.database_url);
    config.redis = backend.redis_url.as_ref().map(|url| config::Redis {
        url: Secret::new(url),
        prefix: backend.name.clone(),
    });
    config.auth.signing_secret = Some(Secret::new(SECRET));
    config.mail.folder = folder.path().join("mails");
    config
}

const SECRET: &str = "a secret of the tests, and long enough";

/// What [`configuration`] says, as a process is told it, and where its mails and webhooks go.
fn environment(backend: &Backend, folder: &TempDir, sink: &SmtpSink, webhook_port: u16) -> Vec<(String, String)> {
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

fn free_ports(count: usize) -> Vec<u16> {
    // All at once, or the same one might come twice.
    let listeners: Vec<_> = (0..count).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    listeners
        .iter()
        .map(|listener| listener.local_addr().unwrap().port())
        .collect()
}

/// Where the programs are, freshly built in this test's own profile.
async fn binaries() -> PathBuf {
    let profile_folder = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--workspace", "--bins"]);
    if profile_folder.ends_with("release") {
        build.arg("--release");
    }
    assert!(build.status().await.unwrap().success(), "the programs do not build");
    profile_folder
}
