use std::{collections::HashSet, time::Duration};

use async_graphql::{Context, ID, Subscription};
use async_stream::try_stream;
use futures::StreamExt;
use vitrine_commerce::{ErrorCode, Refusal, Shop, notifications::in_app, paging::PageRequest, ports::event_bus::Topic};
use vitrine_entity::{ids::NotificationId, notification};

use super::object::{Notification, NotificationUpdate};
use crate::{
    graphql::shared::{ContextExt, Events, Failure, Result, events, int},
    ids,
};

/// How long a message may stay untold when the bus has lost its own.
const POLL: Duration = Duration::from_secs(15);

/// Messages that are told at a time; a customer who missed more reads the list.
const BATCH: i32 = 50;

#[derive(Debug, Default)]
pub struct Notifications;

#[Subscription]
impl Notifications {
    /// Tells the signed-in customer of new messages, and of how many are unread. It begins with what
    /// comes from now on: read `viewer.notifications` first. Whoever was cut off names the last one
    /// that they were told of, and is told first what came since.
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The last notification that you know: what came after it is told first, the newest 50 at most."
        )]
        after: Option<ID>,
    ) -> Result<Events<NotificationUpdate>> {
        let (shop, caller) = (ctx.shop().clone(), ctx.caller().clone());
        let unauthenticated = || Refusal::new(ErrorCode::Unauthenticated, "Sign in to follow your notifications.");
        let customer = caller.viewer.customer().ok_or_else(unauthenticated)?;
        let after = after
            .map(|id| ids::input(&id, "notification", &["after"]))
            .transpose()?;
        // Listen first, then read: what happens in between is not lost.
        let mut changes = shop
            .bus
            .subscribe()
            .filter(move |topic| std::future::ready(*topic == Topic::Notifications(customer)));
        let mut messages = Box::pin(Messages::open(&shop, &caller, after)).await?;
        Ok(events::<_, Failure>(try_stream! {
            loop {
                let before = messages.unread;
                let fresh = Box::pin(messages.read(&shop, &caller)).await?;
                let only_read = fresh.is_empty() && messages.unread != before;
                for notification in fresh {
                    yield NotificationUpdate { notification: Some(notification), unread_count: messages.unread };
                }
                if only_read {
                    yield NotificationUpdate { notification: None, unread_count: messages.unread };
                }
                // Which of the two wakes us does not matter.
                let _ = tokio::time::timeout(POLL, changes.next()).await;
            }
        }))
    }
}

/// What a customer has been told.
struct Messages {
    /// Of the newest messages, those that were told. A set and not the newest of them: of two that are
    /// written at once, the later may be there before the earlier.
    told: HashSet<NotificationId>,
    /// What lies before is not new.
    floor: Option<NotificationId>,
    unread: i32,
}

impl Messages {
    async fn open(shop: &Shop, caller: &vitrine_commerce::Context, after: Option<NotificationId>) -> Result<Self> {
        let newest = newest(shop, caller).await?;
        let told = newest.iter().map(|row| row.id);
        Ok(Self {
            told: match after {
                Some(after) => told.filter(|id| *id <= after).collect(),
                None => told.collect(),
            },
            floor: match newest.len() < BATCH as usize {
                true => None,
                false => newest.last().map(|row| row.id),
            },
            unread: unread(shop, caller).await?,
        })
    }

    /// Those that were not told yet, oldest first.
    async fn read(&mut self, shop: &Shop, caller: &vitrine_commerce::Context) -> Result<Vec<Notification>> {
        let newest = newest(shop, caller).await?;
        self.unread = unread(shop, caller).await?;
        let known = std::mem::replace(&mut self.told, newest.iter().map(|row| row.id).collect());
        let is_fresh =
            |row: &notification::Model| !known.contains(&row.id) && self.floor.is_none_or(|floor| row.id >= floor);
        let mut fresh: Vec<_> = newest.into_iter().filter(is_fresh).map(Notification).collect();
        fresh.reverse();
        Ok(fresh)
    }
}

async fn newest(shop: &Shop, caller: &vitrine_commerce::Context) -> Result<Vec<notification::Model>> {
    let page = in_app::list(shop, caller, &PageRequest::first(BATCH)).await?;
    Ok(page.rows.into_iter().map(|(_, row)| row).collect())
}

async fn unread(shop: &Shop, caller: &vitrine_commerce::Context) -> Result<i32> {
    let unread = in_app::unread_count(shop, caller).await?;
    Ok(int(unread.try_into().unwrap_or(i64::MAX)))
}
