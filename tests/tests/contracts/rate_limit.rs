//! What counting promises: bursts that grow back, all or nothing over many keys, and that it goes on alone when Redis is
//! away.

use std::{
    io::Write as _,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use tokio::net::{TcpListener, TcpStream};
use vitrine_adapters::rate_limit::{InMemoryLimiter, RedisLimiter};
use vitrine_commerce::ports::{
    IdSource, RateLimiter,
    clock::SystemClock,
    ids::SystemIds,
    rate_limit::{Charge, Quota, Taken},
};
use vitrine_tests::{
    memory::TestClock,
    patience::{sooner_than, until, within},
};

/// One unit grows back in this time: long enough that none does while the burst is taken, also on a busy machine where the
/// clock is Redis' own.
const REFILL: Duration = Duration::from_secs(2);

fn charge(key: &str, units: u32) -> Charge {
    let quota = Quota {
        burst: 5,
        refill: REFILL,
    };
    Charge {
        key: key.to_owned(),
        quota,
        units,
    }
}

fn remaining(taken: &Taken) -> Vec<u32> {
    taken.standings.iter().map(|standing| standing.remaining).collect()
}

/// `pass` lets time pass for the limiter.
async fn contract(limiter: &dyn RateLimiter, pass: impl AsyncFn(Duration)) {
    let unique = SystemIds::default().unguessable().simple().to_string();
    let key = |name: &str| format!("{name}:{unique}");
    let (a, b) = (key("a"), key("b"));

    let asked = limiter.take(&[charge(&a, 0)]).await;
    assert_eq!(
        (remaining(&asked), asked.retry_after),
        (vec![5], None),
        "asking takes nothing"
    );
    let taken = limiter.take(&[charge(&a, 3), charge(&b, 1)]).await;
    assert_eq!((remaining(&taken), taken.retry_after), (vec![2, 4], None));
    let standing = taken.standings[0];
    assert!(standing.reset > REFILL * 2 && standing.reset <= REFILL * 3 && standing.next.is_zero());

    // Too much of one: nothing of either.
    let refused = limiter.take(&[charge(&b, 1), charge(&a, 3)]).await;
    assert_eq!(remaining(&refused), [4, 2]);
    let retry_after = refused.retry_after.expect("it is refused");
    assert!(!retry_after.is_zero() && retry_after <= REFILL);

    // Of many at once, as many get through as are left.
    let many: Vec<Charge> = (0..10).map(|_| charge(&a, 1)).collect();
    let racing = many.iter().map(|charge| limiter.take(std::slice::from_ref(charge)));
    let passed = futures::future::join_all(racing).await;
    assert_eq!(passed.iter().filter(|taken| taken.retry_after.is_none()).count(), 2);
    let empty = limiter.take(&[charge(&a, 0)]).await;
    assert_eq!(remaining(&empty), [0]);
    assert!(!empty.standings[0].next.is_zero());

    pass(REFILL).await;
    assert_eq!(
        limiter.take(&[charge(&a, 1)]).await.retry_after,
        None,
        "one has grown back"
    );
    limiter.forget(&[a.clone(), b.clone()]).await;
    assert_eq!(remaining(&limiter.take(&[charge(&a, 5), charge(&b, 5)]).await), [0, 0]);

    // What is larger than the burst never passes.
    let whole = limiter.take(&[charge(&key("c"), 6)]).await;
    assert!(whole.retry_after.is_some());
    assert_eq!(remaining(&whole), [5]);
}

#[tokio::test]
async fn in_memory() {
    let clock = Arc::new(TestClock::default());
    let limiter = InMemoryLimiter::new(clock.clone());
    contract(&limiter, async |time| clock.advance(TimeDelta::from_std(time).unwrap())).await;
    // A clock that was set back locks nobody out.
    let taken = limiter.take(&[charge("set back", 5)]).await;
    assert_eq!(taken.retry_after, None);
    clock.advance(-TimeDelta::days(1));
    assert_eq!(remaining(&limiter.take(&[charge("set back", 1)]).await), [4]);
}

#[tokio::test]
async fn in_redis() {
    let Ok(url) = std::env::var("VITRINE_TEST_REDIS_URL") else {
        // Past the capture: a test never skips itself in silence.
        let _ = writeln!(std::io::stderr(), "not tried: limits on Redis (VITRINE_TEST_REDIS_URL)");
        return;
    };
    let limiter = RedisLimiter::new(&url, "vitrine_test", Arc::new(SystemClock)).unwrap();
    contract(&limiter, async |time| tokio::time::sleep(time).await).await;
    // Another server of the shop counts on.
    let other = RedisLimiter::new(&url, "vitrine_test", Arc::new(SystemClock)).unwrap();
    let key = SystemIds::default().unguessable().to_string();
    // To connect may take a busy machine longer than an answer waits; it counts alone for a second then.
    other.take(&[charge(&key, 0)]).await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    limiter.take(&[charge(&key, 4)]).await;
    assert_eq!(remaining(&other.take(&[charge(&key, 1)]).await), [0]);
}

/// A flood of addresses is bounded in memory, and those that flood most are remembered longest.
#[tokio::test]
async fn memory_is_bounded() {
    let limiter = InMemoryLimiter::keeping(Arc::new(TestClock::default()), 100);
    limiter.take(&[charge("greedy", 5)]).await;
    for number in 0..1_000 {
        limiter.take(&[charge(&format!("passing:{number}"), 1)]).await;
        assert!(limiter.keys() <= 100);
    }
    assert!(limiter.take(&[charge("greedy", 1)]).await.retry_after.is_some());
}

/// A Redis that is not there, and one that takes a connection and says nothing.
#[tokio::test]
async fn without_redis_each_server_counts_alone() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = (format!("redis://{}", silent.local_addr().unwrap()), silent);
    for url in ["redis://127.0.0.1:1", &silent.0] {
        let limiter = RedisLimiter::new(url, "vitrine_test", Arc::new(TestClock::default())).unwrap();
        let began = Instant::now();
        let taken = within("nobody waits for it", limiter.take(&[charge("a", 5)])).await;
        sooner_than(Duration::from_secs(2), began.elapsed(), "to count alone");
        assert_eq!(taken.retry_after, None);
        assert!(limiter.take(&[charge("a", 1)]).await.retry_after.is_some());
        limiter.forget(&["a".to_owned()]).await;
        assert_eq!(limiter.take(&[charge("a", 1)]).await.retry_after, None);
    }
}

/// A Redis that goes away is counted on from, and learns of what was taken meanwhile.
#[tokio::test]
async fn what_was_counted_in_redis_counts_without_it_and_the_other_way_round() {
    let Ok(url) = std::env::var("VITRINE_TEST_REDIS_URL") else {
        let _ = writeln!(std::io::stderr(), "not tried: limits on Redis (VITRINE_TEST_REDIS_URL)");
        return;
    };
    let gate = Gate::before(&url).await;
    let clock = Arc::new(SystemClock);
    let limiter = RedisLimiter::new(&gate.url, "vitrine_test", clock.clone()).unwrap();
    let other = RedisLimiter::new(&url, "vitrine_test", clock).unwrap();
    let key = SystemIds::default().unguessable().to_string();
    let long = |units| Charge {
        quota: Quota {
            burst: 5,
            refill: Duration::from_secs(600),
        },
        ..charge(&key, units)
    };
    assert_eq!(remaining(&limiter.take(&[long(3)]).await), [2]);
    gate.shut().await;
    assert_eq!(
        remaining(&limiter.take(&[long(1)]).await),
        [1],
        "not from the beginning"
    );
    assert_eq!(remaining(&limiter.take(&[long(1)]).await), [0]);
    assert!(limiter.take(&[long(1)]).await.retry_after.is_some());
    gate.open();
    // Whatever it asks next, Redis is told of the rest.
    until("Redis is told", async || {
        limiter.take(&[long(0)]).await;
        remaining(&other.take(&[long(0)]).await) == [0]
    })
    .await;
}

/// Stands before Redis, and lets nothing through while it is shut.
struct Gate {
    url: String,
    is_shut: Arc<AtomicBool>,
    passing: Arc<AtomicUsize>,
}

impl Gate {
    async fn before(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let behind = url.trim_start_matches("redis://").trim_end_matches('/');
        let (behind, rest) = behind.split_once('/').unwrap_or((behind, ""));
        let (behind, is_shut) = (behind.to_owned(), Arc::new(AtomicBool::new(false)));
        let passing = Arc::<AtomicUsize>::default();
        let (shut, through) = (is_shut.clone(), passing.clone());
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (behind, shut, through) = (behind.clone(), shut.clone(), through.clone());
                tokio::spawn(async move {
                    let is_shut = async {
                        while !shut.load(Ordering::SeqCst) {
                            tokio::time::sleep(Duration::from_millis(1)).await;
                        }
                    };
                    let passing = async {
                        let mut far = TcpStream::connect(behind).await?;
                        tokio::io::copy_bidirectional(&mut near, &mut far).await
                    };
                    through.fetch_add(1, Ordering::SeqCst);
                    tokio::select! { biased; () = is_shut => {}, _ = passing => {} }
                    drop(near);
                    through.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self {
            url: format!("redis://{address}/{rest}"),
            is_shut,
            passing,
        }
    }

    /// And waits until nothing passes any more.
    async fn shut(&self) {
        self.is_shut.store(true, Ordering::SeqCst);
        while self.passing.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    fn open(&self) {
        self.is_shut.store(false, Ordering::SeqCst);
    }
}
