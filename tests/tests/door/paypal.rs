//! Purchases that PayPal takes the money for: the real adapter, through the door, on its stand-in.

use std::{ops::Deref, sync::Arc};

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_adapters::config::{CaptureAt, Config, Secret};
use vitrine_tests::{
    memory::TestClock,
    paypal_stand_in::{Fault, PayPalStandIn},
    purchase::PlacedOrder,
    shopper::Shopper,
};

use crate::{led_away::LedAwayShop, purchase::dispatch};

const CAPTURE: &str = "POST /v2/checkout/orders/*/capture";
const METHODS: &str = "{ shop { paymentMethods { name title needsToken isDefault } } }";

/// A shop that takes PayPal first of all.
struct PayPalShop {
    led_away: LedAwayShop,
    paypal: PayPalStandIn,
}

impl Deref for PayPalShop {
    type Target = LedAwayShop;

    fn deref(&self) -> &LedAwayShop {
        &self.led_away
    }
}

impl PayPalShop {
    async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        let paypal = PayPalStandIn::start(Arc::new(TestClock::default())).await.unwrap();
        let led_away = LedAwayShop::open_with(|config| {
            config.payment.provider = "paypal".to_owned();
            config.payment.paypal.client_id = Some(PayPalStandIn::CLIENT_ID.to_owned());
            config.payment.paypal.client_secret = Some(Secret::new(PayPalStandIn::CLIENT_SECRET));
            config.payment.paypal.webhook_id = Some(PayPalStandIn::WEBHOOK_ID.to_owned());
            config.payment.paypal.api_url = paypal.url();
            config.payment.paypal.requests_per_second = 1000;
            change(config);
        })
        .await;
        paypal.go_by(led_away.shop.clock.clone());
        Self { led_away, paypal }
    }

    /// As [`LedAwayShop::buy`], with PayPal's id of the order that it leads to.
    async fn buy(&self) -> (PlacedOrder, String) {
        let (placed, url) = self.led_away.buy().await;
        let order = self.paypal.orders().pop().unwrap()["id"].take();
        let order = order.as_str().unwrap().to_owned();
        assert!(url.ends_with(&order), "{url}");
        (placed, order)
    }

    /// Delivers every event that was not yet.
    async fn deliver_all(&self) {
        let events = self.paypal.take_events();
        self.deliver(&events, |event| self.paypal.deliver(self.guest.base(), event))
            .await;
    }

    /// Ends the test; what our rows say was taken and paid back, PayPal's orders say.
    async fn close(self) {
        let orders = self.paypal.orders();
        let payments = orders.iter().map(|order| &order["purchase_units"][0]["payments"]);
        let mut theirs: Vec<_> = payments
            .map(|told| (sum(&told["captures"]), sum(&told["refunds"])))
            .collect();
        theirs.sort_unstable();
        assert_eq!(self.sums().await, theirs);
        self.led_away.close().await;
    }
}

/// In cents.
fn sum(parts: &Value) -> i64 {
    let parts = parts.as_array().into_iter().flatten();
    let values = parts.map(|part| part["amount"]["value"].as_str().unwrap());
    values.map(|value| value.replace('.', "").parse::<i64>().unwrap()).sum()
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
    shop.until(&placed, "CAPTURED").await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    shop.deliver_all().await;
    let taken = shop.paypal.requests_to(CAPTURE);
    assert!(taken.iter().all(|request| request.key == taken[0].key), "{taken:#?}");
    let history = shop.guest.history(&placed).await;
    let succeeded = history.iter().filter(|kind| *kind == "PAYMENT_SUCCEEDED").count();
    assert_eq!(succeeded, 1, "{history:?}");

    shop.refund(&placed, "3.00").await;
    shop.deliver_all().await;
    shop.assert_refunded(&placed, "3.00").await;
    shop.close().await;
}

/// Whoever turns back, or is declined, is not charged and may pay otherwise; what is held is taken when the goods leave.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_given_up_is_never_taken_and_what_is_held_is_taken_with_the_goods() {
    let shop = PayPalShop::open_with(|config| config.payment.capture = CaptureAt::OnDispatch).await;
    let (given_up, order) = shop.buy().await;
    shop.cancel(&given_up).await;
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
    shop.until(&held, "AUTHORIZED").await;
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
