//! A shop's past: a few orders that were placed through the door, copied until there are as many as a large shop has.

use anyhow::{Context, bail};
use indicatif::ProgressBar;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, FromQueryResult, Statement};

use super::database;

/// A table that belongs to orders, and the statement that copies it.
#[derive(FromQueryResult)]
struct Copying {
    name: String,
    columns: String,
    of_copy: String,
}

/// Copies every order `copies` times, with all that belongs to it: a copy's ids and times are moved back by a minute
/// each, so that lists by time have somewhere to page to. Jobs that are long done are not copied (they are forgotten),
/// nor the stock ledger (copies sold nothing); copies are paid by bank transfer (no provider has them in its books).
pub async fn multiply(url: &str, copies: u64) -> anyhow::Result<()> {
    let db = database::without_limits(url).await?;
    if db.get_database_backend() != DbBackend::Postgres {
        bail!("orders are copied on PostgreSQL alone: give --database-url");
    }
    // Foreign keys are right by construction; checking fifteen million of them takes longer than writing them.
    db.execute_unprepared("set session_replication_role = replica")
        .await
        .context("copying orders needs a superuser of PostgreSQL")?;
    db.execute_unprepared(COPY_OF).await?;
    let statement = Statement::from_string(DbBackend::Postgres, BELONGING);
    let tables = Copying::find_by_statement(statement).all(&db).await?;
    let bar = ProgressBar::new(tables.len() as u64).with_message("tables of orders copied");
    for Copying { name, columns, of_copy } in tables {
        let sql = format!(
            "insert into {name} ({columns}) select {of_copy} from {name} t cross join generate_series(1, {copies}) copy"
        );
        db.execute_unprepared(&sql)
            .await
            .with_context(|| format!("copying {name}"))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    db.execute_unprepared("vacuum analyze").await?;
    Ok(db.close().await?)
}

pub async fn count(db: &DatabaseConnection) -> anyhow::Result<u64> {
    let sql = "select count(*) from orders";
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?;
    Ok(row.context("a count")?.try_get_by_index::<i64>(0)? as u64)
}

/// The id of a copy: that of the original, made a minute earlier for each copy, with other random bits.
const COPY_OF: &str = r"
create function pg_temp.copy_of(id uuid, copy bigint) returns uuid immutable strict language sql as $$
  select (lpad(to_hex(('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint - copy * 60000), 12, '0')
    || '7' || substr(md5(id::text || copy), 14, 3) || '8' || substr(md5(id::text || copy), 18, 15))::uuid
$$";

/// What belongs to an order is what its foreign keys lead to. In a copy, ids of what is copied become others; what must
/// be unique by itself is marked by the copy's number.
const BELONGING: &str = r"
with recursive belonging(name) as (
  select 'orders'::regclass
  union
  select conrelid::regclass from pg_constraint join belonging on confrelid = belonging.name where contype = 'f')
select name::text as name,
  string_agg(quote_ident(attname), ', ' order by attnum) as columns,
  string_agg(
    case
      when atttypid = 'uuid'::regtype and (
        exists (select from pg_constraint where conrelid = name and contype = 'p' and conkey = array[attnum])
        or exists (select from pg_constraint where conrelid = name and contype = 'f' and attnum = any(conkey)
          and confrelid in (select b.name from belonging b)))
        then format('pg_temp.copy_of(t.%I, copy)', attname)
      when atttypid = 'timestamptz'::regtype then format('t.%I - copy * interval ''1 minute''', attname)
      when name = 'payment'::regclass and attname = 'provider' then '''bank_transfer'''
      when atttypid = 'text'::regtype and exists (
        select from pg_index where indrelid = name and indisunique and indnatts = 1 and indkey[0] = attnum
          and not exists (select from pg_constraint where conrelid = name and contype = 'f' and conkey[1] = attnum))
        then format('t.%I || ''-'' || copy', attname)
      else format('t.%I', attname)
    end, ', ' order by attnum) as of_copy
from belonging join pg_attribute on attrelid = name and attnum > 0 and not attisdropped and attgenerated = ''
group by name";
