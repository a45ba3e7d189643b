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
/// The shop's own is put where this says, once it is there.
pub(super) fn watch_statements(
    handles: [&mut DatabaseConnection; 2],
    watcher: Option<StatementWatcher>,
) -> Arc<OnceLock<Arc<Showing>>> {
    let showing: Arc<OnceLock<Arc<Showing>>> = Arc::default();
    for db in handles {
        let (its_showing, watcher) = (Arc::clone(&showing), watcher.clone());
        db.set_metric_callback(move |run| {
            let sql = &run.statement.sql;
            metrics::statement(run.elapsed, run.failed);
            telemetry::statement(sql, run.elapsed, run.failed);
            if shown::statement(sql)
                && let Some(showing) = its_showing.get()
            {
                showing.doubt();
            }
            if let Some(watcher) = &watcher {
                watcher(sql);
            }
        });
    }
    showing
}
