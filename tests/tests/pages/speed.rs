//! How soon something is seen, and whether it holds still, on a slow line and a slow device.

use serde_json::json;
use vitrine_tests::{TestShop, patience::out_of_patience};

use crate::{MACHINE, chromium::Chromium, tab::Tab};

/// Until the largest thing is painted, in milliseconds.
const PAINT_MS_MAX: f64 = 1_000.0;

/// A busy machine spoils most of them: the best counts, and one that is soon enough ends it.
const LOADS_MAX: usize = 40;

/// A telephone on a mobile line that is not its best.
const LATENCY_MS: u32 = 150;
const DOWN_BYTES_S: u32 = 1_600_000 / 8;
const UP_BYTES_S: u32 = 750_000 / 8;
/// How much slower a telephone is than this machine.
const SLOWDOWN: u32 = 4;

const PAGES: [&str; 4] = ["/", "/categories/lighting", "/products/alba-dome-lamp", "/cart"];

/// When the largest thing was painted, and how much has moved, once a page has stood for a moment.
const PAINTED: &str = "new Promise((told) => {
    let paint = 0, shift = 0;
    const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    watch('largest-contentful-paint', (entry) => { paint = entry.startTime; });
    watch('layout-shift', (entry) => { shift += entry.value; });
    setTimeout(() => told({ paint, shift }), 300);
})";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_painted_soon_and_hold_still() {
    let Some(chromium) = Chromium::start().await else {
        return;
    };
    let _alone = MACHINE.write().await;
    let shop = TestShop::open().await;
    shop.settle().await;
    let mut tab = chromium.tab(shop.guest().base()).await;
    tab.open("/products/alba-dome-lamp").await;
    tab.submit("/cart/lines", &[("quantity", "1")]).await;
    tab.size(390, 844).await;
    let line = json!({ "offline": false, "latency": LATENCY_MS, "downloadThroughput": DOWN_BYTES_S, "uploadThroughput": UP_BYTES_S });
    tab.command("Network.emulateNetworkConditions", line).await;
    tab.command("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWDOWN }))
        .await;
    let (mut wrong, mut late) = (Vec::new(), Vec::new());
    for path in PAGES {
        let (paint, shift) = best(&mut tab, path).await;
        println!("{path}: painted after {paint:.0} ms, moved by {shift}");
        if paint == 0.0 {
            wrong.push(format!("{path} is not painted"));
        }
        if paint > PAINT_MS_MAX {
            late.push(format!("{path} is painted after {paint:.0} ms"));
        }
        if shift > 0.0 {
            wrong.push(format!("{path} moves by {shift}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    if !late.is_empty() {
        out_of_patience(format_args!("{late:#?}"));
    }
    chromium.close().await;
    shop.close().await;
}

/// The soonest paint of some loads without anything kept, and the most that has moved in any.
async fn best(tab: &mut Tab, path: &str) -> (f64, f64) {
    let (mut paint, mut shift) = (f64::INFINITY, 0.0_f64);
    for _ in 0..LOADS_MAX {
        tab.command("Network.clearBrowserCache", json!({})).await;
        tab.open(path).await;
        let told = tab.evaluate(PAINTED).await;
        paint = paint.min(told["paint"].as_f64().unwrap_or_default());
        shift = shift.max(told["shift"].as_f64().unwrap_or_default());
        if paint > 0.0 && paint <= PAINT_MS_MAX {
            break;
        }
    }
    (paint, shift)
}
