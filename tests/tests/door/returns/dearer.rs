//! A guest's goods are exchanged for others that cost more, or less.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_adapters::mailer::file::DevMail;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder, shopper::Shopper};

use super::{complete, done, line_of, on_hand, refusal};
use crate::purchase::dispatch;

const OTHER: &str =
    "query($id: ID!) { return(id: $id) { refunded { amount } paidBack { amount } exchangeOrder { id number status
    cost { total { amount } unpaid { amount } } } } }";
const SEEN: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { status paymentRetryable
    cost { total { amount } unpaid { amount } } payments { amount { amount } capturedAmount { amount } }
    payment { refundedAmount { amount } } timeline(first: 50) { nodes { message } } } }";
const PAY: &str = "mutation($input: OrderPaymentRetryInput!) { orderPaymentRetry(input: $input) { order { id } userErrors { code message } } }";
const DISPATCH: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) { order { status } userErrors { code message } } }";
const CANCEL: &str =
    "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code } } }";

/// A product in three sizes, each at its own price; the variants' ids.
async fn sizes(staff: &Client) -> [String; 3] {
    let mutation = "mutation($input: ProductSetInput!) { productSet(input: $input) {
        product { variants { id sku } } userErrors { code message field } } }";
    let sizes = [("S", "10.00"), ("L", "13.00"), ("XS", "7.00")];
    let of = |(size, price): (&str, &str)| json!({ "sku": format!("CAP-{size}"), "price": price, "onHand": 5, "optionValues": [size] });
    let variants: Vec<_> = sizes.into_iter().map(of).collect();
    let input = json!({ "slug": "cap", "title": "Cap", "active": true, "options": ["Size"], "variants": variants });
    let rows = staff.done(mutation, json!({ "input": input })).await["product"]["variants"].take();
    sizes.map(|(size, _)| {
        let mut rows = rows.as_array().unwrap().iter();
        let row = rows.find(|row| row["sku"] == format!("CAP-{size}")).unwrap();
        row["id"].as_str().unwrap().to_owned()
    })
}

/// One cap comes back to be exchanged. Gives the return's id, and that of its line.
async fn comes_back(guest: &Client, staff: &Client, placed: &PlacedOrder, key: &str) -> (Value, Value) {
    let line = line_of(guest, placed, "CAP-S").await;
    let asked = |wish: &str| {
        json!({ "orderId": placed.id, "accessToken": placed.access_token, "idempotencyKey": key, "resolution": wish,
            "lines": [{ "lineId": line, "quantity": 1, "reason": "WRONG_SIZE" }] })
    };
    assert_eq!(
        refusal(guest, "returnRequest", asked("STORE_CREDIT")).await.0,
        "INVALID"
    );
    let back = done(guest, "returnRequest", asked("EXCHANGE")).await;
    let id = &back["id"];
    let approve = json!({ "id": id, "instructions": "To Dock 4, Hamburg." });
    done(staff, "returnApprove", approve).await;
    done(staff, "returnReceive", json!({ "id": id })).await;
    (id.clone(), back["lines"][0]["id"].clone())
}

/// What stands behind `before` in the latest mail that has it.
async fn told(shop: &TestShop, before: &str) -> String {
    let mails = shop.mails().await;
    let text = mails.iter().rev().find_map(|mail| mail.text.split_once(before));
    let (_, after) = text.unwrap_or_else(|| panic!("no mail has {before}"));
    after.split_whitespace().next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_pays_what_the_other_goods_cost_more_and_gets_back_what_they_cost_less() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let [small, large, tiny] = sizes(&staff).await;
    let placed = guest.buy(&[(&small, 2)], "tok_approve").await;
    shop.settle().await;
    dispatch(&staff, &placed.id).await;
    complete(&staff, &placed.id).await;
    shop.settle().await;

    // Dearer: the rest is asked for by mail, is paid by the guest, and nothing leaves before.
    let (id, line) = comes_back(&guest, &staff, &placed, "dearer").await;
    let swap = |variant: &str, more: Value| {
        let mut input = json!({ "id": id, "idempotencyKey": "dearer",
            "lines": [{ "lineId": line, "quantity": 1, "variantId": variant }] });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    for _ in 0..2 {
        done(&staff, "returnExchange", swap(&large, json!({}))).await;
    }
    shop.settle().await;
    let told_of = staff.data(OTHER, json!({ "id": id })).await["return"].take();
    let other = &told_of["exchangeOrder"];
    assert_eq!(other["status"], "CONFIRMED");
    assert_eq!(
        other["cost"],
        json!({ "total": { "amount": "13.00" }, "unpaid": { "amount": "3.00" } })
    );
    let to_send = json!({ "input": { "orderId": other["id"] } });
    assert_eq!(staff.refusals(DISPATCH, to_send.clone()).await, ["PAYMENT_STATE"]);
    let mails = shop.mails().await;
    let number = other["number"].as_str().unwrap();
    let asked = mails
        .iter()
        .find(|mail| mail.text.contains("€3.00 is still to be paid") && mail.text.contains(number));
    assert!(asked.is_some(), "the guest is asked for the rest");
    assert!(mails.iter().any(|mail| mail.subject.starts_with("We exchange goods")));
    let its_own = format!("Your exchange for order {}: {number}", placed.number);
    assert!(mails.iter().any(|mail| mail.subject == its_own), "{mails:?}");
    let token = told(&shop, &format!("/orders/{}?token=", other["id"].as_str().unwrap())).await;
    let as_guest = json!({ "id": other["id"], "token": token });
    assert_eq!(
        guest.data(SEEN, as_guest.clone()).await["order"]["paymentRetryable"],
        true
    );
    let pay = |token_of: &str, key: &str| {
        json!({ "input": { "orderId": other["id"], "accessToken": token, "idempotencyKey": key,
            "paymentMethod": { "token": token_of } } })
    };
    guest.done(PAY, pay("tok_decline", "no")).await;
    shop.settle().await;
    for _ in 0..2 {
        guest.done(PAY, pay("tok_approve", "yes")).await;
        shop.settle().await;
    }
    let paid = guest.data(SEEN, as_guest).await["order"].take();
    assert_eq!(paid["cost"]["unpaid"]["amount"], "0.00", "{paid}");
    let taken = paid["payments"].as_array().unwrap().iter();
    let taken: Vec<_> = taken.map(|payment| &payment["capturedAmount"]["amount"]).collect();
    assert!(
        taken.contains(&&json!("3.00")) && !taken.contains(&&json!("13.00")),
        "{paid}"
    );
    staff.done(DISPATCH, to_send).await;
    shop.settle().await;

    cheaper(&shop, &guest, &staff, &placed, &tiny).await;
    is_given_up(&shop, &guest, &staff, (&small, &large)).await;
    shop.close().await;
}

/// What the others cost less goes back to the card; and once they are not sent after all, so does what paid them.
async fn cheaper(shop: &TestShop, guest: &Client, staff: &Client, placed: &PlacedOrder, tiny: &str) {
    let (id, line) = comes_back(guest, staff, placed, "cheaper").await;
    let swap = |to: &str| {
        json!({ "id": id, "idempotencyKey": format!("to {to}"), "to": to,
            "lines": [{ "lineId": line, "quantity": 1, "variantId": tiny }] })
    };
    assert_eq!(
        refusal(staff, "returnExchange", swap("STORE_CREDIT")).await.0,
        "ORDER_STATE"
    );
    done(staff, "returnExchange", swap("ORIGINAL")).await;
    shop.settle().await;
    let told_of = staff.data(OTHER, json!({ "id": id })).await["return"].take();
    let other = &told_of["exchangeOrder"];
    assert_eq!(
        (&told_of["refunded"]["amount"], &other["cost"]),
        (
            &json!("10.00"),
            &json!({ "total": { "amount": "7.00" }, "unpaid": { "amount": "0.00" } })
        )
    );
    let first = guest_sees(guest, placed).await;
    assert_eq!(first["payment"]["refundedAmount"]["amount"], "3.00", "{first}");
    assert_eq!(
        told_of["paidBack"]["amount"], "3.00",
        "the difference, and not what pays the other"
    );
    let entries = first["timeline"]["nodes"].as_array().unwrap();
    let says = |text: &str| entries.iter().filter(|entry| entry["message"] == text).count();
    assert_eq!(
        says("What you paid for goods that came back pays those that we send in exchange."),
        2,
        "{first}"
    );

    staff.done(CANCEL, json!({ "input": { "orderId": other["id"] } })).await;
    shop.settle().await;
    let mails = shop.mails().await;
    let first = guest_sees(guest, placed).await;
    assert_eq!(first["payment"]["refundedAmount"]["amount"], "10.00", "{first}");
    let is_told = mails
        .iter()
        .any(|mail| mail.text.contains("goes back to what you paid them with"));
    assert!(is_told, "the mail about the cancelled order says where the money goes");
}

async fn guest_sees(guest: &Client, placed: &PlacedOrder) -> Value {
    let first = json!({ "id": placed.id, "token": placed.access_token });
    guest.data(SEEN, first).await["order"].take()
}

/// What is never paid is given up after the days that the shop gives: the goods are others' again, and the money is back.
async fn is_given_up(shop: &TestShop, guest: &Client, staff: &Client, (small, large): (&str, &str)) {
    let policy = "mutation($input: ReturnPolicyUpdateInput!) { returnPolicyUpdate(input: $input) {
        returnPolicy { exchangeDays } userErrors { code message } } }";
    let days = |days: i64| json!({ "input": { "exchangeDays": days } });
    assert_eq!(staff.refusals(policy, days(0)).await, ["INVALID"]);
    staff.done(policy, days(3)).await;
    let placed = guest.buy(&[(small, 1)], "tok_approve").await;
    shop.settle().await;
    dispatch(staff, &placed.id).await;
    complete(staff, &placed.id).await;
    shop.settle().await;
    let (id, line) = comes_back(guest, staff, &placed, "unpaid").await;
    let swap = json!({ "lineId": line, "quantity": 1, "variantId": large });
    let swap = json!({ "id": id, "idempotencyKey": "unpaid", "lines": [swap] });
    done(staff, "returnExchange", swap).await;
    shop.settle().await;
    let before = on_hand(staff, large).await;
    let is_told = |mails: &[DevMail], words: &str| mails.iter().any(|mail| mail.text.contains(words));
    assert!(is_told(&shop.mails().await, "It is to be paid until"));
    let told_of = staff.data(OTHER, json!({ "id": id })).await["return"].take();
    let other = told_of["exchangeOrder"]["id"].as_str().unwrap();
    let mut shopper = Shopper::new(shop);
    shopper
        .open(&format!("/orders/{}?token={}", placed.id, placed.access_token))
        .await
        .expect("€3.00 is to be paid by");
    shopper.expect(&format!("href=\"/orders/{other}#retry\""));
    // The other order's page says what it is, and until when it waits.
    let token = told(shop, &format!("/orders/{other}?token=")).await;
    shopper
        .open(&format!("/orders/{other}?token={token}"))
        .await
        .expect("The exchange of order");
    shopper.expect("€3.00 is to be paid by");
    assert!(!shopper.says("Your order was changed: something"), "{}", shopper.html);
    let mut desk = crate::web::admin::at_work(shop, "administrator@example.com", "en").await;
    desk.open(&format!("/admin/returns/{}", id.as_str().unwrap()))
        .await
        .expect("€3.00 is to be paid by");
    shop.advance(TimeDelta::days(4)).await;
    shop.settle().await;
    // Nobody is signed in that long.
    let staff = &shop.sign_in(StaffRole::Administrator).await;
    let told_of = staff.data(OTHER, json!({ "id": id })).await["return"].take();
    assert_eq!(told_of["exchangeOrder"]["status"], "CANCELLED");
    assert_eq!(on_hand(staff, large).await, before + 1);
    let first = guest_sees(guest, &placed).await;
    assert_eq!(first["payment"]["refundedAmount"]["amount"], "10.00", "{first}");
    assert!(is_told(&shop.mails().await, "it was not paid in time"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_difference_is_credited_at_the_tax_of_what_was_exchanged() {
    let shop = TestShop::open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let update =
        "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code message field } } }";
    let address = json!({ "name": "Vitrine GmbH", "line1": "Torstraße 1", "city": "Berlin", "postalCode": "10119", "countryCode": "DE" });
    let input = json!({ "address": address, "vatNumber": "DE 136695976", "contactEmail": "shop@example.com" });
    staff.done(update, json!({ "input": input })).await;
    let settings = "mutation($input: DocumentSettingsUpdateInput!) { documentSettingsUpdate(input: $input) {
        userErrors { code message field } } }";
    staff
        .done(settings, json!({ "input": { "invoiceAt": "PAYMENT" } }))
        .await;
    // Caps at 19 %, and a book at 7 %, which is most of the order.
    let [small, _, tiny] = sizes(&staff).await;
    let book = "mutation($input: ProductSetInput!) { productSet(input: $input) {
        product { variants { id } } userErrors { code message field } } }";
    let variant = json!({ "sku": "BOOK-1", "price": "90.00", "onHand": 5, "taxCategory": "books" });
    let input = json!({ "slug": "book-1", "title": "Book", "active": true, "variants": [variant] });
    let book = staff.done(book, json!({ "input": input })).await["product"]["variants"][0]["id"].take();
    let placed = guest
        .buy(&[(&small, 1), (book.as_str().unwrap(), 1)], "tok_approve")
        .await;
    shop.settle().await;
    dispatch(&staff, &placed.id).await;
    complete(&staff, &placed.id).await;
    let (id, line) = comes_back(&guest, &staff, &placed, "cheaper").await;
    let swap = json!({ "lineId": line, "quantity": 1, "variantId": tiny });
    done(
        &staff,
        "returnExchange",
        json!({ "id": id, "idempotencyKey": "cheaper", "lines": [swap] }),
    )
    .await;
    shop.settle().await;
    let documents = "query($id: ID!) { order(id: $id) { documents { kind total { amount } tax { amount } } } }";
    let documents = staff.data(documents, json!({ "id": placed.id })).await["order"]["documents"].take();
    let told = documents.as_array().unwrap().iter();
    let text = |money: &Value| money["amount"].as_str().unwrap().to_owned();
    let mut told: Vec<_> = told
        .filter(|document| document["kind"] == "CREDIT_NOTE")
        .map(|note| (text(&note["total"]), text(&note["tax"])))
        .collect();
    told.sort();
    // 19 % of 3.00 and of 7.00, to the cent.
    let expected = [("3.00", "0.48"), ("7.00", "1.12")].map(|(total, tax)| (total.to_owned(), tax.to_owned()));
    assert_eq!(told, expected, "{documents}");
    shop.close().await;
}
