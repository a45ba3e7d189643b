//! What a test runs on: SQLite in-process, or PostgreSQL and Redis.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tempfile::TempDir;
use uuid::Uuid;
use vitrine_adapters::config::{Config, Redis, Secret};

/// The signing secret of the shops that tests open.
pub const SECRET: &str = "a secret of the tests, and long enough";

/// What the names of databases begin with that others are copies of; when they were made follows.
const COPIED: &str = "vitrine_test_copied_";

/// The PostgreSQL and the Redis that the environment names.
pub struct Services {
    /// Where PostgreSQL lets us create and drop databases.
    admin_url: String,
    redis_url: String,
}

impl Services {
    /// The same Redis, and a PostgreSQL of the test's own.
    pub fn with_postgres(self, admin_url: String) -> Self {
        Self { admin_url, ..self }
    }

    /// `None` for tests on SQLite.
    ///
    /// # Panics
    /// When only one of the two URLs is set: a test never skips half of itself in silence.
    pub fn of_environment() -> Option<Self> {
        let database = std::env::var("VITRINE_TEST_DATABASE_URL").ok();
        let redis = std::env::var("VITRINE_TEST_REDIS_URL").ok();
        match (database, redis) {
            (None, None) => None,
            (Some(admin_url), Some(redis_url)) => Some(Self { admin_url, redis_url }),
            _ => panic!("set both VITRINE_TEST_DATABASE_URL and VITRINE_TEST_REDIS_URL, or neither"),
        }
    }
}

/// A database of a test's own, and where its queue lives.
pub struct Backend {
    pub database_url: String,
    pub redis_url: Option<String>,
    /// A name that no other test has.
    pub name: String,
    /// Where PostgreSQL lets us create and drop databases.
    admin_url: Option<String>,
}

impl Backend {
    /// An empty one, on what the environment asks for.
    pub async fn open(folder: &TempDir) -> Self {
        match Services::of_environment() {
            Some(services) => Self::on_services(services, "template1").await,
            None => Self::sqlite(folder),
        }
    }

    /// A copy of the database `template`.
    pub async fn on_services(services: Services, template: &str) -> Self {
        Self::create(&services, format!("vitrine_test_{}", unique()), template).await
    }

    /// An empty one that others will be copies of. It outlives its process, which no test ends; it goes when
    /// another is made a day later.
    pub(crate) async fn for_copying(services: &Services) -> Self {
        const DAY_S: u64 = 24 * 60 * 60;
        let now = seconds_since_1970();
        let names = format!("select datname from pg_database where datname like '{COPIED}%'");
        for name in names_of(&services.admin_url, &names).await {
            let made = name
                .strip_prefix(COPIED)
                .and_then(|rest| rest.split('_').next()?.parse().ok());
            if made.is_some_and(|made: u64| made + DAY_S < now) {
                execute(&services.admin_url, &format!("drop database if exists {name}")).await;
            }
        }
        Self::create(services, format!("{COPIED}{now}_{}", unique()), "template1").await
    }

    async fn create(services: &Services, name: String, template: &str) -> Self {
        // Block by block, as PostgreSQL copies unless it is told, the copy goes through its log: twice the work.
        let sql = format!("create database {name} template {template} strategy file_copy");
        execute(&services.admin_url, &sql).await;
        Self {
            database_url: with_database(&services.admin_url, &name),
            redis_url: Some(services.redis_url.clone()),
            name,
            admin_url: Some(services.admin_url.clone()),
        }
    }

    /// SQLite, whatever the environment asks for: for what is told of SQLite alone.
    pub fn sqlite(folder: &TempDir) -> Self {
        Self {
            database_url: format!("sqlite://{}?mode=rwc", folder.path().join("shop.db").display()),
            redis_url: None,
            name: format!("vitrine_test_{}", unique()),
            admin_url: None,
        }
    }

    /// Where the database lies, if it is a file.
    pub fn sqlite_file(&self) -> Option<&str> {
        let file = self.database_url.strip_prefix("sqlite://")?;
        file.strip_suffix("?mode=rwc")
    }

    /// A shop on it, whose mails go into the folder.
    pub fn configuration(&self, folder: &TempDir) -> Config {
        let mut config = Config::default();
        config.database.url = Secret::new(&self.database_url);
        config.database.max_connections = 8;
        // What a busy machine makes wait is no outage: a test that means one says so.
        config.database.acquire_timeout_seconds = 30;
        config.redis = self.redis_url.as_ref().map(|url| Redis {
            url: Secret::new(url),
            prefix: self.name.clone(),
            allow_eviction: false,
        });
        config.mail.folder = folder.path().join("mails");
        config.media.folder = folder.path().join("media");
        // A test that means it says so: addresses of others are no part of a test.
        config.media.import = false;
        config.auth.signing_secret = Some(Secret::new(SECRET));
        // Many shops are open at once, and each asks as often.
        config.worker.poll_ms = 50;
        // Whether the index is whole is asked by the machine's clock: where a test takes long, it is built anew in the middle of
        // what is counted.
        config.worker.search_check_seconds = 3_600;
        // All of a test comes from one address. One that means the limits says so.
        config.limits.factor = 1_000.0;
        config
    }

    /// The same database on another PostgreSQL.
    pub fn move_to(&mut self, admin_url: &str) {
        self.database_url = with_database(admin_url, &self.name);
        self.admin_url = Some(admin_url.to_owned());
    }

    /// Drops the database, where it is not a file in the test's folder.
    pub async fn drop_database(&self) {
        if let Some(admin_url) = &self.admin_url {
            execute(admin_url, &format!("drop database {} with (force)", self.name)).await;
        }
    }
}

async fn execute(url: &str, sql: &str) {
    let admin = connect(url).await;
    admin
        .execute_unprepared(sql)
        .await
        .expect("the tests' user may create and drop databases");
    admin.close().await.expect("the connection closes");
}

async fn names_of(url: &str, sql: &str) -> Vec<String> {
    let admin = connect(url).await;
    let rows = admin
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await;
    let rows = rows.expect("the tests' user may see what databases there are");
    admin.close().await.expect("the connection closes");
    rows.iter()
        .map(|row| row.try_get_by_index(0).expect("a name"))
        .collect()
}

async fn connect(url: &str) -> DatabaseConnection {
    Database::connect(url)
        .await
        .expect("PostgreSQL answers at VITRINE_TEST_DATABASE_URL")
}

/// The same server, another database.
fn with_database(url: &str, name: &str) -> String {
    let (server, query) = url
        .split_once('?')
        .map_or((url, None), |(server, query)| (server, Some(query)));
    let host_starts = server.find("://").map_or(0, |scheme| scheme + 3);
    let server = server[host_starts..]
        .find('/')
        .map_or(server, |path| &server[..host_starts + path]);
    query.map_or_else(
        || format!("{server}/{name}"),
        |query| format!("{server}/{name}?{query}"),
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "the name must differ between tests that run at once"
)]
fn unique() -> String {
    Uuid::new_v4().simple().to_string()
}

#[expect(
    clippy::disallowed_methods,
    reason = "old databases of the tests are told by the machine's clock"
)]
fn seconds_since_1970() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}
