//! What a test runs on: SQLite in-process, or PostgreSQL and Redis.

use sea_orm::{ConnectionTrait, Database};
use tempfile::TempDir;
use uuid::Uuid;
use vitrine_adapters::config::{Config, Redis, Secret};

/// The signing secret of the shops that tests open.
pub const SECRET: &str = "a secret of the tests, and long enough";

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
    /// The one that the environment asks for.
    ///
    /// # Panics
    /// When only one of the two URLs is set: a test never skips half of itself in silence.
    pub async fn open(folder: &TempDir) -> Self {
        let name = format!("vitrine_test_{}", unique());
        let database = std::env::var("VITRINE_TEST_DATABASE_URL").ok();
        let redis = std::env::var("VITRINE_TEST_REDIS_URL").ok();
        match (database, redis) {
            (None, None) => Self::sqlite(folder),
            (Some(admin_url), redis_url @ Some(_)) => {
                execute(&admin_url, &format!("create database {name}")).await;
                let database_url = with_database(&admin_url, &name);
                Self {
                    database_url,
                    redis_url,
                    name,
                    admin_url: Some(admin_url),
                }
            }
            _ => panic!("set both VITRINE_TEST_DATABASE_URL and VITRINE_TEST_REDIS_URL, or neither"),
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
        config.redis = self.redis_url.as_ref().map(|url| Redis {
            url: Secret::new(url),
            prefix: self.name.clone(),
        });
        config.mail.folder = folder.path().join("mails");
        config.media.folder = folder.path().join("media");
        // A test that means it says so: addresses of others are no part of a test.
        config.media.import = false;
        config.auth.signing_secret = Some(Secret::new(SECRET));
        config.worker.poll_ms = 20;
        config
    }

    /// Drops the database, where it is not a file in the test's folder.
    pub async fn drop_database(&self) {
        if let Some(admin_url) = &self.admin_url {
            execute(admin_url, &format!("drop database {} with (force)", self.name)).await;
        }
    }
}

async fn execute(url: &str, sql: &str) {
    let admin = Database::connect(url)
        .await
        .expect("PostgreSQL answers at VITRINE_TEST_DATABASE_URL");
    admin
        .execute_unprepared(sql)
        .await
        .expect("the tests' user may create and drop databases");
    admin.close().await.expect("the connection closes");
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
