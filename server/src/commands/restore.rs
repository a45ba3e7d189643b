//! `vitrine restore`.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use vitrine_adapters::{
    backup::{self, Place, Restored, Source},
    config::Config,
};
use vitrine_commerce::ports::{Clock, clock::SystemClock};

use super::print;

/// Makes a backup of an SQLite database the shop's database again.
///
/// The backup is fetched, compared with what its manifest says, and checked, before anything is changed. A shop that is open is
/// refused; a database that is there is replaced only with --replace, and then set aside, not removed: it may hold orders that the backup
/// has not. docs/runbooks/restore.md says what comes before and after.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Restore {
    /// `latest`, a name that `vitrine backup --list` tells, or a file.
    #[arg(value_name = "BACKUP")]
    backup: String,
    /// The folder where backups lie; by default what `[backup]` says.
    #[arg(long, value_name = "FOLDER")]
    from: Option<PathBuf>,
    /// Sets a database that is there aside. Without it nothing is replaced.
    #[arg(long)]
    replace: bool,
}

const EXAMPLES: &str = "\
Examples:
  vitrine restore latest                        onto a new machine
  vitrine restore latest --replace              in place of a damaged database
  vitrine restore /mnt/usb/shop-20261130T023000Z.db";

impl Restore {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        let place = match &self.from {
            Some(folder) => Place::Folder(folder.clone()),
            None => Place::of(&config.backup)?,
        };
        let source = match (self.backup.as_str(), PathBuf::from(&self.backup)) {
            ("latest", _) => Source::Latest,
            (_, path) if path.is_file() => Source::File(path),
            (name, _) => Source::Named(name.to_owned()),
        };
        let restored = backup::restore(config, &place, &source, self.replace, SystemClock.now()).await?;
        for line in told(&restored) {
            print::line(line)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn told(restored: &Restored) -> Vec<String> {
    let Restored {
        database,
        manifest,
        orders,
        set_aside,
        is_newer,
    } = restored;
    let of = manifest
        .as_ref()
        .map_or("a file that no manifest tells of".to_owned(), |manifest| {
            format!("{}, made {}", manifest.name, manifest.made_at.to_rfc3339())
        });
    let mut lines = vec![format!(
        "{} is now what {of} holds: {orders} orders",
        database.display()
    )];
    if let Some(aside) = set_aside {
        lines.push(format!(
            "the database that was there is {}: look there for orders that came after the backup, and remove it then",
            aside.display()
        ));
    }
    if *is_newer {
        lines.push("a newer program made it: this one runs on its schema, and does not see what is new".to_owned());
    }
    lines.push(
        "next: the same signing secret and pictures as before; start the shop; `vitrine doctor`; compare the payments since \
         (docs/runbooks/restore.md)"
            .to_owned(),
    );
    lines
}
