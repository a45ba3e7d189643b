//! How long a connection of HTTP/1.1 waits for a request's head: for its first byte as long as an idle connection is kept, and
//! from then on as long as a head may take.
//!
//! hyper has one time for both, and runs it from the end of the last answer. Were it as short as a head's, proxies that keep
//! their connections longer would now and then send a request into the close; were it as long as theirs, whoever sends a
//! head letter by letter would be waited for as long.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use hyper::rt::{Sleep, Timer};
use hyper_util::rt::TokioTimer;

use super::idle::Activity;

/// Whether something has come since it was last forgotten: told by whoever reads from the connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard(Arc<AtomicBool>);

impl Heard {
    pub(super) fn something(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn forget(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    fn is_any(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Given to hyper, whose `header_read_timeout` is to be the time for which an idle connection is kept.
pub(super) struct HeadTimer {
    heard: Heard,
    activity: Activity,
    head: Duration,
}

impl HeadTimer {
    /// `head` is the time for a head from its first byte on. Until then the connection is idle, which `activity` is told.
    pub(super) fn new(heard: Heard, activity: Activity, head: Duration) -> Self {
        Self { heard, activity, head }
    }
}

impl Timer for HeadTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    /// hyper begins to wait. What it has read of the next head by now (sent right behind the request before) is not known
    /// here: such a head has an idle connection's time until more of it comes.
    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        self.heard.forget();
        self.activity.wait();
        Box::pin(HeadSleep {
            sleep: Box::pin(tokio::time::sleep_until(deadline.into())),
            heard: self.heard.clone(),
            activity: self.activity.clone(),
            head: self.head,
            has_begun: false,
        })
    }

    fn now(&self) -> Instant {
        TokioTimer::new().now()
    }
}

/// Polled by hyper whenever it has read what has come and the head is not complete.
struct HeadSleep {
    sleep: Pin<Box<tokio::time::Sleep>>,
    heard: Heard,
    activity: Activity,
    head: Duration,
    has_begun: bool,
}

impl Future for HeadSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if !self.has_begun && self.heard.is_any() {
            self.has_begun = true;
            self.activity.work();
            let until = tokio::time::Instant::now() + self.head;
            self.sleep.as_mut().reset(until);
        }
        self.sleep.as_mut().poll(context)
    }
}

impl Sleep for HeadSleep {}

/// hyper has the head, and a request with it.
impl Drop for HeadSleep {
    fn drop(&mut self) {
        self.activity.work();
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    const LONG: Duration = Duration::from_secs(3600);
    const SHORT: Duration = Duration::from_millis(1);

    fn timer(head: Duration) -> (HeadTimer, Heard) {
        let heard = Heard::default();
        let activity = Activity::new(None, Instant::now());
        (HeadTimer::new(heard.clone(), activity, head), heard)
    }

    #[tokio::test]
    async fn a_head_that_has_begun_has_its_own_time() {
        let (timer, heard) = timer(SHORT);
        // Of the request before.
        heard.something();
        let mut idle = timer.sleep(LONG);
        assert!(idle.as_mut().now_or_never().is_none(), "nothing of this one has come");
        heard.something();
        idle.await;
    }

    #[tokio::test]
    async fn a_head_that_begins_late_has_all_of_its_time() {
        let (timer, heard) = timer(LONG);
        let mut idle = timer.sleep(Duration::ZERO);
        heard.something();
        assert!(idle.as_mut().now_or_never().is_none(), "it has begun in time");
    }

    #[tokio::test]
    async fn an_idle_connection_is_not_kept_for_ever() {
        let (timer, _heard) = timer(LONG);
        timer.sleep(SHORT).await;
    }
}
