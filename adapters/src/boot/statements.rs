//! Who is told of every statement that the shop has run.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use sea_orm::DatabaseConnection;
use vitrine_commerce::{
    metrics,
    shown::{self, Showing},
};

use crate::telemetry;

pub type StatementWatcher = Arc<dyn Fn(&str) + Send + Sync>;

/// Tells what is kept of answers, those who watch the machines, a trace that is recorded, and `watcher`, of every statement.
pub(super) struct Watching {
    /// The shop's own is put here, once it is there.
    pub(super) showing: Arc<OnceLock<Arc<Showing>>>,
    watcher: Option<StatementWatcher>,
}

impl Watching {
    pub(super) fn new(watcher: Option<StatementWatcher>) -> Self {
        Self {
            showing: Arc::default(),
            watcher,
        }
    }

    /// From now on what is run on this handle, and what is cloned of it, is told.
    pub(super) fn watch(&self, db: &mut DatabaseConnection) {
        self.tell(db, metrics::statement);
    }

    /// The same of a replica, which is counted apart: while it fails the primary answers, and nobody is to be called for that.
    pub(super) fn watch_replica(&self, db: &mut DatabaseConnection, number: usize) {
        self.tell(db, move |took, failed| metrics::replica_statement(number, took, failed));
    }

    fn tell(&self, db: &mut DatabaseConnection, count: impl Fn(Duration, bool) + Send + Sync + 'static) {
        let (showing, watcher) = (Arc::clone(&self.showing), self.watcher.clone());
        db.set_metric_callback(move |run| {
            let sql = &run.statement.sql;
            count(run.elapsed, run.failed);
            telemetry::statement(sql, run.elapsed, run.failed);
            if shown::statement(sql)
                && let Some(showing) = showing.get()
            {
                showing.doubt();
            }
            if let Some(watcher) = &watcher {
                watcher(sql);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use prometheus_client::{encoding::prometheus_text::encode, registry::Registry};
    use sea_orm::{ConnectionTrait, Database};

    use super::*;

    /// By a number that no other test has.
    #[tokio::test]
    async fn what_a_replica_is_asked_is_counted_apart() {
        let mut db = Database::connect("sqlite::memory:").await.unwrap();
        Watching::new(None).watch_replica(&mut db, 71);
        for (table, is_there) in [("sqlite_master", true), ("nowhere", false)] {
            let sql = format!("select count(*) as count from {table}");
            let asked = sea_orm::Statement::from_string(db.get_database_backend(), sql);
            assert_eq!(db.query_one_raw(asked).await.is_ok(), is_there);
        }
        let mut registry = Registry::default();
        metrics::register(&mut registry);
        let mut text = String::new();
        encode(&mut text, &registry).unwrap();
        for outcome in ["ok", "failed"] {
            let labels = format!("{{replica=\"71\",outcome=\"{outcome}\"}}");
            let counted = format!("vitrine_database_replica_statement_seconds_count{labels} 1\n");
            assert!(text.contains(&counted), "{text}");
        }
    }
}
