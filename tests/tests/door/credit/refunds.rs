use serde_json::{Value, json};
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
    let (_, other) = issue(&staff, "4.00").await;
    let (placed, _) = bought(&shop, &guest, &mug, &other).await;
    let mut input = about(&placed, "g1", None);
    input["input"]["to"] = json!("STORE_CREDIT");
    assert_eq!(staff.refusals(REFUND, input).await, ["ORDER_STATE"]);
    shop.close().await;
}
