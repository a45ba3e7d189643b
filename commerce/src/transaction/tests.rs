//! Transactions that share a commit.

use std::sync::Arc;

use futures::future::join_all;
use sea_orm::{EntityTrait, PaginatorTrait};
use tokio::sync::Notify;
use vitrine_entity::outbox;

use crate::{Context, Refusal, Shop, jobs::Job, memory::fixture};

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
