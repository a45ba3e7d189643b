//! Every list goes by an index that has its order, on whatever page: the database is asked how it would find the rows.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Statement, TransactionTrait};
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::open;

/// Tables that grow with the catalogue, with what is sold or with what is done.
const LARGE: [&str; 24] = [
    "backorder",
    "collection_product",
    "customer",
    "media",
    "notification",
    "order_event",
    "order_line",
    "orders",
    "outbox",
    "payment",
    "payment_entry",
    "picture",
    "price",
    "product",
    "product_attribute",
    "product_listing",
    "product_option",
    "refund",
    "staff_audit",
    "stock",
    "stock_entry",
    "url_redirect",
    "variant",
    "variant_attribute",
];

/// Lists, by what their field is asked for. Each is read from both ends, and beyond a cursor where it has rows.
const LISTS: [&str; 47] = [
    "products",
    "products(status: ACTIVE)",
    "products(status: DRAFT)",
    "products(sort: TITLE_ASCENDING, status: ACTIVE)",
    "products(sort: PRICE_ASCENDING)",
    "products(sort: PRICE_DESCENDING)",
    "products(sort: BEST_SELLING)",
    "products(sort: TITLE_ASCENDING)",
    "products(where: { inStock: true })",
    "products(sort: PRICE_ASCENDING, where: { priceMin: \"10.00\" })",
    "products(sort: COLLECTION_ORDER, where: { collections: [\"bestsellers\"] })",
    "orders",
    "orders(sort: OLDEST_FIRST)",
    "orders(sort: HIGHEST_TOTAL_FIRST)",
    "orders(sort: LOWEST_TOTAL_FIRST, where: { totalMin: \"10.00\" })",
    "orders(where: { status: CONFIRMED })",
    "orders(where: { email: \"ada@example.com\" })",
    "orders(where: { placedFrom: \"2020-01-01T00:00:00Z\", placedTo: \"2040-01-01T00:00:00Z\" })",
    "jobs",
    "jobs(where: { state: DONE })",
    "jobs(where: { state: BURIED })",
    "jobs(where: { queue: MAIL })",
    "jobs(where: { kind: \"send_mail\" })",
    "jobs(where: { since: \"2026-01-01T00:00:00Z\" })",
    "paymentEntries",
    "paymentEntries(where: { kind: DECISION })",
    "paymentEntries(where: { since: \"2020-01-01T00:00:00Z\" })",
    "payments",
    "payments(where: { status: CAPTURED })",
    "payments(where: { provider: \"simulated\" })",
    "customers",
    "customers(sort: OLDEST)",
    "customers(where: { disabled: false })",
    "auditLog",
    "auditLog(where: { action: \"product.update\" })",
    "inventoryTransfers",
    "inventoryCounts",
    "lowStock",
    "media",
    "urlRedirects",
    "pictureImportFailures",
    "stockAlerts",
    "exports",
    "bulkOperations",
    "reconciliations",
    "reconciliationFindings",
    "collectionsConnection",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_list_goes_by_an_index() {
    let shop = open().await;
    let guest = shop.guest();
    let lamp = guest.variant("orrin-stone-lamp", "LMP-ORRN").await;
    for _ in 0..3 {
        guest.buy(&[(&lamp, 1)], "tok_approve").await;
    }
    let staff = shop.staff(StaffRole::Administrator).await;
    let mut asked = BTreeSet::new();
    for list in LISTS {
        asked.extend(statements_of_list(&shop, &staff, list).await);
        // Shoppers are shown less, by other conditions.
        if list.starts_with("products") && !list.contains("status") {
            asked.extend(statements_of_list(&shop, &guest, list).await);
        }
    }
    assert!(asked.len() > LISTS.len(), "{}", asked.len());
    let mut wrong = Vec::new();
    let plain = shop.shop().db.begin().await.unwrap();
    prefer_indexes(&plain).await;
    for sql in &asked {
        let plan = plan(&plain, sql).await;
        if let Some(finding) = finding(plain.get_database_backend(), &plan) {
            wrong.push(format!("{finding}\n{}\n{}\n", shortened(sql), plan.join("\n")));
        }
    }
    plain.rollback().await.unwrap();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        asked.len(),
        wrong.join("\n")
    );
    shop.abandon().await;
}

/// What is run for a list's first page, its last, and the one beyond a cursor.
async fn statements_of_list(shop: &TestShop, client: &Client, list: &str) -> BTreeSet<String> {
    let (name, arguments) = list.split_once('(').unwrap_or((list, ""));
    let arguments = arguments.strip_suffix(')').unwrap_or_default();
    let query = |page: &str| format!("{{ {name}({page} {arguments}) {{ pageInfo {{ endCursor }} }} }}");
    shop.statements.take();
    let first = client.data(&query("first: 1"), json!({})).await;
    client.data(&query("last: 1"), json!({})).await;
    if let Some(cursor) = first[name]["pageInfo"]["endCursor"].as_str() {
        client
            .data(&query(&format!("first: 1, after: \"{cursor}\"")), json!({}))
            .await;
        client
            .data(&query(&format!("last: 1, before: \"{cursor}\"")), json!({}))
            .await;
    }
    let taken = shop.statements.take().into_keys().map(|sql| sql.trim().to_owned());
    taken.filter(|sql| sql.to_lowercase().starts_with("select")).collect()
}

/// PostgreSQL would read small tables whole, and sort them; an index is taken here wherever there is one.
async fn prefer_indexes(db: &DatabaseTransaction) {
    if db.get_database_backend() == DbBackend::Postgres {
        let settings = "set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off; \
            set local enable_hashjoin = off; set local enable_mergejoin = off; set local plan_cache_mode = force_generic_plan";
        db.execute_unprepared(settings).await.unwrap();
    }
}

async fn plan(db: &DatabaseTransaction, sql: &str) -> Vec<String> {
    let run = async |sql: String| {
        let statement = Statement::from_string(db.get_database_backend(), sql);
        db.query_all_raw(statement).await.unwrap()
    };
    let text = |row: &QueryResult, column: usize| row.try_get_by_index::<String>(column).unwrap();
    if db.get_database_backend() != DbBackend::Postgres {
        let rows = run(format!("explain query plan {sql}")).await;
        return rows.iter().map(|row| text(row, 3)).collect();
    }
    let parameters = (1..=99)
        .take_while(|number| sql.contains(&format!("${number}")))
        .count();
    let values = vec!["null"; parameters].join(", ");
    let values = if parameters == 0 {
        String::new()
    } else {
        format!("({values})")
    };
    db.execute_unprepared(&format!("prepare list as {sql}")).await.unwrap();
    let rows = run(format!("explain execute list{values}")).await;
    db.execute_unprepared("deallocate list").await.unwrap();
    rows.iter().map(|row| text(row, 0)).collect()
}

/// What is wrong with a plan.
fn finding(backend: DbBackend, plan: &[String]) -> Option<String> {
    let is_large = |table: &str| LARGE.contains(&table);
    let wrong = |line: &&String| match backend {
        DbBackend::Postgres => {
            let scanned = line
                .split_once("Seq Scan on ")
                .map(|(_, rest)| rest.split(' ').next().unwrap_or_default());
            line.trim_start()
                .trim_start_matches("->")
                .trim_start()
                .starts_with("Sort  (")
                || scanned.is_some_and(is_large)
        }
        _ => {
            let scanned = line.strip_prefix("SCAN ").filter(|_| !line.contains("USING"));
            line.contains("USE TEMP B-TREE FOR ORDER BY") || scanned.is_some_and(is_large)
        }
    };
    plan.iter().find(wrong).cloned()
}

fn shortened(sql: &str) -> String {
    let from = sql.to_lowercase().find(" from ").unwrap_or_default();
    sql.chars().skip(from).take(600).collect()
}
