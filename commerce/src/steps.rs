//! Follows what jobs do step by step, live: how it stands, and then each time that it has gone on. The bus only says that it
//! has; a poll finds what the bus lost.

use std::{
    future::{Future, ready},
    time::Duration,
};

use async_stream::try_stream;
use futures::{Stream, StreamExt, stream::BoxStream};

use crate::{error::Result, ports::event_bus::Topic};

/// How long a step may stay unseen when the bus has lost its message.
const POLL: Duration = Duration::from_secs(5);

/// How far something is, by which a step is told from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) done: i64,
    pub(crate) is_over: bool,
}

/// What `find` gives, whenever its place has changed. The stream ends when it is over. `changes`: what the bus says;
/// `find` is asked anew each time, for rights may have been taken away meanwhile.
///
/// # Errors
/// Those of `find`.
pub(crate) async fn follow<Row, Find, Found>(
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
