//! Follows what jobs do step by step, live: how it stands, and then each time that it has gone on. The bus only says that it
//! has; a poll finds what the bus lost.

use std::{
    future::{Future, ready},
    time::Duration,
};

use async_stream::try_stream;
use futures::{Stream, StreamExt, stream::BoxStream};

use crate::{Context, Refusal, Result, Shop, ports::event_bus::Topic};

/// How long a step may stay unseen when the bus has lost its message.
const POLL: Duration = Duration::from_secs(5);

/// How far something is, by which a step is told from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) done: i64,
    pub(crate) is_over: bool,
}

/// A thing that a job does step by step, live: `find` is asked for it, and by it whether the caller may see it.
///
/// # Errors
/// Refuses one that there is not, as `called`; and what `find` refuses.
pub(crate) async fn follow_one<Row, Find, Found>(
    (shop, context): (Shop, Context),
    (topic, called): (Topic, &'static str),
    place: fn(&Row) -> Place,
    find: Find,
) -> Result<impl Stream<Item = Result<Row>> + Send + 'static>
where
    Row: Clone + Send + 'static,
    Find: Fn(Shop, Context) -> Found + Send + 'static,
    Found: Future<Output = Result<Option<Row>>> + Send + 'static,
{
    let changes = shop.bus.subscribe();
    let look = move || {
        let found = find(shop.clone(), context.clone());
        async move {
            found
                .await?
                .ok_or_else(|| Refusal::not_found(called).at(&["id"]).into())
        }
    };
    follow(changes, topic, place, look).await
}

/// What `find` gives, whenever its place has changed. The stream ends when it is over. `changes`: what the bus says;
/// `find` is asked anew each time, for rights may have been taken away meanwhile.
///
/// # Errors
/// Those of `find`.
async fn follow<Row, Find, Found>(
    changes: BoxStream<'static, Topic>,
    topic: Topic,
    place: fn(&Row) -> Place,
    find: Find,
) -> Result<impl Stream<Item = Result<Row>> + Send + 'static>
where
    Row: Clone + Send + 'static,
    Find: Fn() -> Found + Send + 'static,
    Found: Future<Output = Result<Row>> + Send + 'static,
{
    // It listens before it reads: what happens in between is not lost.
    let mut changes = changes.filter(move |told| ready(*told == topic));
    let mut row = find().await?;
    Ok(try_stream! {
        loop {
            let seen = place(&row);
            yield row.clone();
            if seen.is_over {
                break;
            }
            while place(&row) == seen {
                // Which of the two wakes us does not matter.
                let _ = tokio::time::timeout(POLL, changes.next()).await;
                row = find().await?;
            }
        }
    })
}
