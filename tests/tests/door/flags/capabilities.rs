//! Each thing that shoppers can do and that is switched, by the API and by the storefront's doors to it.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, client::http, purchase::PlacedOrder};

use super::{DELETE, doors, set};

/// A capability, what a shopper asks of it, and what is answered where it is off.
type Asked = (&'static str, &'static str, Value, &'static str);

fn asked_of(lamp: &str, placed: &PlacedOrder, line: &Value, cart: &Value) -> [Asked; 10] {
    let order = json!({ "orderId": placed.id, "accessToken": placed.access_token });
    let with = |more: Value| {
        let mut input = order.clone();
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let forbidden = "FORBIDDEN";
    [
        (
            "discount_codes",
            "cartDiscountCodesAdd",
            json!({ "cartId": cart["id"], "codes": ["SUMMER"] }),
            forbidden,
        ),
        (
            "gift_cards",
            "cartGiftCardAdd",
            json!({ "cartId": cart["id"], "code": "ABCD-EFGH" }),
            forbidden,
        ),
        (
            "guest_checkout",
            "orderPlace",
            json!({ "cartId": cart["id"], "idempotencyKey": "k", "paymentMethod": { "token": "tok_approve" } }),
            "UNAUTHENTICATED",
        ),
        (
            "order_edits",
            "orderEditByShopper",
            with(json!({ "idempotencyKey": "e", "lines": [{ "lineId": line, "quantity": 1 }] })),
            forbidden,
        ),
        ("reorder", "orderReorder", with(json!({})), forbidden),
        (
            "returns",
            "returnRequest",
            with(
                json!({ "idempotencyKey": "r", "lines": [{ "lineId": line, "quantity": 1, "reason": "CHANGED_MIND" }] }),
            ),
            forbidden,
        ),
        (
            "sign_up",
            "customerSignUp",
            json!({ "email": "new@example.com", "name": "Lin", "password": "correct horse battery" }),
            forbidden,
        ),
        (
            "stock_alerts",
            "stockAlertRequest",
            json!({ "variantId": lamp, "email": "new@example.com" }),
            forbidden,
        ),
        ("order_cancellation", "orderCancel", with(json!({})), forbidden),
        (
            "text_messages",
            "orderSmsConsentSet",
            with(json!({ "granted": true, "phone": "+49 151 23456789", "wording": "sms 1" })),
            forbidden,
        ),
    ]
}

fn mutation(name: &str) -> String {
    let input = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    format!("mutation($input: {input}!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_capability_is_switched_for_shoppers_and_no_other() {
    let shop = TestShop::open().await;
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let lamp = guest.variant("alba-dome-lamp", "LMP-ALBA-TER").await;
    let placed = guest.buy(&[(&lamp, 2)], "tok_approve").await;
    shop.settle().await;
    let query = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { cancellable editableUntil lines { id } } }";
    let order = json!({ "id": placed.id, "token": placed.access_token });
    let seen = guest.data(query, order.clone()).await["order"].take();
    assert_eq!(seen["cancellable"], true);
    let cart = guest.cart_with(&[(&lamp, 1)]).await;
    let cart = guest.check_out(&cart).await;

    let capabilities = "{ shop { capabilities { name isOn } } }";
    let known = guest.data(capabilities, json!({})).await["shop"]["capabilities"].take();
    let asked = asked_of(&lamp, &placed, &seen["lines"][0]["id"], &cart);
    let number = known.as_array().unwrap().len();
    assert_eq!(number, asked.len() + 2, "a subscription, and the older checkout's");
    let off = known.as_array().unwrap().iter().filter(|known| known["isOn"] == false);
    assert_eq!(off.map(|known| &known["name"]).collect::<Vec<_>>(), ["own_checkout"]);
    doors::are(&shop, &placed, true).await;
    for known in known.as_array().unwrap() {
        set(
            &staff,
            json!({ "name": known["name"], "isOn": false, "expectedVersion": 0 }),
        )
        .await;
    }
    doors::are(&shop, &placed, false).await;
    let off = guest.data(capabilities, json!({})).await["shop"]["capabilities"].take();
    assert!(
        off.as_array().unwrap().iter().all(|known| known["isOn"] == false),
        "{off}"
    );
    for (name, verb, input, code) in &asked {
        assert_eq!(
            guest.refusals(&mutation(verb), json!({ "input": input })).await,
            [*code],
            "{name}"
        );
    }
    let hidden = guest.data(query, order.clone()).await["order"].take();
    assert_eq!(
        (&hidden["cancellable"], &hidden["editableUntil"]),
        (&json!(false), &Value::Null)
    );
    let updates =
        "subscription($id: ID!, $token: String) { orderUpdates(orderId: $id, accessToken: $token) { cursor } }";
    let body = json!({ "query": updates, "variables": order });
    let request = http().post(format!("{}/graphql", guest.base())).json(&body);
    let answer = request
        .header("accept", "text/event-stream")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(answer.contains("FORBIDDEN"), "{answer}");

    // Who works here goes on, and what is taken away is as it came.
    let cancel = json!({ "input": { "orderId": placed.id } });
    for known in known.as_array().unwrap() {
        staff.done(DELETE, json!({ "input": { "name": known["name"] } })).await;
    }
    doors::for_half_of_the_browsers(&shop, &staff, &placed).await;
    set(&staff, json!({ "name": "order_cancellation", "isOn": false })).await;
    assert_eq!(
        guest
            .refusals(&mutation("orderCancel"), json!({ "input": asked[8].2 }))
            .await,
        ["FORBIDDEN"]
    );
    staff.done(&mutation("orderCancel"), cancel).await;
    let bought = guest.place(&cart, "k", "tok_approve").await;
    assert_eq!(bought["userErrors"], json!([]));
    shop.settle().await;
    shop.close().await;
}
