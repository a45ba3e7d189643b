//! `vitrine schema`.

use std::process::ExitCode;

use super::print;

pub(super) fn run() -> anyhow::Result<ExitCode> {
    print::bytes(crate::graphql::schema::sdl().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
