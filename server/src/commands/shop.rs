//! `vitrine shop`.

use std::{io::Read as _, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use vitrine_adapters::boot::Booted;
use vitrine_commerce::{
    Context, Error,
    setup::file::{self, Change},
};

use super::print;

/// What the program answers where a plan has changes and was asked to say so.
const CHANGES: u8 = 2;

#[derive(Debug, Subcommand)]
pub(super) enum Shop {
    /// Prints the whole shop as a file: settings, price lists, markets, locations, zones and methods, taxes, roles,
    /// categories, collections, pages, menus, and the translations of all these.
    Export,
    /// Tells what a file would change, and changes nothing: `+` is new, `~` changes, `-` goes, `!` stays although it
    /// was to go, `?` names what is not there yet.
    Plan {
        #[command(flatten)]
        file: File,
        /// Answers with 2 where anything would change.
        #[arg(long)]
        detailed_exit_code: bool,
    },
    /// Makes the shop what a file says, all or nothing.
    Apply {
        #[command(flatten)]
        file: File,
    },
}

#[derive(Debug, Args)]
pub(super) struct File {
    /// The file, as `vitrine shop export` writes it; `-` reads standard input.
    path: PathBuf,
    /// Deletes what a section of the file does not name, but for what goods or orders need.
    #[arg(long)]
    prune: bool,
}

impl Shop {
    pub(super) async fn run(self, booted: &Booted) -> anyhow::Result<ExitCode> {
        let context = Context::system(&booted.shop, "shop");
        match self {
            Self::Export => {
                let text = file::export(&booted.shop, &context).await?;
                print::bytes(text.as_bytes())?;
                Ok(ExitCode::SUCCESS)
            }
            Self::Plan {
                file,
                detailed_exit_code,
            } => {
                let planned = file::plan(&booted.shop, &context, &file.read()?, file.prune).await;
                let changes = refused(planned, &file)?;
                tell(&changes, "Nothing would change.", "would change.")?;
                Ok(match detailed_exit_code && !changes.is_empty() {
                    true => ExitCode::from(CHANGES),
                    false => ExitCode::SUCCESS,
                })
            }
            Self::Apply { file } => {
                let applied = file::apply(&booted.shop, &context, &file.read()?, file.prune).await;
                tell(&refused(applied, &file)?, "Nothing has changed.", "changed.")?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

impl File {
    fn read(&self) -> anyhow::Result<String> {
        if self.path.as_os_str() == "-" {
            let mut text = String::new();
            std::io::stdin()
                .read_to_string(&mut text)
                .context("reading standard input")?;
            return Ok(text);
        }
        std::fs::read_to_string(&self.path).with_context(|| format!("reading {}", self.path.display()))
    }
}

fn refused(outcome: Result<Vec<Change>, Error>, file: &File) -> anyhow::Result<Vec<Change>> {
    match outcome {
        Err(Error::Refused(refusals)) => {
            let said: Vec<_> = refusals
                .into_iter()
                .map(|refusal| format!("\n  {}", refusal.message))
                .collect();
            bail!(
                "nothing was changed, {} cannot be applied:{}",
                file.path.display(),
                said.concat()
            )
        }
        outcome => Ok(outcome?),
    }
}

fn tell(changes: &[Change], none: &str, some: &str) -> anyhow::Result<()> {
    for change in changes {
        print::line(change)?;
    }
    match changes.len() {
        0 => print::line(none)?,
        1 => print::line(format!("1 thing {some}"))?,
        count => print::line(format!("{count} things {some}"))?,
    }
    Ok(())
}
