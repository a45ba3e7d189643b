//! What staff correct of an order before its goods are on their way, and the mails that they send again.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::address};

use crate::{
    delivery::{clear, method, zone},
    purchase::dispatch,
};

const CONTACT: &str = "mutation($input: OrderContactUpdateInput!) { orderContactUpdate(input: $input) {
    order { email phone version } userErrors { code message field } } }";
const ADDRESS: &str = "mutation($input: OrderShippingAddressUpdateInput!) { orderShippingAddressUpdate(input: $input) {
    order { version shippingAddress { line1 city } } userErrors { code message field } } }";
const RESEND: &str = "mutation($input: OrderMailResendInput!) { orderMailResend(input: $input) {
    order { id } userErrors { code message field } } }";
const ORDER: &str =
    "query($id: ID!) { order(id: $id) { version timeline(first: 50) { nodes { number kind hasMail message } } } }";

async fn actions(staff: &Client, order: &str) -> Vec<String> {
    let log =
        "query($id: String!) { auditLog(first: 50, where: { object: $id, action: \"order\" }) { nodes { action } } }";
    let log = staff.data(log, json!({ "id": order })).await;
    let nodes = log["auditLog"]["nodes"].as_array().unwrap().iter();
    nodes.map(|node| node["action"].as_str().unwrap().to_owned()).collect()
}

async fn order(staff: &Client, id: &str) -> Value {
    staff.data(ORDER, json!({ "id": id })).await["order"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_correct_where_mails_and_goods_go() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    clear(&staff).await;
    let home = zone(&staff, json!({ "name": "Home", "countries": ["DE", "AT"] })).await;
    method(&staff, &home, json!({ "name": "Parcel", "price": "4.90" })).await;
    let abroad = zone(&staff, json!({ "name": "Abroad", "countries": ["JP"] })).await;
    method(&staff, &abroad, json!({ "name": "Parcel", "price": "49.00" })).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let placed = shop.guest().buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let before = order(&staff, &placed.id).await;

    let contact = |more: Value| {
        let mut input = json!({ "orderId": placed.id });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "input": input })
    };
    let right =
        contact(json!({ "expectedVersion": before["version"], "email": "Grace@Example.com ", "phone": "+49 30 1234" }));
    let corrected = staff.done(CONTACT, right.clone()).await["order"].take();
    assert_eq!(
        (&corrected["email"], &corrected["phone"]),
        (&json!("grace@example.com"), &json!("+49 30 1234"))
    );
    assert_eq!(staff.refusals(CONTACT, right).await, ["VERSION_CONFLICT"]);
    let wrong = staff.payload(CONTACT, contact(json!({ "email": "grace" }))).await["userErrors"].take();
    assert_eq!(
        (&wrong[0]["code"], &wrong[0]["field"]),
        (&json!("INVALID"), &json!(["input", "email"]))
    );
    let found = "query($query: String!) { orders(first: 5, where: { query: $query }) { totalCount } }";
    for (query, count) in [("grace@example", 1), ("ada@example", 0)] {
        let found = staff.data(found, json!({ "query": query })).await;
        assert_eq!(found["orders"]["totalCount"], count, "{query}");
    }

    let to = |change: Value| {
        let mut to = address();
        to.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        json!({ "input": { "orderId": placed.id, "shippingAddress": to } })
    };
    let moved = staff
        .done(
            ADDRESS,
            to(json!({ "line1": "Allee 2", "city": "Bonn", "postalCode": "53113" })),
        )
        .await;
    assert_eq!(
        moved["order"]["shippingAddress"],
        json!({ "line1": "Allee 2", "city": "Bonn" })
    );
    // Its timeline is read from its end, too.
    let entries = "query($id: ID!, $before: String) { order(id: $id) { timeline(last: 2, before: $before) {
        nodes { number } pageInfo { hasPreviousPage startCursor } } } }";
    let entries = async |before: &Value| {
        let variables = json!({ "id": placed.id, "before": before });
        staff.data(entries, variables).await["order"]["timeline"].take()
    };
    let newest = entries(&Value::Null).await;
    let older = entries(&newest["pageInfo"]["startCursor"]).await;
    let number = |page: &Value, place: usize| page["nodes"][place]["number"].as_i64().unwrap();
    let all = order(&staff, &placed.id).await;
    let last = all["timeline"]["nodes"].as_array().unwrap().last().unwrap()["number"].as_i64();
    assert_eq!(Some(number(&newest, 1)), last);
    let numbers = [
        number(&older, 0),
        number(&older, 1),
        number(&newest, 0),
        number(&newest, 1),
    ];
    assert!(numbers.is_sorted(), "{numbers:?}");
    assert_eq!(newest["pageInfo"]["hasPreviousPage"], true);

    // Each address is a version, beside the one that the order was placed with.
    let versions = "query($id: ID!) { order(id: $id) { versions { number byShopper changes { kind before after } } } }";
    let versions = staff.data(versions, json!({ "id": placed.id })).await["order"]["versions"].take();
    let versions = versions.as_array().unwrap();
    let told: Vec<_> = versions.iter().map(|version| &version["byShopper"]).collect();
    assert_eq!(told, [true, false, false], "{versions:?}");
    let change = &versions[2]["changes"][0];
    assert_eq!(change["kind"], "ADDRESS_CHANGED", "{versions:?}");
    let says = |name: &str, text: &str| change[name].as_str().unwrap().contains(text);
    assert!(says("after", "Allee 2") && !says("before", "Allee 2"), "{change}");
    // Austria costs the same to send to, and has other taxes.
    let whole = json!(["input", "shippingAddress"]);
    for (change, code, field) in [
        (json!({ "countryCode": "AT", "postalCode": "1010" }), "INVALID", &whole),
        (
            json!({ "countryCode": "JP", "postalCode": "100-0001" }),
            "NOT_SHIPPABLE",
            &whole,
        ),
        (
            json!({ "postalCode": "" }),
            "INVALID",
            &json!(["input", "shippingAddress", "postalCode"]),
        ),
    ] {
        let told = staff.payload(ADDRESS, to(change.clone())).await["userErrors"][0].take();
        assert_eq!((&told["code"], &told["field"]), (&json!(code), field), "{change}");
    }
    let guest = shop.guest();
    for (mutation, input) in [(CONTACT, contact(json!({}))), (ADDRESS, to(json!({})))] {
        assert_eq!(guest.refusals(mutation, input).await, ["UNAUTHENTICATED"]);
    }

    // The next mail goes to the new address, and nothing is corrected any more.
    dispatch(&staff, &placed.id).await;
    shop.settle().await;
    let mails = shop.mails().await;
    assert_eq!(
        mails.iter().filter(|mail| mail.to == "grace@example.com").count(),
        1,
        "{mails:?}"
    );
    assert_eq!(
        staff
            .refusals(CONTACT, contact(json!({ "email": "x@example.com" })))
            .await,
        ["ORDER_STATE"]
    );
    assert_eq!(staff.refusals(ADDRESS, to(json!({}))).await, ["ORDER_STATE"]);
    let kinds = shop.guest().history(&placed).await;
    assert!(kinds.contains(&"CONTACT_UPDATED".to_owned()) && kinds.contains(&"SHIPPING_ADDRESS_UPDATED".to_owned()));
    let actions = actions(&staff, &placed.id).await;
    assert_eq!(
        actions,
        [
            "order.dispatch",
            "order.shipping_address_update",
            "order.contact_update"
        ]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_goes_out_again_once_for_each_key() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let placed = shop.guest().buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let timeline = order(&staff, &placed.id).await["timeline"]["nodes"].take();
    let entry = |kind: &str| {
        let mut entries = timeline.as_array().unwrap().iter();
        let entry = entries.find(|entry| entry["kind"] == kind).unwrap();
        (entry["number"].clone(), entry["hasMail"].as_bool().unwrap())
    };
    let ((confirmed, true), (paid, false)) = (entry("CONFIRMED"), entry("PAYMENT_SUCCEEDED")) else {
        panic!("{timeline}")
    };
    let again = |event: &Value, key: &str| json!({ "input": { "orderId": placed.id, "eventNumber": event, "idempotencyKey": key } });
    let subject = format!("Your order {} is confirmed", placed.number);
    let sent = async || {
        shop.settle().await;
        let mails = shop.mails().await;
        mails.into_iter().filter(|mail| mail.subject == subject).count()
    };
    assert_eq!(sent().await, 1);
    for _ in 0..3 {
        staff.done(RESEND, again(&confirmed, "k1")).await;
    }
    assert_eq!(sent().await, 2);
    // The key is looked at before the mail.
    for event in [1, 999] {
        assert_eq!(
            staff.refusals(RESEND, again(&json!(event), "k1")).await,
            ["IDEMPOTENCY_KEY_REUSED"]
        );
    }
    for (event, key, code) in [
        (&paid, "k2", "NOT_FOUND"),
        (&json!(999), "k2", "NOT_FOUND"),
        (&confirmed, "", "INVALID"),
    ] {
        assert_eq!(staff.refusals(RESEND, again(event, key)).await, [code]);
    }
    for key in ["k2", "k3", "k4", "k5"] {
        staff.done(RESEND, again(&confirmed, key)).await;
    }
    assert_eq!(
        staff.refusals(RESEND, again(&confirmed, "k6")).await,
        ["TOO_MANY_ATTEMPTS"]
    );
    assert_eq!(sent().await, 6);
    assert_eq!(
        actions(&staff, &placed.id).await,
        vec!["order.mail_resend"; 5],
        "a repeated request is no deed"
    );
    shop.advance(TimeDelta::hours(2)).await;
    let staff = shop.sign_in(StaffRole::Administrator).await;
    staff.done(RESEND, again(&confirmed, "k6")).await;
    assert_eq!(sent().await, 7);
    assert_eq!(
        shop.guest().refusals(RESEND, again(&confirmed, "k7")).await,
        ["UNAUTHENTICATED"]
    );
    shop.close().await;
}
