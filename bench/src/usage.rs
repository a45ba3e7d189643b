//! What processes use, as Linux tells it in `/proc`. Elsewhere nothing is told.

use std::{fs, time::Duration};

/// Linux counts processor time for `/proc` in hundredths of a second, on every machine.
const TICK: Duration = Duration::from_millis(10);

/// Whose use is counted.
#[derive(Debug, Clone, Default)]
pub struct Watched {
    /// The server, and then the worker.
    pub shop: Vec<u32>,
    /// PostgreSQL's first process; its others are its children.
    pub database: Option<u32>,
}

/// What they had used at a moment.
#[derive(Debug)]
pub struct Reading {
    shop: Option<Duration>,
    database: Option<Duration>,
}

/// What they used since a reading.
#[derive(Debug, Default)]
pub struct Used {
    pub shop: Option<Duration>,
    pub database: Option<Duration>,
    /// What the shop's processes hold in memory now.
    pub memory_mib: Option<f64>,
}

impl Watched {
    pub fn read(&self) -> Reading {
        Reading {
            shop: self.shop.iter().map(|pid| Some(Stat::of(*pid)?.own)).sum(),
            database: self.database.and_then(with_children),
        }
    }

    /// MiB that the server alone holds in memory now.
    pub fn server_mib(&self) -> Option<f64> {
        resident_mib(*self.shop.first()?)
    }

    pub fn since(&self, before: &Reading) -> Used {
        let now = self.read();
        let between = |now: Option<Duration>, before: Option<Duration>| Some(now?.saturating_sub(before?));
        Used {
            shop: between(now.shop, before.shop),
            database: between(now.database, before.database),
            memory_mib: self.memory_mib(),
        }
    }

    pub fn memory_mib(&self) -> Option<f64> {
        self.shop.iter().map(|pid| resident_mib(*pid)).sum()
    }
}

struct Stat {
    parent: u32,
    own: Duration,
    /// Of children that have ended.
    ended: Duration,
}

impl Stat {
    fn of(pid: u32) -> Option<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name, in parentheses, may hold blanks.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |at: usize| Some(TICK * fields.get(at)?.parse::<u32>().ok()?);
        Some(Self {
            parent: fields.get(1)?.parse().ok()?,
            own: ticks(11)? + ticks(12)?,
            ended: ticks(13)? + ticks(14)?,
        })
    }
}

fn with_children(parent: u32) -> Option<Duration> {
    let first = Stat::of(parent)?;
    let children: Duration = fs::read_dir("/proc")
        .ok()?
        .filter_map(|entry| Stat::of(entry.ok()?.file_name().to_str()?.parse().ok()?))
        .filter(|stat| stat.parent == parent)
        .map(|stat| stat.own)
        .sum();
    Some(first.own + first.ended + children)
}

/// The parent of a process: PostgreSQL tells only the one that serves a connection.
pub fn parent(pid: u32) -> Option<u32> {
    Some(Stat::of(pid)?.parent)
}

fn resident_mib(pid: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
