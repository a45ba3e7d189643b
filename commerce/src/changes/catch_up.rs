//! Reads what has changed since.

use std::time::{Duration, Instant};

use super::read::{News, news, position};
use crate::{Fault, Result, Shop, shown::Position};

/// Whoever was away for longer may have missed what is deleted by now, and believes nothing.
const AWAY_MAX: Duration = Duration::from_secs(60);

/// How long whoever asks waits: answers can be made without this.
const PATIENCE: Duration = Duration::from_millis(250);

/// Once this has returned, this process knows of every change that was committed before it was called. However many call
/// it at once, one statement serves all who wait for it.
///
/// # Errors
/// When the database cannot be read, or not in time: what was known before is not believed then.
pub async fn catch_up(shop: &Shop) -> Result<()> {
    let reading = tokio::time::timeout(PATIENCE, read_on(shop));
    reading
        .await
        .unwrap_or_else(|_| Err(Fault::Other("the changes cannot be read in time".to_owned(), None).into()))
}

async fn read_on(shop: &Shop) -> Result<()> {
    let showing = shop.showing();
    let ticket = showing.ask();
    let mut at = showing.position.lock().await;
    if showing.is_served(ticket) {
        return Ok(());
    }
    // Of everybody who has asked by now, the changes are committed.
    let (tickets, doubts) = (showing.asked(), showing.doubts());
    let asked_at = Instant::now();
    let mark = match at.clone().filter(|at| at.read_at.elapsed() < AWAY_MAX) {
        Some(since) => match news(&shop.db, &since.mark).await? {
            News {
                mark,
                changes: Some(changes),
            } => {
                showing.hear(changes);
                mark
            }
            News { mark, changes: None } => {
                showing.forget();
                mark
            }
        },
        None => {
            let mark = position(&shop.db).await?;
            showing.forget();
            mark
        }
    };
    *at = Some(Position {
        mark,
        read_at: asked_at,
    });
    showing.has_read(asked_at, doubts);
    showing.serve(tickets);
    Ok(())
}
