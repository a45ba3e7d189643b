//! Whether a transaction has written something that shoppers see.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use super::{tables::named, tokens::first_word};

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
    if !is_plain_read(sql) {
        return false;
    }
    let named = named(sql);
    (named.others || !named.tables.is_empty()) && !named.now && !named.writes
}

/// What begins with `with` may change rows on its way. A statement that begins otherwise may write.
fn is_plain_read(sql: &str) -> bool {
    let first = first_word(sql);
    first.eq_ignore_ascii_case("select") || first.eq_ignore_ascii_case("with") && !named(sql).writes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_with_reads_or_writes() {
        let reads = "with recursive way (id) as (select id from category) select p.id from product p join way on true";
        assert!(may_be_read_late(reads) && !may_be_changed_by(reads));
        for writes in [
            "with gone as (delete from product_count returning *) select count(*) from gone",
            "with some as (select id from product) select id from some for update",
            "with some as (select id from product) insert into product_count select id from some",
        ] {
            assert!(!may_be_read_late(writes) && may_be_changed_by(writes), "{writes}");
        }
        assert!(!may_be_read_late(
            "with some as (select id from cart) select id from some"
        ));
        // A table's own name.
        assert!(may_be_changed_by("product") && !may_be_read_late("product"));
    }
}
