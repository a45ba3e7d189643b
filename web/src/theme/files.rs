//! The files of a theme: those that are compiled in, and a folder's above them.

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use axum::body::Bytes;

use super::ThemeError;

mod compiled {
    include!(concat!(env!("OUT_DIR"), "/files.rs"));
}

/// More than any theme has; what comes after is not read.
const FILES_MAX: usize = 2_000;

/// What is shown, by name.
pub(super) struct Files {
    ours: BTreeMap<String, Bytes>,
    theirs: BTreeMap<String, Bytes>,
}

impl Files {
    pub(super) fn read(folder: Option<&Path>) -> Result<Self, ThemeError> {
        let ours = compiled::FILES.iter();
        let ours = ours.map(|(name, text)| ((*name).to_owned(), Bytes::from_static(text.as_bytes())));
        let theirs = folder.map(read_folder).transpose()?.unwrap_or_default();
        Ok(Self {
            ours: ours.collect(),
            theirs,
        })
    }

    /// As they stand: theirs in the place of ours.
    pub(super) fn all(&self) -> BTreeMap<&str, &Bytes> {
        let layered = self.ours.iter().chain(&self.theirs);
        layered.map(|(name, body)| (name.as_str(), body)).collect()
    }

    pub(super) fn with_extension(&self, extension: &str) -> Vec<(&str, &str)> {
        let end = format!(".{extension}");
        let all = self.all().into_iter().filter(|(name, _)| name.ends_with(&end));
        all.filter_map(|(name, body)| Some((name, std::str::from_utf8(body).ok()?)))
            .collect()
    }

    /// Ours first and then theirs, for what is put together from both.
    pub(super) fn layers(&self, folder: &str, extension: &str) -> Vec<(&str, &str)> {
        let end = format!(".{extension}");
        let both = self.ours.iter().chain(&self.theirs);
        let named = both.filter(|(name, _)| name.starts_with(folder) && name.ends_with(&end));
        named
            .filter_map(|(name, body)| Some((name.as_str(), std::str::from_utf8(body).ok()?)))
            .collect()
    }
}

fn read_folder(folder: &Path) -> Result<BTreeMap<String, Bytes>, ThemeError> {
    let mut paths = Vec::new();
    collect(folder, &mut paths).map_err(|source| unread(folder, source))?;
    let mut files = BTreeMap::new();
    for path in paths {
        let body = fs::read(&path).map_err(|source| unread(&path, source))?;
        let name = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        files.insert(name, Bytes::from(body));
    }
    Ok(files)
}

fn unread(path: &Path, source: std::io::Error) -> ThemeError {
    ThemeError::Read {
        path: path.display().to_string(),
        source,
    }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_hidden || paths.len() >= FILES_MAX {
            continue;
        }
        if path.is_dir() {
            collect(&path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

/// Of the names and times of all files in it.
pub(super) fn fingerprint(folder: &Path) -> Option<u64> {
    let mut paths = Vec::new();
    collect(folder, &mut paths).ok()?;
    paths.sort();
    let mut hasher = DefaultHasher::new();
    for path in paths {
        let modified = fs::metadata(&path).and_then(|metadata| metadata.modified()).ok();
        (path, modified).hash(&mut hasher);
    }
    Some(hasher.finish())
}
