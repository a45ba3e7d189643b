//! Who has written: they read what they wrote, on whichever server, though what others read may be late.

use futures::StreamExt;

use crate::{Shop, context::Viewer, ports::event_bus::Topic, shop::WeakShop};

impl Shop {
    /// Notes who has written. Gives what other servers are to be told of it, as a best effort: where it is lost, what they read
    /// there is late by no more than anybody's. What shoppers write is theirs, and nobody reads it late.
    pub(super) fn note_writer(&self, viewer: Viewer) -> Option<Topic> {
        let (replicas, who) = (self.db.replicas()?, viewer.id()?);
        replicas.has_written(who);
        viewer.works_here().then_some(Topic::Wrote(who))
    }
}

/// Hears who has written on other servers, for as long as the shop is open.
pub async fn follow_writers(shop: WeakShop) {
    let Some(mut topics) = shop.upgrade().map(|shop| shop.bus.subscribe()) else {
        return;
    };
    while let Some(topic) = topics.next().await {
        let Some(shop) = shop.upgrade() else { return };
        if let (Topic::Wrote(who), Some(replicas)) = (topic, shop.db.replicas()) {
            replicas.has_written(who);
        }
    }
}
