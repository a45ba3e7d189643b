//! What is sold when stock is out: promised, never more than the limit, and given to the oldest order first.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::ADJUST;

const SET: &str = "mutation($input: InventoryPolicySetInput!) { inventoryPolicySet(input: $input) { policy { policy tracked unitLimit promised version } userErrors { code message field } } }";
const DISPATCH: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) { order { status } userErrors { code message } } }";
const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code message } } }";

async fn set_policy(staff: &Client, variant: &str, more: Value) {
    let mut input = json!({ "variantId": variant });
    input
        .as_object_mut()
        .expect("fields")
        .extend(more.as_object().expect("fields").clone());
    staff.done(SET, json!({ "input": input })).await;
}

async fn add(staff: &Client, variant: &str, delta: i64) {
    let input = json!({ "variantId": variant, "delta": delta, "reason": "came" });
    staff.done(ADJUST, json!({ "input": input })).await;
}

/// Status, on hand at once, and how many may be promised.
async fn availability(client: &Client, variant: &str) -> (Value, Value, Value) {
    let query = "query($id: ID!) { variant(id: $id) { availability { status inStock promisable } } }";
    let mut seen = client.data(query, json!({ "id": variant })).await["variant"]["availability"].take();
    (seen["status"].take(), seen["inStock"].take(), seen["promisable"].take())
}

/// Units of the order's first line that have not come yet.
async fn waiting(client: &Client, placed: &PlacedOrder) -> Value {
    let query =
        "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { lines { backorder { waiting } } } }";
    let variables = json!({ "id": placed.id, "token": placed.access_token });
    client.data(query, variables).await["order"]["lines"][0]["backorder"]["waiting"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_promised_is_told_filled_in_turn_and_sent_once_it_is_there() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let mug = staff.sell("MUG-1", "10.00", 1).await;
    set_policy(
        &staff,
        &mug,
        json!({ "policy": "BACKORDER", "unitLimit": 5, "promiseDays": 7 }),
    )
    .await;
    assert_eq!(
        availability(&guest, &mug).await,
        (json!("IN_STOCK"), json!(1), json!(5))
    );
    let due = shop.shop().profile().date(shop.shop().now() + TimeDelta::days(7));

    // The cart says what does not lie there, and when it should.
    let cart = guest.cart_with(&[(&mug, 3)]).await;
    let query = "query($id: ID!) { cart(id: $id) { lines { availableQuantity promise { kind quantity expectedOn } } problems { code } } }";
    let seen = guest.data(query, json!({ "id": cart["id"] })).await["cart"]["lines"].take();
    let promise = json!({ "kind": "BACKORDER", "quantity": 2, "expectedOn": due });
    assert_eq!(seen, json!([{ "availableQuantity": 6, "promise": promise }]));
    let first = guest.buy(&[(&mug, 3)], "tok_approve").await;
    let second = guest.buy(&[(&mug, 2)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(guest.order(&first).await["status"], "CONFIRMED");
    assert_eq!(
        (waiting(&guest, &first).await, waiting(&guest, &second).await),
        (json!(2), json!(2))
    );
    assert_eq!(
        availability(&guest, &mug).await,
        (json!("BACKORDER"), json!(0), json!(1))
    );
    let told = format!("On backorder: 2 of 3, expected on {}", due.format("%-d %B %Y"));
    let mails = shop.mails().await;
    let confirmed = mails
        .iter()
        .find(|mail| mail.subject == format!("Your order {} is confirmed", first.number));
    let confirmed = confirmed.expect("the confirmation");
    assert!(
        confirmed.text.contains(&told) && confirmed.html.contains(&told),
        "{}",
        confirmed.text
    );
    assert!(
        confirmed.text.contains("Not all of it has come to us yet"),
        "{}",
        confirmed.text
    );

    let query = "query($id: ID!, $after: String) { backorders(variantId: $id, first: 1, after: $after) { nodes { orderId waiting } pageInfo { hasNextPage endCursor } } }";
    let one = staff.data(query, json!({ "id": mug })).await["backorders"].take();
    assert_eq!(one["nodes"], json!([{ "orderId": first.id, "waiting": 2 }]));
    let after = &one["pageInfo"]["endCursor"];
    let next = staff.data(query, json!({ "id": mug, "after": after })).await["backorders"].take();
    assert_eq!(next["nodes"], json!([{ "orderId": second.id, "waiting": 2 }]));

    // Never more than the limit; never less than is promised already.
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 2)]).await).await;
    let refused = guest.place(&cart, "two", "tok_approve").await;
    assert_eq!(refused["userErrors"][0]["availableQuantity"], 1);
    let lower = json!({ "input": { "variantId": mug, "policy": "BACKORDER", "unitLimit": 3 } });
    assert_eq!(staff.refusals(SET, lower).await, ["INVALID"]);
    assert_eq!(
        staff
            .refusals(DISPATCH, json!({ "input": { "orderId": first.id } }))
            .await,
        ["INSUFFICIENT_STOCK"]
    );

    // Goods come: the older order's first. Whoever comes now does not go before them.
    add(&staff, &mug, 3).await;
    shop.settle().await;
    assert_eq!(
        (waiting(&guest, &first).await, waiting(&guest, &second).await),
        (json!(0), json!(1))
    );
    staff.done(DISPATCH, json!({ "input": { "orderId": first.id } })).await;
    assert_eq!(
        staff
            .refusals(DISPATCH, json!({ "input": { "orderId": second.id } }))
            .await,
        ["INSUFFICIENT_STOCK"]
    );
    // Cancelled, it gives up what it waited for, and puts back what it had.
    staff.done(CANCEL, json!({ "input": { "orderId": second.id } })).await;
    shop.settle().await;
    assert_eq!(
        availability(&guest, &mug).await,
        (json!("IN_STOCK"), json!(1), json!(5))
    );

    // What is paid back is waited for no more: the rest leaves, and what comes is others'.
    let partly = guest.buy(&[(&mug, 2)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(waiting(&guest, &partly).await, 1);
    let lines = "query($id: ID!) { order(id: $id) { lines { id } } }";
    let line = staff.data(lines, json!({ "id": partly.id })).await["order"]["lines"][0]["id"].take();
    let refund =
        "mutation($input: OrderRefundInput!) { orderRefund(input: $input) { userErrors { code message field } } }";
    let one = json!({ "orderId": partly.id, "idempotencyKey": "one", "lines": [{ "lineId": line, "quantity": 1 }] });
    staff.done(refund, json!({ "input": one })).await;
    shop.settle().await;
    assert_eq!(
        availability(&guest, &mug).await,
        (json!("BACKORDER"), json!(0), json!(5))
    );
    let sent = staff.done(DISPATCH, json!({ "input": { "orderId": partly.id } })).await;
    assert_eq!(sent["order"]["status"], "DISPATCHED");
    add(&staff, &mug, 1).await;
    shop.settle().await;
    assert_eq!(
        availability(&guest, &mug).await,
        (json!("IN_STOCK"), json!(1), json!(5))
    );

    // What an unpaid order gives up goes to the next that waits.
    let unpaid = guest.buy(&[(&mug, 1)], "tok_decline").await;
    let patient = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(waiting(&guest, &patient).await, 1);
    shop.advance(TimeDelta::minutes(31)).await;
    assert_eq!(guest.order(&unpaid).await["status"], "CANCELLED");
    assert_eq!(waiting(&guest, &patient).await, 0);
    // The others' sessions have run out.
    let packer = shop.staff(StaffRole::Fulfilment).await;
    packer
        .done(DISPATCH, json!({ "input": { "orderId": patient.id } }))
        .await;
    // An unpaid promise is kept no longer than unpaid goods are held.
    let unpaid = guest.buy(&[(&mug, 5)], "tok_decline").await;
    shop.settle().await;
    assert_eq!(
        availability(&guest, &mug).await,
        (json!("SOLD_OUT"), json!(0), json!(0))
    );
    shop.advance(TimeDelta::minutes(31)).await;
    assert_eq!(guest.order(&unpaid).await["status"], "CANCELLED");
    assert_eq!(
        availability(&guest, &mug).await,
        (json!("BACKORDER"), json!(0), json!(5))
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirty_buyers_are_not_promised_more_than_the_limit() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let mug = staff.sell("MUG-1", "10.00", 2).await;
    set_policy(
        &staff,
        &mug,
        json!({ "policy": "PRE_ORDER", "unitLimit": 3, "promiseDate": "2100-01-01" }),
    )
    .await;
    let mut carts = Vec::new();
    for _ in 0..30 {
        carts.push(guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await);
    }
    let payloads = join_all(carts.iter().map(|cart| guest.place(cart, "key", "tok_approve"))).await;
    let won = payloads.iter().filter(|payload| payload["order"].is_object()).count();
    assert_eq!(won, 5);
    shop.settle().await;
    let query = "{ product(slug: \"mug-1\") { availableForSale stockStatus variants { stockPolicy { promised } } } }";
    let seen = staff.data(query, json!({})).await["product"].take();
    let expected = json!({ "availableForSale": false, "stockStatus": "SOLD_OUT", "variants": [{ "stockPolicy": { "promised": 3 } }] });
    assert_eq!(seen, expected);
    // All at once: each unit goes to one order.
    join_all((0..5).map(|_| add(&staff, &mug, 1))).await;
    shop.settle().await;
    assert_eq!(
        availability(&guest, &mug).await,
        (json!("IN_STOCK"), json!(2), json!(3))
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_be_promised_or_never_runs_out_is_found_and_bought() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let (poster, song) = (
        staff.sell("POSTER-1", "10.00", 0).await,
        staff.sell("SONG-1", "1.00", 0).await,
    );
    let listed = async || {
        let query = "{ products(first: 100, where: { inStock: true }) { nodes { slug stockStatus } } search: productSearch(query: \"test\", first: 100, where: { inStock: true }) { nodes { slug stockStatus } } }";
        let data = guest.data(query, json!({})).await;
        let ours = |list: &Value| {
            let nodes = list["nodes"].as_array().expect("products").clone();
            let ours = nodes
                .into_iter()
                .filter(|node| ["poster-1", "song-1"].iter().any(|slug| node["slug"] == *slug));
            let mut ours: Vec<_> = ours.map(|node| node["stockStatus"].to_string()).collect();
            ours.sort();
            ours.join(" ")
        };
        let (products, search) = (ours(&data["products"]), ours(&data["search"]));
        assert_eq!(products, search);
        products
    };
    shop.settle().await;
    assert_eq!(listed().await, "");
    set_policy(&staff, &poster, json!({ "policy": "PRE_ORDER" })).await;
    set_policy(&staff, &song, json!({ "policy": "REFUSE", "tracked": false })).await;
    shop.settle().await;
    assert_eq!(listed().await, r#""IN_STOCK" "PRE_ORDER""#);
    let bought = guest.buy(&[(&song, 90), (&poster, 2)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(guest.order(&bought).await["status"], "CONFIRMED");
    assert_eq!(
        availability(&guest, &song).await,
        (json!("IN_STOCK"), json!(null), json!(null))
    );
    // Nobody counts it any more, so that nobody waits for it either.
    set_policy(
        &staff,
        &poster,
        json!({ "policy": "REFUSE", "tracked": false, "expectedVersion": 1 }),
    )
    .await;
    shop.settle().await;
    staff.done(DISPATCH, json!({ "input": { "orderId": bought.id } })).await;

    let refused = async |input: Value| staff.refusals(SET, json!({ "input": input })).await;
    let version = json!({ "variantId": poster, "policy": "REFUSE", "expectedVersion": 1 });
    assert_eq!(refused(version).await, ["VERSION_CONFLICT"]);
    let twice = json!({ "variantId": poster, "policy": "BACKORDER", "promiseDays": 1, "promiseDate": "2100-01-01" });
    assert_eq!(refused(twice).await, ["INVALID"]);
    let past = json!({ "variantId": poster, "policy": "BACKORDER", "promiseDate": "2001-01-01" });
    assert_eq!(refused(past).await, ["INVALID"]);
    let guests = json!({ "input": { "variantId": poster, "policy": "BACKORDER" } });
    assert_eq!(guest.refusals(SET, guests).await, ["UNAUTHENTICATED"]);
    shop.close().await;
}
