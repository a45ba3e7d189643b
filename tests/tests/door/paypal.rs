//! Purchases that PayPal takes the money for: the real adapter, through the door, on its stand-in.

use std::sync::Arc;

use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use vitrine_adapters::config::{CaptureAt, Config, Secret};
use vitrine_entity::{payment, staff_member::StaffRole};
use vitrine_tests::{
    Client, TestShop,
    memory::TestClock,
    paypal_stand_in::{Fault, PayPalStandIn},
    purchase::PlacedOrder,
    shopper::Shopper,
};

use crate::purchase::dispatch;

const CAPTURE: &str = "POST /v2/checkout/orders/*/capture";
const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code message } } }";
const REFUND: &str =
    "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { userErrors { code message } } }";
const METHODS: &str = "{ shop { paymentMethods { name title needsToken isDefault } } }";

/// A shop that takes PayPal first of all.
struct PayPalShop {
    shop: TestShop,
    paypal: PayPalStandIn,
    staff: Client,
    guest: Client,
    mug: String,
}

impl PayPalShop {
    async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        let paypal = PayPalStandIn::start(Arc::new(TestClock::default())).await.unwrap();
        let shop = TestShop::open_with(|config| {
            config.payment.provider = "paypal".to_owned();
            config.payment.paypal.client_id = Some(PayPalStandIn::CLIENT_ID.to_owned());
            config.payment.paypal.client_secret = Some(Secret::new(PayPalStandIn::CLIENT_SECRET));
            config.payment.paypal.webhook_id = Some(PayPalStandIn::WEBHOOK_ID.to_owned());
            config.payment.paypal.api_url = paypal.url();
            config.payment.paypal.requests_per_second = 1000;
            // Time passes quickly here.
            config.auth.access_minutes = 24 * 60;
            change(config);
        })
        .await;
        paypal.go_by(shop.clock.clone());
        let staff = shop.staff(StaffRole::Administrator).await;
        let mug = staff.sell("MUG-1", "10.00", 100).await;
        let guest = shop.guest();
        Self {
            shop,
            paypal,
            staff,
            guest,
            mug,
        }
    }

    /// Places an order, which its shopper is to agree to; answers PayPal's id of it, too.
    async fn buy(&self) -> (PlacedOrder, String) {
        let placed = self.guest.buy(&[(&self.mug, 1)], "").await;
        self.shop.settle().await;
        self.assert_statuses(&placed, "PAYMENT_PENDING", "ACTION_REQUIRED")
            .await;
        let order = self.paypal.orders().pop().unwrap()["id"].as_str().unwrap().to_owned();
        let action = self.guest.order(&placed).await["payment"]["action"].take();
        assert_eq!(action["kind"], "redirect");
        assert!(action["url"].as_str().unwrap().ends_with(&order), "{action}");
        (placed, order)
    }

    async fn statuses(&self, placed: &PlacedOrder) -> (String, String) {
        let order = self.guest.order(placed).await;
        let text = |value: &Value| value.as_str().unwrap_or("none").to_owned();
        (text(&order["status"]), text(&order["payment"]["status"]))
    }

    async fn assert_statuses(&self, placed: &PlacedOrder, order: &str, payment: &str) {
        assert_eq!(self.statuses(placed).await, (order.to_owned(), payment.to_owned()));
    }

    /// Lets time pass, and what is due happen, until the order has this status.
    async fn until(&self, placed: &PlacedOrder, status: &str) {
        for _ in 0..60 {
            if self.statuses(placed).await.0 == status {
                return;
            }
            self.shop.advance(TimeDelta::seconds(10)).await;
        }
        panic!("it never came to {status}: {:#}", self.guest.order(placed).await);
    }

    /// Delivers every event that was not yet, each twice at once.
    async fn deliver_all(&self) {
        for event in &self.paypal.take_events() {
            let twice = (0..2).map(|_| self.paypal.deliver(self.guest.base(), event));
            for status in join_all(twice).await {
                assert_eq!(status.unwrap(), 200, "{event}");
            }
        }
        self.shop.settle().await;
    }

    /// Ends the test; what our rows say was taken and paid back, PayPal's orders say.
    async fn close(self) {
        let mut ours: Vec<(i64, i64)> = Vec::new();
        for row in payment::Entity::find().all(&self.shop.shop().db).await.unwrap() {
            ours.push((row.captured_minor, row.refunded_minor));
        }
        let sum = |parts: &Value| {
            let values = parts
                .as_array()
                .into_iter()
                .flatten()
                .map(|part| &part["amount"]["value"]);
            let cents = values.map(|value| value.as_str().unwrap().replace('.', "").parse::<i64>().unwrap());
            cents.sum::<i64>()
        };
        let orders = self.paypal.orders();
        let payments = orders.iter().map(|order| &order["purchase_units"][0]["payments"]);
        let mut theirs: Vec<_> = payments
            .map(|told| (sum(&told["captures"]), sum(&told["refunds"])))
            .collect();
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs);
        self.shop.close().await;
    }
}

/// From the checkout to PayPal, back, and to a refund; with an answer that is lost, and webhooks that come twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_is_agreed_to_taken_once_and_paid_back() {
    let shop = PayPalShop::open_with(|_| {}).await;
    let methods = shop.guest.data(METHODS, json!({})).await["shop"]["paymentMethods"].take();
    let methods = methods.as_array().unwrap();
    let paypal = json!({ "name": "paypal", "title": "PayPal", "needsToken": false, "isDefault": true });
    assert!(methods.contains(&paypal), "{methods:?}");

    let (placed, order) = shop.buy().await;
    let created = shop.paypal.requests_to("POST /v2/checkout/orders").remove(0);
    let experience = &created.body["payment_source"]["paypal"]["experience_context"];
    let back = experience["return_url"].as_str().unwrap();
    assert!(back.contains(&placed.id), "{back}");

    // The page leads to PayPal, and PayPal back to the page, with a token of its own in the address.
    let mut shopper = Shopper::new(&shop.shop);
    let path = format!(
        "/orders/{}?token={}&token={order}&PayerID=X",
        placed.id, placed.access_token
    );
    shopper.open(&path).await.expect("Continue to PayPal");
    shopper.expect("We are waiting to hear from PayPal.");

    // Nobody believes what PayPal did not send.
    shop.paypal.approve(&order, true);
    let approved = shop.paypal.take_events().remove(0);
    let mut forged = approved.clone();
    forged["id"] = json!("WH-FORGED");
    let mut request = vitrine_tests::client::http().post(format!("{}/webhooks/paypal", shop.guest.base()));
    for (name, value) in shop.paypal.headers_of(&approved.to_string()) {
        request = request.header(name, value);
    }
    assert_eq!(request.body(forged.to_string()).send().await.unwrap().status(), 400);

    // What is taken is not told, and asked about.
    shop.paypal.fail(CAPTURE, 1, Fault::CutAfterActing);
    for _ in 0..2 {
        let status = shop.paypal.deliver(shop.guest.base(), &approved).await.unwrap();
        assert_eq!(status, 200);
    }
    shop.until(&placed, "CONFIRMED").await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    shop.deliver_all().await;
    let taken = shop.paypal.requests_to(CAPTURE);
    assert!(taken.iter().all(|request| request.key == taken[0].key), "{taken:#?}");
    let history = shop.guest.history(&placed).await;
    let succeeded = history.iter().filter(|kind| *kind == "PAYMENT_SUCCEEDED").count();
    assert_eq!(succeeded, 1, "{history:?}");

    let input = json!({ "orderId": placed.id, "amount": "3.00", "reason": "a scratch", "idempotencyKey": "one" });
    shop.staff.done(REFUND, json!({ "input": input })).await;
    shop.shop.settle().await;
    shop.deliver_all().await;
    let refunded = shop.guest.order(&placed).await["payment"]["refundedAmount"]["amount"].take();
    assert_eq!(refunded, "3.00");
    shop.close().await;
}

/// Whoever turns back, or is declined, is not charged and may pay otherwise; what is held is taken when the goods leave.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_given_up_is_never_taken_and_what_is_held_is_taken_with_the_goods() {
    let shop = PayPalShop::open_with(|config| config.payment.capture = CaptureAt::OnDispatch).await;
    let (given_up, order) = shop.buy().await;
    shop.staff
        .done(
            CANCEL,
            json!({ "input": { "orderId": given_up.id, "reason": "they called" } }),
        )
        .await;
    shop.shop.settle().await;
    // They agree after all, and too late.
    shop.paypal.approve(&order, true);
    shop.deliver_all().await;
    shop.assert_statuses(&given_up, "CANCELLED", "VOIDED").await;

    let (declined, order) = shop.buy().await;
    shop.paypal.approve(&order, false);
    shop.deliver_all().await;
    shop.assert_statuses(&declined, "PAYMENT_FAILED", "DECLINED").await;

    // Without a webhook, the shop asks by itself.
    let (held, order) = shop.buy().await;
    shop.paypal.approve(&order, true);
    shop.until(&held, "CONFIRMED").await;
    shop.assert_statuses(&held, "CONFIRMED", "AUTHORIZED").await;
    dispatch(&shop.staff, &held.id).await;
    shop.shop.settle().await;
    shop.assert_statuses(&held, "DISPATCHED", "CAPTURED").await;
    shop.deliver_all().await;
    // What was held is looked at once more when it would have lapsed.
    shop.shop.advance(TimeDelta::days(30)).await;
    assert_eq!(shop.statuses(&held).await.1, "CAPTURED");
    shop.close().await;
}
