//! The folder in which an index outlives its process: one folder an index, and a note that says which is in use, of
//! which shop it is, what of the shop it may have seen, and whether it can be trusted.
//!
//! A database that was restored from a backup has the mark of the index that was written after the backup. So the note
//! names what was the newest thing in the database when something was last written to the index: a database that does not
//! know that is an older one.
//!
//! What the process had written is there after it died, for the operating system has it; after the machine died it may
//! not be. So an index is trusted that was closed in good order, or that was written since this machine started.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use tantivy::{
    TantivyError,
    directory::{Directory, DirectoryLock, INDEX_WRITER_LOCK, MmapDirectory},
};

use super::directory::replace;

/// Grows whenever documents say something else than before, or say it elsewhere.
const FORM: u32 = 2;

const NOTE: &str = "index.json";
const NAME: &str = "index-";

#[derive(Clone)]
pub(super) struct Folder {
    root: PathBuf,
    /// Held while this process has the folder; the system gives it back when the process ends, however it ends.
    _lock: Arc<DirectoryLock>,
    /// Which shop's it is, and since when: the shop's database knows the same.
    mark: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// The folder of the index in use.
    index: Option<PathBuf>,
    /// What was the newest thing in the database when the index was last written to, or later.
    seen: Option<String>,
}

/// An index that may be used.
pub(super) struct Found {
    pub(super) index: PathBuf,
    /// What the database must know, or it is older than the index.
    pub(super) seen: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Note {
    form: u32,
    mark: String,
    /// The folder of the index in use.
    index: String,
    /// Absent where there was nothing yet, and in notes of versions before.
    #[serde(default)]
    seen: Option<String>,
    /// While which run of the machine it is written.
    boot: Option<String>,
    closed: bool,
}

impl Folder {
    /// Makes the folder where there is none. What is written from now on has `mark`.
    ///
    /// # Errors
    /// When it cannot be made, or another process has it.
    pub(super) fn open(root: &Path, mark: &str) -> tantivy::Result<Self> {
        fs::create_dir_all(root)?;
        let lock = MmapDirectory::open(root)?.acquire_lock(&INDEX_WRITER_LOCK);
        let lock = lock.map_err(|error| TantivyError::LockFailure(error, None))?;
        Ok(Self {
            root: root.to_owned(),
            _lock: Arc::new(lock),
            mark: mark.to_owned(),
            state: Arc::default(),
        })
    }

    /// The index in use, if it is that of `mark` and can be trusted.
    pub(super) fn trusted(&self, mark: Option<&str>) -> Option<Found> {
        let note: Note = serde_json::from_slice(&fs::read(self.root.join(NOTE)).ok()?).ok()?;
        let boot = boot();
        let is_whole = note.closed || (boot.is_some() && note.boot == boot);
        let is_ours = note.form == FORM && Some(note.mark.as_str()) == mark;
        // A name, and no path to elsewhere.
        let number = number_of(&note.index)?;
        (is_whole && is_ours).then(|| Found {
            index: self.root.join(name(number)),
            seen: note.seen,
        })
    }

    /// A folder for another index.
    pub(super) fn another(&self) -> io::Result<PathBuf> {
        let mut number = 1;
        for entry in fs::read_dir(&self.root)? {
            let there = entry?.file_name().to_str().and_then(number_of).unwrap_or_default();
            number = number.max(there + 1);
        }
        let folder = self.root.join(name(number));
        fs::create_dir(&folder)?;
        Ok(folder)
    }

    /// From now on this index is in use, which may have seen all up to `seen`.
    pub(super) fn use_index(&self, index: &Path, seen: Option<String>) -> io::Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.note(index, seen.as_deref(), false)?;
        *state = State {
            index: Some(index.to_owned()),
            seen,
        };
        Ok(())
    }

    /// The index in use is about to see all up to `seen`.
    pub(super) fn see(&self, seen: Option<String>) -> io::Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = &state.index
            && state.seen != seen
        {
            self.note(index, seen.as_deref(), false)?;
            state.seen = seen;
        }
        Ok(())
    }

    /// Has the disk confirm an index that nobody writes to any more.
    pub(super) fn close(&self, index: &Path) -> io::Result<()> {
        for file in fs::read_dir(index)? {
            let file = file?;
            if file.file_type()?.is_file() {
                File::open(file.path())?.sync_all()?;
            }
        }
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        self.note(index, state.seen.as_deref(), true)?;
        File::open(self.root.join(NOTE))?.sync_all()
    }

    /// No index is in use.
    pub(super) fn forget(&self) -> io::Result<()> {
        match fs::remove_file(self.root.join(NOTE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Takes away all but the index in use.
    pub(super) fn tidy(&self, index: Option<&Path>) -> io::Result<()> {
        for entry in fs::read_dir(&self.root)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            // Nothing but what was made here.
            if number_of(name).is_some() && Some(path.as_path()) != index {
                fs::remove_dir_all(&path)?;
            }
        }
        Ok(())
    }

    fn note(&self, index: &Path, seen: Option<&str>, closed: bool) -> io::Result<()> {
        let note = Note {
            form: FORM,
            mark: self.mark.clone(),
            index: index
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default()
                .to_owned(),
            seen: seen.map(str::to_owned),
            boot: boot(),
            closed,
        };
        replace(&self.root.join(NOTE), &serde_json::to_vec(&note)?)
    }
}

fn name(number: u64) -> String {
    format!("{NAME}{number}")
}

fn number_of(name: &str) -> Option<u64> {
    let number = name.strip_prefix(NAME)?;
    number
        .parse()
        .ok()
        .filter(|parsed: &u64| parsed.to_string() == number && *parsed < u64::MAX)
}

/// What this run of the machine is called, where the system says so.
fn boot() -> Option<String> {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(id.trim().to_owned()).filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_trusted_by_its_mark_and_while_it_may_be_whole() {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().join("index");
        let folder = Folder::open(&root, "one").expect("a folder");
        let trusted = |mark| folder.trusted(mark).map(|found| (found.index, found.seen));
        assert_eq!(trusted(Some("one")), None);
        let index = folder.another().expect("a folder");
        folder.use_index(&index, None).expect("noted");
        let is_known = boot().is_some();
        assert_eq!(trusted(Some("one")), is_known.then(|| (index.clone(), None)));
        assert_eq!((trusted(Some("two")), trusted(None)), (None, None));
        folder.see(Some("a change".to_owned())).expect("noted");
        let seen = Some("a change".to_owned());
        assert_eq!(trusted(Some("one")), is_known.then(|| (index.clone(), seen.clone())));

        // The machine has started anew meanwhile.
        let note = root.join(NOTE);
        let text = fs::read_to_string(&note).expect("a note");
        if let Some(boot) = boot() {
            fs::write(&note, text.replace(&boot, "another")).expect("written");
            assert_eq!(trusted(Some("one")), None);
        }
        fs::write(&note, "{").expect("written");
        assert_eq!(trusted(Some("one")), None);
        folder.close(&index).expect("closed");
        assert_eq!(trusted(Some("one")), Some((index.clone(), seen)));

        let other = folder.another().expect("a folder");
        folder.tidy(Some(&index)).expect("tidied");
        assert!(index.exists() && !other.exists() && note.exists());
        folder.forget().expect("forgotten");
        assert_eq!(trusted(Some("one")), None);
    }
}
