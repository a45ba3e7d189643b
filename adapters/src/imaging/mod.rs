//! Reads and makes pictures by the crates `image` and `webp`, on threads of their own.
//!
//! What comes in is whatever somebody sent: its size is looked at before it is decoded, what it may take of
//! the memory is bounded, and a decoder that panics costs nothing but the picture.

mod clean;
mod decode;
mod encode;
mod prepare;
mod render;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use tokio::sync::Semaphore;
use vitrine_commerce::ports::imaging::{Imaging, ImagingError, Prepared, Rendering};

/// How many may wait for a turn, and for how long: a page asks for dozens of new sizes at once, each of which takes up
/// to two seconds.
const WAITING_MAX: usize = 64;
const WAIT_MAX: Duration = Duration::from_secs(30);

/// Works on a bounded number of pictures at once.
pub struct Images {
    turns: Arc<Semaphore>,
    waiting: Semaphore,
    /// The most pixels of a picture.
    pixels_max: u64,
}

impl Images {
    /// At most `at_once` pictures, of at most `pixels_max` pixels each.
    pub fn new(at_once: usize, pixels_max: u64) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(at_once)),
            waiting: Semaphore::new(WAITING_MAX),
            pixels_max,
        }
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ImagingError> + Send + 'static,
    ) -> Result<T, ImagingError> {
        let turn = {
            let _waiting = self.waiting.try_acquire().map_err(|_| ImagingError::Busy)?;
            let turn = tokio::time::timeout(WAIT_MAX, self.turns.clone().acquire_owned()).await;
            turn.map_err(|_| ImagingError::Busy)?.map_err(|_| ImagingError::Busy)?
        };
        let working = tokio::task::spawn_blocking(move || {
            // Held until the work is done, also when nobody waits for it any more.
            let _turn = turn;
            work()
        });
        working.await.unwrap_or_else(|error| {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "a picture made its decoder panic"
            );
            Err(decode::broken())
        })
    }
}

#[async_trait]
impl Imaging for Images {
    async fn prepare(&self, content: Vec<u8>) -> Result<Prepared, ImagingError> {
        let pixels_max = self.pixels_max;
        self.work(move || prepare::prepare(content, pixels_max)).await
    }

    async fn render(&self, content: Vec<u8>, rendering: Rendering) -> Result<Vec<u8>, ImagingError> {
        let pixels_max = self.pixels_max;
        self.work(move || render::render(&content, rendering, pixels_max)).await
    }
}
