//! Stock that lies at several locations.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{ADJUST, adjust, level, levels, open_location};

const UPDATE: &str = "mutation($input: LocationUpdateInput!) { locationUpdate(input: $input) { location { id } userErrors { code message } } }";
const DELETE: &str = "mutation($input: LocationDeleteInput!) { locationDelete(input: $input) { location { id } userErrors { code message } } }";

/// Whether it is listed among what can be had.
async fn is_listed(guest: &Client) -> bool {
    let query = "{ products(first: 100, where: { inStock: true }) { nodes { slug } } }";
    let listed = guest.data(query, json!({})).await["products"]["nodes"].take();
    listed.as_array().unwrap().contains(&json!({ "slug": "mug-1" }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_list_what_lies_where_and_see_who_put_it_there() {
    const LEVELS: &str = "query($where: StockLevelWhere) { stockLevels(first: 100, where: $where) { nodes {
        onHand location { name } variant { sku } } } }";
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (mug, bowl) = (
        staff.sell("MUG-1", "10.00", 2).await,
        staff.sell("BOWL-1", "10.00", 5).await,
    );
    let attic = open_location(&staff, "Attic").await;
    adjust(&staff, &mug, &attic, 3).await;
    let found = async |filter: Value| {
        let rows = staff.data(LEVELS, json!({ "where": filter })).await["stockLevels"]["nodes"].take();
        let row = |row: &Value| {
            (
                row["variant"]["sku"].clone(),
                row["location"]["name"].clone(),
                row["onHand"].clone(),
            )
        };
        rows.as_array().unwrap().iter().map(row).collect::<Vec<_>>()
    };
    let (mugs, few) = (
        ("MUG-1".into(), "Attic".into(), 3.into()),
        json!({ "sku": "MUG-1", "low": true }),
    );
    assert_eq!(found(json!({ "locationId": attic })).await, [mugs]);
    assert_eq!(found(json!({ "variantId": mug })).await.len(), 2);
    assert_eq!(found(json!({ "variantId": bowl, "locationId": attic })).await, []);
    assert_eq!(found(json!({ "locationId": "nowhere" })).await, []);
    assert_eq!(found(few).await, [], "it has no threshold");
    assert!(found(Value::Null).await.len() > 3);
    let refused = shop.guest().answer(LEVELS, json!({})).await;
    assert_eq!(
        refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED",
        "{refused}"
    );

    let entries = "query($id: ID!) { stockEntries(variantId: $id, first: 1) { nodes { actorName reason } } }";
    let last = staff.data(entries, json!({ "id": mug })).await["stockEntries"]["nodes"][0].take();
    assert_eq!(last["actorName"], "Grace Hopper");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_is_taken_from_one_location_that_has_it_all_else_from_several() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let mug = staff.sell("MUG-1", "10.00", 2).await;
    let (attic, barn) = (
        open_location(&staff, "Attic").await,
        open_location(&staff, "Barn").await,
    );
    adjust(&staff, &mug, &attic, 3).await;
    adjust(&staff, &mug, &barn, 4).await;

    // The barn alone has all four, though it is the last.
    let whole = guest.buy(&[(&mug, 4)], "tok_second_factor").await;
    let (main, of_attic) = (level("Main warehouse", 2, 0), level("Attic", 3, 0));
    assert_eq!(levels(&staff, &mug).await, [of_attic, level("Barn", 4, 4), main]);
    // Nobody has four any more: the first location's come first.
    let parted = guest.buy(&[(&mug, 4)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(
        levels(&staff, &mug).await,
        [level("Attic", 1, 0), level("Barn", 4, 4), level("Main warehouse", 0, 0)]
    );
    // Cancelled, all goes back to where it came from.
    let cancel = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code message } } }";
    for placed in [&whole, &parted] {
        staff.done(cancel, json!({ "input": { "orderId": placed.id } })).await;
    }
    shop.settle().await;
    let all = [level("Attic", 3, 0), level("Barn", 4, 0), level("Main warehouse", 2, 0)];
    assert_eq!(levels(&staff, &mug).await, all);

    // A closed location sells nothing.
    staff
        .done(UPDATE, json!({ "input": { "id": barn, "active": false } }))
        .await;
    shop.settle().await;
    let query = "{ product(slug: \"mug-1\") { stockStatus variants { availableQuantity } } }";
    let seen = guest.data(query, json!({})).await["product"].take();
    assert_eq!(
        seen,
        json!({ "stockStatus": "IN_STOCK", "variants": [{ "availableQuantity": 5 }] })
    );
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 6)]).await).await;
    let refused = guest.place(&cart, "six", "tok_approve").await;
    assert_eq!(refused["userErrors"][0]["availableQuantity"], 5);
    guest.buy(&[(&mug, 5)], "tok_approve").await;
    shop.settle().await;
    assert!(!is_listed(&guest).await, "what lies in the barn is not for sale");
    staff
        .done(UPDATE, json!({ "input": { "id": barn, "active": true } }))
        .await;
    shop.settle().await;
    assert!(is_listed(&guest).await);

    // What was taken may come back until it is dispatched; whose goods are gone takes no more.
    adjust(&staff, &mug, &barn, -4).await;
    assert_eq!(
        staff.payload(DELETE, json!({ "input": { "id": attic } })).await["userErrors"][0]["message"],
        "Orders that are not dispatched yet were taken from this location. Dispatch or cancel them first."
    );
    staff.done(DELETE, json!({ "input": { "id": barn } })).await;
    let late = json!({ "variantId": mug, "locationId": barn, "delta": 1, "reason": "late" });
    assert_eq!(staff.refusals(ADJUST, json!({ "input": late })).await, ["NOT_FOUND"]);
    shop.close().await;
}
