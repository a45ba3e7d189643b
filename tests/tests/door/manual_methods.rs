//! Methods that staff settle: the same port, and nothing of a card in it.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use vitrine_adapters::config::{BankTransfer, CashOnDelivery};
use vitrine_entity::{
    outbox::{self, OutboxState},
    reservation,
    staff_member::StaffRole,
};
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use crate::purchase::dispatch;

const PLACE: &str = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
    order { id number status cost { total { amount } } payment { status captureMode live method { name title } problem { code } action { kind text url clientSecret publishableKey } } }
    orderAccessToken userErrors { code message field } } }";
const CAPTURE: &str = "mutation($input: PaymentCaptureInput!) { paymentCapture(input: $input) {
    order { payment { captures { status amount { amount } failure } } } userErrors { code message field } } }";
const REFUND: &str = "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) {
    refund { id status reason amount { amount currencyCode } order { number } } userErrors { code message field } } }";
const CONFIRM: &str = "mutation($input: RefundConfirmInput!) { refundConfirm(input: $input) {
    refund { id status } userErrors { code message field } } }";

async fn open() -> (TestShop, Client, String) {
    let shop = TestShop::open_with(|config| {
        config.payment.bank_transfer = Some(BankTransfer {
            instructions: "Send {amount} to DE02 1203 0000 0000 2020 51, for {number}.".to_owned(),
            hold_days: 7,
        });
        config.payment.cash_on_delivery = Some(CashOnDelivery {});
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    (shop, staff, mug)
}

async fn place(guest: &Client, mug: &str, method: Value) -> Value {
    let cart = guest.check_out(&guest.cart_with(&[(mug, 1)]).await).await;
    let input =
        json!({ "cartId": cart["id"], "idempotencyKey": cart["id"], "paymentMethod": method, "waitSeconds": 20 });
    guest.payload(PLACE, json!({ "input": input })).await
}

fn placed(payload: &Value) -> PlacedOrder {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    PlacedOrder {
        id: text(&payload["order"]["id"]),
        number: text(&payload["order"]["number"]),
        access_token: text(&payload["orderAccessToken"]),
        payload: payload.clone(),
    }
}

fn about(order: &PlacedOrder, key: &str) -> Value {
    json!({ "input": { "orderId": order.id, "idempotencyKey": key } })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transfer_is_told_awaited_confirmed_and_paid_back_by_hand() {
    let (shop, staff, mug) = open().await;
    let guest = shop.guest();
    let payload = place(&guest, &mug, json!({ "method": "bank_transfer" })).await;
    let order = placed(&payload);
    let total = payload["order"]["cost"]["total"]["amount"].as_str().unwrap();
    assert_eq!(
        payload["order"]["payment"],
        json!({
            "status": "ACTION_REQUIRED", "captureMode": "BY_STAFF", "live": true,
            "method": { "name": "bank_transfer", "title": "Bank transfer" },
            "problem": { "code": "PAYMENT_ACTION_REQUIRED" },
            "action": {
                "kind": "instructions", "url": null, "clientSecret": null, "publishableKey": null,
                "text": format!("Send {total} EUR to DE02 1203 0000 0000 2020 51, for {}.", order.number),
            },
        })
    );
    let capture = staff.done(CAPTURE, about(&order, "it has come")).await;
    assert_eq!(
        capture["order"]["payment"]["captures"],
        json!([{ "status": "REQUESTED", "amount": { "amount": total }, "failure": null }])
    );
    shop.settle().await;
    staff.done(CAPTURE, about(&order, "it has come")).await;
    assert_eq!(staff.refusals(CAPTURE, about(&order, "twice")).await, ["PAYMENT_STATE"]);
    let told = guest.order(&order).await;
    assert_eq!(
        (&told["status"], &told["payment"]["capturedAmount"]["amount"]),
        (&json!("CONFIRMED"), &json!(total))
    );

    let asked = staff.done(REFUND, about(&order, "back")).await["refund"].take();
    assert_eq!(
        (&asked["amount"], &asked["order"]["number"]),
        (&json!({ "amount": total, "currencyCode": "EUR" }), &json!(order.number))
    );
    shop.settle().await;
    let confirm = json!({ "input": { "refundId": asked["id"] } });
    for _ in 0..2 {
        let confirmed = staff.done(CONFIRM, confirm.clone()).await;
        assert_eq!(confirmed["refund"], json!({ "id": asked["id"], "status": "SUCCEEDED" }));
    }
    assert_eq!(guest.order(&order).await["payment"]["status"], "REFUNDED");
    shop.close().await;
}

/// The goods are held for days, and that nobody else knows of the attempt means nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transfer_may_take_days_but_not_for_ever() {
    let (shop, _, mug) = open().await;
    let guest = shop.guest();
    let order = placed(&place(&guest, &mug, json!({ "method": "bank_transfer" })).await);
    for _ in 0..3 {
        shop.advance(TimeDelta::days(2)).await;
        let told = guest.order(&order).await;
        assert_eq!(
            (&told["status"], &told["payment"]["status"]),
            (&json!("PAYMENT_PENDING"), &json!("ACTION_REQUIRED"))
        );
    }
    shop.advance(TimeDelta::days(2)).await;
    let told = guest.order(&order).await;
    assert_eq!(
        (&told["status"], &told["payment"]["status"]),
        (&json!("CANCELLED"), &json!("VOIDED"))
    );
    shop.close().await;
}

/// Its hold is cut to what was meant, which is days, and not to what a card has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transfer_that_was_placed_by_a_clock_that_ran_ahead_keeps_its_days() {
    let (shop, _, mug) = open().await;
    let guest = shop.guest();
    let order = placed(&place(&guest, &mug, json!({ "method": "bank_transfer" })).await);
    shop.clock.advance(-TimeDelta::days(30));
    let now = shop.shop().now();
    outbox::Entity::update_many()
        .col_expr(outbox::Column::RunAt, Expr::value(now))
        .filter(outbox::Column::State.eq(OutboxState::Ready))
        .exec(&shop.shop().db)
        .await
        .unwrap();
    shop.settle().await;
    let holds = reservation::Entity::find().all(&shop.shop().db).await.unwrap();
    assert_eq!(
        holds.iter().map(|hold| hold.expires_at).collect::<Vec<_>>(),
        [now + TimeDelta::days(7)]
    );
    shop.advance(TimeDelta::days(6)).await;
    assert_eq!(guest.order(&order).await["status"], "PAYMENT_PENDING");
    shop.advance(TimeDelta::days(2)).await;
    assert_eq!(guest.order(&order).await["status"], "CANCELLED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cash_is_promised_delivered_and_confirmed() {
    let (shop, staff, mug) = open().await;
    let guest = shop.guest();
    let payload = place(&guest, &mug, json!({ "method": "cash_on_delivery" })).await;
    let order = placed(&payload);
    assert_eq!(
        (
            &payload["order"]["payment"]["status"],
            &payload["order"]["payment"]["problem"]
        ),
        (&json!("AUTHORIZED"), &Value::Null)
    );
    shop.settle().await;
    dispatch(&staff, &order.id).await;
    staff.done(CAPTURE, about(&order, "paid at the door")).await;
    shop.settle().await;
    assert_eq!(guest.order(&order).await["payment"]["status"], "CAPTURED");
    assert_eq!(guest.history(&order).await.last().unwrap(), "PAYMENT_CAPTURED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shop_tells_how_to_pay() {
    let (shop, staff, mug) = open().await;
    let guest = shop.guest();
    let methods = "{ shop { paymentMethods { name title needsToken publishableKey isDefault } } }";
    let methods = guest.data(methods, json!({})).await["shop"]["paymentMethods"].take();
    insta::assert_json_snapshot!("payment_methods", methods);

    let unknown = place(&guest, &mug, json!({ "method": "shells" })).await;
    assert_eq!(unknown["userErrors"][0]["code"], "PAYMENT_METHOD_UNKNOWN");
    assert_eq!(
        unknown["userErrors"][0]["field"],
        json!(["input", "paymentMethod", "method"])
    );
    let tokenless = place(&guest, &mug, json!({})).await;
    assert_eq!(tokenless["userErrors"][0]["code"], "INVALID");
    assert_eq!(
        tokenless["userErrors"][0]["field"],
        json!(["input", "paymentMethod", "token"])
    );

    let providers =
        "{ paymentProviders { name isDefault live settlement circuit failures retryAt lastError unsettled } }";
    let providers = staff.data(providers, json!({})).await["paymentProviders"].take();
    insta::assert_json_snapshot!("payment_providers", providers);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_is_moved_by_whoever_may() {
    let (shop, staff, mug) = open().await;
    let (guest, packer) = (shop.guest(), shop.staff(StaffRole::Fulfilment).await);
    let order = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(guest.refusals(CAPTURE, about(&order, "k")).await, ["UNAUTHENTICATED"]);
    assert_eq!(packer.refusals(REFUND, about(&order, "k")).await, ["FORBIDDEN"]);
    let missing = json!({ "input": { "refundId": "rfd_01j9zzzzzzzzzzzzzzzzzzzzzz" } });
    assert_eq!(packer.refusals(CONFIRM, missing.clone()).await, ["FORBIDDEN"]);
    assert_eq!(staff.refusals(CONFIRM, missing).await, ["NOT_FOUND"]);
    for amount in ["0", "-1", "1.999", "1e3", "99999"] {
        let input = json!({ "input": { "orderId": order.id, "amount": amount, "idempotencyKey": amount } });
        let code = match amount {
            "99999" => "REFUND_EXCEEDS_CAPTURED",
            _ => "INVALID_AMOUNT",
        };
        assert_eq!(staff.refusals(REFUND, input).await, [code], "{amount}");
    }
    // The provider makes this one: nobody may say in its place that it is done.
    let refund = staff.done(REFUND, about(&order, "back")).await["refund"].take();
    let confirm = json!({ "input": { "refundId": refund["id"] } });
    assert_eq!(staff.refusals(CONFIRM, confirm).await, ["PAYMENT_STATE"]);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_pays_no_order_and_money_that_comes_late_goes_back() {
    let (shop, staff, mug) = open().await;
    let guest = shop.guest();
    let order = placed(&place(&guest, &mug, json!({ "method": "bank_transfer" })).await);
    let part = json!({ "input": { "orderId": order.id, "amount": "3.00", "idempotencyKey": "a part" } });
    assert_eq!(staff.refusals(CAPTURE, part).await, ["PAYMENT_STATE"]);
    shop.advance(TimeDelta::days(8)).await;
    let told = guest.order(&order).await;
    assert_eq!(
        (&told["status"], &told["payment"]["status"]),
        (&json!("CANCELLED"), &json!("VOIDED"))
    );
    // Staff's own session is over by now.
    let staff = shop.sign_in(StaffRole::Administrator).await;
    staff.done(CAPTURE, about(&order, "it has come all the same")).await;
    shop.settle().await;
    let told = guest.order(&order).await;
    assert_eq!(
        (
            &told["status"],
            &told["payment"]["status"],
            &told["refunds"][0]["status"]
        ),
        (&json!("CANCELLED"), &json!("CAPTURED"), &json!("REQUESTED"))
    );
    let refund = "query($id: ID!) { order(id: $id) { refunds { id } } }";
    let refund = staff.data(refund, json!({ "id": order.id })).await["order"]["refunds"][0]["id"].take();
    staff.done(CONFIRM, json!({ "input": { "refundId": refund } })).await;
    assert_eq!(guest.order(&order).await["payment"]["status"], "REFUNDED");
    shop.close().await;
}
