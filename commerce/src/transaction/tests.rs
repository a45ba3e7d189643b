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
use futures::future::{BoxFuture, join_all, ready};
use rand::{Rng, SeedableRng, rngs::StdRng};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use tokio::sync::Notify;
use uuid::Uuid;
use vitrine_entity::{
    address::Address,
    ids::OrderId,
    order::{self, OrderStatus},
    outbox::{self, OutboxState},
    schedule,
};

use super::{Tx, doing_at_once};
use crate::{
    Context, Error, Fault, Refusal, Result, Shop,
    jobs::Job,
    memory::{Fixture, fixture},
    ports::event_bus::Topic,
    sql, tick,
};

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

const ORDER: OrderId = OrderId(Uuid::from_u128(1));

/// Records a job that may follow at once; gives how often the transaction was done.
async fn followed(fixture: &Fixture, at_once: for<'a> fn(&'a Tx, &'a Job) -> BoxFuture<'a, Result<bool>>) -> u32 {
    let (shop, runs) = (&fixture.shop, &AtomicU32::new(0));
    let context = Context::system(shop, "test");
    let recorded = shop.transact_briefly(&context, |tx| async move {
        runs.fetch_add(1, Ordering::SeqCst);
        tick::claim(&tx, "what it follows from", TimeDelta::hours(1)).await?;
        tx.enqueue(None, Job::DeductStock { order: ORDER });
        Ok(())
    });
    doing_at_once(at_once, recorded).await.unwrap();
    runs.load(Ordering::SeqCst)
}

#[tokio::test]
async fn what_fails_at_once_is_left_and_what_it_follows_from_stands() {
    let fixture = fixture().await;
    let shop = &fixture.shop;
    let only = async || outbox::Entity::find().one(&shop.db).await.unwrap().unwrap();
    let claimed = async || schedule::Entity::find().count(&shop.db).await.unwrap();

    assert_eq!(followed(&fixture, |_, _| Box::pin(ready(Ok(true)))).await, 1);
    assert_eq!(only().await.state, OutboxState::Done);

    for at_once in [fails, fails_at_the_end] {
        outbox::Entity::delete_many().exec(&shop.db).await.unwrap();
        schedule::Entity::delete_many().exec(&shop.db).await.unwrap();
        assert_eq!(followed(&fixture, at_once).await, 2, "once more, without what followed");
        assert_ne!(only().await.state, OutboxState::Done);
        assert_eq!((jobs(shop).await, claimed().await), (1, 1));
    }
}

/// Has written something, and meets an error.
fn fails<'a>(tx: &'a Tx, _: &'a Job) -> BoxFuture<'a, Result<bool>> {
    Box::pin(async move {
        tick::claim(tx, "what follows", TimeDelta::hours(1)).await?;
        sql::execute(tx.db(), "insert into nowhere values (1)", []).await?;
        Ok(true)
    })
}

/// Has a row changed with the end that is not there.
fn fails_at_the_end<'a>(tx: &'a Tx, _: &'a Job) -> BoxFuture<'a, Result<bool>> {
    let statement = sql::statement(
        tx.db(),
        "update schedule set name = name where name = $1",
        ["nobody".into()],
    );
    tx.change_last(statement, Fault::Other("it is gone".to_owned(), None));
    Box::pin(ready(Ok(true)))
}

#[tokio::test]
async fn what_is_changed_last_is_there_or_nothing_is_done() {
    let fixture = fixture().await;
    let (shop, context) = (&fixture.shop, &Context::system(&fixture.shop, "test"));
    let change = async |name: &'static str| {
        let changed = shop.transact(context, |tx| async move {
            tick::claim(&tx, "there", TimeDelta::hours(1)).await?;
            let sql = "update schedule set name = $2 where name = $1";
            let gone = || Fault::Other("it is gone".to_owned(), None);
            let statement = || sql::statement(tx.db(), sql, [name.into(), "changed".into()]);
            assert!(tx.change_last(statement(), gone()));
            assert!(!tx.change_last(statement(), gone()), "one at most");
            tx.enqueue(None, Job::PushSynonyms {});
            Ok(())
        });
        changed.await
    };
    let error = change("nowhere").await.unwrap_err();
    assert!(matches!(error, Error::Fault(Fault::Other(why, _)) if why == "it is gone"));
    assert_eq!(
        (
            jobs(shop).await,
            schedule::Entity::find().count(&shop.db).await.unwrap()
        ),
        (0, 0)
    );
    change("there").await.unwrap();
    let names: Vec<String> = sql::column(&shop.db, "select name from schedule", []).await.unwrap();
    assert_eq!((jobs(shop).await, names), (1, vec!["changed".to_owned()]));
}

const INSERT_ORDER: &str = "insert into orders (id, number, email, locale, status, currency, subtotal_minor, discount_minor, \
    shipping_minor, tax_minor, total_minor, prices_include_tax, shipping_address, billing_address, \
    shipping_method_name, access_token_hash, event_count, placed_at, updated_at) values ($1, 'V-1', \
    'ada@example.com', 'en', 'PAYMENT_PENDING', 'EUR', 0, 0, 0, 0, 0, true, $3, $3, 'Standard', x'', 2, $2, $2)";

#[tokio::test]
async fn an_order_that_moves_twice_is_written_once_and_always_as_it_stands() {
    let fixture = fixture().await;
    let (shop, context) = (&fixture.shop, &Context::system(&fixture.shop, "test"));
    let nowhere = serde_json::to_string(&Address::nowhere("DE")).unwrap();
    let values = [ORDER.into(), shop.now().into(), nowhere.into()];
    shop.execute(INSERT_ORDER, values).await.unwrap();
    let read = async || order::Entity::find_by_id(ORDER).one(&shop.db).await.unwrap().unwrap();
    let paid = |order: &order::Model| order::Model {
        status: OrderStatus::PaymentSuccess,
        event_count: order.event_count + 1,
        ..order.clone()
    };
    let placed = read().await;

    // By itself it is written with the end.
    let (before, after) = (&placed, &paid(&placed));
    let moved = shop.transact(context, |tx| async move { tx.move_later(before, after) });
    moved.await.unwrap();
    assert_eq!(
        (read().await.status, read().await.event_count),
        (OrderStatus::PaymentSuccess, 3)
    );

    // Whoever knows it as it was finds that it has moved, before and after it is written.
    let stale = shop.transact(context, |tx| async move {
        tx.move_now(before, OrderStatus::Cancelled).await
    });
    assert!(matches!(stale.await, Err(Error::Refused(_))));
    let (before, after) = (
        &read().await,
        &order::Model {
            event_count: 4,
            ..read().await
        },
    );
    let stale = shop.transact(context, |tx| async move {
        tx.move_later(before, after)?;
        tx.move_now(before, OrderStatus::Cancelled).await
    });
    assert!(matches!(stale.await, Err(Error::Refused(_))));
    assert_eq!(read().await.event_count, 3);

    // With what moves it next it is one statement; whoever is within a savepoint finds it written.
    let twice = shop.transact(context, |tx| async move {
        tx.move_later(before, after)?;
        tx.move_now(after, OrderStatus::Confirmed).await
    });
    assert_eq!(twice.await.unwrap().event_count, 5);
    let (before, after) = (
        &read().await,
        &order::Model {
            event_count: 6,
            ..read().await
        },
    );
    let within = shop.transact(context, |tx| async move {
        tx.move_later(before, after)?;
        let seen = shop.transact(context, |tx| async move { tx.lock::<order::Entity>(ORDER).await });
        tx.enclose(seen).await
    });
    assert_eq!(within.await.unwrap().map(|order| order.event_count), Some(6));
}
