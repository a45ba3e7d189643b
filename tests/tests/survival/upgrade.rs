//! A new version takes the place of the one before while shoppers buy: the database is migrated under the old programs, and
//! old and new ones serve beside each other, until the last is replaced.
//!
//! The old ones are those of `VITRINE_TEST_OLD_PROGRAMS`, a folder with the `vitrine` and `vitrine-worker` of the release before. Where
//! nobody has them, today's change places with themselves; that no migration takes away what old programs use is held by
//! `tests/tests/house/migrations.rs` then.

use std::{fs, sync::Arc, time::Duration};

use futures::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_adapters::boot;
use vitrine_entity::{ids::VariantId, variant};
use vitrine_tests::{backend::Backend, smtp_sink::SmtpSink};

use crate::{
    chaos::{PURCHASES, buy},
    fleet::{Fleet, Running, environment, redis_of_its_own},
    from_environment,
    process::{self, Process},
    verdict,
};

/// Kinds of goods, and pieces of each.
const KINDS: usize = 5;
const PIECES: usize = 100_000;

/// How long the old programs sell alone, and each mixture afterwards.
const PAUSE: Duration = Duration::from_millis(700);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_version_takes_over_while_shoppers_buy() {
    let purchases: usize = from_environment("VITRINE_SURVIVAL_PURCHASES", PURCHASES);
    let sink = SmtpSink::start().await;
    let mut running = open_the_old(&sink).await;
    let variants = Arc::new(goods(&running).await);
    let bases = running
        .processes
        .iter()
        .filter_map(|process| process.base.clone())
        .collect();
    let buying = tokio::spawn(async move { buy(bases, purchases, rand::random(), &variants).await });

    tokio::time::sleep(PAUSE).await;
    let programs = process::binaries().await;
    // SQLite is migrated by the process that opens it.
    if running.backend.redis_url.is_some() {
        let said = process::command(programs, &running.environment, &["migrate"]).await;
        assert!(said.contains("up to date"), "{said}");
    }
    for process in &mut running.processes {
        let took = process.replace(programs).await;
        process.heal().await;
        println!("a process of the old version stopped after {took:.1?}");
        tokio::time::sleep(PAUSE).await;
    }
    let plan = process::command(programs, &running.environment, &["migrate", "--plan"]).await;
    assert!(plan.contains("nothing would be done"), "{plan}");
    let history = buying.await.unwrap();

    let fleet = Fleet::of(running, sink).await;
    let verdict = verdict::reach(&fleet, &history, 0).await;
    println!("{verdict}");
    fleet.retire().await;
    assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
}

/// A shop as the old programs make it, open.
async fn open_the_old(sink: &SmtpSink) -> Running {
    let programs = process::old_binaries().await;
    let folder = tempfile::tempdir().unwrap();
    let mut backend = Backend::open(&folder).await;
    backend.redis_url = backend.redis_url.map(|url| redis_of_its_own(&url));
    let table = folder.path().join("goods.csv");
    let mut text = "Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,\
        Variant Requires Shipping\n"
        .to_owned();
    for number in 0..KINDS {
        text += &format!(
            "survival-{number},Survival test {number},TRUE,Title,Default Title,SURVIVAL-{number},100,{PIECES},10.00,TRUE\n"
        );
    }
    fs::write(&table, text).unwrap();
    let environment = environment(&backend, &folder, sink, 0);
    for arguments in [&["migrate"][..], &["seed"], &["import", table.to_str().unwrap()]] {
        process::command(&programs, &environment, arguments).await;
    }
    let running = Running::start(&programs, backend, folder, sink, 2, 2);
    join_all(running.processes.iter().map(Process::heal)).await;
    running
}

/// Their ids: no more of the row is asked for than any version has.
async fn goods(running: &Running) -> Vec<String> {
    let db = boot::open_database(&running.backend.configuration(&running.folder))
        .await
        .unwrap();
    let rows = variant::Entity::find().select_only().column(variant::Column::Id);
    let rows = rows
        .filter(variant::Column::Sku.starts_with("SURVIVAL-"))
        .into_tuple::<VariantId>();
    let ids = rows.all(&db).await.unwrap();
    db.close().await.unwrap();
    assert_eq!(ids.len(), KINDS);
    ids.iter().map(VariantId::to_string).collect()
}
