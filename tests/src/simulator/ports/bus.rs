//! An event bus that remembers what was announced, and tells nobody. Whoever follows something reads what there is, and
//! then goes away: a subscriber that reconnects for ever.

use std::sync::{Arc, Mutex, PoisonError};

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
}

impl SimulatedBus {
    pub(in crate::simulator) fn new(points: Arc<Points>, weather: Arc<Weather>) -> Self {
        Self {
            points,
            weather,
            announced: Mutex::default(),
        }
    }

    /// Everything that was announced so far.
    pub(in crate::simulator) fn announced(&self) -> Vec<Topic> {
        self.announced.lock().unwrap_or_else(PoisonError::into_inner).clone()
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
        stream::pending().boxed()
    }
}
