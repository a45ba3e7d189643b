//! What must hold after all of it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use vitrine_commerce::{
    Context,
    catalog::{categories, collections, collections::CollectionFilter},
    paging::PageRequest,
};
use vitrine_tests::TestShop;

use super::change::Acknowledged;

pub async fn judge(shop: &TestShop, acknowledged: &[Acknowledged]) {
    nothing_is_lost(shop, acknowledged).await;
    the_tree_is_one(shop).await;
    the_index_equals_the_database(shop).await;
    rules_hold(shop).await;
}

/// No two changes made the same version, and the last name that was acknowledged is the name; each is in the audit
/// log.
async fn nothing_is_lost(shop: &TestShop, acknowledged: &[Acknowledged]) {
    let mut named: BTreeMap<&str, (i64, &str)> = BTreeMap::new();
    let mut made: HashSet<(&str, i64)> = HashSet::new();
    for change in acknowledged {
        if let Some(name) = &change.name {
            let is_new = made.insert((&change.id, change.version));
            assert!(is_new, "two changes made version {} of {}", change.version, change.id);
            let last = named.entry(&change.id).or_insert((0, name));
            *last = (*last).max((change.version, name));
        }
    }
    let shown = names(shop).await;
    for (id, (version, name)) in &named {
        assert_eq!(
            shown.get(*id).map(String::as_str),
            Some(*name),
            "{id} at version {version}"
        );
    }
    assert!(!named.is_empty(), "nobody changed anything");
    let db = &shop.shop().db;
    let count = "select cast(count(*) as bigint) as count from staff_audit where action in \
        ('product.update', 'category.update', 'collection.update', 'category.create', 'collection.create')";
    let count = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), count))
        .await
        .unwrap();
    let written: i64 = count.unwrap().try_get("", "count").unwrap();
    let with_names = acknowledged.iter().filter(|change| change.name.is_some()).count();
    assert_eq!(written, with_names as i64, "the audit log has each once");
}

/// What everything is called, deleted or not.
async fn names(shop: &TestShop) -> HashMap<String, String> {
    let db = &shop.shop().db;
    let mut names = HashMap::new();
    for (prefix, sql) in [
        ("prod", "select id, title as name from product"),
        ("cat", "select id, name from category"),
        ("coll", "select id, title as name from collection"),
    ] {
        let rows = db
            .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap();
        for row in rows {
            let id: uuid::Uuid = row.try_get("", "id").unwrap();
            let id = format!("{prefix}_{}", vitrine_entity::ids::encode_base32(id));
            names.insert(id, row.try_get("", "name").unwrap());
        }
    }
    names
}

/// Every category leads to a root, and no two siblings have one place.
async fn the_tree_is_one(shop: &TestShop) {
    let rows = categories::all(shop.shop()).await.unwrap();
    let parents: HashMap<_, _> = rows.iter().map(|row| (row.id, row.parent_id)).collect();
    for row in &rows {
        let (mut steps, mut next) = (0, row.parent_id);
        while let Some(parent) = next {
            next = *parents
                .get(&parent)
                .unwrap_or_else(|| panic!("{} has a parent that is gone", row.slug));
            steps += 1;
            assert!(steps < 10, "{} lies in a circle, or too deep", row.slug);
        }
    }
    let places: BTreeSet<_> = rows
        .iter()
        .map(|row| (row.parent_id.map(|id| id.0), row.position))
        .collect();
    assert_eq!(places.len(), rows.len(), "two siblings have one place: {rows:#?}");
}

/// Lists, which read the database, and the search say the same of every category, collection and tag.
async fn the_index_equals_the_database(shop: &TestShop) {
    let guest = shop.guest();
    let mut filters = vec![json!({}), json!({ "inStock": true })];
    let tree = categories::all(shop.shop()).await.unwrap();
    filters.extend(tree.iter().map(|row| json!({ "categories": [row.slug] })));
    filters.extend((0..4).map(|tag| json!({ "tags": [format!("t{tag}")] })));
    let system = Context::system(shop.shop(), "test");
    let all = collections::all(shop.shop(), &system).await.unwrap();
    filters.extend(all.iter().map(|row| json!({ "collections": [row.slug] })));
    let query = "query($where: ProductWhere) {
        products(first: 100, where: $where, sort: PRICE_ASCENDING) { nodes { id } totalCount }
        productSearch(first: 100, where: $where, sort: PRICE_ASCENDING) { nodes { id } totalCount } }";
    for filter in filters {
        let data = guest.data(query, json!({ "where": filter })).await;
        let ids = |list: &str| -> BTreeSet<String> {
            let nodes = data[list]["nodes"].as_array().unwrap().iter();
            nodes.map(|node| node["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(ids("products"), ids("productSearch"), "{filter}");
        assert_eq!(
            data["products"]["totalCount"], data["productSearch"]["totalCount"],
            "{filter}"
        );
    }
}

/// Every collection that has a rule holds what the rule asks for, and nothing else.
async fn rules_hold(shop: &TestShop) {
    let system = Context::system(shop.shop(), "test");
    let page = PageRequest::first(100);
    let page = collections::list(shop.shop(), &system, CollectionFilter::default(), &page)
        .await
        .unwrap();
    for (_, row) in page.rows {
        let Some(rule) = collections::rule::of(&row).unwrap() else {
            continue;
        };
        let asked = collections::rule::preview(shop.shop(), &system, rule.clone(), 100)
            .await
            .unwrap();
        let sort = vitrine_commerce::catalog::list::ProductSort::CollectionOrder;
        let held = collections::products(shop.shop(), &system, &row.slug, sort, &PageRequest::first(100))
            .await
            .unwrap();
        let asked: BTreeSet<_> = asked.products.iter().map(|product| product.id).collect();
        let held: BTreeSet<_> = held.rows.iter().map(|(_, row)| row.product.id).collect();
        assert_eq!(held, asked, "{}: {rule:?}, {}", row.slug, Value::from(row.version));
    }
}
