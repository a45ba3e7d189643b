//! `vitrine migrate`.

use std::process::ExitCode;

use clap::Args;
use vitrine_adapters::{
    boot::{self, Half, Lock, Planned, Time, Waiting},
    config::{Config, DatabaseKind},
};

use super::print;

/// Brings the database's schema up to date. On SQLite, opening the shop does it by itself.
///
/// On PostgreSQL it runs while servers of the version before serve: what it adds they do not see. It never waits longer than two
/// seconds for a table that somebody uses, so that nobody waits behind it, and asks again. Two at once are safe. What was done
/// stays done: cut off, the next run goes on.
#[derive(Debug, Args)]
#[command(after_long_help = READING)]
pub(super) struct Migrate {
    /// Shows what it would do, and does nothing.
    #[arg(long)]
    plan: bool,
}

const READING: &str = "\
Reading a plan, a line a statement:
  what     expands (the version before does not see it), CONTRACTS (it may miss it), writes rows
  locks    nothing; writing (others read, and wait to write); everything (others wait)
  takes    a moment, however large the table is; reads all rows; writes rows. The table's size as PostgreSQL estimates it
  HAZARD   what should wait for a quiet hour, with why";

/// How much of a statement is shown.
const SHOWN_MAX: usize = 90;

/// What PostgreSQL reads a second of a table that is not in memory, cautiously: so many bytes.
const READ_A_SECOND: i64 = 100_000_000;

impl Migrate {
    pub(super) async fn run(&self, config: &Config) -> anyhow::Result<ExitCode> {
        if self.plan {
            return plan(config).await;
        }
        boot::migrate(config).await?;
        print::line("The database's schema is up to date.")?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn plan(config: &Config) -> anyhow::Result<ExitCode> {
    let Some(waiting) = boot::plan(config).await? else {
        print::line("There is no database yet: it is made whole, and nobody waits.")?;
        return Ok(ExitCode::SUCCESS);
    };
    if waiting.is_empty() {
        print::line("The database's schema is up to date: nothing would be done.")?;
    }
    for migration in &waiting {
        tell(migration)?;
    }
    if !waiting.is_empty() && config.database_kind() == DatabaseKind::Sqlite {
        print::line("On SQLite it is done as the shop is opened: nobody else is there to wait.")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(migration: &Waiting) -> anyhow::Result<()> {
    print::line(&migration.name)?;
    let Some(statements) = &migration.statements else {
        print::line("  a program: migration/src says what it does")?;
        return Ok(());
    };
    for planned in statements {
        print::line(line(planned))?;
        if let Some(hazard) = planned.judged.hazard {
            print::line(format_args!("    HAZARD: {hazard}"))?;
        }
    }
    Ok(())
}

fn line(planned: &Planned) -> String {
    let judged = &planned.judged;
    let what = match judged.half {
        Half::Expand => "expands",
        Half::Contract => "CONTRACTS",
        Half::Data => "writes rows",
    };
    let lock = match judged.lock {
        Lock::Nothing => "locks nothing",
        Lock::Writing => "locks writing",
        Lock::Everything => "locks everything",
    };
    let sql: String = judged.sql.chars().take(SHOWN_MAX).collect();
    let rest = if sql.len() < judged.sql.len() { " …" } else { "" };
    format!("  {what}, {lock}, {}: {sql}{rest}", time(planned))
}

fn time(planned: &Planned) -> String {
    let of = |what: &str| match planned.size {
        None => what.to_owned(),
        Some(size) => {
            let seconds = size.bytes / READ_A_SECOND + 1;
            format!(
                "{what} of {} in {} MB, about {seconds} s",
                size.rows,
                size.bytes / 1_000_000
            )
        }
    };
    match planned.judged.time {
        Time::Moment => "a moment".to_owned(),
        Time::Reads => of("reads all rows"),
        Time::Writes => of("writes rows"),
    }
}
