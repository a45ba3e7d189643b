//! Who may do what is asked under a key, and what is known of it afterwards.

use chrono::TimeDelta;
use sea_orm::{EntityTrait, PaginatorTrait};
use vitrine_entity::outbox;

use super::{Asked, Begun, Held, begin};
use crate::{
    Context, Result, Shop, Viewer,
    jobs::Job,
    memory::{context, fixture},
};

const ASKED: Asked<'_> = Asked {
    key: "8e03978e-40d5-43dd-bc93-6894a57f9324",
    hash: b"what is asked",
};

async fn hold(shop: &Shop, context: &Context) -> Option<Held> {
    match begin(shop, context, &ASKED).await.unwrap() {
        Begun::Held(held) => Some(held),
        Begun::InProgress => None,
        Begun::Reused => panic!("it is the same request"),
    }
}

async fn act(shop: &Shop, context: &Context) -> Result<()> {
    shop.transact(context, |tx| async move {
        tx.enqueue(None, Job::PushSynonyms {});
        Ok(())
    })
    .await
}

#[tokio::test]
async fn whoever_was_taken_for_dead_does_nothing_any_more() {
    let fixture = fixture().await;
    let (shop, context) = (&fixture.shop, &context(Viewer::Guest));
    let first = hold(shop, context).await.expect("nobody else is at it");
    assert!(hold(shop, context).await.is_none(), "somebody is at it");
    fixture.clock.advance(TimeDelta::seconds(31));
    let second = hold(shop, context).await.expect("its time is over");
    let late = first.within("a", act(shop, context)).await.unwrap_err();
    assert!(late.is_overload(), "{late:?}");
    let jobs = async || outbox::Entity::find().count(&shop.db).await.unwrap();
    assert_eq!(jobs().await, 0);
    second.within("a", act(shop, context)).await.unwrap();
    assert_eq!(jobs().await, 1);

    // Whoever goes away leaves it to the next one, who knows what was done.
    drop((first, second));
    let third = loop {
        match hold(shop, context).await {
            Some(held) => break held,
            None => tokio::task::yield_now().await,
        }
    };
    assert!(third.was_done("a") && !third.was_done("b"));
    third.end(b"the answer", true).await;
    let last = hold(shop, context).await.expect("it is answered");
    assert_eq!(last.answer(), Some(&b"the answer"[..]));

    let other = Asked {
        hash: b"another",
        ..ASKED
    };
    assert!(matches!(begin(shop, context, &other).await.unwrap(), Begun::Reused));
    // What the shop does by itself meanwhile is not what was asked for.
    let system = &Context::system(shop, "test");
    last.within("b", act(shop, system)).await.unwrap();
    assert!(!hold(shop, context).await.expect("it is answered").was_done("b"));
}
