//! The storefront and the dashboard in a real browser: Debian's Chromium, driven by its DevTools protocol. What needs no
//! browser is tried by plain requests, in `tests/door/web`.
//!
//! `tests/run` finds or installs the browser and axe-core (`tests/browser.sh`). Without a browser a test says what was not
//! tried.

#![expect(
    clippy::unwrap_used,
    reason = "in a test, a panic is the report; clippy spares only the test functions themselves"
)]

mod addresses;
mod chromium;
mod dashboard;
mod keyboard;
mod looks;
mod protocol;
mod provider;
mod purchase;
mod speed;
mod storefront;
mod tab;

use tokio::sync::RwLock;

/// What measures takes it alone; the others share it.
static MACHINE: RwLock<()> = RwLock::const_new(());
