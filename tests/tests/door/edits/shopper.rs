//! Whoever placed an order changes it, as long as the shop lets them.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::address};

use super::{DISPATCH, EDIT_BY_SHOPPER, ORDER, POLICY, cents, kept, line, on_hand, order};

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
    // Nor do staff who may pay nothing back do it by this door.
    let packer = shop.staff(StaffRole::Fulfilment).await;
    assert_eq!(
        packer.refusals(EDIT_BY_SHOPPER, edit("packer", token, to(1))).await,
        ["FORBIDDEN"]
    );
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

    what_is_sent_again_stays_free(&shop, &staff, &mug).await;

    shop.pass(TimeDelta::minutes(31)).await;
    let mut late = address();
    late["line1"] = json!("Gasse 3");
    let late = edit("late", token, json!({ "shippingAddress": late }));
    assert_eq!(guest.refusals(EDIT_BY_SHOPPER, late).await, ["ORDER_STATE"]);
    shop.close().await;
}

/// Goods that go out in place of lost ones cost nothing, each line of them, whatever is changed of that order.
async fn what_is_sent_again_stays_free(shop: &TestShop, staff: &Client, mug: &str) {
    let cap = staff.sell("CAP-1", "5.00", 10).await;
    let ada = shop.customer("ada@example.com").await;
    let placed = ada.buy(&[(mug, 2), (&cap, 1)], "tok_approve").await;
    shop.settle().await;
    staff.done(DISPATCH, json!({ "input": { "orderId": placed.id } })).await;
    shop.settle().await;
    let sent = order(staff, &placed).await;
    let claim = "mutation($input: OrderClaimCreateInput!) { orderClaimCreate(input: $input) {
        claim { replacement { id } } userErrors { code message field } } }";
    let lines =
        json!([{ "lineId": line(&sent, "MUG-1"), "quantity": 2 }, { "lineId": line(&sent, "CAP-1"), "quantity": 1 }]);
    let lost =
        json!({ "orderId": placed.id, "kind": "RESEND", "reason": "LOST", "idempotencyKey": "lost", "lines": lines });
    let again = staff.done(claim, json!({ "input": lost })).await["claim"]["replacement"]["id"].take();
    shop.settle().await;
    let read = async || ada.data(ORDER, json!({ "id": again })).await["order"].take();
    let mut there = address();
    there["line1"] = json!("Ufer 4");
    let fewer = json!([{ "lineId": line(&read().await, "MUG-1"), "quantity": 1 }]);
    for (key, more) in [
        ("there", json!({ "shippingAddress": there })),
        ("fewer", json!({ "lines": fewer })),
    ] {
        let mut input = json!({ "orderId": again, "idempotencyKey": key });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        ada.done(EDIT_BY_SHOPPER, json!({ "input": input })).await;
        let after = read().await;
        let costs = [&after["cost"]["total"], &after["cost"]["unpaid"]].map(cents);
        assert_eq!(costs, [0, 0], "{key}: {after}");
    }
}
