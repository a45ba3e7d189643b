//! Statements in traces: their verb, the first table that they name, and how long they took, without the wait for a
//! connection. Nothing of their text.

use std::{
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, SystemTime},
};

use opentelemetry::{
    Context, KeyValue,
    trace::{Span, SpanKind, Status, TraceContextExt, Tracer},
};
use opentelemetry_sdk::trace::SdkTracer;

use crate::config::DatabaseKind;

/// How many statements of one request, or one run of a job, are recorded; the next are not, unless they take
/// [`SLOW`]. A job that walks through the catalogue would fill a collector.
const STATEMENTS_MAX: u32 = 256;
const SLOW: Duration = Duration::from_millis(100);

/// Words behind which a table's name stands.
const BEFORE_TABLES: [&str; 4] = ["from", "into", "update", "join"];

/// What may stand there and is none.
const NO_TABLES: [&str; 4] = ["lateral", "select", "unnest", "values"];

static STATEMENTS: OnceLock<Statements> = OnceLock::new();

pub(super) struct Statements {
    tracer: SdkTracer,
    system: &'static str,
}

/// How many statements there were since the request or the run began.
struct Count(AtomicU32);

impl Statements {
    /// Has statements recorded from now on.
    pub(super) fn record(tracer: SdkTracer, database: DatabaseKind) {
        let system = match database {
            DatabaseKind::Sqlite => "sqlite",
            DatabaseKind::Postgres => "postgresql",
        };
        let _ = STATEMENTS.set(Self { tracer, system });
    }

    /// `context`, within which statements are counted.
    pub(super) fn counted(context: &Context) -> Context {
        context.with_value(Count(AtomicU32::new(0)))
    }
}

/// A statement has run that took so long.
pub(crate) fn statement(sql: &str, took: Duration, failed: bool) {
    let Some(statements) = STATEMENTS.get() else { return };
    if !Context::map_current(|context| context.has_active_span()) {
        return;
    }
    let context = Context::current();
    let count = context.get::<Count>();
    let is_one_too_many = count.is_some_and(|count| count.0.fetch_add(1, Ordering::Relaxed) >= STATEMENTS_MAX);
    if is_one_too_many && took < SLOW {
        context.span().set_attribute(KeyValue::new("statements_left_out", true));
        return;
    }
    let (verb, table) = summary(sql);
    let name = match table {
        Some(table) => format!("{verb} {table}"),
        None => verb.clone(),
    };
    #[expect(clippy::disallowed_methods, reason = "a trace is about this machine's time")]
    let end = SystemTime::now();
    let mut attributes = vec![
        KeyValue::new("db.system.name", statements.system),
        KeyValue::new("db.operation.name", verb),
    ];
    attributes.extend(table.map(|table| KeyValue::new("db.collection.name", table.to_owned())));
    let builder = statements.tracer.span_builder(name);
    let builder = builder.with_kind(SpanKind::Client).with_attributes(attributes);
    let builder = builder.with_start_time(end.checked_sub(took).unwrap_or(end));
    let mut span = builder.start_with_context(&statements.tracer, &context);
    if failed {
        span.set_status(Status::error(""));
    }
    span.end_with_timestamp(end);
}

/// A statement's verb, in capitals, and the first table that it names.
fn summary(sql: &str) -> (String, Option<&str>) {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '"' | '\'' | '$' | '.');
    let mut words = sql.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty());
    let verb = words.next().unwrap_or_default().to_ascii_uppercase();
    let is_update = verb == "UPDATE";
    let table = match is_update {
        true => words.next(),
        false => {
            let mut rest =
                words.skip_while(|word| !BEFORE_TABLES.iter().any(|before| word.eq_ignore_ascii_case(before)));
            rest.nth(1)
        }
    };
    let table = table.map(|table| table.trim_matches('"'));
    let is_letter = |c: u8| c.is_ascii_lowercase() || c == b'_';
    let is_name = |table: &&str| !table.is_empty() && !NO_TABLES.contains(table) && table.bytes().all(is_letter);
    (verb, table.filter(is_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_summed_up_without_its_text() {
        for (sql, verb, table) in [
            ("select * from cart where id = $1", "SELECT", Some("cart")),
            (
                "SELECT \"order\".\"id\" FROM \"order\" WHERE \"email\" = 'zoe@example.com'",
                "SELECT",
                Some("order"),
            ),
            ("insert into outbox (id) values ($1)", "INSERT", Some("outbox")),
            ("update stock set reserved = reserved + $1", "UPDATE", Some("stock")),
            (
                "with changed as (update cart set version = 2 returning *) select 1",
                "WITH",
                Some("cart"),
            ),
            ("delete from cart_line", "DELETE", Some("cart_line")),
            ("pragma wal_checkpoint", "PRAGMA", None),
            ("select 1 from (values ('a@example.com')) as x", "SELECT", None),
            ("", "", None),
        ] {
            assert_eq!(summary(sql), (verb.to_owned(), table), "{sql}");
        }
    }
}
