//! What listens for as long as a process lives: a panic in it must not leave the process deaf.

use std::{any::Any, future::Future, panic::AssertUnwindSafe, time::Duration};

use futures::FutureExt;

/// How long after a panic it is begun again: one that panics at once must not keep a core busy.
const PAUSE: Duration = Duration::from_secs(1);

/// Does what `begin` gives, to its end. Where it panics, that is logged, and it is begun anew.
pub async fn restart_on_panic<Task: Future<Output = ()>>(doing: &'static str, mut begin: impl FnMut() -> Task) {
    // Whatever it shares with others is behind locks that survive a panic.
    while let Err(panic) = AssertUnwindSafe(async { begin().await }).catch_unwind().await {
        tracing::error!(doing, panic = message(&*panic), "panicked, and is begun again");
        tokio::time::sleep(PAUSE).await;
    }
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_panics_is_begun_again_until_it_ends() {
        let mut begun = 0;
        let task = restart_on_panic("counting", || {
            begun += 1;
            let is_done = begun == 2;
            async move { assert!(is_done, "not yet") }
        });
        task.await;
        assert_eq!(begun, 2);
    }
}
