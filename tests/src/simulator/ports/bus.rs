//! An event bus that remembers what was announced. Whoever follows something reads until they would
//! have to wait for the bus, and then goes away: a subscriber that reconnects for ever.

use std::{
    future::poll_fn,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
};

use async_trait::async_trait;
use futures::{StreamExt, stream, stream::BoxStream};
use vitrine_commerce::ports::{
    EventBus,
    event_bus::{EventBusError, Topic},
};

use crate::simulator::{points::Points, weather::Weather};

pub(in crate::simulator) struct SimulatedBus {
    points: Arc<Points>,
    weather: Arc<Weather>,
    announced: Mutex<Vec<Topic>>,
    awaited: Arc<AtomicBool>,
}

impl SimulatedBus {
    pub(in crate::simulator) fn new(points: Arc<Points>, weather: Arc<Weather>) -> Self {
        Self {
            points,
            weather,
            announced: Mutex::default(),
            awaited: Arc::default(),
        }
    }

    /// Everything that was announced so far.
    pub(in crate::simulator) fn announced(&self) -> Vec<Topic> {
        self.announced.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns once a subscriber waits for news: they have read what there is.
    pub(in crate::simulator) async fn awaited(&self) {
        poll_fn(|_| match self.awaited.swap(false, Ordering::Relaxed) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
    }
}

#[async_trait]
impl EventBus for SimulatedBus {
    async fn publish(&self, topics: &[Topic]) -> Result<(), EventBusError> {
        self.points.at_port().await;
        let mut announced = self.announced.lock().unwrap_or_else(PoisonError::into_inner);
        announced.extend(topics);
        drop(announced);
        if self.weather.down().bus {
            return Err(EventBusError("planned".into()));
        }
        Ok(())
    }

    fn subscribe(&self) -> BoxStream<'static, Topic> {
        let awaited = self.awaited.clone();
        stream::poll_fn(move |_| {
            awaited.store(true, Ordering::Relaxed);
            Poll::Pending
        })
        .boxed()
    }
}
