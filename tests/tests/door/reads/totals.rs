//! What a list says of its own length: exact where it is kept, whatever changes; told to be a least number where it is
//! counted to a bound.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::{Value, json};
use vitrine_commerce::catalog::list;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const LIST: &str = "query($after: String, $where: ProductWhere) { products(first: 100, after: $after, where: $where) {
    totalCount totalCountPrecision nodes { id } pageInfo { hasNextPage endCursor } } }";
const UPDATE: &str =
    "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { message } } }";

/// That each of the lists has as many rows as it says.
async fn assert_totals(guest: &Client, when: &str) -> Vec<u64> {
    let filters = [
        json!({}),
        json!({ "inStock": true }),
        json!({ "inStock": false }),
        json!({ "categories": ["lighting"] }),
        json!({ "categories": ["lighting", "kitchen"], "inStock": true }),
        json!({ "categories": ["no-such"] }),
        json!({ "priceMin": "20.00" }),
    ];
    let mut totals = Vec::new();
    for filter in filters {
        let (mut found, mut after) = (0, Value::Null);
        loop {
            let page = guest.data(LIST, json!({ "after": after, "where": filter })).await["products"].take();
            found += page["nodes"].as_array().unwrap().len() as u64;
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                assert_eq!(page["totalCount"], found, "{when}: {filter}");
                assert_eq!(page["totalCountPrecision"], "EXACT", "{when}: {filter}");
                break;
            }
        }
        totals.push(found);
    }
    totals
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_knows_its_length_whatever_changes() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let before = assert_totals(&guest, "at first").await;
    assert!(before[0] > before[3] && before[3] > 0, "{before:?}");

    let lamp = guest
        .data(
            "{ product(slug: \"orrin-stone-lamp\") { id category { id } } }",
            json!({}),
        )
        .await["product"]
        .take();
    let update = async |change: Value| {
        let mut input = json!({ "id": lamp["id"] });
        input
            .as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        staff.done(UPDATE, json!({ "input": input })).await;
        shop.settle().await;
    };
    update(json!({ "status": "DRAFT" })).await;
    let drafted = assert_totals(&guest, "as a draft").await;
    assert_eq!((drafted[0], drafted[3]), (before[0] - 1, before[3] - 1));
    update(json!({ "status": "ACTIVE", "categoryId": null })).await;
    let moved = assert_totals(&guest, "without a category").await;
    assert_eq!((moved[0], moved[3]), (before[0], before[3] - 1));
    update(json!({ "categoryId": lamp["category"]["id"] })).await;

    staff.sell("ONE-LEFT", "5.00", 1).await;
    shop.settle().await;
    let stocked = assert_totals(&guest, "one more").await;
    assert_eq!((stocked[0], stocked[1]), (before[0] + 1, before[1] + 1));
    let one = guest.variant("one-left", "ONE-LEFT").await;
    guest.buy(&[(&one, 1)], "tok_approve").await;
    shop.settle().await;
    let sold = assert_totals(&guest, "sold out").await;
    assert_eq!(
        (sold[0], sold[1], sold[2]),
        (stocked[0], stocked[1] - 1, stocked[2] + 1)
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counts_that_went_wrong_are_mended_and_long_ones_are_bounded() {
    let shop = super::open().await;
    let (db, guest) = (&shop.shop().db, shop.guest());
    list::recount_if_due(shop.shop()).await.unwrap();
    db.execute_unprepared("update product_count set products = products + 5")
        .await
        .unwrap();
    let wrong = guest.data(LIST, json!({})).await["products"]["totalCount"].take();
    shop.clock.advance(TimeDelta::hours(25));
    list::recount_if_due(shop.shop()).await.unwrap();
    let totals = assert_totals(&guest, "counted anew").await;
    assert!(wrong.as_u64().unwrap() > totals[0]);

    // More than are counted one by one.
    let id = match db.get_database_backend() {
        DbBackend::Postgres => "gen_random_uuid()",
        _ => "randomblob(16)",
    };
    let fill = format!(
        "insert into product (id, slug, title, description_html, status, tags, version, created_at, updated_at)
            with recursive n (i) as (select 1 union all select i + 1 from n where i < 10001)
            select {id}, 'bulk-' || i, 'Bulk', '', 'ACTIVE', '[]', 1, '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00' from n;
         insert into product_listing (product_id, currency, price_min_minor, price_max_minor, in_stock, sold)
            select id, (select min(currency) from product_listing), 2500, 2500, true, 0 from product where title = 'Bulk'"
    );
    db.execute_unprepared(&fill).await.unwrap();
    let page = guest.data(LIST, json!({})).await["products"].take();
    assert_eq!(
        (&page["totalCount"], &page["totalCountPrecision"]),
        (&json!(totals[0] + 10_001), &json!("EXACT"))
    );
    let page = guest.data(LIST, json!({ "where": { "priceMin": "20.00" } })).await["products"].take();
    assert_eq!(
        (&page["totalCount"], &page["totalCountPrecision"]),
        (&json!(10_000), &json!("AT_LEAST"))
    );
    shop.abandon().await;
}
