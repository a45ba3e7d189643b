//! Payment on account: who may owe what, by when, and what becomes of it.

mod changed;

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use vitrine_adapters::config::OnAccount;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::address};

use super::{BUYER_ADD, COMPANY_CREATE, customer};
use crate::purchase::dispatch;

const PLACE: &str = "mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) {
    order { id number status payment { status captureMode method { name } }
        company { onAccount { amount } dueOn termsDays state overdue closedAt }
        timeline(first: 9) { nodes { message } } } userErrors { code message field } } }";
const CAPTURE: &str = "mutation ($input: PaymentCaptureInput!) { paymentCapture(input: $input) { order { id } userErrors { code message } } }";
const CANCEL: &str = "mutation ($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code message } } }";
const COMPANY: &str = "query ($id: ID!) { company(id: $id) { openAmount { amount } overdueAmount { amount } onAccount { left { amount } } } }";

/// A shop in which a company may owe 100.00, with a buyer of it.
async fn open() -> (TestShop, Client, Client, Value) {
    let reminders = OnAccount {
        second_reminder_days: Some(10),
    };
    let shop = TestShop::open_with(|config| config.payment.on_account = Some(reminders)).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let input =
        json!({ "name": "Acme GmbH", "creditLimit": "100.00", "paymentTermsDays": 14, "email": "books@acme.example" });
    let made = staff.done(COMPANY_CREATE, json!({ "input": input })).await;
    let company = made["company"]["id"].clone();
    let buyer = json!({ "id": company, "customerId": ada_id });
    staff.done(BUYER_ADD, json!({ "input": buyer })).await;
    shop.settle().await;
    (shop, staff, ada, company)
}

async fn place(client: &Client, variant: &str, quantity: i64) -> Value {
    let cart = client.check_out(&client.cart_with(&[(variant, quantity)]).await).await;
    place_cart(client, &cart).await
}

async fn place_cart(client: &Client, cart: &Value) -> Value {
    let method = json!({ "method": "on_account" });
    let input =
        json!({ "cartId": cart["id"], "idempotencyKey": cart["id"], "paymentMethod": method, "waitSeconds": 20 });
    client.payload(PLACE, json!({ "input": input })).await
}

async fn owed(client: &Client, company: &Value) -> (String, String) {
    let told = client.data(COMPANY, json!({ "id": company })).await["company"].take();
    let text = |value: &Value| value["amount"].as_str().unwrap().to_owned();
    (text(&told["openAmount"]), text(&told["overdueAmount"]))
}

/// One unit of an order that was sent comes back, for store credit. Gives the return.
async fn send_back(client: &Client, staff: &Client, order: &Value) -> Value {
    let lines = "query ($id: ID!) { order(id: $id) { lines { id } } }";
    let line = client.data(lines, json!({ "id": order })).await["order"]["lines"][0]["id"].take();
    let request = "mutation ($input: ReturnRequestInput!) { returnRequest(input: $input) { return { id } userErrors { code message } } }";
    let input = json!({
        "orderId": order, "idempotencyKey": order, "resolution": "STORE_CREDIT",
        "lines": [{ "lineId": line, "quantity": 1, "reason": "CHANGED_MIND" }],
    });
    let id = client.done(request, json!({ "input": input })).await["return"]["id"].take();
    let approve =
        "mutation ($input: ReturnApproveInput!) { returnApprove(input: $input) { userErrors { code message } } }";
    let input = json!({ "id": id, "instructions": "To Dock 4, Hamburg." });
    staff.done(approve, json!({ "input": input })).await;
    let receive =
        "mutation ($input: ReturnReceiveInput!) { returnReceive(input: $input) { userErrors { code message } } }";
    staff.done(receive, json!({ "input": { "id": id } })).await;
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_bought_on_account_is_owed_until_it_is_paid() {
    let (shop, staff, ada, company) = open().await;
    let mug = staff.sell("MUG-1", "40.00", 50).await;
    let cart = ada.check_out(&ada.cart_with(&[(&mug, 1)]).await).await;
    let offered = "query ($id: ID!) { cart(id: $id) { onAccount { method limit { amount } left { amount } } cost { total { amount } } }
        shop { paymentMethods { name } } }";
    let offered = ada.data(offered, json!({ "id": cart["id"] })).await;
    let amounts = json!({ "method": "on_account", "limit": { "amount": "100.00" }, "left": { "amount": "100.00" } });
    assert_eq!(offered["cart"]["onAccount"], amounts);
    assert!(!offered["shop"]["paymentMethods"].to_string().contains("on_account"));
    let total = offered["cart"]["cost"]["total"]["amount"].as_str().unwrap().to_owned();

    let placed = place_cart(&ada, &cart).await;
    assert_eq!(placed["userErrors"], json!([]), "{placed}");
    let order = placed["order"].clone();
    assert_eq!(
        order["payment"],
        json!({ "status": "AUTHORIZED", "captureMode": "BY_STAFF", "method": { "name": "on_account" } })
    );
    let due = (shop.shop().now() + TimeDelta::days(14)).date_naive().to_string();
    assert_eq!(
        order["company"],
        json!({ "onAccount": { "amount": total }, "dueOn": due, "termsDays": 14, "state": "DUE", "overdue": false, "closedAt": null })
    );
    let told = order["timeline"].to_string();
    assert!(
        told.contains("You pay on account") && !told.contains("when the goods arrive"),
        "{told}"
    );
    shop.settle().await;
    let confirmed = shop
        .mails()
        .await
        .into_iter()
        .find(|mail| mail.subject.contains("is confirmed"))
        .unwrap();
    assert!(
        confirmed.text.contains("To be paid on account by"),
        "{}",
        confirmed.text
    );
    let status = "query ($id: ID!) { order(id: $id) { status company { state overdue closedAt } } }";
    let status = async |client: &Client| client.data(status, json!({ "id": order["id"] })).await["order"].take();
    assert_eq!(status(&ada).await["status"], "CONFIRMED");
    assert_eq!(owed(&ada, &company).await, (total.clone(), "0.00".to_owned()));

    // It is told once that it is late, to the company.
    let reminders = async || {
        let mails = shop.mails().await;
        mails.iter().filter(|mail| mail.subject.contains("overdue")).count()
    };
    shop.advance(TimeDelta::days(13)).await;
    assert_eq!(reminders().await, 0);
    for _ in 0..2 {
        shop.advance(TimeDelta::days(2)).await;
        vitrine_commerce::companies::account::remind(shop.shop()).await.unwrap();
        shop.settle().await;
        assert_eq!(reminders().await, 1);
    }
    let mail = shop
        .mails()
        .await
        .into_iter()
        .find(|mail| mail.subject.contains("overdue"))
        .unwrap();
    assert!(
        mail.text.contains("Acme GmbH") && mail.to.contains("books@acme.example"),
        "{}",
        mail.text
    );
    // And once more, ten days after the first time.
    for (days, expected) in [(7, 1), (2, 2), (30, 2)] {
        shop.advance(TimeDelta::days(days)).await;
        vitrine_commerce::companies::account::remind(shop.shop()).await.unwrap();
        shop.settle().await;
        assert_eq!(reminders().await, expected, "after {days} days more");
    }
    let mails = shop.mails().await;
    assert!(mails.iter().any(|mail| mail.subject.contains("Second reminder")));
    // By now a token of the first day has ended.
    let staff = shop.sign_in(StaffRole::Administrator).await;
    assert_eq!(status(&staff).await["company"]["state"], "OVERDUE");
    assert_eq!(owed(&staff, &company).await, (total.clone(), total.clone()));

    let input = json!({ "orderId": order["id"], "idempotencyKey": "the transfer has come" });
    for _ in 0..2 {
        staff.done(CAPTURE, json!({ "input": input })).await;
        shop.settle().await;
    }
    assert_eq!(owed(&staff, &company).await, ("0.00".to_owned(), "0.00".to_owned()));
    assert_eq!(status(&staff).await["company"]["state"], "PAID");
    assert_ne!(status(&staff).await["company"]["closedAt"], Value::Null);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_cancelled_or_sent_back_is_owed_no_more() {
    let (shop, staff, ada, company) = open().await;
    let mug = staff.sell("MUG-1", "30.00", 50).await;
    let placed = place(&ada, &mug, 1).await;
    shop.settle().await;
    assert_ne!(owed(&ada, &company).await.0, "0.00");
    let input = json!({ "orderId": placed["order"]["id"] });
    ada.done(CANCEL, json!({ "input": input })).await;
    shop.settle().await;
    assert_eq!(owed(&ada, &company).await.0, "0.00");
    changed::what_costs_nothing_for_a_while_is_owed_again(&shop, &staff, &ada, (&company, &mug)).await;

    // What is sent back unpaid is owed no more, either, whatever was wished for it: nothing has come of which credit could be made.
    let update =
        "mutation ($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code message field } } }";
    let address = json!({ "name": "Vitrine GmbH", "line1": "Torstraße 1", "city": "Berlin", "postalCode": "10119", "countryCode": "DE" });
    let input = json!({ "address": address, "vatNumber": "DE 136695976", "contactEmail": "shop@example.com" });
    staff.done(update, json!({ "input": input })).await;
    let settings = "mutation ($input: DocumentSettingsUpdateInput!) { documentSettingsUpdate(input: $input) { userErrors { code message field } } }";
    staff
        .done(settings, json!({ "input": { "invoiceAt": "PAYMENT" } }))
        .await;
    let placed = place(&ada, &mug, 2).await["order"].take();
    shop.settle().await;
    let cents = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    let before = cents(&owed(&ada, &company).await.0);
    dispatch(&staff, placed["id"].as_str().unwrap()).await;
    let returned = send_back(&ada, &staff, &placed["id"]).await;
    let refund = "mutation ($input: ReturnRefundInput!) { returnRefund(input: $input) { return { refunded { amount } } userErrors { code message } } }";
    let pay_back = json!({ "id": returned, "idempotencyKey": "back" });
    for _ in 0..2 {
        let paid = staff.done(refund, json!({ "input": pay_back })).await;
        assert_eq!(paid["return"]["refunded"]["amount"], "30.00");
    }
    shop.settle().await;
    assert_eq!(cents(&owed(&ada, &company).await.0), before - 3_000);
    let told = "query ($id: ID!) { order(id: $id) { company { onAccount { amount } state } payment { capturedAmount { amount } }
        documents { kind total { amount } } timeline(last: 9) { nodes { message } } } viewer { storeCredit { balance { amount } } notifications(first: 1) { nodes { kind title } } } }";
    let seen = ada.data(told, json!({ "id": placed["id"] })).await;
    let left = seen["order"]["company"]["onAccount"]["amount"].as_str().unwrap();
    assert_eq!(
        (cents(left), &seen["order"]["company"]["state"]),
        (before - 3_000, &json!("DUE"))
    );
    assert!(!seen["viewer"]["storeCredit"].to_string().contains("amount"), "{seen}");
    assert!(seen.to_string().contains("Less is to be paid for your order"), "{seen}");
    let notice = &seen["viewer"]["notifications"]["nodes"][0];
    let title = notice["title"].as_str().unwrap();
    assert!(title.starts_with("Less is to be paid for your order"), "{notice}");
    assert_eq!(notice["kind"], "REFUNDED");
    let note = json!({ "kind": "CREDIT_NOTE", "total": { "amount": "30.00" } });
    assert_eq!(seen["order"]["documents"][1], note, "{seen}");
    let mails = shop.mails().await;
    assert!(
        mails
            .iter()
            .any(|mail| mail.text.contains("off what is still to be paid for your order"))
    );
    // The rest is paid, and nothing is owed.
    let input = json!({ "orderId": placed["id"], "idempotencyKey": "the rest" });
    staff.done(CAPTURE, json!({ "input": input })).await;
    shop.settle().await;
    assert_eq!(owed(&ada, &company).await.0, "0.00");
    let seen = ada.data(told, json!({ "id": placed["id"] })).await["order"].take();
    let captured = seen["payment"]["capturedAmount"]["amount"].as_str().unwrap();
    assert_eq!(
        (cents(captured), &seen["company"]["state"]),
        (before - 3_000, &json!("PAID"))
    );

    // What comes back as a whole was never paid, and is not said to be.
    let placed = place(&ada, &mug, 1).await["order"].take();
    shop.settle().await;
    dispatch(&staff, placed["id"].as_str().unwrap()).await;
    let returned = send_back(&ada, &staff, &placed["id"]).await;
    let all = json!({ "id": returned, "idempotencyKey": "all", "shipping": true, "fee": "0.00" });
    staff.done(refund, json!({ "input": all })).await;
    shop.settle().await;
    let told = "query ($id: ID!) { order(id: $id) { company { onAccount { amount } state closedAt overdue } payment { status amount { amount } } } }";
    let seen = ada.data(told, json!({ "id": placed["id"] })).await["order"].take();
    assert!(seen["company"]["closedAt"].is_string(), "{seen}");
    assert_eq!(
        (
            &seen["company"]["state"],
            &seen["company"]["onAccount"]["amount"],
            &seen["payment"]
        ),
        (
            &json!("CREDITED"),
            &json!("0.00"),
            &json!({ "status": "AUTHORIZED", "amount": { "amount": "0.00" } })
        )
    );
    assert_eq!(owed(&ada, &company).await, ("0.00".to_owned(), "0.00".to_owned()));
    let nothing = json!({ "orderId": placed["id"], "idempotencyKey": "nothing to take" });
    assert_eq!(
        staff.refusals(CAPTURE, json!({ "input": nothing })).await,
        ["PAYMENT_STATE"]
    );
    changed::is_exchanged_unpaid(&shop, (&staff, &ada), (&company, &mug)).await;
    shop.close().await;
}

/// However many are placed at once, no more is owed than may be.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_limit_holds_under_concurrency() {
    let (shop, staff, ada, company) = open().await;
    let mug = staff.sell("MUG-1", "20.00", 50).await;
    let mut carts = Vec::new();
    for _ in 0..8 {
        carts.push(ada.check_out(&ada.cart_with(&[(&mug, 1)]).await).await);
    }
    let total: f64 = carts[0]["cost"]["total"]["amount"].as_str().unwrap().parse().unwrap();
    let placed = join_all(carts.iter().map(|cart| place_cart(&ada, cart))).await;
    let accepted = placed.iter().filter(|placed| placed["userErrors"] == json!([])).count();
    assert_eq!(accepted, (100.0 / total).floor() as usize, "{placed:#?}");
    let refused = placed.iter().find(|placed| placed["userErrors"] != json!([])).unwrap();
    assert_eq!(refused["userErrors"][0]["code"], "PAYMENT_METHOD_UNKNOWN");
    assert_eq!(
        refused["userErrors"][0]["field"],
        json!(["input", "paymentMethod", "method"])
    );
    shop.settle().await;
    let open: f64 = owed(&ada, &company).await.0.parse().unwrap();
    assert!((open - total * accepted as f64).abs() < 0.001, "{open}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_buys_on_account() {
    let (shop, staff, ada, _) = open().await;
    let mug = staff.sell("MUG-1", "20.00", 50).await;
    let guest = shop.guest();
    let refused = place(&guest, &mug, 1).await;
    assert_eq!(refused["userErrors"][0]["code"], "PAYMENT_METHOD_UNKNOWN", "{refused}");
    // Nor does whoever has the link of a draft order for a buyer; the buyer does.
    let create = "mutation ($input: DraftOrderCreateInput!) { draftOrderCreate(input: $input) {
        draftOrder { id cart { id } } userErrors { code message field } } }";
    let buyer = ada.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    let fields = json!({ "customerId": buyer, "shippingAddress": address(), "ownShipping": { "title": "Van", "price": "1.00" } });
    let input = json!({ "draftOrder": fields, "lines": [{ "variantId": mug, "quantity": 1 }] });
    let draft = staff.done(create, json!({ "input": input })).await["draftOrder"].take();
    let send = "mutation ($input: DraftOrderSendInput!) { draftOrderSend(input: $input) { userErrors { code message field } } }";
    staff
        .done(send, json!({ "input": { "id": draft["id"], "mail": false } }))
        .await;
    let offered = "query ($id: ID!) { cart(id: $id) { onAccount { method } } }";
    for (client, is_offered) in [(&guest, false), (&ada, true)] {
        let cart = client.data(offered, json!({ "id": draft["cart"]["id"] })).await["cart"].take();
        assert_eq!(!cart["onAccount"].is_null(), is_offered, "{cart}");
    }
    let refused = place_cart(&guest, &draft["cart"]).await;
    assert_eq!(refused["userErrors"][0]["code"], "PAYMENT_METHOD_UNKNOWN", "{refused}");
    let placed = place_cart(&ada, &draft["cart"]).await;
    assert_eq!(placed["userErrors"], json!([]), "{placed}");
    // Nor does a buyer for themselves.
    let select = "mutation { customerCompanySelect(input: {}) { customer { id } userErrors { code } } }";
    ada.done(select, json!({})).await;
    let refused = place(&ada, &mug, 1).await;
    assert_eq!(refused["userErrors"][0]["code"], "PAYMENT_METHOD_UNKNOWN", "{refused}");
    // Nor is a payment that failed tried again so.
    let declined = guest.buy(&[(&mug, 1)], "tok_decline").await;
    shop.settle().await;
    let retry = "mutation ($input: OrderPaymentRetryInput!) { orderPaymentRetry(input: $input) { order { status } userErrors { code } } }";
    let input = json!({ "orderId": declined.id, "accessToken": declined.access_token, "idempotencyKey": "again",
        "paymentMethod": { "method": "on_account" } });
    assert_eq!(
        guest.refusals(retry, json!({ "input": input })).await,
        ["PAYMENT_METHOD_UNKNOWN"]
    );
    shop.close().await;
}
