//! What every shop of a test begins with: migrated, stocked and indexed once a process, then copied.

use std::sync::Arc;

use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use tokio::sync::OnceCell;
use vitrine_adapters::{
    boot::{self, Booted, Outside},
    search::TantivySearch,
};
use vitrine_commerce::{Context, catalog::index};

use crate::{
    backend::{Backend, Services},
    memory::TestClock,
};

/// A database with the demo catalogue, on what the environment asks for, and the index of what is in it.
pub(crate) async fn open(folder: &TempDir) -> (Backend, &'static TantivySearch) {
    if let Some(services) = Services::of_environment() {
        let (template, index) = template(&services).await;
        return (Backend::on_services(services, template).await, index);
    }
    let backend = Backend::sqlite(folder);
    let path = backend.sqlite_file().expect("a database that is a file");
    let (file, index) = file().await;
    std::fs::write(path, file).expect("the database is copied");
    (backend, index)
}

/// A database file, and its index.
async fn file() -> &'static (Vec<u8>, TantivySearch) {
    static FILE: OnceCell<(Vec<u8>, TantivySearch)> = OnceCell::const_new();
    FILE.get_or_init(async || {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (stocked, index) = stock_up(&Backend::sqlite(&folder), &folder).await;
        let copy = folder.path().join("copy.db");
        execute(&stocked, &format!("vacuum into '{}'", copy.display())).await;
        (std::fs::read(copy).expect("the copy is read"), index)
    })
    .await
}

/// The name of a database that PostgreSQL copies, and its index.
async fn template(services: &Services) -> &'static (String, TantivySearch) {
    static TEMPLATE: OnceCell<(String, TantivySearch)> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(async || {
            let folder = tempfile::tempdir().expect("a temporary folder");
            // Without Redis: the jobs of the demo catalogue must not wait in a queue that no copy reads.
            let mut backend = Backend::for_copying(services).await;
            backend.redis_url = None;
            let (stocked, index) = stock_up(&backend, &folder).await;
            // PostgreSQL copies no database that somebody is connected to.
            let closed = stocked.shop.db.clone().close().await;
            closed.expect("the connections close");
            (backend.name, index)
        })
        .await
}

async fn stock_up(backend: &Backend, folder: &TempDir) -> (Booted, TantivySearch) {
    let config = backend.configuration(folder);
    let outside = Outside {
        clock: Arc::new(TestClock::default()),
        ..Outside::default()
    };
    boot::migrate(&config).await.expect("the migrations run");
    let booted = boot::boot_with(&config, outside).await.expect("the shop opens");
    let context = Context::system(&booted.shop, "test");
    vitrine_demo::seed(&booted.shop, &context, |_, _| {})
        .await
        .expect("the demo catalogue");
    index::fill(&booted.shop).await.expect("the search index");
    let index = booted.copied_search().await.expect("the search index is copied");
    // Each shop takes a name of its own, and is what its configuration says.
    execute(&booted, "delete from installation").await;
    execute(&booted, "delete from shop_settings").await;
    (booted, index.expect("a search index in memory"))
}

async fn execute(booted: &Booted, statement: &str) {
    let done = booted.shop.db.execute_unprepared(statement).await;
    done.expect("the stocked database is made ready for copying");
}
