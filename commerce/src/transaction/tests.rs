//! Transactions that share a commit.

use std::{
    future::poll_fn,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    task::Poll,
};

use chrono::TimeDelta;
use futures::future::join_all;
use rand::{Rng, SeedableRng, rngs::StdRng};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use tokio::sync::Notify;
use vitrine_entity::{outbox, schedule};

use crate::{Context, Refusal, Result, Shop, jobs::Job, memory::fixture, ports::event_bus::Topic, tick};

async fn jobs(shop: &Shop) -> u64 {
    outbox::Entity::find().count(&shop.db).await.unwrap()
}

#[tokio::test]
async fn of_those_who_write_at_once_each_stands_or_is_taken_back_by_itself() {
    let fixture = fixture().await;
    let (shop, context) = (&fixture.shop, &Context::system(&fixture.shop, "test"));
    let works = (0..60).map(|number| {
        shop.transact_briefly(context, move |tx| async move {
            tx.enqueue(None, Job::PushSynonyms {});
            match number % 4 {
                0 => Err(Refusal::not_found("thing").into()),
                _ => Ok(number),
            }
        })
    });
    let outcomes = join_all(works).await;
    for (number, outcome) in outcomes.iter().enumerate() {
        assert_eq!(outcome.as_ref().ok(), (number % 4 != 0).then_some(&number));
    }
    assert_eq!(jobs(shop).await, 45);
}

#[tokio::test]
async fn whoever_is_called_off_takes_nobody_with_them() {
    let fixture = fixture().await;
    let shop = fixture.shop.clone();
    let (has_begun, never) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let write = |waits: bool| {
        let (shop, has_begun, never) = (shop.clone(), has_begun.clone(), never.clone());
        tokio::spawn(async move {
            let context = Context::system(&shop, "test");
            let (has_begun, never) = (&has_begun, &never);
            shop.transact_briefly(&context, |tx| async move {
                tx.enqueue(None, Job::PushSynonyms {});
                if waits {
                    has_begun.notify_one();
                    never.notified().await;
                }
                Ok(())
            })
            .await
        })
    };
    // All wait for the same turn, so that they share what follows.
    let turn = shop.write_turns().alone(&shop.db).await.unwrap();
    let (first, called_off) = (write(false), write(true));
    tokio::task::yield_now().await;
    let last = write(false);
    tokio::task::yield_now().await;
    drop(turn);
    has_begun.notified().await;
    called_off.abort();
    assert!(called_off.await.is_err());
    first.await.unwrap().unwrap();
    last.await.unwrap().unwrap();
    assert_eq!(jobs(&shop).await, 2);
}

#[tokio::test]
async fn a_waiter_who_is_called_off_leaves_nothing_open() {
    let fixture = fixture().await;
    let shop = fixture.shop.clone();
    let write = || {
        let shop = shop.clone();
        tokio::spawn(async move {
            let context = Context::system(&shop, "test");
            let written = shop.transact_briefly(&context, |tx| async move {
                tx.enqueue(None, Job::PushSynonyms {});
                tokio::task::yield_now().await;
                Ok(())
            });
            written.await
        })
    };
    for _ in 0..20 {
        let before = jobs(&shop).await;
        let turn = shop.write_turns().alone(&shop.db).await.unwrap();
        let (first, second, waiter) = (write(), write(), write());
        tokio::task::yield_now().await;
        drop(turn);
        tokio::task::yield_now().await;
        waiter.abort();
        let _ = waiter.await;
        first.await.unwrap().unwrap();
        second.await.unwrap().unwrap();
        assert!(jobs(&shop).await >= before + 2);
    }
}

/// What becomes of one of many who write at once.
struct Writer {
    runs: AtomicU32,
    hangs_up: bool,
    names: [String; 2],
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_hangs_up_has_nobody_elses_work_done_again() {
    let fixture = fixture().await;
    let shop = fixture.shop.clone();
    for seed in 0..40 {
        let mut random = StdRng::seed_from_u64(seed);
        // All wait for the same turn, so that they share what follows.
        let turn = shop.write_turns().alone(&shop.db).await.unwrap();
        let writers = (0..20).map(|number| {
            let hangs_up = number % 2 == 0;
            let writer = Arc::new(Writer {
                runs: AtomicU32::new(0),
                hangs_up,
                names: ["outer", "inner"].map(|part| format!("{seed}-{number}-{part}")),
            });
            let polls = if hangs_up {
                random.random_range(1..40)
            } else {
                usize::MAX
            };
            let (shop, written) = (shop.clone(), writer.clone());
            let writing = tokio::spawn(async move { polled(polls, write(&shop, &written)).await });
            (writer, writing)
        });
        let writers: Vec<_> = writers.collect();
        tokio::task::yield_now().await;
        drop(turn);
        for (writer, writing) in writers {
            let outcome = writing.await.unwrap();
            let runs = writer.runs.load(Ordering::SeqCst);
            if !writer.hangs_up {
                outcome.expect("nobody called it off").unwrap();
                assert_eq!(runs, 1, "{:?} was done again, seed {seed}", writer.names);
            }
            assert!(runs <= 1, "{:?}, seed {seed}", writer.names);
            // Whoever writes next does so when nothing is on its way any more.
            shop.write_turns().alone(&shop.db).await.unwrap();
            let rows = schedule::Entity::find().filter(schedule::Column::Name.is_in(&writer.names));
            let rows = rows.count(&shop.db).await.unwrap();
            let is_whole = rows == 2 || (rows == 0 && writer.hangs_up);
            assert!(is_whole, "{rows} of {:?}, seed {seed}", writer.names);
        }
    }
}

/// Two rows, the second one in a savepoint within the first one's.
async fn write(shop: &Shop, writer: &Writer) -> Result<()> {
    let context = &Context::system(shop, "test");
    let [outer, inner] = &writer.names;
    shop.transact_briefly(context, |tx| async move {
        writer.runs.fetch_add(1, Ordering::SeqCst);
        tick::claim(&tx, outer, TimeDelta::hours(1)).await?;
        let within = shop.transact(context, |tx| async move {
            tick::claim(&tx, inner, TimeDelta::hours(1)).await
        });
        tx.enclose(within).await?;
        Ok(())
    })
    .await
}

/// What comes of `work`, unless it takes more than so many polls: then it is dropped where it stands.
async fn polled<T>(polls: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut left = polls;
    poll_fn(|context| match left {
        0 => Poll::Ready(None),
        _ => {
            left -= 1;
            work.as_mut().poll(context).map(Some)
        }
    })
    .await
}

#[tokio::test]
async fn a_statement_that_stands_by_itself_is_announced_where_shoppers_see_what_it_writes() {
    let fixture = fixture().await;
    let said = async |sql: &str| {
        let changed = fixture.shop.execute(sql, []).await.unwrap();
        (changed, fixture.bus.take())
    };
    let of_settings = said("update shop_settings set version = version").await;
    assert_eq!(of_settings, (1, vec![Topic::Shown]));
    assert_eq!(said("update media_import set reason = null").await, (0, Vec::new()));
    let of_nobody = said("update installation set id = id").await;
    assert_eq!(of_nobody.1, Vec::new());
}
