//! Every reference from a table that grows is found by an index, or nobody reads by it.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::open;

/// References that no read follows from the other end: nothing asks who refers to a row. Whoever begins to, adds an
/// index and takes the line away.
const NOT_READ: [(&str, &str); 25] = [
    ("bulk_operation", "app_id"),
    ("bulk_operation", "staff_member_id"),
    ("cart", "shipping_method_id"),
    ("cart_line", "variant_id"),
    ("category", "products_to"),
    ("data_export", "app_id"),
    ("data_export", "staff_member_id"),
    ("notification", "order_id"),
    ("order_adjustment", "order_line_id"),
    ("order_policy", "page_version_id"),
    ("product_import", "app_id"),
    ("product_import", "staff_member_id"),
    ("product_relation", "related_id"),
    ("refund_share", "account_id"),
    ("refund_share", "payment_id"),
    ("reservation", "location_id"),
    ("reservation", "variant_id"),
    ("return_policy", "location_id"),
    ("shipment_line", "location_id"),
    ("shipping_method", "location_id"),
    ("staff_invitation", "role_id"),
    ("staff_invitation", "staff_member_id"),
    ("staged_upload", "media_id"),
    ("stock_count_line", "variant_id"),
    ("stock_entry", "location_id"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_reference_that_is_read_by_has_an_index() {
    let shop = open().await;
    let db = &shop.shop().db;
    // The schema is one text for both databases; SQLite tells of it plainly.
    if db.get_database_backend() == DbBackend::Sqlite {
        let rows = async |sql: &str| {
            let statement = Statement::from_string(DbBackend::Sqlite, sql.to_owned());
            db.query_all_raw(statement).await.unwrap()
        };
        let indexed = "select m.name, (select group_concat(i.name) from pragma_index_info(l.name) i where i.seqno = 0) \
            from sqlite_master m, pragma_index_list(m.name) l where m.type = 'table'";
        let mut first_columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in rows(indexed).await {
            // The index of an expression names no column.
            if let Some(column) = row.try_get_by_index::<Option<String>>(1).unwrap() {
                let table = row.try_get_by_index(0).unwrap();
                first_columns.entry(table).or_default().insert(column);
            }
        }
        let references =
            "select m.name, f.\"from\" from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'";
        let mut without = BTreeSet::new();
        for row in rows(references).await {
            let (table, column): (String, String) =
                (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap());
            if !first_columns
                .get(&table)
                .is_some_and(|columns| columns.contains(&column))
            {
                without.insert((table, column));
            }
        }
        let known = NOT_READ.map(|(table, column)| (table.to_owned(), column.to_owned()));
        let unknown: Vec<_> = without.iter().filter(|reference| !known.contains(reference)).collect();
        assert!(unknown.is_empty(), "no index begins with {unknown:?}");
        let mended: Vec<_> = known.iter().filter(|reference| !without.contains(reference)).collect();
        assert!(mended.is_empty(), "there is an index by now: {mended:?}");
    }
    shop.abandon().await;
}
