//! What was paid for discounted units goes back to the unit, in whatever order it is asked for.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{discount, typed};

const REFUND: &str = "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) {
    refund { id status amount { amount } lines { lineId quantity amount { amount } } } userErrors { code message field } } }";
const ORDER: &str = "query($id: ID!) { order(id: $id) { cost { total { amount } discount { amount } }
    payment { status refundedAmount { amount } }
    lines { id sku quantity refundedQuantity discount { amount } total { amount } } } }";

fn cents(amount: &Value) -> i64 {
    amount
        .as_str()
        .expect("an amount")
        .replace('.', "")
        .parse()
        .expect("cents")
}

/// An order of three mugs and two lamps, less 10.00, and its lines.
async fn sold(shop: &TestShop, staff: &Client, goods: &[(&str, i64)], code: &str) -> (String, Vec<Value>) {
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(goods).await).await;
    let cart = typed(&guest, &cart, code).await;
    let placed = guest.place(&cart, cart["id"].as_str().unwrap(), "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]));
    shop.settle().await;
    let id = placed["order"]["id"].as_str().unwrap().to_owned();
    let order = staff.data(ORDER, json!({ "id": id })).await["order"].take();
    assert_eq!(order["cost"]["discount"]["amount"], "10.00");
    (id, order["lines"].as_array().unwrap().clone())
}

fn units(order: &str, key: &str, lines: &[(&Value, i64)]) -> Value {
    let lines: Vec<_> = lines
        .iter()
        .map(|(line, quantity)| json!({ "lineId": line["id"], "quantity": quantity }))
        .collect();
    json!({ "input": { "orderId": order, "idempotencyKey": key, "lines": lines } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_go_back_for_what_was_paid_for_them() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "3.33", 50).await;
    let lamp = staff.sell("LAMP-1", "7.77", 50).await;
    let amounts = json!([{ "amount": "10.00", "currencyCode": "EUR" }]);
    discount(&staff, Some("TENOFF"), json!({ "value": { "amounts": amounts } })).await;
    // Which line, and how many units of it, one refund after the other.
    let orders: [&[(usize, i64)]; 3] = [
        &[(0, 1), (1, 1), (0, 1), (0, 1), (1, 1)],
        &[(1, 2), (0, 2), (0, 1)],
        &[(0, 1), (0, 2), (1, 1), (1, 1)],
    ];
    for (number, steps) in orders.into_iter().enumerate() {
        let (order, lines) = sold(&shop, &staff, &[(&mug, 3), (&lamp, 2)], "tenoff").await;
        let mut back = vec![0; lines.len()];
        for (step, (line, quantity)) in steps.iter().enumerate() {
            let key = format!("{number} {step}");
            let input = units(&order, &key, &[(&lines[*line], *quantity)]);
            let refund = staff.done(REFUND, input.clone()).await["refund"].take();
            let amount = cents(&refund["amount"]["amount"]);
            let each = cents(&lines[*line]["total"]["amount"]) / lines[*line]["quantity"].as_i64().unwrap();
            assert!((each * quantity..=(each + 1) * quantity).contains(&amount), "{refund}");
            assert_eq!(refund["lines"][0]["lineId"], lines[*line]["id"]);
            back[*line] += amount;
            let again = staff.done(REFUND, input).await["refund"].take();
            assert_eq!(again["id"], refund["id"], "the same key, the same refund");
            shop.settle().await;
        }
        let paid: Vec<_> = lines.iter().map(|line| cents(&line["total"]["amount"])).collect();
        assert_eq!(back, paid, "what was paid for each line, to the cent");
        // What is left is the shipping, and goes back with the last.
        let rest = json!({ "input": { "orderId": order, "idempotencyKey": format!("{number} rest") } });
        staff.done(REFUND, rest).await;
        shop.settle().await;
        let order = staff.data(ORDER, json!({ "id": order })).await["order"].take();
        assert_eq!(
            order["payment"]["refundedAmount"]["amount"],
            order["cost"]["total"]["amount"]
        );
        assert_eq!(order["lines"][0]["refundedQuantity"], 3);
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_there_to_go_back_is_refused_by_its_place() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "12.00", 50).await;
    let amounts = json!([{ "amount": "10.00", "currencyCode": "EUR" }]);
    discount(&staff, Some("TENOFF"), json!({ "value": { "amounts": amounts } })).await;
    let (order, lines) = sold(&shop, &staff, &[(&mug, 2)], "TENOFF").await;
    let (other, others) = sold(&shop, &staff, &[(&mug, 1)], "TENOFF").await;
    let line = &lines[0];
    let refused = async |input: Value| {
        let payload = staff.payload(REFUND, input).await;
        let error = &payload["userErrors"][0];
        (error["code"].clone(), error["field"].clone())
    };
    let at = |name: &str| json!(["input", "lines", "0", name]);
    assert_eq!(
        refused(units(&order, "1", &[(line, 3)])).await,
        (json!("INVALID"), at("quantity"))
    );
    assert_eq!(
        refused(units(&order, "2", &[(line, 0)])).await,
        (json!("INVALID"), at("quantity"))
    );
    assert_eq!(
        refused(units(&order, "3", &[(&others[0], 1)])).await,
        (json!("NOT_FOUND"), at("lineId"))
    );
    let twice = units(&order, "4", &[(line, 1), (line, 1)]);
    assert_eq!(
        refused(twice).await,
        (json!("INVALID"), json!(["input", "lines", "1", "lineId"]))
    );
    let mut both = units(&order, "5", &[(line, 1)]);
    both["input"]["amount"] = json!("1.00");
    assert_eq!(refused(both).await, (json!("INVALID"), json!(["input", "amount"])));
    // An amount that went back before is not there for the units.
    let all = json!({ "input": { "orderId": other, "idempotencyKey": "6" } });
    staff.done(REFUND, all).await;
    shop.settle().await;
    assert_eq!(refused(units(&other, "7", &[(&others[0], 1)])).await.0, "PAYMENT_STATE");
    // Everything goes back, and then nothing more.
    staff.done(REFUND, units(&order, "8", &[(line, 2)])).await;
    shop.settle().await;
    assert_eq!(
        refused(units(&order, "9", &[(line, 1)])).await,
        (json!("INVALID"), at("quantity"))
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_of_units_goes_through_rest_as_well() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "3.35", 50).await;
    let amounts = json!([{ "amount": "10.00", "currencyCode": "EUR" }]);
    discount(&staff, Some("TENOFF"), json!({ "value": { "amounts": amounts } })).await;
    let (order, _) = sold(&shop, &staff, &[(&mug, 4)], "TENOFF").await;
    let request = |method: reqwest::Method, path: String| {
        let request = reqwest::Client::new().request(method, format!("{}{path}", staff.base()));
        request.bearer_auth(staff.access_token().expect("staff have a token"))
    };
    let read = request(reqwest::Method::GET, format!("/api/orders/{order}"))
        .send()
        .await
        .unwrap();
    let read: Value = read.json().await.unwrap();
    assert_eq!(read["lines"][0]["discount"]["amount"], "10.00");
    let adjustment = &read["adjustments"][0];
    assert_eq!(
        (
            &adjustment["kind"],
            &adjustment["code"],
            &adjustment["label"],
            &adjustment["lineId"]
        ),
        (
            &json!("DISCOUNT"),
            &json!("TENOFF"),
            &json!("Spring sale"),
            &read["lines"][0]["id"]
        )
    );
    let body = json!({ "lines": [{ "lineId": read["lines"][0]["id"], "quantity": 3 }], "waitSeconds": 0 });
    let refund = request(reqwest::Method::POST, format!("/api/payments/{order}/refund"));
    let refund = refund.header("Idempotency-Key", "1").json(&body).send().await.unwrap();
    let refund: Value = refund.json().await.unwrap();
    assert_eq!(
        refund["refund"]["amount"]["amount"], "2.55",
        "3.40 for four: 0.85 each: {refund}"
    );
    shop.settle().await;
    shop.close().await;
}
