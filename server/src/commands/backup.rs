//! `vitrine backup`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use vitrine_adapters::{
    backup::{self, Keep, Manifest, Place},
    config::{Config, Store},
};
use vitrine_commerce::ports::{Clock, clock::SystemClock};

use super::{print, progress};

/// Copies the shop's SQLite database while it sells, checks the copy, and removes copies that are kept no longer.
///
/// A copy holds one moment of the database, whole: every order that was answered before the command began is in it. It is a
/// database itself, and `vitrine restore` puts it back. Nobody waits while it is made; it takes about as much room as the database.
///
/// The database is not all: the pictures and files of `[media]`, and the signing secret, are backed up another way. What they are
/// called here is told at the end.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Backup {
    /// The folder where it goes; by default what `[backup]` says, which may be an S3 store.
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// How many are kept: of each of the last days, weeks and months the last one; by default what `backup.keep` says. Those
    /// that are superfluous are removed once the new one is there.
    #[arg(long, value_name = "RULE")]
    keep: Option<Keep>,
    /// Lists the backups that are there, the newest first, and makes none.
    #[arg(long, conflicts_with = "keep")]
    list: bool,
}

const EXAMPLES: &str = "\
Examples:
  vitrine backup                                into vitrine-data/backups, or where [backup] says
  vitrine backup --to /mnt/usb --keep 7d,4w     onto a disk; a week of nights and a month of weeks are kept
  vitrine backup --list                         what is there
  vitrine restore latest                        the way back

By itself, each night:
  [backup]
  daily_at = \"02:30\"

PostgreSQL has its own tools: deploy/postgresql and docs/runbooks/restore.md.";

impl Backup {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let place = match &self.to {
            Some(folder) => Place::Folder(folder.clone()),
            None => Place::of(&config.backup)?,
        };
        if self.list {
            return list(&place).await;
        }
        let keep = match self.keep {
            Some(keep) => keep,
            None => config.backup.keep.parse()?,
        };
        let bar = progress::bytes();
        let tell = |done, total| progress::tell(&bar, done, total);
        let made = backup::make(config, &place, &keep, SystemClock.now(), &tell).await;
        bar.finish_and_clear();
        let made = made?;
        print::line(format_args!("{} at {}", line(&made.manifest), place.told()))?;
        for name in &made.removed {
            print::line(format_args!("removed {name}: {keep} keeps it no longer"))?;
        }
        for told in beside(config) {
            print::line(told)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(place: &Place) -> anyhow::Result<ExitCode> {
    let backups = backup::list(place).await?;
    if backups.is_empty() {
        print::line(format_args!("There is no backup at {}.", place.told()))?;
    }
    for manifest in &backups {
        print::line(line(manifest))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn line(manifest: &Manifest) -> String {
    let Manifest {
        name,
        bytes,
        orders,
        migration,
        ..
    } = manifest;
    format!(
        "{name}  {:.1} MB, {orders} orders, schema {migration}",
        *bytes as f64 / 1e6
    )
}

/// What a shop needs besides its database.
fn beside(config: &Config) -> [String; 2] {
    let pictures = match (config.media.store, &config.media.s3) {
        (Store::S3, Some(s3)) => format!("the bucket {} (switch its versioning on, or copy it)", s3.bucket),
        _ => format!("the folder {}", config.media.folder.display()),
    };
    let secret = match &config.auth.signing_secret {
        Some(_) => "`auth.signing_secret`, as it is configured".to_owned(),
        None => format!("the file {}", config.auth.key_file.display()),
    };
    [
        format!("not in it: pictures and files, {pictures}"),
        format!(
            "not in it: the signing secret, {secret}. Keep it elsewhere than the copies: together they open every account"
        ),
    ]
}
