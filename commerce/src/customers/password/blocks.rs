//! The memory that hashing takes, 19 MiB each time: used again instead of asked for anew, which left it with the allocator
//! for ever, and given back once nobody signs in.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use argon2::Block;
use tokio::runtime::Handle;

/// How long the blocks lie there for the next.
const KEPT: Duration = Duration::from_secs(30);

static POOL: Mutex<Pool> = Mutex::new(Pool {
    idle: Vec::new(),
    uses: 0,
    is_watched: false,
});

/// No more than are hashed at once.
struct Pool {
    idle: Vec<Vec<Block>>,
    uses: u64,
    /// Whether a task waits to give them back.
    is_watched: bool,
}

/// Does `work` in blocks of the pool; on a thread of tokio's for what blocks.
pub(super) fn with<T>(work: impl FnOnce(&mut Vec<Block>) -> T) -> T {
    let mut blocks = pool().idle.pop().unwrap_or_default();
    let done = work(&mut blocks);
    let mut pool = pool();
    pool.idle.push(blocks);
    pool.uses += 1;
    if !pool.is_watched
        && let Ok(runtime) = Handle::try_current()
    {
        pool.is_watched = true;
        runtime.spawn(empty_once_idle());
    }
    done
}

fn pool() -> MutexGuard<'static, Pool> {
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn empty_once_idle() {
    /// A runtime that ends takes the task along, and not the pool.
    struct Watch;
    impl Drop for Watch {
        fn drop(&mut self) {
            pool().is_watched = false;
        }
    }
    let _watch = Watch;
    let mut uses = pool().uses;
    loop {
        tokio::time::sleep(KEPT).await;
        let mut pool = pool();
        if pool.uses == uses {
            pool.idle = Vec::new();
            return;
        }
        uses = pool.uses;
    }
}
