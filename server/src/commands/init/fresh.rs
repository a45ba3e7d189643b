//! What `vitrine init` makes on the disk before the shop is there, taken back where it does not come to its end.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The suffixes of the files that SQLite keeps beside a database.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// A database file, and folders, that were not there.
#[derive(Debug, Default)]
pub(super) struct Fresh {
    file: Option<PathBuf>,
    /// The innermost first.
    folders: Vec<PathBuf>,
}

impl Fresh {
    /// Looks before anything is made. `url` is the database's.
    pub(super) fn look(url: &str) -> Self {
        let Some(path) = url.strip_prefix("sqlite:") else {
            return Self::default();
        };
        let path = path.trim_start_matches("//").split('?').next().unwrap_or_default();
        let file = Path::new(path);
        if path.is_empty() || path.starts_with(':') || file.exists() {
            return Self::default();
        }
        let folders = file.ancestors().skip(1);
        let folders = folders.take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        Self {
            folders: folders.map(Path::to_path_buf).collect(),
            file: Some(file.to_path_buf()),
        }
    }

    /// Whether all of it is there already.
    pub(super) fn is_none(&self) -> bool {
        self.file.is_none()
    }

    /// It has come to its end: all of it stays.
    pub(super) fn keep(mut self) {
        self.file = None;
        self.folders.clear();
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let Some(file) = self.file.take() else { return };
        for suffix in BESIDE {
            let mut beside = file.clone().into_os_string();
            beside.push(suffix);
            told(fs::remove_file(&beside), Path::new(&beside));
        }
        // Whatever somebody else has put there stays, and its folder with it.
        for folder in &self.folders {
            remove_empty(folder);
        }
    }
}

/// Removes a folder that holds nothing but empty ones.
fn remove_empty(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty(&entry.path());
        }
    }
    told(fs::remove_dir(folder), folder);
}

fn told(outcome: io::Result<()>, path: &Path) {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::warn!(%error, path = %path.display(), "something was left behind");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_goes_unless_it_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data/deep/shop.db");
        let url = format!("sqlite://{}?mode=rwc", file.display());
        for is_kept in [false, true] {
            let fresh = Fresh::look(&url);
            fs::create_dir_all(file.parent().unwrap().join("media")).unwrap();
            fs::write(&file, "x").unwrap();
            if is_kept {
                fresh.keep();
            } else {
                drop(fresh);
            }
            assert_eq!(file.exists(), is_kept);
            assert_eq!(folder.path().join("data").exists(), is_kept);
        }
        drop(Fresh::look(&url));
        assert!(file.exists(), "it was there before");
        drop(Fresh::look("postgres://localhost/shop"));
    }
}
