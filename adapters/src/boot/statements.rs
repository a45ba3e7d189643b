//! Who is told of every statement that the shop has run.

use std::sync::{Arc, OnceLock};

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
        let (showing, watcher) = (Arc::clone(&self.showing), self.watcher.clone());
        db.set_metric_callback(move |run| {
            let sql = &run.statement.sql;
            metrics::statement(run.elapsed, run.failed);
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
