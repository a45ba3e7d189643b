//! The secret that signs access tokens.

use std::{io::ErrorKind, path::Path};

use anyhow::Context;
use base64::{Engine, prelude::BASE64_STANDARD};
use vitrine_commerce::ports::IdSource;

use crate::config::Auth;

/// The configured secret, or the one in the key file, which is made if it is not there. (The
/// configuration sees to it that production has one of its own.)
pub(super) fn find_or_make(auth: &Auth, ids: &dyn IdSource) -> anyhow::Result<Vec<u8>> {
    if let Some(secret) = &auth.signing_secret {
        return Ok(secret.expose().as_bytes().to_vec());
    }
    let file = &auth.key_file;
    let reading = || format!("reading `auth.key_file`, {}", file.display());
    match std::fs::read_to_string(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            make(file, ids).with_context(|| format!("making `auth.key_file`, {}", file.display()))?;
            // Another process may have been faster: whoever came first is right.
            let text = std::fs::read_to_string(file).with_context(reading)?;
            Ok(text.trim().as_bytes().to_vec())
        }
        text => Ok(text.with_context(reading)?.trim().as_bytes().to_vec()),
    }
}

/// Under a name of its own first, and then linked, so that nobody reads half a key and nobody's
/// key is replaced.
fn make(file: &Path, ids: &dyn IdSource) -> std::io::Result<()> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let mut secret = [0; 48];
    ids.fill(&mut secret);
    let draft = file.with_extension(format!("{}.draft", std::process::id()));
    write_private(&draft, &BASE64_STANDARD.encode(secret))?;
    let linked = std::fs::hard_link(&draft, file);
    std::fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
