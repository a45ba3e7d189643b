//! Mails as `.eml` files in a folder: what a shop without a mail server does, and what its
//! developer reads.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::SystemTime,
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use lettre::message::Mailbox;
use mail_parser::MessageParser;
use vitrine_commerce::ports::{
    Clock, Mailer,
    mailer::{Mail, MailError},
};

use super::message::build;

/// How many mails [`read_folder`] shows.
const SHOWN_MAX: usize = 200;

/// Writes each mail into a file named by its message id.
pub struct FileMailer {
    folder: PathBuf,
    from: Mailbox,
    clock: Arc<dyn Clock>,
    drafts: AtomicU64,
}

impl FileMailer {
    pub fn new(folder: impl Into<PathBuf>, from: Mailbox, clock: Arc<dyn Clock>) -> Self {
        Self {
            folder: folder.into(),
            from,
            clock,
            drafts: AtomicU64::new(0),
        }
    }
}

#[async_trait]
impl Mailer for FileMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = build(mail, &self.from, self.clock.now())?;
        let target = self.folder.join(format!("{}.eml", mail.message_id));
        // Under a name of its own first, so that nobody reads half a mail.
        let draft = self.folder.join(format!(
            ".{}.{}.{}.draft",
            mail.message_id,
            std::process::id(),
            self.drafts.fetch_add(1, Ordering::Relaxed)
        ));
        let (folder, bytes) = (self.folder.clone(), message.formatted());
        let writing = tokio::task::spawn_blocking(move || keep(&folder, &draft, &target, &bytes));
        let written = writing.await.map_err(|error| MailError::Temporary(error.into()))?;
        written.map_err(|error| MailError::Temporary(error.into()))
    }
}

/// Writes a mail so that it survives a power cut: that it was sent is written down next.
fn keep(folder: &Path, draft: &Path, target: &Path, bytes: &[u8]) -> io::Result<()> {
    make_folder(folder)?;
    // The same mail again lies there already.
    if !target.try_exists()? {
        let written = write_synced(draft, bytes).and_then(|()| fs::rename(draft, target));
        if written.is_err() {
            // What is left of it is of no use; that it could not be removed says nothing new.
            let _ = fs::remove_file(draft);
        }
        written?;
    }
    // Its name, too.
    sync_folder(folder)
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    match folder.parent() {
        Some(parent) if parent != Path::new("") => sync_folder(parent),
        _ => Ok(()),
    }
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// A mail that was written into the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevMail {
    pub file_name: String,
    pub date: Option<DateTime<Utc>>,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The newest mails of a folder, newest first. A folder that is not there has none.
pub async fn read_folder(folder: &Path) -> std::io::Result<Vec<DevMail>> {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || read_folder_now(&folder))
        .await
        .map_err(std::io::Error::other)?
}

fn read_folder_now(folder: &Path) -> std::io::Result<Vec<DevMail>> {
    let mut files = match list_mails(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    files.sort_by(|a, b| b.cmp(a));
    files.truncate(SHOWN_MAX);
    let mut mails = Vec::new();
    for (_, path) in files {
        let bytes = std::fs::read(&path)?;
        let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        mails.extend(parse(file_name, &bytes));
    }
    // By what the mails say; the files' own times are those of the writing.
    mails.sort_by(|a, b| (b.date, &b.file_name).cmp(&(a.date, &a.file_name)));
    Ok(mails)
}

fn list_mails(folder: &Path) -> std::io::Result<Vec<(SystemTime, PathBuf)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "eml") {
            files.push((path.metadata()?.modified()?, path));
        }
    }
    Ok(files)
}

/// `None` for a file that is no mail.
fn parse(file_name: String, bytes: &[u8]) -> Option<DevMail> {
    let message = MessageParser::default().parse(bytes)?;
    let to = message
        .to()
        .and_then(|to| to.first())
        .and_then(|to| to.address())
        .unwrap_or_default();
    Some(DevMail {
        file_name,
        date: message
            .date()
            .and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
        to: to.to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
    })
}
