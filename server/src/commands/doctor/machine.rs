//! The machine: room on its disks, and who may read its secrets.

use std::path::{Path, PathBuf};

use vitrine_adapters::{
    boot,
    config::{Config, Store},
};

use super::report::Report;

/// Less room than this, and orders are refused soon.
const FREE_MIN: u64 = 256 * 1024 * 1024;

/// Less than this, somebody should know.
const FREE_SCARCE: u64 = 2 * 1024 * 1024 * 1024;

pub(super) fn look(config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    for (what, folder) in folders(config) {
        disk(what, &folder, report)?;
    }
    if config.auth.signing_secret.is_none() {
        key_file(&config.auth.key_file, report)?;
    }
    Ok(())
}

/// What this process writes, and where.
fn folders(config: &Config) -> Vec<(&'static str, PathBuf)> {
    let mut folders = Vec::new();
    if let Some(file) = boot::database_file(config) {
        folders.push(("the database", file.parent().map(Path::to_owned).unwrap_or_default()));
        if config.backup.s3.is_none() {
            folders.push(("backups", config.backup.folder.clone()));
        }
    }
    if config.media.store == Store::Folder {
        folders.push(("pictures", config.media.folder.clone()));
    }
    if config.mail.smtp.is_none() {
        folders.push(("mails", config.mail.folder.clone()));
    }
    folders
}

fn disk(what: &str, folder: &Path, report: &mut Report<'_>) -> anyhow::Result<()> {
    // One that is made with the first thing that goes there lies on its parent's disk.
    let mut existing = folder;
    while !existing.as_os_str().is_empty() && !existing.exists() {
        existing = existing.parent().unwrap_or(Path::new(""));
    }
    let existing = if existing.as_os_str().is_empty() {
        Path::new(".")
    } else {
        existing
    };
    let told = folder.display();
    let remedy = "make room, or move it to a larger disk";
    match fs4::available_space(existing) {
        Ok(free) if free < FREE_MIN => {
            report.wrong("disk", format!("{} are free for {what} ({told})", size(free)), remedy)
        }
        Ok(free) if free < FREE_SCARCE => {
            report.warning("disk", format!("{} are free for {what} ({told})", size(free)), remedy)
        }
        Ok(free) => report.ok("disk", format!("{} are free for {what} ({told})", size(free))),
        Err(error) => report.warning(
            "disk",
            format!("how much is free for {what} ({told}) is not known: {error}"),
            "look whether the folder can be read",
        ),
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{} GB", bytes / 1_000_000_000),
    }
}

#[cfg(unix)]
fn key_file(file: &Path, report: &mut Report<'_>) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let Ok(about) = std::fs::metadata(file) else {
        return Ok(());
    };
    match about.permissions().mode() & 0o077 {
        0 => report.ok(
            "secrets",
            format!("only its owner reads the signing secret ({})", file.display()),
        ),
        _ => report.wrong(
            "secrets",
            format!(
                "others may read the signing secret ({}): it opens every account",
                file.display()
            ),
            format!("chmod 600 {}", file.display()),
        ),
    }
}

#[cfg(not(unix))]
fn key_file(_file: &Path, _report: &mut Report<'_>) -> anyhow::Result<()> {
    Ok(())
}
