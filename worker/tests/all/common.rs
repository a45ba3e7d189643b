//! A shop in a temporary folder, with jobs that touch nothing but the outbox.

use sea_orm::{ConnectionTrait, Statement};
use tempfile::TempDir;
use vitrine_adapters::{
    boot::{self, Booted},
    config::{Config, Redis},
};
use vitrine_commerce::{Context, Shop, jobs::Job};
use vitrine_entity::ids::ProductId;
use vitrine_tests::{backend::Backend, worker::until};

/// A configuration in a folder of its own, gone with it.
pub(crate) struct Place {
    pub(crate) config: Config,
    pub(crate) folder: TempDir,
}

impl Place {
    pub(crate) fn new(redis: Option<Redis>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Backend::sqlite(&folder).configuration(&folder);
        config.redis = redis;
        config.worker.poll_ms = 50;
        Self { config, folder }
    }

    pub(crate) async fn boot(&self) -> Booted {
        boot::boot(&self.config).await.expect("a shop")
    }
}

/// Commits `count` jobs.
pub(crate) async fn enqueue(shop: &Shop, count: usize) {
    let context = Context::system(shop, "test");
    shop.transact(&context, |tx| async move {
        // Of so many products each is work enough by itself: none is done along with another.
        let products = vec![ProductId(shop.new_id()); 9];
        let job = Job::IndexProducts { products };
        (0..count).for_each(|_| tx.enqueue(None, job.clone()));
        Ok(())
    })
    .await
    .expect("committed");
}

/// How many outbox rows are in `state`.
pub(crate) async fn rows_in(shop: &Shop, state: &str) -> i64 {
    let sql = "select count(*) as rows from outbox where state = $1";
    let statement = Statement::from_sql_and_values(shop.db.get_database_backend(), sql, [state.into()]);
    let row = shop
        .db
        .query_one_raw(statement)
        .await
        .expect("an answer")
        .expect("a row");
    row.try_get("", "rows").expect("a number")
}

/// Waits until `count` jobs are done.
pub(crate) async fn until_done(shop: &Shop, count: i64) {
    until("the jobs are done", || async { rows_in(shop, "DONE").await == count }).await;
}
