//! `vitrine schema`.

use std::{
    io::{self, ErrorKind, Write},
    process::ExitCode,
};

use anyhow::Context;

pub(super) fn run() -> anyhow::Result<ExitCode> {
    match io::stdout().lock().write_all(crate::graphql::schema::sdl().as_bytes()) {
        // Whoever reads has read enough: `vitrine schema | head`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        written => written.map(|()| ExitCode::SUCCESS).context("writing the schema"),
    }
}
