//! Where backups lie: a folder, or a store that speaks S3's protocol.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use futures::{StreamExt, TryStreamExt};
use object_store::{Error, ObjectStore, ObjectStoreExt, PutPayload, buffered::BufWriter, path::Path as ObjectPath};
use tokio::io::AsyncWriteExt;

use crate::{config::Backup, media};

/// What of a copy is sent at once.
const PART_BYTES: usize = 8 * 1024 * 1024;

/// How long one request of the store may take: fetching a backup is one.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(6 * 3600);

/// A copy that has not grown for so long is nobody's any more.
const DRAFT_AGE_MAX: Duration = Duration::from_secs(24 * 3600);

#[derive(Clone)]
pub enum Place {
    Folder(PathBuf),
    Objects {
        store: Arc<dyn ObjectStore>,
        prefix: ObjectPath,
        bucket: String,
    },
}

impl Place {
    /// Where the configuration says.
    ///
    /// # Errors
    /// When its settings make no store.
    pub fn of(config: &Backup) -> anyhow::Result<Self> {
        Ok(match &config.s3 {
            None => Self::Folder(config.folder.clone()),
            Some(settings) => Self::Objects {
                store: Arc::new(media::client(settings, REQUEST_TIMEOUT).context("reading `backup.s3`")?),
                prefix: ObjectPath::from(settings.prefix.as_str()),
                bucket: settings.bucket.clone(),
            },
        })
    }

    /// Where it is, for whoever reads.
    pub fn told(&self) -> String {
        match self {
            Self::Folder(folder) => folder.display().to_string(),
            Self::Objects { prefix, bucket, .. } if prefix.as_ref().is_empty() => format!("s3://{bucket}"),
            Self::Objects { prefix, bucket, .. } => format!("s3://{bucket}/{prefix}"),
        }
    }

    /// Where a copy is written first: on the disk where it stays, or beside the database.
    pub(super) fn draft(&self, database: &Path, name: &str) -> anyhow::Result<PathBuf> {
        let folder = match self {
            Self::Folder(folder) => {
                make_private(folder).with_context(|| format!("making the folder {}", folder.display()))?;
                folder.as_path()
            }
            Self::Objects { .. } => database.parent().unwrap_or(Path::new("")),
        };
        forget_drafts(folder);
        Ok(folder.join(format!(".{name}.partial")))
    }

    /// Takes the finished copy over; the draft is gone afterwards.
    pub(super) async fn keep(&self, draft: &Path, name: &str) -> anyhow::Result<()> {
        match self {
            Self::Folder(folder) => {
                fs::rename(draft, folder.join(name))?;
                sync(folder)?;
            }
            Self::Objects { store, .. } => {
                let mut file = tokio::fs::File::open(draft).await?;
                let mut upload = BufWriter::with_capacity(store.clone(), self.path(name), PART_BYTES);
                let sent = tokio::io::copy(&mut file, &mut upload).await?;
                upload.shutdown().await?;
                let there = store.head(&self.path(name)).await?.size;
                anyhow::ensure!(there == sent, "the store has {there} bytes of {sent}");
                fs::remove_file(draft)?;
            }
        }
        Ok(())
    }

    pub(super) async fn put(&self, name: &str, content: Vec<u8>) -> anyhow::Result<()> {
        match self {
            Self::Folder(folder) => {
                let draft = folder.join(format!(".{name}.partial"));
                fs::write(&draft, content)?;
                fs::File::open(&draft)?.sync_all()?;
                fs::rename(&draft, folder.join(name))?;
                sync(folder)?;
            }
            Self::Objects { store, .. } => {
                store.put(&self.path(name), PutPayload::from(content)).await?;
            }
        }
        Ok(())
    }

    /// A small object; `None` where there is none.
    pub(super) async fn get(&self, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
        match self {
            Self::Folder(folder) => match fs::read(folder.join(name)) {
                Ok(content) => Ok(Some(content)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error.into()),
            },
            Self::Objects { store, .. } => match store.get(&self.path(name)).await {
                Ok(object) => Ok(Some(object.bytes().await?.to_vec())),
                Err(Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(error.into()),
            },
        }
    }

    /// Writes an object into a file.
    pub(super) async fn fetch(&self, name: &str, into: &Path) -> anyhow::Result<()> {
        match self {
            Self::Folder(folder) => {
                tokio::fs::copy(folder.join(name), into).await?;
            }
            Self::Objects { store, .. } => {
                let mut pieces = store.get(&self.path(name)).await?.into_stream();
                let mut file = tokio::fs::File::create(into).await?;
                while let Some(piece) = pieces.next().await {
                    file.write_all(&piece?).await?;
                }
                file.flush().await?;
            }
        }
        Ok(())
    }

    /// Every name that is there.
    pub(super) async fn names(&self) -> anyhow::Result<Vec<String>> {
        match self {
            Self::Folder(folder) => match fs::read_dir(folder) {
                Ok(entries) => entries
                    .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
                    .collect(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
                Err(error) => Err(error).with_context(|| format!("reading {}", folder.display())),
            },
            Self::Objects { store, prefix, .. } => {
                let objects: Vec<_> = store.list(Some(prefix)).try_collect().await?;
                let names = objects.iter().filter_map(|object| object.location.filename());
                Ok(names.map(str::to_owned).collect())
            }
        }
    }

    /// What is not there is gone.
    pub(super) async fn delete(&self, name: &str) -> anyhow::Result<()> {
        match self {
            Self::Folder(folder) => match fs::remove_file(folder.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    Err(error).with_context(|| format!("removing {name}"))
                }
                _ => Ok(()),
            },
            Self::Objects { store, .. } => match store.delete(&self.path(name)).await {
                Err(error) if !matches!(error, Error::NotFound { .. }) => {
                    Err(error).with_context(|| format!("removing {name}"))
                }
                _ => Ok(()),
            },
        }
    }

    fn path(&self, name: &str) -> ObjectPath {
        match self {
            Self::Folder(_) => ObjectPath::from(name),
            Self::Objects { prefix, .. } => ObjectPath::from_iter(prefix.parts().chain(ObjectPath::from(name).parts())),
        }
    }
}

/// Those that a process left which died while it copied: they hold customers' data, and nobody looks for them.
fn forget_drafts(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let age = entry
            .metadata()
            .and_then(|file| file.modified())
            .ok()
            .and_then(|at| at.elapsed().ok());
        if name.starts_with(".shop-") && name.ends_with(".partial") && age.is_some_and(|age| age > DRAFT_AGE_MAX) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// That a file has its new name outlives a power cut once its folder is written.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    fs::File::open(folder)?.sync_all()
}
