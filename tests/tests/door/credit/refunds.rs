use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_commerce::{Context, credit};
use vitrine_tests::{Client, TestShop};

use super::{REFUND, add_card, card, cents, history, issue, open, order};

/// An order of which a card pays 4.00 and the provider the rest; its total.
async fn bought(shop: &TestShop, client: &Client, mug: &str, code: &str) -> (Value, i64) {
    let cart = client.check_out(&client.cart_with(&[(mug, 1)]).await).await;
    let paid = add_card(client, &cart, code).await;
    let placed = client.place(&cart, cart["id"].as_str().unwrap(), "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]));
    shop.settle().await;
    (placed, cents(&paid["cost"]["total"]))
}

fn decimal(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

fn about(placed: &Value, key: &str, amount: Option<i64>) -> Value {
    let amount = amount.map(decimal);
    json!({ "input": { "orderId": placed["order"]["id"], "idempotencyKey": key, "amount": amount } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_goes_back_to_the_card_of_the_bank_first_and_then_to_the_gift_card() {
    let (shop, staff, mug) = open().await;
    let (id, code) = issue(&staff, "4.00").await;
    let guest = shop.guest();
    let (placed, total) = bought(&shop, &guest, &mug, &code).await;
    let charged = total - 400;

    // A part that reaches into both.
    let asked = about(&placed, "r1", Some(charged + 100));
    for _ in 0..2 {
        let paid = staff.done(REFUND, asked.clone()).await;
        assert_eq!(cents(&paid["refund"]["amount"]), charged);
        assert_eq!(
            paid["credits"],
            json!([{ "kind": "GIFT_CARD", "lastFour": code[20..], "amount": { "amount": "1.00" } }])
        );
    }
    assert_eq!(
        staff.refusals(REFUND, about(&placed, "r1", Some(1))).await,
        ["IDEMPOTENCY_KEY_REUSED"]
    );
    shop.settle().await;
    let told = order(&guest, &placed).await;
    assert_eq!(
        (
            cents(&told["payment"]["refundedAmount"]),
            cents(&told["credits"][0]["returned"])
        ),
        (charged, 100)
    );
    assert_eq!(
        staff.refusals(REFUND, about(&placed, "r2", Some(301))).await,
        ["REFUND_EXCEEDS_CAPTURED"]
    );
    // All that is left, and nothing after it.
    let rest = staff.done(REFUND, about(&placed, "r3", None)).await;
    assert_eq!(
        (&rest["refund"], cents(&rest["credits"][0]["amount"])),
        (&Value::Null, 300)
    );
    assert_eq!(
        staff.refusals(REFUND, about(&placed, "r4", None)).await,
        ["PAYMENT_STATE"]
    );
    assert_eq!(
        history(&card(&staff, &id).await),
        ["ISSUED 4.00", "REDEEMED -4.00", "REFUNDED 1.00", "REFUNDED 3.00"]
    );
    shop.settle().await;
    let mails = shop.mails().await;
    let last = &mails.last().unwrap().text;
    assert!(
        last.contains(&format!("back on the gift card that ends in {}", &code[20..])),
        "{last}"
    );

    // Cancelling what is all paid back gives nothing twice.
    super::cancel(&guest, &placed).await;
    shop.settle().await;
    assert_eq!(cents(&card(&staff, &id).await["balance"]), 400);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_and_shipping_go_back_once_over_all_that_paid_for_them() {
    let (shop, staff, mug) = open().await;
    let (id, code) = issue(&staff, "15.00").await;
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 3)]).await).await;
    add_card(&guest, &cart, &code).await;
    let placed = guest.place(&cart, "k1", "tok_approve").await;
    shop.settle().await;
    let lines = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { cost { total { amount } }
        lines { id refundedQuantity total { amount } } refunds { amount { amount } } } }";
    let told = async || {
        let variables = json!({ "id": placed["order"]["id"], "token": placed["orderAccessToken"] });
        guest.data(lines, variables).await["order"].take()
    };
    let order = told().await;
    let (line, of_line) = (order["lines"][0]["id"].clone(), cents(&order["lines"][0]["total"]));
    let total = cents(&order["cost"]["total"]);
    let units = |key: &str, quantity: i64, amount: Option<&str>, shipping: Option<Value>| {
        json!({ "input": { "orderId": placed["order"]["id"], "idempotencyKey": key, "shipping": shipping,
            "lines": [{ "lineId": line, "quantity": quantity, "amount": amount }] } })
    };
    let unit = of_line / 3;
    // The bank's card pays as long as something of it is left, the gift card the rest; twice asked is once paid.
    let both = units("u1", 2, None, Some(json!({ "amount": "1.00" })));
    let (first, again) = tokio::join!(staff.payload(REFUND, both.clone()), staff.payload(REFUND, both.clone()));
    let amounts = |paid: &Value| (cents(&paid["refund"]["amount"]), paid["credits"].clone());
    assert_eq!(amounts(&first), amounts(&again));
    let (by_bank, charged) = (cents(&first["refund"]["amount"]), total - 1_500);
    assert_eq!(by_bank, charged.min(2 * unit + 100));
    assert_eq!(
        (
            &first["lines"][0]["quantity"],
            cents(&first["lines"][0]["amount"]),
            cents(&first["shipping"])
        ),
        (&json!(2), 2 * unit, 100)
    );
    shop.settle().await;
    assert_eq!(told().await["lines"][0]["refundedQuantity"], 2);

    // What is asked for and is not there is told at its place, and by whichever way the units went.
    for (input, code, field) in [
        (
            units("n1", 2, None, None),
            "INVALID",
            json!(["input", "lines", "0", "quantity"]),
        ),
        (
            units("n2", 1, Some("10.01"), None),
            "INVALID_AMOUNT",
            json!(["input", "lines", "0", "amount"]),
        ),
        (
            units("n3", 1, None, Some(json!({ "amount": "99.00" }))),
            "INVALID_AMOUNT",
            json!(["input", "shipping", "amount"]),
        ),
    ] {
        let refused = staff.payload(REFUND, input.clone()).await;
        let error = &refused["userErrors"][0];
        assert_eq!((&error["code"], &error["field"]), (&json!(code), &field), "{input}");
    }
    let money =
        "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { userErrors { code message field } } }";
    let mut too_many = units("n4", 2, None, None);
    too_many["input"].as_object_mut().unwrap().remove("shipping");
    assert_eq!(staff.refusals(money, too_many).await, ["INVALID"]);

    // The shop keeps 0.50 of the last unit: nobody can have it afterwards but by an amount.
    let last = staff
        .done(
            REFUND,
            units("u2", 1, Some(&decimal(of_line - 2 * unit - 50)), Some(json!({}))),
        )
        .await;
    assert_eq!(cents(&last["amount"]), total - 2 * unit - 100 - 50);
    shop.settle().await;
    assert_eq!(
        staff.refusals(REFUND, units("n5", 1, None, None)).await,
        ["INVALID"],
        "all units are back"
    );
    let path = format!(
        "{}/api/orders/{}/refund",
        staff.base(),
        placed["order"]["id"].as_str().unwrap()
    );
    let rest = reqwest::Client::new()
        .post(path)
        .bearer_auth(staff.access_token().unwrap());
    let rest = rest.header("Idempotency-Key", "u3").json(&json!({ "waitSeconds": 0 }));
    let rest = rest.send().await.unwrap();
    assert_eq!(rest.status(), 200);
    let rest: Value = rest.json().await.unwrap();
    assert_eq!(rest["amount"]["amount"], "0.50");
    assert_eq!(rest["credits"][0]["lastFour"], code[20..]);
    assert_eq!(cents(&card(&staff, &id).await["balance"]), 1_500);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_may_pay_back_to_gift_cards_first() {
    let (shop, staff, mug) = open().await;
    let settings = "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { shop { creditRefundedFirst } userErrors { code message field } } }";
    staff
        .done(settings, json!({ "input": { "creditRefundedFirst": true } }))
        .await;
    let (_, code) = issue(&staff, "4.00").await;
    let guest = shop.guest();
    let (placed, _) = bought(&shop, &guest, &mug, &code).await;
    let paid = staff.done(REFUND, about(&placed, "r1", Some(450))).await;
    assert_eq!(
        (cents(&paid["credits"][0]["amount"]), cents(&paid["refund"]["amount"])),
        (400, 50)
    );
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_may_pay_back_as_store_credit_and_never_more_than_was_paid() {
    let (shop, staff, mug) = open().await;
    let (id, code) = issue(&staff, "4.00").await;
    let ada = shop.customer("ada@example.com").await;
    let (placed, total) = bought(&shop, &ada, &mug, &code).await;
    let as_credit = |key: &str, amount: Option<i64>| {
        let mut input = about(&placed, key, amount);
        input["input"]["to"] = json!("STORE_CREDIT");
        input
    };
    let paid = staff.done(REFUND, as_credit("r1", Some(total - 100))).await;
    assert_eq!(paid["refund"], Value::Null);
    let given: i64 = paid["credits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| cents(&part["amount"]))
        .sum();
    assert_eq!(given, total - 100);
    shop.settle().await;
    let mine = "{ viewer { storeCredit { balance { amount } } } }";
    let balance = ada.data(mine, json!({})).await["viewer"]["storeCredit"][0]["balance"].take();
    assert_eq!(cents(&balance), total - 100);
    // What became credit is not paid back once more: neither by the provider, nor to the gift card.
    let money =
        "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { userErrors { code message field } } }";
    assert_eq!(
        staff.refusals(money, about(&placed, "m1", None)).await,
        ["PAYMENT_STATE"]
    );
    super::cancel(&ada, &placed).await;
    shop.settle().await;
    assert_eq!(
        history(&card(&staff, &id).await),
        ["ISSUED 4.00", "REDEEMED -4.00", "GIVEN_BACK 1.00"]
    );
    assert_eq!(cents(&order(&ada, &placed).await["payment"]["refundedAmount"]), 0);

    // A guest has no account to put it on.
    let guest = shop.guest();
    let (theirs, other) = issue(&staff, "4.00").await;
    let (placed, _) = bought(&shop, &guest, &mug, &other).await;
    let mut input = about(&placed, "g1", None);
    input["input"]["to"] = json!("STORE_CREDIT");
    assert_eq!(staff.refusals(REFUND, input).await, ["ORDER_STATE"]);

    // Nobody can spend what is on a card that staff have shut: a customer has it as credit, and of a guest's staff are told.
    let shut = "mutation($input: GiftCardDeactivateInput!) { giftCardDeactivate(input: $input) { userErrors { code message field } } }";
    let (hers, third) = issue(&staff, "4.00").await;
    let (refunded, _) = bought(&shop, &ada, &mug, &third).await;
    let (his, fourth) = issue(&staff, "4.00").await;
    let (cancelled, _) = bought(&shop, &ada, &mug, &fourth).await;
    for id in [&hers, &his, &theirs] {
        staff.done(shut, json!({ "input": { "id": id } })).await;
    }
    // They see it before they pay back, and nobody else does.
    let preview = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { credits { refundsTo giftCard { id } } } }";
    for (placed, to, card) in [(&refunded, "STORE_CREDIT", &hers), (&placed, "SHUT_CARD", &theirs)] {
        let asked = json!({ "id": placed["order"]["id"] });
        let told = staff.data(preview, asked).await["order"]["credits"][0].take();
        assert_eq!(told, json!({ "refundsTo": to, "giftCard": { "id": card } }));
    }
    let asked = json!({ "id": refunded["order"]["id"] });
    let told = ada.data(preview, asked).await["order"]["credits"][0].take();
    assert_eq!(told, json!({ "refundsTo": null, "giftCard": null }));
    let before = ada.data(mine, json!({})).await["viewer"]["storeCredit"][0]["balance"].take();
    let paid = staff.done(REFUND, about(&refunded, "s1", None)).await;
    let credits = paid["credits"].as_array().unwrap();
    assert_eq!(
        (credits.len(), &credits[0]["kind"], cents(&credits[0]["amount"])),
        (1, &json!("STORE_CREDIT"), 400)
    );
    super::cancel(&ada, &cancelled).await;
    shop.settle().await;
    let after = ada.data(mine, json!({})).await["viewer"]["storeCredit"][0]["balance"].take();
    assert_eq!(cents(&after) - cents(&before), 800);
    for id in [&hers, &his] {
        assert_eq!(history(&card(&staff, id).await), ["ISSUED 4.00", "REDEEMED -4.00"]);
    }
    let paid = staff.done(REFUND, about(&placed, "s2", None)).await;
    assert_eq!(paid["credits"][0]["kind"], "GIFT_CARD");
    let told = order(&staff, &placed).await["timeline"]["nodes"].take();
    let alerts = told.as_array().unwrap().iter().filter(|entry| entry["kind"] == "ALERT");
    assert_eq!(alerts.count(), 1, "{told}");
    shop.settle().await;
    let system = Context::system(shop.shop(), "test");
    assert!(credit::differences(shop.shop(), &system).await.unwrap().is_empty());
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_credit_note_does_not_wait_for_the_slowest_part_of_a_refund() {
    let (shop, staff, mug) = open().await;
    let named =
        "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code message field } } }";
    let address = json!({ "name": "Vitrine", "line1": "Torstraße 1", "city": "Berlin", "postalCode": "10119", "countryCode": "DE" });
    let input = json!({ "address": address, "vatNumber": "DE 136695976" });
    staff.done(named, json!({ "input": input })).await;
    let (_, code) = issue(&staff, "4.00").await;
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let paid = add_card(&guest, &cart, &code).await;
    let total = cents(&paid["cost"]["total"]);
    let placed = guest
        .place(&cart, cart["id"].as_str().unwrap(), "tok_refund_pending")
        .await;
    shop.settle().await;
    let make = "mutation($input: OrderDocumentsMakeInput!) { orderDocumentsMake(input: $input) {
        documents { kind total { amount } tax { amount } } userErrors { code message field } } }";
    let make = async || {
        let made = staff
            .done(make, json!({ "input": { "orderId": placed["order"]["id"] } }))
            .await;
        let documents = made["documents"].as_array().unwrap().iter();
        let told = documents.map(|document| (cents(&document["total"]), cents(&document["tax"])));
        told.collect::<Vec<_>>()
    };
    let invoice = make().await;
    assert!(invoice.len() == 1 && invoice[0].0 == total, "{invoice:?}");

    // All of it: the gift card has its part at once, the bank takes its time.
    staff.done(REFUND, about(&placed, "all", None)).await;
    shop.settle().await;
    let totals = |documents: &[(i64, i64)]| documents.iter().map(|(total, _)| *total).collect::<Vec<_>>();
    assert_eq!(totals(&make().await), [total, 400]);
    shop.advance(TimeDelta::minutes(2)).await;
    let all = make().await;
    assert_eq!(totals(&all), [total, 400, total - 400]);
    let tax: i64 = all[1..].iter().map(|(_, tax)| tax).sum();
    assert!((tax - all[0].1).abs() <= 1, "the tax of both is the invoice's: {all:?}");
    assert_eq!(make().await, all, "and no more");
    shop.close().await;
}
