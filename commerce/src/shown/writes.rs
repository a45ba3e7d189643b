//! Whether a transaction has written something that shoppers see.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use super::tables::named;

tokio::task_local! {
    static WRITES: Writes;
}

/// Of one transaction.
#[derive(Debug, Clone, Default)]
pub(crate) struct Writes(Arc<AtomicBool>);

impl Writes {
    /// Watches the statements of `work`.
    pub(crate) async fn watch<T>(&self, work: impl Future<Output = T>) -> T {
        WRITES.scope(self.clone(), work).await
    }

    /// It is said too often rather than too seldom; and where it were not said, the poll would find the change.
    pub(crate) fn any(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

pub(super) fn statement(sql: &str) {
    let _ = WRITES.try_with(|writes| {
        if !writes.any() && !is_plain_read(sql) && !named(sql).tables.is_empty() {
            writes.0.store(true, Ordering::Relaxed);
        }
    });
}

/// A statement that begins otherwise (`with …`) may write.
fn is_plain_read(sql: &str) -> bool {
    sql.trim_start()
        .get(..6)
        .is_some_and(|begin| begin.eq_ignore_ascii_case("select"))
}
