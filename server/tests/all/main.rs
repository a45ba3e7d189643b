//! What of the server needs no shop that sells.
//!
//! The crate is large, and its unit tests are not compiled with it, for which all of it would be compiled once more. Files that
//! test what is private to them are compiled in here (by `#[path]`, under the names that they give each other, so that their
//! tests run), and no others: `tests/tests/house/unit_tests.rs` holds the two lists together. All else here tests
//! what the crate shows, by its name.

// As the server has it.
#![recursion_limit = "256"]
#![expect(
    dead_code,
    reason = "of the files that are compiled in, tests use what they look at, and the server uses the rest"
)]

mod banner;
mod failure;
mod filter;
mod health;
mod ide;
mod kept;
mod limits;
mod pages;
mod range;
mod rest;
mod retirement;
mod schema;
mod shared;
mod values;

#[path = "../../src/commands/init/fresh.rs"]
mod fresh;
#[path = "../../src/ids.rs"]
mod ids;
#[path = "../../src/locality.rs"]
mod locality;

use vitrine_commerce::ports::{IdSource, ids::SystemIds};
// Files that are compiled in name it as the crate's own.
use vitrine_server::graphql;

fn new_id() -> String {
    SystemIds::default().unguessable().simple().to_string()
}
