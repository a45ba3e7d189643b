//! Every table is one that shoppers see something of, or is not; and whatever is written to one of the former drops what
//! shows it.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use vitrine_commerce::shown::{OTHERS, TABLES};
use vitrine_tests::{client::Client, shop::TestShop, worker::until};

use super::{DOCUMENTS, bytes, hits};

async fn texts(db: &DatabaseConnection, sql: &str) -> BTreeSet<String> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

#[tokio::test]
async fn every_table_is_watched_or_private() {
    let shop = TestShop::open().await;
    let db = &shop.shop().db;
    let is_postgres = db.get_database_backend() == DbBackend::Postgres;
    let (tables, triggers) = match is_postgres {
        true => (
            "select table_name::text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
            "select tgname::text from pg_trigger where not tgisinternal",
        ),
        false => (
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
            "select name from sqlite_master where type = 'trigger'",
        ),
    };
    let (mut tables, triggers) = (texts(db, tables).await, texts(db, triggers).await);
    tables.remove("seaql_migrations");
    let known: BTreeSet<String> = TABLES.iter().chain(&OTHERS).map(ToString::to_string).collect();
    assert_eq!(
        &tables - &known,
        BTreeSet::new(),
        "shown or not? Say it in commerce/src/shown/tables.rs"
    );
    // Those of the adapters may be absent where nobody needs them.
    for table in TABLES {
        assert!(tables.contains(table), "{table} is gone");
        for event in ["inserted", "updated", "deleted"] {
            let trigger = format!("{table}_{event}_publicly");
            assert!(triggers.contains(&trigger), "{trigger} is missing");
        }
    }
    // Of these two, not every change is one: a new column has to be looked at in the triggers of m0023 and m0051.
    for (table, columns) in [
        ("stock", "location_id low_alerted on_hand reserved variant_id version"),
        (
            "product_listing",
            "compare_at_max_minor currency in_stock lowest_minor price_max_minor price_min_minor product_id sold",
        ),
    ] {
        let sql = match is_postgres {
            true => format!("select column_name::text from information_schema.columns where table_name = '{table}'"),
            false => format!("select name from pragma_table_info('{table}')"),
        };
        let found = texts(db, &sql).await.into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(found, columns, "{table}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_written_drops_what_shows_it() {
    let shop = TestShop::open().await;
    shop.believe_for_long();
    shop.settle().await;
    let (guest, db) = (shop.guest(), &shop.shop().db);
    // Of whatever is shown, so that a write meets it.
    let policies = "insert into stock_policy (variant_id, policy, tracked, promised, version) \
                    select id, 'REFUSE', true, 0, 1 from variant where id not in (select variant_id from stock_policy)";
    db.execute_unprepared(policies).await.unwrap();
    let mut written = BTreeSet::new();
    for query in DOCUMENTS {
        let read = named_by_making(&shop, &guest, query).await;
        // Of the settings every answer depends, by their version.
        let read = |table: &&str| *table != "shop_settings" && read.contains(*table);
        for table in TABLES.into_iter().filter(read) {
            let is_there = texts(db, &format!("select 'x' from {table} limit 1")).await;
            if is_there.is_empty() {
                continue;
            }
            let kept = async || {
                let before = hits(&shop);
                bytes(&guest, query).await;
                hits(&shop) == before + 1
            };
            until(&format!("it is kept before {table} is written: {query}"), kept).await;
            // By a statement that no use case knows of.
            let change = match table {
                "stock" => "on_hand = on_hand + 1".to_owned(),
                "product_listing" => "price_max_minor = price_max_minor + 1".to_owned(),
                table => {
                    let column = column_of(db, table).await;
                    format!("{column} = {column}")
                }
            };
            db.execute_unprepared(&format!("update {table} set {change}"))
                .await
                .unwrap();
            // It gives up soon: answers can be made without it.
            let heard = async || vitrine_commerce::changes::catch_up(shop.shop()).await.is_ok();
            until("what was written is heard of", heard).await;
            let before = hits(&shop);
            bytes(&guest, query).await;
            assert_eq!(hits(&shop), before, "kept although {table} was written: {query}");
            written.insert(table);
        }
    }
    for table in [
        "category",
        "collection",
        "picture",
        "price",
        "product",
        "product_listing",
        "stock",
        "variant",
    ] {
        assert!(written.contains(table), "nothing of {table} is shown: {written:?}");
    }
    shop.abandon().await;
}

/// The words of the statements that are run while an answer is made.
async fn named_by_making(shop: &TestShop, guest: &Client, query: &str) -> BTreeSet<String> {
    let mut statements = BTreeMap::new();
    let read = async || {
        shop.shop().showing().forget();
        shop.statements.take_of_answers();
        bytes(guest, query).await;
        // What cannot be kept is not watched.
        statements = shop.statements.take_of_answers();
        !statements.is_empty()
    };
    until(&format!("it is made of something: {query}"), read).await;
    let words = |sql: &String| {
        let words = sql.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    statements.keys().flat_map(words).collect()
}

async fn column_of(db: &DatabaseConnection, table: &str) -> String {
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            format!("select column_name::text from information_schema.columns where table_name = '{table}'")
        }
        _ => format!("select name from pragma_table_info('{table}')"),
    };
    texts(db, &sql)
        .await
        .into_iter()
        .find(|name| name != "values" && name != "key")
        .unwrap()
}
