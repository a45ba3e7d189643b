//! Purchases that Stripe takes the money for: the real adapter, through the door, on the stand-in.

mod alarms;
mod circuit;
mod faults;
mod late_money;
mod parts;
mod refunds;
mod saved_cards;
mod second_factor;
mod steps;
mod webhooks;

use std::collections::HashMap;

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use vitrine_adapters::config::{CaptureAt, Config, Secret};
use vitrine_entity::{ids::OrderId, payment, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, memory::TestClock, purchase::PlacedOrder, stripe_stand_in::StripeStandIn};

use crate::purchase::dispatch;

const RETRY: &str = "mutation($input: OrderPaymentRetryInput!) { orderPaymentRetry(input: $input) { order { status } userErrors { code message } } }";
const PAYMENT: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { status payment {
    status live captureMode captureBefore method { name title } problem { code } action { kind url clientSecret publishableKey } } } }";

fn charge_by(config: &mut Config, stripe: &StripeStandIn) {
    config.payment.provider = "stripe".to_owned();
    config.payment.stripe.secret_key = Some(Secret::new(StripeStandIn::KEY));
    config.payment.stripe.webhook_secrets = vec![Secret::new(StripeStandIn::WEBHOOK_SECRET)];
    config.payment.stripe.publishable_key = Some("pk_test_of_the_stand_in".to_owned());
    config.payment.stripe.api_url = stripe.url();
    // Time passes quickly here.
    config.auth.access_minutes = 24 * 60;
}

/// A shop whose cards Stripe takes.
struct StripeShop {
    shop: TestShop,
    stripe: StripeStandIn,
    staff: Client,
    guest: Client,
    mug: String,
}

impl StripeShop {
    async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        let stripe = StripeStandIn::start(std::sync::Arc::new(TestClock::default()))
            .await
            .unwrap();
        let shop = TestShop::open_with(|config| {
            charge_by(config, &stripe);
            change(config);
        })
        .await;
        Self::of(shop, stripe).await
    }

    async fn of(shop: TestShop, stripe: StripeStandIn) -> Self {
        stripe.go_by(shop.clock.clone());
        let staff = shop.staff(StaffRole::Administrator).await;
        let mug = staff.sell("MUG-1", "10.00", 100).await;
        let guest = shop.guest();
        Self {
            shop,
            stripe,
            staff,
            guest,
            mug,
        }
    }

    /// Places an order, without waiting for its payment.
    async fn place(&self, token: &str) -> PlacedOrder {
        self.guest.buy(&[(&self.mug, 1)], token).await
    }

    async fn buy(&self, token: &str) -> PlacedOrder {
        let placed = self.place(token).await;
        self.shop.settle().await;
        placed
    }

    /// The order's status, and its payment's.
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
        self.wait(placed, status, async || self.statuses(placed).await.0 == status)
            .await;
    }

    /// Likewise, of the order's payment.
    async fn until_payment(&self, placed: &PlacedOrder, status: &str) {
        self.wait(placed, status, async || self.statuses(placed).await.1 == status)
            .await;
    }

    /// For ten minutes in small steps, then for two hours in larger ones.
    async fn wait(&self, placed: &PlacedOrder, what: &str, mut done: impl AsyncFnMut() -> bool) {
        for step in 0..180 {
            if done().await {
                return;
            }
            let seconds = if step < 60 { 10 } else { 60 };
            self.shop.advance(TimeDelta::seconds(seconds)).await;
        }
        panic!("it never came to {what}: {:#}", self.guest.order(placed).await);
    }

    /// What staff were told that nothing was done about, of this order.
    async fn alerts(&self, placed: &PlacedOrder) -> Vec<String> {
        let query = "query($id: ID!) { order(id: $id) { timeline(first: 50) { nodes { kind message } } } }";
        let told = self.staff.data(query, json!({ "id": placed.id })).await;
        let entries = told["order"]["timeline"]["nodes"].as_array().unwrap().iter();
        let alerts = entries.filter(|entry| entry["kind"] == "ALERT");
        alerts
            .map(|entry| entry["message"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The newest intent's id.
    fn intent(&self) -> String {
        let intents = self.stripe.intents();
        intents.last().unwrap()["id"].as_str().unwrap().to_owned()
    }

    async fn deliver(&self, event: &Value) {
        let status = self.stripe.deliver(self.guest.base(), event).await.unwrap();
        assert_eq!(status, 200, "{event}");
    }

    /// Delivers every event that was not yet, in order.
    async fn deliver_all(&self) {
        for event in self.stripe.take_events() {
            self.deliver(&event).await;
        }
        self.shop.settle().await;
    }

    /// What was taken and given back at Stripe for one of our attempts, and for how many intents.
    fn booked(&self, payment: &payment::Model) -> (i64, i64, usize) {
        let intents = self.stripe.intents();
        let named = payment.id.to_string();
        let ours = intents
            .iter()
            .filter(|intent| intent["metadata"]["vitrine_payment"] == named);
        let (mut captured, mut refunded, mut count) = (0, 0, 0);
        for intent in ours {
            count += 1;
            captured += intent["amount_received"].as_i64().unwrap();
            let refunds = self.stripe.refunds().into_iter();
            let back =
                refunds.filter(|refund| refund["payment_intent"] == intent["id"] && refund["status"] != "failed");
            refunded += back.map(|refund| refund["amount"].as_i64().unwrap()).sum::<i64>();
        }
        (captured, refunded, count)
    }

    /// Ends the test; Stripe's books must be ours, and no order paid twice.
    async fn close(self) {
        let mut kept: HashMap<OrderId, usize> = HashMap::new();
        for payment in payment::Entity::find().all(&self.shop.shop().db).await.unwrap() {
            let (captured, refunded, intents) = self.booked(&payment);
            let ours = (payment.captured_minor, payment.refunded_minor);
            assert_eq!(ours, (captured, refunded), "{payment:#?}");
            assert!(intents <= 1, "{intents} intents for {payment:#?}");
            *kept.entry(payment.order_id).or_default() += usize::from(captured > refunded);
        }
        assert!(kept.values().all(|payments| *payments <= 1), "{kept:?}");
        self.shop.close().await;
    }
}

fn on_dispatch(config: &mut Config) {
    config.payment.capture = CaptureAt::OnDispatch;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_is_captured_with_the_order() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_visa").await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    let intent = &shop.stripe.intents()[0];
    let total = shop.guest.order(&placed).await["payment"]["capturedAmount"]["amount"].clone();
    let cents = total.as_str().unwrap().replace('.', "");
    assert_eq!(intent["amount_received"].to_string(), cents);
    assert_eq!(intent["metadata"]["vitrine_order_number"], placed.number);
    let before = shop.guest.history(&placed).await;
    assert_eq!(before, ["CREATED", "PAYMENT_PENDING", "PAYMENT_SUCCEEDED", "CONFIRMED"]);
    shop.deliver_all().await;
    assert_eq!(shop.guest.history(&placed).await, before, "webhooks tell nothing new");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_is_held_and_captured_on_dispatch() {
    let shop = StripeShop::open_with(on_dispatch).await;
    let placed = shop.buy("pm_card_visa").await;
    shop.assert_statuses(&placed, "CONFIRMED", "AUTHORIZED").await;
    assert_eq!(shop.stripe.intents()[0]["status"], "requires_capture");
    let shown = shop.guest.data(PAYMENT, variables(&placed)).await["order"]["payment"].take();
    assert_eq!(
        (&shown["captureMode"], &shown["live"]),
        (&json!("ON_DISPATCH"), &json!(false))
    );
    assert!(shown["captureBefore"].is_string(), "{shown}");

    dispatch(&shop.staff, &placed.id).await;
    shop.shop.settle().await;
    shop.assert_statuses(&placed, "DISPATCHED", "CAPTURED").await;
    assert_eq!(shop.stripe.intents()[0]["status"], "succeeded");
    shop.deliver_all().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_factor_is_finished_by_a_webhook() {
    // Whatever may lead the shopper to another page.
    let shop = StripeShop::open_with(|config| config.payment.stripe.methods.clear()).await;
    let placed = shop.buy("pm_card_authenticationRequired").await;
    shop.assert_statuses(&placed, "PAYMENT_PENDING", "ACTION_REQUIRED")
        .await;
    let shown = shop.guest.data(PAYMENT, variables(&placed)).await["order"]["payment"].take();
    assert_eq!(shown["problem"]["code"], "PAYMENT_ACTION_REQUIRED");
    assert_eq!(shown["method"], json!({ "name": "stripe", "title": "Card" }));
    assert_eq!(shown["action"]["kind"], "redirect");
    assert!(
        shown["action"]["url"].as_str().unwrap().contains(&shop.intent()),
        "{shown}"
    );
    assert!(
        shown["action"]["clientSecret"]
            .as_str()
            .unwrap()
            .starts_with(&shop.intent()),
        "{shown}"
    );

    shop.stripe.authenticate(&shop.intent(), true);
    shop.deliver_all().await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_factor_is_finished_by_polling() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_authenticationRequired").await;
    let shown = shop.guest.data(PAYMENT, variables(&placed)).await["order"]["payment"].take();
    // A card's stays on the shop's page.
    assert_eq!(
        (&shown["action"]["kind"], &shown["action"]["url"]),
        (&json!("stripe"), &json!(null))
    );
    shop.stripe.authenticate(&shop.intent(), true);
    shop.until(&placed, "CONFIRMED").await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_factor_that_is_not_passed_can_be_tried_again() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_authenticationRequired").await;
    shop.stripe.authenticate(&shop.intent(), false);
    shop.deliver_all().await;
    shop.assert_statuses(&placed, "PAYMENT_FAILED", "DECLINED").await;
    pay_again(&shop, &placed).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_factor_that_nobody_passes_is_given_up() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_authenticationRequired").await;
    shop.shop.advance(TimeDelta::minutes(31)).await;
    shop.assert_statuses(&placed, "CANCELLED", "VOIDED").await;
    assert_eq!(shop.stripe.intents()[0]["status"], "canceled");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_declined_card_can_be_followed_by_a_good_one() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_card_visa_chargeDeclinedInsufficientFunds").await;
    shop.assert_statuses(&placed, "PAYMENT_FAILED", "DECLINED").await;
    assert_eq!(
        shop.guest.order(&placed).await["payment"]["declineCode"],
        "insufficient_funds"
    );
    shop.deliver_all().await;
    shop.assert_statuses(&placed, "PAYMENT_FAILED", "DECLINED").await;
    pay_again(&shop, &placed).await;
    assert_eq!(shop.stripe.intents().len(), 2);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_debit_is_awaited() {
    let shop = StripeShop::open().await;
    let placed = shop.buy("pm_usBankAccount_processing").await;
    shop.assert_statuses(&placed, "PAYMENT_PENDING", "PENDING").await;
    shop.stripe.finish_processing(&shop.intent(), true);
    shop.deliver_all().await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    shop.close().await;
}

fn retry(placed: &PlacedOrder, token: &str) -> Value {
    json!({ "input": { "orderId": placed.id, "accessToken": placed.access_token, "paymentMethod": { "token": token } } })
}

async fn pay_again(shop: &StripeShop, placed: &PlacedOrder) {
    shop.guest.done(RETRY, retry(placed, "pm_card_visa")).await;
    shop.shop.settle().await;
    shop.assert_statuses(placed, "CONFIRMED", "CAPTURED").await;
    shop.deliver_all().await;
    shop.assert_statuses(placed, "CONFIRMED", "CAPTURED").await;
}

fn variables(placed: &PlacedOrder) -> Value {
    json!({ "id": placed.id, "token": placed.access_token })
}
