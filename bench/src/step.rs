//! What goes on.

use std::io::{self, Write};

/// Says what goes on now, where the table does not go.
pub fn step(what: &str) {
    // Nobody has to listen.
    let _ = writeln!(io::stderr(), "{what}");
}
