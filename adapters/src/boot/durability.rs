//! Whether what the shop stands on keeps what it has acknowledged. A database may answer "committed" and forget it at the
//! next power cut, because somebody has switched off what costs time: nobody would notice before.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context, bail};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};

use super::{Booted, database};
use crate::{
    config::{Config, DatabaseKind, Environment},
    queue::Consumer,
};

/// How long Redis may take to tell its settings.
const TIMEOUT: Duration = Duration::from_secs(2);

/// Something by which what was acknowledged may be lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hazard {
    /// What it is, what follows, and what to do.
    pub text: String,
    /// The key that says that it is meant; without one it costs time alone, and is merely told.
    pub allowed_by: Option<&'static str>,
    pub is_allowed: bool,
}

impl Hazard {
    /// Whether production does not start with it.
    pub fn is_refused(&self) -> bool {
        self.allowed_by.is_some() && !self.is_allowed
    }
}

impl Booted {
    /// What may lose what was acknowledged, as it is set at this moment.
    ///
    /// # Errors
    /// When the database cannot be asked. A Redis that is away, or does not tell its settings, has none.
    pub async fn hazards(&self, config: &Config) -> anyhow::Result<Vec<Hazard>> {
        let found = match config.database_kind() {
            DatabaseKind::Postgres => of_postgres(&self.shop.db).await,
            DatabaseKind::Sqlite if database::is_in_memory(config) => Ok(vec![IN_MEMORY.to_owned()]),
            DatabaseKind::Sqlite => of_sqlite(&self.shop.db).await,
        };
        let found = found.context("reading how durable the database is")?;
        let of_database = |text| Hazard {
            text,
            allowed_by: Some("database.allow_data_loss"),
            is_allowed: config.database.allow_data_loss,
        };
        let mut hazards: Vec<_> = found.into_iter().map(of_database).collect();
        hazards.extend(self.hazards_of_redis(config).await);
        Ok(hazards)
    }

    /// Tells what may lose what was acknowledged.
    ///
    /// # Errors
    /// In production, where nothing says that it is meant.
    pub async fn refuse_hazards(&self, config: &Config) -> anyhow::Result<()> {
        let (refused, told): (Vec<_>, Vec<_>) = self.hazards(config).await?.into_iter().partition(Hazard::is_refused);
        for hazard in &told {
            tracing::warn!("{}", hazard.text);
        }
        if refused.is_empty() {
            return Ok(());
        }
        if config.environment == Environment::Development {
            for hazard in &refused {
                tracing::warn!("{} Production refuses to start with it.", hazard.text);
            }
            return Ok(());
        }
        let lines = refused.iter().map(|hazard| {
            let key = hazard.allowed_by.unwrap_or_default();
            format!("\n  - {} If it is meant, set `{key}` to true.", hazard.text)
        });
        bail!("what is acknowledged could be lost:{}", lines.collect::<String>());
    }

    async fn hazards_of_redis(&self, config: &Config) -> Vec<Hazard> {
        let (Consumer::Redis(queue), Some(redis)) = (&self.consumer, &config.redis) else {
            return Vec::new();
        };
        match tokio::time::timeout(TIMEOUT, queue.settings()).await {
            Ok(Ok(settings)) => of_redis(&settings, redis.allow_eviction),
            Ok(Err(error)) => {
                tracing::debug!(
                    error = &error as &dyn std::error::Error,
                    "Redis does not tell its settings"
                );
                Vec::new()
            }
            Err(_) => Vec::new(),
        }
    }
}

const IN_MEMORY: &str =
    "The database is in memory: every order is gone when the process ends. Name a file in `database.url`.";

/// As the shop's own sessions have them: they may be set for the server, the database or the role.
async fn of_postgres(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    const DANGEROUS: [(&str, &str); 3] = [
        (
            "fsync",
            "`fsync` is off on PostgreSQL: a power cut may lose orders, or the whole database. Switch it on.",
        ),
        (
            "full_page_writes",
            "`full_page_writes` is off on PostgreSQL: a power cut may spoil pages beyond repair. Switch it on.",
        ),
        (
            "synchronous_commit",
            "`synchronous_commit` is off on PostgreSQL: a crash loses the orders of the last moment, although they were \
             acknowledged. Set it to `local` at least, for the server or with `alter role … set synchronous_commit = on`.",
        ),
    ];
    let sql = "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')";
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    let mut settings = BTreeMap::new();
    for row in rows {
        settings.insert(
            row.try_get::<String>("", "name")?,
            row.try_get::<String>("", "setting")?,
        );
    }
    let is_off = |name: &str| settings.get(name).is_some_and(|setting| setting == "off");
    let found = DANGEROUS.into_iter().filter(|(name, _)| is_off(name));
    Ok(found.map(|(_, text)| text.to_owned()).collect())
}

/// Each connection sets them when it opens. What the system does not let it have it is not told of.
async fn of_sqlite(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let mut found = Vec::new();
    let journal: String = pragma(db, "journal_mode").await?;
    if matches!(journal.as_str(), "off" | "memory") {
        found.push(format!(
            "SQLite's `journal_mode` is `{journal}`: a crash may spoil the whole database. Put it on a disk that has room for a journal."
        ));
    }
    // FULL, and EXTRA.
    let synchronous: i32 = pragma(db, "synchronous").await?;
    if synchronous < 2 {
        found.push(format!(
            "SQLite's `synchronous` is {synchronous}: a power cut loses the orders of the last moment, although they were acknowledged."
        ));
    }
    Ok(found)
}

async fn pragma<T: sea_orm::TryGetable>(db: &DatabaseConnection, name: &str) -> Result<T, DbErr> {
    let statement = Statement::from_string(db.get_database_backend(), format!("pragma {name}"));
    let row = db.query_one_raw(statement).await?;
    row.ok_or_else(|| DbErr::RecordNotFound(name.to_owned()))?
        .try_get("", name)
}

/// What Redis holds can be lost: the database knows all jobs. But not in silence, while it seems to work.
fn of_redis(settings: &BTreeMap<String, String>, allow_eviction: bool) -> Vec<Hazard> {
    let setting = |name: &str| settings.get(name).map(String::as_str);
    let mut hazards = Vec::new();
    let policy = setting("maxmemory-policy").unwrap_or("noeviction");
    if policy != "noeviction" && setting("maxmemory").is_some_and(|bytes| bytes != "0") {
        hazards.push(Hazard {
            text: format!(
                "Redis drops keys when it is full (`maxmemory-policy` is `{policy}`): waiting jobs come late, and what was \
                 counted for limits is forgotten, without a word. Set it to `noeviction`."
            ),
            allowed_by: Some("redis.allow_eviction"),
            is_allowed: allow_eviction,
        });
    }
    if setting("appendonly") == Some("no") && setting("save") == Some("") {
        let text = "Redis keeps nothing on its disk (`appendonly` is no, `save` is empty): after its restart jobs that were \
                    waiting there come half a minute late, and what was counted for limits begins anew. No order is lost by it.";
        hazards.push(Hazard {
            text: text.to_owned(),
            allowed_by: None,
            is_allowed: true,
        });
    }
    hazards
}

#[cfg(test)]
mod tests {
    use sea_orm::Database;

    use super::*;

    #[tokio::test]
    async fn an_sqlite_that_does_not_sync_is_a_hazard() {
        let mut options = sea_orm::ConnectOptions::new("sqlite::memory:");
        options.max_connections(1);
        let db = Database::connect(options).await.expect("a database");
        let of = async |pragma: &str| {
            db.execute_unprepared(pragma).await.expect("set");
            of_sqlite(&db).await.expect("an answer").join(" ")
        };
        assert!(
            of("pragma synchronous = 2").await.contains("journal_mode"),
            "it is in memory"
        );
        let found = of("pragma synchronous = 1").await;
        assert!(found.contains("`synchronous` is 1"), "{found}");
    }

    #[test]
    fn a_redis_that_evicts_is_refused_and_one_without_a_disk_is_told() {
        let of = |settings: &[(&str, &str)], allowed| {
            let settings = settings
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            let hazards = of_redis(&settings.collect(), allowed);
            hazards.iter().map(Hazard::is_refused).collect::<Vec<_>>()
        };
        let evicts = [("maxmemory", "1000000"), ("maxmemory-policy", "allkeys-lru")];
        assert_eq!((of(&evicts, false), of(&evicts, true)), (vec![true], vec![false]));
        // Without a bound nothing is evicted.
        assert!(of(&[("maxmemory", "0"), ("maxmemory-policy", "allkeys-lru")], false).is_empty());
        assert_eq!(of(&[("appendonly", "no"), ("save", "")], false), [false]);
        assert!(of(&[("appendonly", "no"), ("save", "3600 1")], false).is_empty());
        assert!(of(&[], false).is_empty());
    }
}
