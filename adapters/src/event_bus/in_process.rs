use async_trait::async_trait;
use futures::{StreamExt, future::ready, stream::BoxStream};
use tokio::sync::broadcast;
use tokio_stream::wrappers::BroadcastStream;
use vitrine_commerce::ports::{
    EventBus,
    event_bus::{EventBusError, Topic},
};

use super::LAG_MAX;

/// A broadcast to everyone in this process.
pub struct InProcessBus(broadcast::Sender<Topic>);

impl Default for InProcessBus {
    fn default() -> Self {
        Self(broadcast::Sender::new(LAG_MAX))
    }
}

#[async_trait]
impl EventBus for InProcessBus {
    async fn publish(&self, topics: &[Topic]) -> Result<(), EventBusError> {
        for topic in topics {
            // An error means that nobody listens.
            let _ = self.0.send(*topic);
        }
        Ok(())
    }

    fn subscribe(&self) -> BoxStream<'static, Topic> {
        listen(&self.0)
    }
}

/// What a reader was too slow for is skipped: it polls the database anyway.
pub(super) fn listen(sender: &broadcast::Sender<Topic>) -> BoxStream<'static, Topic> {
    BroadcastStream::new(sender.subscribe())
        .filter_map(|message| ready(message.ok()))
        .boxed()
}
