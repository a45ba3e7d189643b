//! Whoever placed an order changes it, as long as the shop lets them.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, purchase::address};

use super::{EDIT_BY_SHOPPER, POLICY, cents, kept, line, on_hand, order};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_placed_an_order_takes_things_out_within_minutes() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 3)], "tok_approve").await;
    shop.settle().await;
    let before = order(&guest, &placed).await;
    let edit = |key: &str, token: &str, more: Value| {
        let mut input = json!({ "orderId": placed.id, "accessToken": token, "idempotencyKey": key });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "input": input })
    };
    let to = |quantity: i64| json!({ "lines": [{ "lineId": line(&before, "MUG-1"), "quantity": quantity }] });
    let token = placed.access_token.as_str();
    assert_eq!(before["editableUntil"], Value::Null);
    assert_eq!(
        guest.refusals(EDIT_BY_SHOPPER, edit("off", token, to(1))).await,
        ["ORDER_STATE"]
    );

    for (minutes, refused) in [(-1, true), (10_081, true), (30, false)] {
        let input = json!({ "input": { "shopperMinutes": minutes } });
        let told = staff.payload(POLICY, input).await;
        assert_eq!(told["userErrors"] != json!([]), refused, "{told}");
    }
    assert!(order(&guest, &placed).await["editableUntil"].is_string());
    for (key, token, more, code) in [
        ("stranger", "wrong", to(1), "NOT_FOUND"),
        ("more", token, to(4), "INVALID"),
        ("none", token, to(0), "INVALID"),
        ("same", token, to(3), "INVALID"),
        (
            "price",
            token,
            json!({ "lines": [{ "lineId": line(&before, "MUG-1"), "unitPrice": "1.00" }] }),
            "INVALID",
        ),
    ] {
        let codes = guest.refusals(EDIT_BY_SHOPPER, edit(key, token, more)).await;
        assert_eq!(codes, [code], "{key}");
    }
    let mut elsewhere = address();
    elsewhere["line1"] = json!("Allee 2");
    let mut less = to(1);
    less["shippingAddress"] = elsewhere;
    for replayed in [false, true] {
        let done = guest.done(EDIT_BY_SHOPPER, edit("less", token, less.clone())).await;
        assert_eq!(done["replayed"], replayed);
    }
    shop.settle().await;
    let after = order(&guest, &placed).await;
    assert_eq!(cents(&after["cost"]["total"]), cents(&before["cost"]["total"]) - 2000);
    assert_eq!(
        (kept(&after), on_hand(&staff, &mug).await),
        (cents(&after["cost"]["total"]), 9)
    );
    assert_eq!(after["shippingAddress"]["line1"], "Allee 2");
    let version = &after["versions"][1];
    assert_eq!(
        (&version["byShopper"], &version["refunded"]["amount"]),
        (&json!(true), &json!("20.00"))
    );

    shop.pass(TimeDelta::minutes(31)).await;
    let mut late = address();
    late["line1"] = json!("Gasse 3");
    let late = edit("late", token, json!({ "shippingAddress": late }));
    assert_eq!(guest.refusals(EDIT_BY_SHOPPER, late).await, ["ORDER_STATE"]);
    shop.close().await;
}
