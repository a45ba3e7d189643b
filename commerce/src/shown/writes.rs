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

/// `work` writes nothing that shoppers see, whichever tables its statements name.
pub(crate) async fn unseen<T>(work: impl Future<Output = T>) -> T {
    WRITES.scope(Writes::default(), work).await
}

/// Whether a statement may write what shoppers see.
pub(crate) fn may_be_changed_by(sql: &str) -> bool {
    !is_plain_read(sql) && !named(sql).tables.is_empty()
}

/// Whether it wrote what shoppers see outside of what is watched.
pub(super) fn statement(sql: &str) -> bool {
    if is_plain_read(sql) {
        return false;
    }
    let is_shown = || !named(sql).tables.is_empty();
    let watched = WRITES.try_with(|writes| {
        if !writes.any() && is_shown() {
            writes.0.store(true, Ordering::Relaxed);
        }
    });
    watched.is_err() && is_shown()
}

/// Whether a statement does nothing but read what may be shown late: of a replica, say.
pub(crate) fn may_be_read_late(sql: &str) -> bool {
    if !is_plain_read(sql) && !begins_with(sql, "with ") {
        return false;
    }
    let named = named(sql);
    (named.others || !named.tables.is_empty()) && !named.now && !named.writes
}

/// A statement that begins otherwise (`with …`) may write.
fn is_plain_read(sql: &str) -> bool {
    begins_with(sql, "select")
}

fn begins_with(sql: &str, word: &str) -> bool {
    let begin = sql.trim_start().get(..word.len());
    begin.is_some_and(|begin| begin.eq_ignore_ascii_case(word))
}
