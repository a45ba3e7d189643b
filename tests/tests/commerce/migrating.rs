//! A schema that changes while others use it.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait};
use tempfile::TempDir;
use vitrine_adapters::boot;
use vitrine_migration::{Migrator, MigratorTrait, apart};
use vitrine_tests::{backend::Backend, patience::sooner_than};

/// For how long somebody uses the table that a migration wants: longer than it waits at once.
const IN_USE: Duration = Duration::from_millis(3_500);

async fn open() -> (TempDir, Backend, DatabaseConnection) {
    let folder = tempfile::tempdir().expect("a folder");
    let backend = Backend::open(&folder).await;
    let db = boot::open_database(&backend.configuration(&folder))
        .await
        .expect("a database");
    (folder, backend, db)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_that_was_cut_off_is_built_anew() {
    let (_folder, backend, db) = open().await;
    let run = async |sql: &str| db.execute_unprepared(sql).await;
    run("create table thing (a int); insert into thing values (1), (1)")
        .await
        .unwrap();
    let is_postgres = backend.redis_url.is_some();
    let unique = "-- Why; it is.\ncreate unique index thing_once on thing (a);";
    assert!(run(unique).await.is_err(), "two rows have the same");
    let sql = "create index concurrently thing_by_a on thing (a);\ninsert into thing values (2);";
    if is_postgres {
        // What a build leaves that was cut off.
        assert!(
            run("create unique index concurrently thing_by_a on thing (a)")
                .await
                .is_err()
        );
        assert!(!is_valid(&db).await);
    }
    apart::up(&db, sql).await.unwrap();
    assert!(!is_postgres || is_valid(&db).await);
    db.close().await.unwrap();
    backend.drop_database().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_long_behind_a_migration() {
    let (folder, backend, db) = open().await;
    Migrator::up(&db, Some(3)).await.unwrap();
    let plan = boot::plan(&backend.configuration(&folder)).await.unwrap().unwrap();
    let statements = plan.iter().filter_map(|waiting| waiting.statements.as_ref()).flatten();
    let large = |planned: &&boot::Planned| planned.judged.table.as_deref() == Some("orders") && planned.size.is_some();
    let is_postgres = backend.redis_url.is_some();
    assert_eq!(
        statements.clone().any(|planned| large(&planned)),
        is_postgres,
        "it tells how large they are"
    );
    assert!(
        statements
            .clone()
            .any(|planned| planned.judged.half == boot::Half::Contract && planned.judged.hazard.is_some())
    );

    match is_postgres {
        // Nobody serves from it meanwhile.
        false => boot::migrate(&backend.configuration(&folder)).await.unwrap(),
        true => migrate_behind_a_report(&backend, &folder, &db).await,
    }
    let plan = boot::plan(&backend.configuration(&folder)).await.unwrap().unwrap();
    assert!(plan.is_empty(), "{plan:?}");
    db.close().await.unwrap();
    backend.drop_database().await;
}

async fn migrate_behind_a_report(backend: &Backend, folder: &TempDir, db: &DatabaseConnection) {
    // A report that reads for a while.
    let report = db.begin().await.expect("an answer");
    report
        .execute_unprepared("select count(*) from orders")
        .await
        .expect("an answer");
    let config = backend.configuration(folder);
    let migrating = tokio::spawn(async move { boot::migrate(&config).await });
    let (started, mut longest) = (Instant::now(), Duration::ZERO);
    while started.elapsed() < IN_USE {
        let asked = Instant::now();
        db.execute_unprepared("select count(*) from orders")
            .await
            .expect("an answer");
        longest = longest.max(asked.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(!migrating.is_finished(), "it waits for the table");
    sooner_than(Duration::from_secs(3), longest, "what a shopper asked");
    report.rollback().await.expect("an answer");
    migrating.await.expect("an answer").expect("an answer");
}

async fn is_valid(db: &DatabaseConnection) -> bool {
    let sql = "select indisvalid from pg_index where indexrelid = 'thing_by_a'::regclass";
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await;
    row.expect("an answer")
        .expect("an index")
        .try_get_by_index(0)
        .expect("whether it is valid")
}
