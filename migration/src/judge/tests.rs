use super::*;

fn hazard(sql: &str) -> Option<&'static str> {
    let judged = judge(sql);
    assert_eq!(judged.len(), 1, "{sql}");
    judged[0].hazard
}

#[test]
fn what_expands_is_no_hazard() {
    for sql in [
        "create table gift (id uuid primary key, note text not null)",
        "alter table orders add column note text",
        "alter table orders add column held boolean not null default false",
        "alter table orders add column since timestamptz default current_timestamp",
        "alter table orders add column of uuid references orders (id)",
        "create index concurrently order_by_note on orders (note)",
        "create index tax_rate_by_country on tax_rate (country)",
        "alter table orders add constraint c check (a > 0) not valid",
        "alter table orders validate constraint c",
        "alter table payment alter column reference drop not null",
        "update orders set note = '' where note is null",
        "insert into schedule (name) values ('a;b')",
        "drop index order_by_note",
        "select watch_publicly('orders', 'public_thing_changed')",
    ] {
        assert_eq!(hazard(sql), None, "{sql}");
    }
}

#[test]
fn what_locks_out_or_takes_away_is_one() {
    for sql in [
        "alter table orders drop column note",
        "alter table orders rename to purchase",
        "alter table orders rename column note to remark",
        "drop table cart",
        "alter table orders add column note text not null",
        "alter table orders add column key uuid not null default gen_random_uuid()",
        "alter table orders add column kind text check (kind in ('A'))",
        "alter table orders add column code text unique",
        "alter table orders alter column note set not null",
        "alter table orders alter column note type bigint",
        "alter table orders add constraint c check (a > 0)",
        "create index order_by_note on orders (note)",
        "create unique index concurrently order_note on orders (note)",
        "update orders set note = ''",
        "do $$ begin perform 1; end $$",
        "select other_function('orders')",
        "vacuum orders",
    ] {
        assert!(hazard(sql).is_some(), "{sql}");
    }
}

#[test]
fn what_a_migration_makes_itself_nobody_uses_yet() {
    let judged = judge(
        "-- A table; with a comment.\ncreate table orders (id uuid);\ncreate unique index o on orders (id);\n\
         update orders set id = null;",
    );
    assert_eq!(judged.len(), 3);
    assert!(
        judged
            .iter()
            .all(|judged| judged.hazard.is_none() && judged.lock == Lock::Nothing),
        "{judged:?}"
    );
}

#[test]
fn a_text_is_cut_where_its_statements_end() {
    let text = "select ';' as \"a;b\"; -- not; here\ncreate function f() as $$ begin; end; $$;\nselect 'it''s; so'";
    let found = statements(text);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[1].contains("begin; end;") && found[2].trim() == "select 'it''s; so'");
}
