//! The database before the shop is opened on it: whether it answers, how far its schema is, its clock, and whether it knows the
//! signing secret.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use vitrine_adapters::{
    boot::{self, Schema},
    config::{Config, DatabaseKind},
};
use vitrine_commerce::ports::{Clock, clock::SystemClock};

use super::report::Report;

/// How far a machine's clock may be from the database's, in seconds.
const APART_MAX_S: i64 = 5;

/// Gives whether the shop can be opened on it.
pub(super) async fn look(config: &Config, report: &mut Report<'_>) -> anyhow::Result<bool> {
    let (db, schema) = match boot::schema(config).await {
        Ok(Some(found)) => found,
        Ok(None) => {
            return nothing_there(config, report);
        }
        Err(error) => {
            report.wrong("database", format!("{error:#}"), "start it, or correct `database.url`")?;
            return Ok(false);
        }
    };
    report.ok("database", "it answers")?;
    let is_current = tell(config, &schema, report)?;
    if config.database_kind() == DatabaseKind::Postgres {
        clock(&db, report).await?;
    }
    // With another secret an open shop would make itself a new key: it is only looked at.
    let may_open = is_current && secret(config, &db, report).await?;
    db.close().await?;
    Ok(may_open)
}

fn nothing_there(config: &Config, report: &mut Report<'_>) -> anyhow::Result<bool> {
    if boot::database_file(config).is_none() {
        // In memory: whoever opens it has a new one.
        return Ok(true);
    }
    report.warning(
        "database",
        "there is none yet",
        "`vitrine` makes it as it opens the shop, `vitrine init` begins one of your own, `vitrine restore` takes one from a backup",
    )?;
    Ok(false)
}

fn tell(config: &Config, schema: &Schema, report: &mut Report<'_>) -> anyhow::Result<bool> {
    if !schema.unknown.is_empty() {
        let names = schema.unknown.join(", ");
        report.ok(
            "schema",
            format!("a newer program has been here ({names}): this one runs on it"),
        )?;
    }
    if schema.pending.is_empty() {
        report.ok("schema", format!("all {} migrations are there", schema.applied))?;
        return Ok(true);
    }
    let lacking = format!(
        "{} migrations wait: {}",
        schema.pending.len(),
        schema.pending.join(", ")
    );
    let plan = "`vitrine migrate --plan` shows what they do, `vitrine migrate` does it; the rest is looked at then";
    match config.database_kind() {
        DatabaseKind::Postgres => report.wrong("schema", format!("{lacking}: no server starts"), plan)?,
        DatabaseKind::Sqlite => report.warning("schema", format!("{lacking}: the next start applies them"), plan)?,
    }
    Ok(false)
}

/// The shop goes by the database's: a machine whose clock differs writes other times into its log.
async fn clock(db: &DatabaseConnection, report: &mut Report<'_>) -> anyhow::Result<()> {
    let ask = Statement::from_string(db.get_database_backend(), "select clock_timestamp()");
    let Some(row) = db.query_one_raw(ask).await? else {
        return Ok(());
    };
    let theirs: DateTime<Utc> = row.try_get_by_index(0)?;
    let apart = (SystemClock.now() - theirs).num_seconds().abs();
    match apart {
        0..=APART_MAX_S => report.ok("clocks", "this machine's and the database's agree"),
        _ => report.warning(
            "clocks",
            format!("this machine's is {apart} s from the database's, by which the shop goes"),
            "have both follow a time server (NTP)",
        ),
    }
}

async fn secret(config: &Config, db: &DatabaseConnection, report: &mut Report<'_>) -> anyhow::Result<bool> {
    match boot::knows_secret(config, db).await? {
        Some(true) => report.ok("secrets", "the signing secret is the one that the database knows")?,
        Some(false) => {
            report.wrong(
            "secrets",
            "the database was written with another signing secret: links in mails, gift cards' codes, second factors and orders' \
             tokens of before open nothing",
            "set `auth.signing_secret` to the one of before, or list that in `auth.signing_secrets_previous`; the rest is looked at then",
        )?;
            return Ok(false);
        }
        None => {}
    }
    Ok(true)
}
