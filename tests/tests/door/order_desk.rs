//! How staff find orders, and what they write about them.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use vitrine_commerce::orders::desk;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const ORDERS: &str = "query($where: OrderWhere, $sort: OrderSort, $first: Int = 100, $after: String) {
    orders(where: $where, sort: $sort, first: $first, after: $after) { totalCount nodes { number tags staffNotes { text } } pageInfo { endCursor hasNextPage } } }";
const NOTE_ADD: &str = "mutation($input: OrderNoteAddInput!) { orderNoteAdd(input: $input) { note { id text author authorName version } userErrors { code message field } } }";
const NOTE_UPDATE: &str = "mutation($input: OrderNoteUpdateInput!) { orderNoteUpdate(input: $input) { note { text version } userErrors { code message } } }";
const NOTE_DELETE: &str = "mutation($input: OrderNoteDeleteInput!) { orderNoteDelete(input: $input) { note { deletedAt } userErrors { code message } } }";
const NOTE_RESTORE: &str = "mutation($input: OrderNoteRestoreInput!) { orderNoteRestore(input: $input) { note { deletedAt } userErrors { code message } } }";
const TAGS_ADD: &str = "mutation($input: OrderTagsAddInput!) { orderTagsAdd(input: $input) { order { tags } userErrors { code message } } }";
const TAGS_REMOVE: &str = "mutation($input: OrderTagsRemoveInput!) { orderTagsRemove(input: $input) { order { tags } userErrors { code message } } }";

/// The numbers of the orders that staff find.
async fn find(staff: &Client, filter: Value) -> Vec<String> {
    let mut orders = staff.data(ORDERS, json!({ "where": filter })).await["orders"].take();
    let numbers: Vec<_> = orders["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|order| order["number"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(orders["totalCount"].take(), json!(numbers.len()));
    numbers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_found_by_whatever_is_known_of_it() {
    let shop = TestShop::open().await;
    shop.staff(StaffRole::Fulfilment).await;
    let administrator = shop.staff(StaffRole::Administrator).await;
    let mug = administrator.sell("MUG_100", "10.00", 10).await;
    let bowl = administrator.sell("BOWL-1", "20.00", 10).await;
    let ada = shop.customer("ada@example.com").await;
    let first = ada.buy(&[(&mug, 1)], "tok_approve").await;
    shop.advance(TimeDelta::minutes(5)).await;
    let between = shop.shop().now();
    let second = shop.guest().buy(&[(&bowl, 2)], "tok_decline_insufficient_funds").await;
    shop.settle().await;
    // The clock has moved on past the first one.
    let staff = shop.sign_in(StaffRole::Fulfilment).await;
    let (one, other) = ([first.number.clone()], [second.number.clone()]);
    let both = [second.number.clone(), first.number.clone()];
    let part = first.number[3..].to_lowercase();
    let name = shop
        .shop()
        .db
        .execute_unprepared(
            "update order_search set words = 'zoe' where order_id in (select id from orders where total_minor < 0)",
        )
        .await;
    name.unwrap();
    for (filter, found) in [
        (Value::Null, &both[..]),
        (json!({ "query": part }), &one),
        (json!({ "query": "mug_100" }), &one),
        (json!({ "query": "BÓWL" }), &other),
        (json!({ "query": "MUG BOWL" }), &[]),
        (json!({ "query": "M%G" }), &[]),
        (json!({ "query": "mug?100" }), &[]),
        (json!({ "query": "mug%100" }), &[]),
        (json!({ "query": "' or 1=1 --" }), &[]),
        (json!({ "sku": "MUG_100" }), &one),
        (json!({ "sku": "MUG" }), &[]),
        (json!({ "placedTo": between }), &one),
        (json!({ "placedFrom": between }), &other),
        (json!({ "status": "PAYMENT_FAILED" }), &other),
        (json!({ "totalMin": "40.00" }), &other),
        (json!({ "totalMax": "39.99" }), &one),
        (json!({ "totalMax": "39.99", "query": "bowl" }), &[]),
    ] {
        assert_eq!(find(&staff, filter.clone()).await, found, "{filter}");
    }
    let customer = ada.data("{ viewer { id } }", json!({})).await["viewer"]["id"].clone();
    assert_eq!(find(&staff, json!({ "customerId": customer })).await, one);

    // What a server of the version before has placed is found a little later.
    shop.shop()
        .db
        .execute_unprepared("delete from order_search")
        .await
        .unwrap();
    assert_eq!(find(&staff, json!({ "query": "mug" })).await, [""; 0]);
    shop.clock.advance(TimeDelta::minutes(10));
    desk::fill_missing(shop.shop()).await.unwrap();
    let staff = shop.sign_in(StaffRole::Fulfilment).await;
    assert_eq!(find(&staff, json!({ "query": "mug" })).await, one);

    for (sort, order) in [
        ("NEWEST_FIRST", [1, 0]),
        ("OLDEST_FIRST", [0, 1]),
        ("HIGHEST_TOTAL_FIRST", [1, 0]),
        ("LOWEST_TOTAL_FIRST", [0, 1]),
    ] {
        let numbers = [&first.number, &second.number];
        let page = staff.data(ORDERS, json!({ "sort": sort, "first": 1 })).await["orders"].take();
        assert_eq!(page["nodes"][0]["number"], json!(numbers[order[0]]), "{sort}");
        let next = json!({ "sort": sort, "first": 1, "after": page["pageInfo"]["endCursor"] });
        let page = staff.data(ORDERS, next).await["orders"].take();
        assert_eq!(
            (&page["nodes"][0]["number"], &page["pageInfo"]["hasNextPage"]),
            (&json!(numbers[order[1]]), &json!(false))
        );
    }
    for filter in [
        json!({ "query": "x".repeat(201) }),
        json!({ "customerId": "x" }),
        json!({ "totalMin": "1.234" }),
        json!({ "tag": "" }),
        json!({ "sku": "a\0b" }),
    ] {
        let answer = staff.answer(ORDERS, json!({ "where": filter })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{filter}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_write_notes_and_tags_that_no_shopper_sees() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let ada = shop.customer("ada@example.com").await;
    let placed = ada.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let note = |text: &str| json!({ "input": { "orderId": placed.id, "text": text } });
    let made = staff.done(NOTE_ADD, note("Fragile.\nCall before.")).await["note"].take();
    assert_eq!(made["version"], 1);
    assert!(made["author"].as_str().unwrap().starts_with("staff_"));
    assert_eq!(made["authorName"], "Grace Hopper");
    for text in ["", "a\0b", &"x".repeat(5_001)] {
        assert_eq!(staff.refusals(NOTE_ADD, note(text)).await, ["INVALID"]);
    }
    let missing = json!({ "input": { "orderId": "ord_01j9zzzzzzzzzzzzzzzzzzzzzz", "text": "x" } });
    assert_eq!(staff.refusals(NOTE_ADD, missing).await, ["NOT_FOUND"]);
    let update = json!({ "input": { "id": made["id"], "expectedVersion": 1, "text": "Call." } });
    assert_eq!(staff.done(NOTE_UPDATE, update.clone()).await["note"]["version"], 2);
    assert_eq!(staff.refusals(NOTE_UPDATE, update).await, ["VERSION_CONFLICT"]);

    let tags = |tags: &[&str]| json!({ "input": { "orderId": placed.id, "tags": tags } });
    let tagged = staff.done(TAGS_ADD, tags(&["Gift", " vip ", "gift"])).await;
    assert_eq!(tagged["order"]["tags"], json!(["gift", "vip"]));
    let many: Vec<_> = (0..29).map(|number| format!("t{number}")).collect();
    for wrong in [
        vec![],
        vec![""],
        vec!["a\0b"],
        many.iter().map(String::as_str).collect(),
    ] {
        assert_eq!(staff.refusals(TAGS_ADD, tags(&wrong)).await, ["INVALID"]);
    }
    assert_eq!(
        find(&staff, json!({ "tag": "VIP" })).await,
        std::slice::from_ref(&placed.number)
    );
    let left = staff.done(TAGS_REMOVE, tags(&["vip", "unknown"])).await;
    assert_eq!(left["order"]["tags"], json!(["gift"]));

    let seen = staff.data(ORDERS, json!({})).await["orders"]["nodes"][0].take();
    assert_eq!(
        (&seen["tags"], &seen["staffNotes"]),
        (&json!(["gift"]), &json!([{ "text": "Call." }]))
    );
    let own = "query($id: ID!) { order(id: $id) { number tags staffNotes { text } } }";
    let answer = ada.answer(own, json!({ "id": placed.id })).await;
    assert_eq!(
        (&answer["data"]["order"]["tags"], &answer["data"]["order"]["staffNotes"]),
        (&Value::Null, &Value::Null)
    );
    for (mutation, input) in [
        (NOTE_ADD, note("x")),
        (TAGS_ADD, tags(&["x"])),
        (TAGS_REMOVE, tags(&["gift"])),
    ] {
        assert_eq!(ada.refusals(mutation, input.clone()).await, ["FORBIDDEN"]);
        assert_eq!(shop.guest().refusals(mutation, input).await, ["UNAUTHENTICATED"]);
    }
    let it = json!({ "input": { "id": made["id"] } });
    staff.done(NOTE_DELETE, it.clone()).await;
    staff.done(NOTE_DELETE, it.clone()).await;
    assert_eq!(
        staff.data(ORDERS, json!({})).await["orders"]["nodes"][0]["staffNotes"],
        json!([])
    );
    staff.done(NOTE_RESTORE, it).await;
    let log =
        "query($id: String!) { auditLog(first: 20, where: { object: $id, action: \"order\" }) { nodes { action } } }";
    let log = staff.data(log, json!({ "id": placed.id })).await;
    let actions: Vec<_> = log["auditLog"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        actions,
        [
            "order.note_restore",
            "order.note_delete",
            "order.tags_remove",
            "order.tags_add",
            "order.note_update",
            "order.note_add"
        ]
    );
    shop.close().await;
}
