//! Use cases on a real database, with ports that remember: what need not go through the door.

mod catalog;
mod customers;
mod meanwhile;
mod migrating;
mod privacy;

use vitrine_commerce::{Context, Viewer};
use vitrine_tests::memory::context;

fn system() -> Context {
    context(Viewer::System)
}

fn guest() -> Context {
    context(Viewer::Guest)
}
