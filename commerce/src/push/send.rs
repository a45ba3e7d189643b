//! The job `SendOrderPush`: tells a browser of one entry of an order's timeline. Where its push service says that it is gone,
//! or will take nothing, the browser is told no more.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use serde_json::json;
use tokio::time::timeout;
use tracing::{Instrument, field::Empty};
use vitrine_entity::{
    ids::{OrderId, PushSubscriptionId},
    order, order_event, push_subscription,
};

use crate::{
    Context, Fault, Result, Shop,
    jobs::JobError,
    notifications::{in_app, in_app_for},
    orders::{access, language_of},
    outbox::Lease,
    ports::push::{PushError, PushTarget},
    sql, text,
    trace::step,
};

/// How long a push service may take; well within the job's lease.
const TIMEOUT: Duration = Duration::from_secs(25);

/// For how long a message is worth telling, here and at the push service of a browser that is off.
const LASTS: TimeDelta = TimeDelta::hours(24);

/// The pauses while a push service is away. They grow with the message's age.
const PAUSE_MIN: TimeDelta = TimeDelta::seconds(10);
const PAUSE_MAX: TimeDelta = TimeDelta::minutes(15);

/// The most characters of the shop's name.
const NAME_LENGTH_MAX: usize = 80;

/// A message, and how old it is.
struct Told {
    target: PushTarget,
    content: String,
    age: TimeDelta,
}

pub(crate) async fn run(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    (id, order, event): (PushSubscriptionId, OrderId, i64),
) -> Result<(), JobError> {
    let Some(told) = find(shop, id, order, event).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let error = match send(shop, &told).await {
        Ok(()) => return Ok(lease.finish_alone(shop).await?),
        Err(error) => error,
    };
    if matches!(error, PushError::Later(_)) {
        if told.age < LASTS {
            return Err(JobError::Outage {
                error: Fault::other("telling a browser", error).into(),
                pause: (told.age / 4).clamp(PAUSE_MIN, PAUSE_MAX),
            });
        }
        return Ok(lease.finish_alone(shop).await?);
    }
    tracing::info!(%order, event, %error, "a browser is told of an order no more");
    Ok(end(shop, context, lease, id).await?)
}

/// What is to be told; `None` where the browser is told no more, there is nothing to tell, or it is too late.
async fn find(shop: &Shop, id: PushSubscriptionId, order: OrderId, event: i64) -> Result<Option<Told>, JobError> {
    let row = push_subscription::Entity::find_by_id(id).one(&shop.db).await?;
    let order = order::Entity::find_by_id(order).one(&shop.db).await?;
    let (Some(row), Some(order), true) = (row, order, shop.push.is_some()) else {
        return Ok(None);
    };
    let event = order_event::Entity::find_by_id((order.id, event)).one(&shop.db).await?;
    let Some((event, kind)) = event.and_then(|event| in_app_for(event.kind, &event.data).map(|kind| (event, kind)))
    else {
        return Ok(None);
    };
    let age = shop.now() - event.created_at;
    if age >= LASTS {
        return Ok(None);
    }
    let language = language_of(&order);
    let name = text::one_line(&shop.profile().name);
    let content = json!({
        "title": name.chars().take(NAME_LENGTH_MAX).collect::<String>(),
        "body": language.say(&in_app::title(kind, &order.number)),
        "lang": language.tag(),
        "dir": language.direction(),
        // Another message of the same order does not take its place; the same one does.
        "tag": format!("{}.{}", order.id, event.number),
        "url": access::link(shop, order.id),
    });
    let target = PushTarget {
        endpoint: row.endpoint,
        p256dh: row.p256dh,
        auth: row.auth,
        sender_key: row.sender_key,
    };
    Ok(Some(Told {
        target,
        content: content.to_string(),
        age,
    }))
}

async fn send(shop: &Shop, told: &Told) -> Result<(), PushError> {
    let Some(push) = &shop.push else {
        return Err(PushError::Later("browsers are told nothing".to_owned()));
    };
    let step = step!("tell browser", otel.kind = "client", otel.status_code = Empty);
    let sending = push.send(&told.target, &told.content, LASTS - told.age);
    let sent = timeout(TIMEOUT, sending).instrument(step.clone()).await;
    let sent = sent.unwrap_or_else(|_| Err(PushError::Later("it did not answer in time".to_owned())));
    if sent.is_err() {
        step.record("otel.status_code", "ERROR");
    }
    sent
}

async fn end(shop: &Shop, context: &Context, lease: &Lease, id: PushSubscriptionId) -> Result<()> {
    shop.transact_briefly(context, |tx| async move {
        sql::execute(tx.db(), "delete from push_subscription where id = $1", [id.into()]).await?;
        lease.finish(&tx).await
    })
    .await
}
