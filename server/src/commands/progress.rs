//! A bar for whoever waits; nothing where standard error is no terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar that counts `what`, as in `products`.
pub(super) fn bar(what: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = format!("{{spinner}} {{bar:32}} {{pos}} of {{len}} {what}, {{eta}} left");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}

/// A bar that counts bytes.
pub(super) fn bytes() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {bar:32} {bytes} of {total_bytes}, {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// Moves a bar to `done` of `total`.
pub(super) fn tell(bar: &ProgressBar, done: u64, total: u64) {
    bar.set_length(total);
    bar.set_position(done);
}
