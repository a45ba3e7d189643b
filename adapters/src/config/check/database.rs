//! Databases that no shop can be read from.

use super::Problems;
use crate::config::{Config, DatabaseKind};

/// Each has connections of its own in every process.
const REPLICAS_MAX: usize = 16;

impl Config {
    pub(super) fn check_replicas(&self, problems: &mut Problems) {
        let database = &self.database;
        let is_postgres = |url: &str| url.starts_with("postgres://") || url.starts_with("postgresql://");
        problems.unless(
            database.replicas.is_empty() || self.database_kind() == DatabaseKind::Postgres,
            "database.replicas",
            "is set, and `database.url` is SQLite, which has no replicas".to_owned(),
            "use PostgreSQL, or remove `database.replicas`",
        );
        problems.unless(
            database.replicas.iter().all(|replica| is_postgres(replica.expose())),
            "database.replicas",
            "names something that is not PostgreSQL".to_owned(),
            "begin each address with postgres://",
        );
        problems.unless(
            database.replicas.len() <= REPLICAS_MAX,
            "database.replicas",
            format!("names {} replicas", database.replicas.len()),
            "name 16 at most, or put a proxy before them",
        );
        let is_twice = |at: usize| {
            let url = database.replicas[at].expose();
            url == database.url.expose() || database.replicas[..at].iter().any(|other| other.expose() == url)
        };
        problems.unless(
            !(0..database.replicas.len()).any(is_twice),
            "database.replicas",
            "names the primary, or a replica twice".to_owned(),
            "name each standby once",
        );
        problems.unless(
            (100..=60_000).contains(&database.replica_lag_max_ms),
            "database.replica_lag_max_ms",
            format!("cannot be {}", database.replica_lag_max_ms),
            "choose from 100 to 60000 milliseconds",
        );
    }
}
