//! Which of two databases is read, that say different things.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
use uuid::Uuid;

use super::{Reader, Replica, Replicas, inherit, on_primary, seeing};
use crate::{shown::Reads, sql};

const LONG: Duration = Duration::from_secs(3_600);

/// One whose every table holds this one text.
async fn database(says: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1).min_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.unwrap();
    for table in ["product", "cart", "customer"] {
        let sql = format!("create table {table} (says text); insert into {table} values ('{says}')");
        db.execute_unprepared(&sql).await.unwrap();
    }
    db
}

async fn says(reader: &Reader, table: &str) -> String {
    let sql = format!("select says from {table}");
    let texts: Vec<String> = sql::column(reader, &sql, []).await.unwrap();
    texts.concat()
}

async fn open() -> (Reader, Arc<Replicas>) {
    let replica = Replica::new(1, database("late").await);
    replica.shows(Instant::now());
    let replicas = Arc::new(Replicas::new([replica], LONG));
    let reader = Reader::from(database("now").await).with_replicas(Some(Arc::clone(&replicas)));
    (reader, replicas)
}

#[tokio::test]
async fn what_may_be_late_is_read_of_a_replica_and_the_rest_of_the_primary() {
    let (reader, replicas) = open().await;
    assert_eq!(says(&reader, "product").await, "now", "nobody said that it may be late");
    let (ada, eve) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let read = async {
        let inherited = tokio::spawn(inherit({
            let reader = reader.clone();
            async move { says(&reader, "product").await }
        }));
        let forgotten = tokio::spawn({
            let reader = reader.clone();
            async move { says(&reader, "product").await }
        });
        [
            says(&reader, "product").await,
            says(&reader, "customer").await,
            says(&reader, "cart").await,
            says(&reader, "product where exists (select 1 from cart)").await,
            on_primary(says(&reader, "product")).await,
            // Within what reads the primary nothing is late.
            on_primary(reader.late(None, says(&reader, "product"))).await,
            inherited.await.unwrap(),
            forgotten.await.unwrap(),
        ]
    };
    let read = reader.late(Some(ada), read).await;
    assert_eq!(read, ["late", "late", "now", "now", "now", "now", "late", "now"]);

    replicas.has_written(ada);
    assert_eq!(reader.late(Some(ada), says(&reader, "product")).await, "now");
    assert_eq!(reader.late(Some(eve), says(&reader, "product")).await, "late");
    let seen = seeing(Instant::now(), reader.late(Some(eve), says(&reader, "product"))).await;
    assert_eq!(seen, "now");
}

#[tokio::test]
async fn what_was_read_of_a_replica_says_as_of_when() {
    let (reader, replicas) = open().await;
    let as_of = replicas.all()[0].as_of();
    let reads = Reads::default();
    reads.watch(reader.late(None, says(&reader, "product"))).await;
    assert_eq!(reads.take().take_as_of(), as_of);
    reads.watch(reader.late(None, says(&reader, "cart"))).await;
    assert_eq!(reads.take().take_as_of(), None);
}

#[tokio::test]
async fn what_a_replica_does_not_answer_the_primary_does() {
    let (reader, replicas) = open().await;
    let replica = &replicas.all()[0];
    // As where it has not followed a migration yet.
    replica.db().execute_unprepared("drop table product").await.unwrap();
    let read = async { [says(&reader, "product").await, says(&reader, "customer").await] };
    // What belongs together does not jump back in time.
    assert_eq!(reader.late(None, read).await, ["now", "now"]);
    assert_eq!(reader.late(None, says(&reader, "customer")).await, "late");
    let status = replicas.statuses().remove(0);
    assert_eq!((status.answers, status.failures, status.is_used), (1, 1, true));
    replica.db().clone().close().await.unwrap();
    assert_eq!(reader.late(None, says(&reader, "customer")).await, "now");
}
