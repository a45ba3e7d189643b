//! Whether a statement does nothing but read, by its words outside of quotes and comments. Wherever that cannot be told for
//! sure, it may write.

/// Words of what changes rows, locks them (`for update`, `for share`), or puts them into a new table (`select … into`).
const WRITING: [&str; 6] = ["insert", "update", "delete", "merge", "share", "into"];

/// Functions that change something though they are selected; those of PostgreSQL's own that begin with `pg_` or `lo_` may,
/// too. A quoted name calls them as well.
const CHANGING: [&str; 7] = [
    "nextval",
    "setval",
    "currval",
    "lastval",
    "set_config",
    "txid_current",
    "dblink_exec",
];

/// The statement's first word.
pub(super) fn first_word(sql: &str) -> &str {
    let sql = sql.trim_start();
    let end = sql.find(|c: char| !is_of_word(c)).unwrap_or(sql.len());
    &sql[..end]
}

/// Whether a statement may change or lock something.
pub(super) fn may_write(sql: &str) -> bool {
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        let next = match first {
            '\'' => text(after),
            '"' => quoted_name(after),
            '-' if after.starts_with('-') => Some(line_comment(after)),
            '/' if after.starts_with('*') => block_comment(&after[1..]),
            // A parameter's number is a word like others; any other is a quote of PostgreSQL's, with a tag of its own.
            '$' => after.starts_with(|c: char| c.is_ascii_digit()).then_some(after),
            // MySQL's quotes, which SQLite takes.
            '`' => None,
            first if is_of_word(first) => plain_word(rest),
            _ => Some(after),
        };
        match next {
            Some(next) => rest = next,
            None => return true,
        }
    }
    false
}

/// What is behind a text; nothing where it does not end, or has a backslash, which PostgreSQL may take for an escape.
fn text(after: &str) -> Option<&str> {
    let (text, rest) = after.split_once('\'')?;
    (!text.contains('\\')).then_some(rest)
}

/// What is behind a name in quotes.
fn quoted_name(after: &str) -> Option<&str> {
    let (name, rest) = after.split_once('"')?;
    (!is_changing(name)).then_some(rest)
}

fn line_comment(after: &str) -> &str {
    after.split_once('\n').map_or("", |(_, rest)| rest)
}

/// What is behind a comment; nothing where one is within it, of which PostgreSQL and SQLite think differently.
fn block_comment(after: &str) -> Option<&str> {
    let (comment, rest) = after.split_once("*/")?;
    (!comment.contains("/*")).then_some(rest)
}

fn plain_word(rest: &str) -> Option<&str> {
    let word = first_word(rest);
    let writes = WRITING.iter().any(|writing| word.eq_ignore_ascii_case(writing));
    (!writes && !is_changing(word)).then(|| &rest[word.len()..])
}

fn is_changing(name: &str) -> bool {
    let begins_with = |begin: &str| name.get(..begin.len()).is_some_and(|of| of.eq_ignore_ascii_case(begin));
    CHANGING.iter().any(|changing| name.eq_ignore_ascii_case(changing)) || begins_with("pg_") || begins_with("lo_")
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_alone_is_known() {
        for sql in [
            "select id from product",
            "with days (day) as (values ($1), ($2)) select day, count(*) from days join orders on true group by 1",
            "WITH RECURSIVE path AS (SELECT id, updated_at, is_deleted FROM category) SELECT * FROM path",
            "with a as (select 'delete it''s share') select replace(x, 'insert', 'update') from a",
            r#"with a as (select "update", "share" from product) select * from a"#,
            "with a as (select 1) -- update product\nselect * from a /* for update */",
            "with a as (select 1 - -1, 4 / 2, text[1]) select * from a",
        ] {
            assert!(!may_write(sql), "{sql}");
        }
    }

    #[test]
    fn what_may_write_is_known_wherever_it_stands() {
        for sql in [
            "with gone as (delete from product_count returning *) select * from gone",
            "with a as (select 1) insert into product select * from a",
            "WITH a AS (UPDATE product SET sold = 1 RETURNING id) SELECT * FROM a",
            "with a as (select 1)merge into product using a on true when matched then do nothing",
            "with a as (select id from product for no key update) select * from a",
            "with a as (select id from product) select * from a for share",
            "with a as (select 1) select * into other from a",
            "with a as (select nextval('number')) select * from a",
            r#"with a as (select "nextval"('number')) select * from a"#,
            "with a as (select pg_catalog.setval('number', 1)) select * from a",
            "with a as (select PG_NOTIFY('a', 'b')) select * from a",
            "with a as (select '--') delete from product",
            "with a as (select '/*') delete from product -- '*/'",
            "with a as (select \"'\") delete from product where title = '\"'",
            // Who knows where these end.
            r"with a as (select E'\'') select * from a",
            "with a as (select $tag$ it's $tag$) select * from a",
            "with a as (select 1) /* /* */ select */ select * from a",
            "with a as (select 'no end) select * from a",
            "with a as (select \"no end) select * from a",
            "with a as (select 1) /* no end",
            "with a as (select `b`) select * from a",
        ] {
            assert!(may_write(sql), "{sql}");
        }
    }

    #[test]
    fn the_first_word_is_whole() {
        for (sql, expected) in [
            (" \n select 1", "select"),
            ("with(a)", "with"),
            ("withdrawal_line", "withdrawal_line"),
            ("(select 1)", ""),
            ("", ""),
        ] {
            assert_eq!(first_word(sql), expected, "{sql}");
        }
    }
}
