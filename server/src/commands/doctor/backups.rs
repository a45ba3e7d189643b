//! Whether the shop could come back.

use sea_orm::{ConnectionTrait, Statement};
use vitrine_adapters::{
    backup::{self, Place},
    boot,
    config::{Config, DatabaseKind, Environment},
};
use vitrine_commerce::ports::{Clock, clock::SystemClock};

use super::report::Report;

/// A nightly backup that is older than this has missed one.
const AGE_MAX_HOURS: i64 = 26;

const RUNBOOK: &str = "docs/runbooks/restore.md says how";

pub(super) async fn look(config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    match (config.database_kind(), boot::database_file(config)) {
        (DatabaseKind::Postgres, _) => archive(config, report).await,
        (DatabaseKind::Sqlite, Some(file)) if file.exists() => copies(config, report).await,
        (DatabaseKind::Sqlite, _) => Ok(()),
    }
}

async fn copies(config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    let listed = async { backup::list(&Place::of(&config.backup)?).await };
    let newest = match listed.await {
        Ok(all) => all.into_iter().next(),
        Err(error) => return report.wrong("backups", format!("{error:#}"), "look at `[backup]`"),
    };
    let is_planned = config.backup.daily_at().is_some();
    let Some(newest) = newest else {
        let remedy = format!("`vitrine backup`, or each night by `backup.daily_at`; or Litestream: {RUNBOOK}");
        return match (is_planned, config.environment) {
            (false, Environment::Development) => report.ok("backups", "there is none"),
            _ => report.warning("backups", "there is none", remedy),
        };
    };
    let hours = (SystemClock.now() - newest.made_at).num_hours();
    let text = format!("the newest is {hours} hours old ({})", newest.name);
    match hours > AGE_MAX_HOURS {
        true if is_planned => report.wrong(
            "backups",
            text,
            "the log of the process that works says why: \"backing up fails\"",
        ),
        true => report.warning("backups", text, "`vitrine backup`, or each night by `backup.daily_at`"),
        false => report.ok("backups", text),
    }
}

/// PostgreSQL knows whether its log is kept, and nothing of base backups.
async fn archive(config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    let Ok(Some((db, _))) = boot::schema(config).await else {
        return Ok(());
    };
    let sql = "select current_setting('archive_mode') <> 'off' as is_on, coalesce(last_failed_time > last_archived_time, \
               last_failed_time is not null) as fails, coalesce(last_failed_wal, '') as segment from pg_stat_archiver";
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    db.close().await?;
    let Some(row) = row else { return Ok(()) };
    let (is_on, fails): (bool, bool) = (row.try_get("", "is_on")?, row.try_get("", "fails")?);
    let segment: String = row.try_get("", "segment")?;
    match (is_on, fails, config.environment) {
        (true, true, _) => report.wrong(
            "backups",
            format!("PostgreSQL cannot archive its log ({segment}): nothing since can be restored, and its disk fills"),
            "look at PostgreSQL's log for what `archive_command` says",
        ),
        (true, false, _) => report.ok(
            "backups",
            "PostgreSQL archives its log; when the last base backup was made, it does not know",
        ),
        (false, _, Environment::Production) => report.warning(
            "backups",
            "PostgreSQL does not archive its log: what is lost with its disk is all since the last dump",
            format!("deploy/postgresql; {RUNBOOK}. Nothing, where your hosting keeps it"),
        ),
        (false, _, Environment::Development) => report.ok("backups", "PostgreSQL does not archive its log"),
    }
}
