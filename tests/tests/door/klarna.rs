//! Purchases that Klarna takes the money for: the real adapter, through the door, on its stand-in.

use std::{ops::Deref, sync::Arc};

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_adapters::config::{CaptureAt, Config, Secret};
use vitrine_tests::{
    klarna_stand_in::{Fault, KlarnaStandIn},
    memory::TestClock,
    purchase::PlacedOrder,
    shopper::Shopper,
};

use crate::{led_away::LedAwayShop, purchase::dispatch};

const CAPTURE: &str =
    "mutation($input: PaymentCaptureInput!) { paymentCapture(input: $input) { userErrors { code message } } }";
const CAPTURES: &str = "POST /ordermanagement/v1/orders/*/captures";
const RELEASES: &str = "POST /ordermanagement/v1/orders/*/release-remaining-authorization";

/// A shop that takes Klarna first of all.
struct KlarnaShop {
    led_away: LedAwayShop,
    klarna: KlarnaStandIn,
}

impl Deref for KlarnaShop {
    type Target = LedAwayShop;

    fn deref(&self) -> &LedAwayShop {
        &self.led_away
    }
}

impl KlarnaShop {
    async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        let klarna = KlarnaStandIn::start(Arc::new(TestClock::default())).await.unwrap();
        let led_away = LedAwayShop::open_with(|config| {
            config.payment.provider = "klarna".to_owned();
            config.payment.klarna.username = Some(KlarnaStandIn::USERNAME.to_owned());
            config.payment.klarna.password = Some(Secret::new(KlarnaStandIn::PASSWORD));
            config.payment.klarna.api_url = klarna.url();
            config.payment.klarna.requests_per_second = 1000;
            change(config);
        })
        .await;
        klarna.go_by(led_away.shop.clock.clone());
        Self { led_away, klarna }
    }

    /// As [`LedAwayShop::buy`], with Klarna's id of the page that it leads to.
    async fn buy(&self) -> (PlacedOrder, String) {
        let (placed, url) = self.led_away.buy().await;
        let page = self.klarna.pages().pop().unwrap()["session_id"].take();
        let page = page.as_str().unwrap().to_owned();
        assert!(url.ends_with(&page), "{url}");
        (placed, page)
    }

    /// Delivers every hint that was not yet.
    async fn deliver_all(&self) {
        let hints = self.klarna.take_hints();
        self.deliver(&hints, |hint| self.klarna.deliver(self.guest.base(), hint))
            .await;
    }

    /// Ends the test; what our rows say was taken and paid back, Klarna's orders say.
    async fn close(self) {
        // So long Klarna holds what it has authorized, and the shop watches it.
        self.shop.advance(TimeDelta::days(28)).await;
        let number = |order: &Value, name: &str| order[name].as_i64().unwrap();
        let orders = self.klarna.orders();
        let sums = orders
            .iter()
            .map(|order| (number(order, "captured_amount"), number(order, "refunded_amount")));
        let mut theirs: Vec<_> = sums.filter(|(captured, _)| *captured > 0).collect();
        theirs.sort_unstable();
        // Whoever did not agree has no order there.
        let mut ours = self.sums().await;
        ours.retain(|(captured, _)| *captured > 0);
        assert_eq!(ours, theirs);
        self.led_away.close().await;
    }
}

/// From the checkout to Klarna, back, and to a refund; with an answer that is lost, and hints that come twice or are made up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_is_agreed_to_taken_once_and_paid_back() {
    let shop = KlarnaShop::open_with(|_| {}).await;
    let (placed, page) = shop.buy().await;
    let made = shop.klarna.requests_to("POST /hpp/v1/sessions").remove(0);
    let urls = &made.body["merchant_urls"];
    assert!(urls["success"].as_str().unwrap().contains(&placed.id), "{urls}");
    assert!(
        urls["status_update"].as_str().unwrap().contains("/webhooks/klarna"),
        "{urls}"
    );
    let session = shop.klarna.requests_to("POST /payments/v1/sessions").remove(0);
    assert_eq!(session.body["merchant_reference1"], placed.number.as_str());
    assert_eq!(session.body["purchase_country"], "DE");

    // The page leads to Klarna, and Klarna back to the page.
    let mut shopper = Shopper::new(&shop.shop);
    let path = format!("/orders/{}?token={}&led_back=klarna", placed.id, placed.access_token);
    shopper.open(&path).await.expect("Continue to Klarna");
    shopper.expect("We are waiting to hear from Klarna.");

    // Nobody is believed who says that they have agreed, be it of a page that is there.
    let forged = json!({ "event_id": "e", "session": { "session_id": page, "status": "COMPLETED", "order_id": "x" } });
    assert_eq!(shop.klarna.deliver(shop.guest.base(), &forged).await.unwrap(), 200);
    let made_up = json!({ "event_id": "e", "session": { "session_id": "nobody", "status": "COMPLETED" } });
    assert_eq!(shop.klarna.deliver(shop.guest.base(), &made_up).await.unwrap(), 400);
    shop.shop.settle().await;
    shop.assert_statuses(&placed, "PAYMENT_PENDING", "ACTION_REQUIRED")
        .await;

    // What is taken is not told, and asked about.
    shop.klarna.finish(&page, true);
    shop.klarna.fail(CAPTURES, 1, Fault::CutAfterActing);
    shop.deliver_all().await;
    shop.until(&placed, "CAPTURED").await;
    shop.assert_statuses(&placed, "CONFIRMED", "CAPTURED").await;
    let taken = shop.klarna.requests_to(CAPTURES);
    assert!(taken.iter().all(|request| request.key == taken[0].key), "{taken:#?}");

    shop.refund(&placed, "3.00").await;
    shop.assert_refunded(&placed, "3.00").await;
    shop.close().await;
}

/// Whoever gives up, or is not taken, is not charged and may pay otherwise; what is held is taken when the goods leave.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_given_up_is_never_taken_and_what_is_held_is_taken_with_the_goods() {
    let shop = KlarnaShop::open_with(|config| {
        config.payment.capture = CaptureAt::OnDispatch;
        config.shop.reservation_minutes = 24 * 60;
    })
    .await;
    let (given_up, _) = shop.buy().await;
    shop.cancel(&given_up).await;
    shop.shop.settle().await;
    shop.assert_statuses(&given_up, "CANCELLED", "VOIDED").await;
    let page = shop.klarna.pages().pop().unwrap();
    assert_eq!(page["status"], "DISABLED", "nobody can agree to it any more");

    // They agree in the very moment: it is the order that is given up.
    let (given_up, page) = shop.buy().await;
    shop.klarna.finish(&page, true);
    shop.cancel(&given_up).await;
    shop.deliver_all().await;
    shop.until(&given_up, "VOIDED").await;
    let order = shop.klarna.orders().pop().unwrap();
    assert_eq!(
        (&order["status"], &order["captured_amount"]),
        (&json!("CANCELLED"), &json!(0))
    );

    // Of who is not taken Klarna tells nothing that could be believed: the shop asks by itself.
    let (declined, page) = shop.buy().await;
    shop.klarna.finish(&page, false);
    shop.deliver_all().await;
    shop.until(&declined, "DECLINED").await;
    shop.assert_statuses(&declined, "PAYMENT_FAILED", "DECLINED").await;

    // Nobody has agreed until the page's time was over, and the goods are held for longer: they may pay otherwise.
    let (forgotten, page) = shop.buy().await;
    shop.klarna.forget_page(&page);
    shop.shop.advance(TimeDelta::minutes(50)).await;
    shop.assert_statuses(&forgotten, "PAYMENT_PENDING", "ACTION_REQUIRED")
        .await;
    for _ in 0..2 {
        shop.shop.advance(TimeDelta::hours(1)).await;
    }
    shop.assert_statuses(&forgotten, "PAYMENT_FAILED", "VOIDED").await;

    let (held, page) = shop.buy().await;
    shop.klarna.finish(&page, true);
    shop.deliver_all().await;
    shop.assert_statuses(&held, "CONFIRMED", "AUTHORIZED").await;
    dispatch(&shop.staff, &held.id).await;
    shop.shop.settle().await;
    shop.assert_statuses(&held, "DISPATCHED", "CAPTURED").await;
    shop.close().await;
}

/// Enough is held to take the same part once more: under another key it is asked for only when no call can be on its way. What
/// it was to release is released, though it was cut off between the two.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_part_is_taken_once_and_the_rest_released_however_often_it_fails() {
    let shop = KlarnaShop::open_with(|config| config.payment.capture = CaptureAt::OnDispatch).await;
    let (held, page) = shop.buy().await;
    shop.klarna.finish(&page, true);
    shop.deliver_all().await;
    shop.klarna.fail(CAPTURES, 4, Fault::ErrorBeforeActing);
    shop.klarna.fail(RELEASES, 1, Fault::CutBeforeActing);
    let input = json!({ "orderId": held.id, "amount": "4.00", "idempotencyKey": "part" });
    shop.staff.done(CAPTURE, json!({ "input": input })).await;
    let sent = || shop.klarna.requests_to(CAPTURES);
    for _ in 0..30 {
        if sent().len() >= 4 {
            break;
        }
        shop.shop.advance(TimeDelta::seconds(10)).await;
    }
    shop.shop.advance(TimeDelta::minutes(3)).await;
    assert_eq!(sent().len(), 4, "its key is spent, and the next one waits");
    shop.until(&held, "CAPTURED").await;
    shop.shop.settle().await;
    let keys: Vec<_> = sent().into_iter().filter_map(|request| request.key).collect();
    assert!(keys.len() == 5 && keys[4] != keys[0], "{keys:?}");
    let order = shop.klarna.orders().pop().unwrap();
    assert_eq!(
        (&order["captured_amount"], &order["remaining_authorized_amount"]),
        (&json!(400), &json!(0))
    );
    assert_eq!(shop.klarna.requests_to(RELEASES).len(), 2);
    shop.close().await;
}
