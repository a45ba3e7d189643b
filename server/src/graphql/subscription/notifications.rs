use std::time::Duration;

use async_graphql::{Context, Subscription};
use async_stream::try_stream;
use futures::{Stream, StreamExt};
use vitrine_commerce::{ErrorCode, Refusal, Shop, notifications::in_app, paging::PageRequest, ports::event_bus::Topic};
use vitrine_entity::ids::NotificationId;

use crate::graphql::{
    failure::Result,
    int,
    request::Request,
    types::{Notification, NotificationUpdate},
};

/// How long a message may stay untold when the bus has lost its own.
const POLL: Duration = Duration::from_secs(15);

/// Messages that are told at a time; a customer who missed more reads the list.
const BATCH: i32 = 50;

#[derive(Debug, Default)]
pub struct Notifications;

#[Subscription]
impl Notifications {
    /// Tells the signed-in customer of new messages, and of how many are unread. It begins with
    /// what comes from now on: read `viewer.notifications` first.
    async fn notifications(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = Result<NotificationUpdate>> + use<>> {
        let (shop, caller) = (ctx.shop().clone(), ctx.caller().clone());
        let unauthenticated = || Refusal::new(ErrorCode::Unauthenticated, "Sign in to follow your notifications.");
        let customer = caller.viewer.customer().ok_or_else(unauthenticated)?;
        // Listen first, then read: what happens in between is not lost.
        let mut changes = shop
            .bus
            .subscribe()
            .filter(move |topic| std::future::ready(*topic == Topic::Notifications(customer)));
        let mut told = State::read(&shop, &caller, None).await?;
        Ok(try_stream! {
            loop {
                // Which of the two wakes us does not matter.
                let _ = tokio::time::timeout(POLL, changes.next()).await;
                let now = State::read(&shop, &caller, told.newest).await?;
                let only_read = now.fresh.is_empty() && now.unread != told.unread;
                for notification in now.fresh {
                    yield NotificationUpdate { notification: Some(notification), unread_count: now.unread };
                }
                if only_read {
                    yield NotificationUpdate { notification: None, unread_count: now.unread };
                }
                told = State { newest: now.newest, unread: now.unread, fresh: Vec::new() };
            }
        })
    }
}

/// What a customer's messages are at one moment.
struct State {
    newest: Option<NotificationId>,
    unread: i32,
    /// Those after the newest known, oldest first.
    fresh: Vec<Notification>,
}

impl State {
    async fn read(shop: &Shop, caller: &vitrine_commerce::Context, known: Option<NotificationId>) -> Result<Self> {
        let page = in_app::list(shop, caller, &PageRequest::first(BATCH)).await?;
        let unread = in_app::unread_count(shop, caller).await?;
        let rows: Vec<_> = page.rows.into_iter().map(|(_, row)| row).collect();
        let newest = rows.first().map(|row| row.id).or(known);
        let fresh = rows
            .into_iter()
            .take_while(|row| known.is_none_or(|known| row.id > known));
        let mut fresh: Vec<_> = fresh.map(Notification).collect();
        fresh.reverse();
        Ok(Self {
            newest,
            unread: int(unread.try_into().unwrap_or(i64::MAX)),
            fresh,
        })
    }
}
