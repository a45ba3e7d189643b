//! `vitrine schema`, `vitrine event-schema`.

use std::{fs, path::Path, process::ExitCode};

use anyhow::Context;
use vitrine_commerce::events;

use super::print;

pub(super) fn run() -> anyhow::Result<ExitCode> {
    print::bytes(crate::graphql::schema::sdl().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the files of `docs/events` into a folder, which is made where it is not there.
pub(super) fn events(folder: &Path) -> anyhow::Result<ExitCode> {
    fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    for (name, document) in events::documents() {
        let path = folder.join(name);
        let text = serde_json::to_string_pretty(&document).context("writing a document")?;
        fs::write(&path, text + "\n").with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}
