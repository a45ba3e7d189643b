//! Text messages as files in a folder: what a shop without a provider does in development, and what its developer reads.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use vitrine_commerce::ports::{
    Clock, SmsSender,
    sms::{Sms, SmsCheckError, SmsError},
};

/// How many messages [`read_folder`] shows.
const SHOWN_MAX: usize = 200;

/// Writes each message into a file of JSON named by its id.
pub struct FileSms {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    drafts: AtomicU64,
}

/// A message that was written into the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevSms {
    pub date: DateTime<Utc>,
    pub message_id: String,
    pub to: String,
    pub text: String,
}

impl FileSms {
    pub fn new(folder: impl Into<PathBuf>, clock: Arc<dyn Clock>) -> Self {
        Self {
            folder: folder.into(),
            clock,
            drafts: AtomicU64::new(0),
        }
    }
}

#[async_trait]
impl SmsSender for FileSms {
    async fn send(&self, sms: &Sms) -> Result<String, SmsError> {
        let written = DevSms {
            date: self.clock.now(),
            message_id: sms.message_id.clone(),
            to: sms.to.clone(),
            text: sms.text.clone(),
        };
        let bytes = serde_json::to_vec_pretty(&written).map_err(|error| SmsError::Never(error.to_string()))?;
        let target = self.folder.join(format!("{}.json", sms.message_id));
        // Under a name of its own first, so that nobody reads half a message.
        let draft = self.folder.join(format!(
            ".{}.{}.{}.draft",
            sms.message_id,
            std::process::id(),
            self.drafts.fetch_add(1, Ordering::Relaxed)
        ));
        let folder = self.folder.clone();
        let writing = tokio::task::spawn_blocking(move || keep(&folder, &draft, &target, &bytes));
        let kept = writing.await.map_err(|error| SmsError::Unknown(error.to_string()))?;
        kept.map_err(|error| SmsError::Later(error.to_string()))?;
        Ok(written.message_id)
    }

    /// The folder is made with the first message.
    async fn check(&self) -> Result<(), SmsCheckError> {
        let folder = self.folder.display();
        match self.folder.metadata() {
            Ok(found) if found.is_dir() => Ok(()),
            Ok(_) => Err(SmsCheckError::Refused(format!("{folder} is no folder"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(SmsCheckError::Refused(format!("{folder}: {error}"))),
        }
    }
}

fn keep(folder: &Path, draft: &Path, target: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = File::create(draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(draft, target)
}

/// The newest messages of a folder, newest first. A folder that is not there has none.
///
/// # Errors
/// When the folder, or a file in it, cannot be read.
pub async fn read_folder(folder: &Path) -> io::Result<Vec<DevSms>> {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || read_folder_now(&folder))
        .await
        .map_err(io::Error::other)?
}

fn read_folder_now(folder: &Path) -> io::Result<Vec<DevSms>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut messages = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            // What is no message of ours is passed over.
            messages.extend(serde_json::from_slice::<DevSms>(&fs::read(path)?).ok());
        }
    }
    messages.sort_by(|a, b| (b.date, &b.message_id).cmp(&(a.date, &a.message_id)));
    messages.truncate(SHOWN_MAX);
    Ok(messages)
}
