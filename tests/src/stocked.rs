//! What every shop of a test begins with on SQLite: migrated and stocked once a process, then copied.

use std::sync::Arc;

use sea_orm::ConnectionTrait;
use tokio::sync::OnceCell;
use vitrine_adapters::boot::{self, Outside};
use vitrine_commerce::Context;

use crate::{backend::Backend, memory::TestClock};

/// A database file.
pub(crate) async fn stocked() -> &'static [u8] {
    static STOCKED: OnceCell<Vec<u8>> = OnceCell::const_new();
    STOCKED.get_or_init(stock_up).await
}

async fn stock_up() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let config = Backend::sqlite(&folder).configuration(&folder);
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
    let copy = folder.path().join("copy.db");
    // Each shop takes a name of its own, and is what its configuration says.
    for statement in [
        "delete from installation",
        "delete from shop_settings",
        &format!("vacuum into '{}'", copy.display()),
    ] {
        let done = booted.shop.db.execute_unprepared(statement).await;
        done.expect("the database is copied");
    }
    std::fs::read(copy).expect("the copy is read")
}
