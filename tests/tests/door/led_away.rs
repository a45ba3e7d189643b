//! A shop whose shoppers are led away to pay: they agree on pages of the provider's, and come back.

use chrono::TimeDelta;
use futures::future::join_all;
use reqwest::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use vitrine_adapters::config::Config;
use vitrine_entity::{payment, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code message } } }";
const REFUND: &str =
    "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { userErrors { code message } } }";

pub(crate) struct LedAwayShop {
    pub(crate) shop: TestShop,
    pub(crate) staff: Client,
    pub(crate) guest: Client,
    mug: String,
}

impl LedAwayShop {
    pub(crate) async fn open_with(change: impl FnOnce(&mut Config)) -> Self {
        let shop = TestShop::open_with(|config| {
            // Time passes quickly here.
            config.auth.access_minutes = 24 * 60;
            change(config);
        })
        .await;
        let staff = shop.staff(StaffRole::Administrator).await;
        let mug = staff.sell("MUG-1", "10.00", 100).await;
        let guest = shop.guest();
        Self {
            shop,
            staff,
            guest,
            mug,
        }
    }

    /// Places an order, which its shopper is to agree to; answers where they are led, too.
    pub(crate) async fn buy(&self) -> (PlacedOrder, String) {
        let placed = self.guest.buy(&[(&self.mug, 1)], "").await;
        self.shop.settle().await;
        self.assert_statuses(&placed, "PAYMENT_PENDING", "ACTION_REQUIRED")
            .await;
        let action = self.guest.order(&placed).await["payment"]["action"].take();
        assert_eq!(action["kind"], "redirect");
        let url = action["url"].as_str().unwrap().to_owned();
        (placed, url)
    }

    /// Of the order, and of its payment.
    pub(crate) async fn statuses(&self, placed: &PlacedOrder) -> (String, String) {
        let order = self.guest.order(placed).await;
        let text = |value: &Value| value.as_str().unwrap_or("none").to_owned();
        (text(&order["status"]), text(&order["payment"]["status"]))
    }

    pub(crate) async fn assert_statuses(&self, placed: &PlacedOrder, order: &str, payment: &str) {
        assert_eq!(self.statuses(placed).await, (order.to_owned(), payment.to_owned()));
    }

    /// Lets time pass, and what is due happen, until the payment has this status.
    pub(crate) async fn until(&self, placed: &PlacedOrder, payment: &str) {
        for _ in 0..60 {
            if self.statuses(placed).await.1 == payment {
                return;
            }
            self.shop.advance(TimeDelta::seconds(10)).await;
        }
        panic!("it never came to {payment}: {:#}", self.guest.order(placed).await);
    }

    /// Delivers each of these twice at once.
    pub(crate) async fn deliver<'a, Delivered>(&self, webhooks: &'a [Value], deliver: impl Fn(&'a Value) -> Delivered)
    where
        Delivered: Future<Output = reqwest::Result<StatusCode>>,
    {
        for webhook in webhooks {
            let twice = (0..2).map(|_| deliver(webhook));
            for status in join_all(twice).await {
                assert_eq!(status.unwrap(), 200, "{webhook}");
            }
        }
        self.shop.settle().await;
    }

    pub(crate) async fn cancel(&self, placed: &PlacedOrder) {
        let input = json!({ "orderId": placed.id, "reason": "they called" });
        self.staff.done(CANCEL, json!({ "input": input })).await;
    }

    /// Pays this much back.
    pub(crate) async fn refund(&self, placed: &PlacedOrder, amount: &str) {
        let input = json!({ "orderId": placed.id, "amount": amount, "reason": "a scratch", "idempotencyKey": "one" });
        self.staff.done(REFUND, json!({ "input": input })).await;
        self.shop.settle().await;
    }

    pub(crate) async fn assert_refunded(&self, placed: &PlacedOrder, amount: &str) {
        let refunded = self.guest.order(placed).await["payment"]["refundedAmount"]["amount"].take();
        assert_eq!(refunded, amount);
    }

    /// What was taken and paid back of each payment, as our rows say, least first.
    pub(crate) async fn sums(&self) -> Vec<(i64, i64)> {
        let rows = payment::Entity::find().all(&self.shop.shop().db).await.unwrap();
        let mut sums: Vec<_> = rows
            .iter()
            .map(|row| (row.captured_minor, row.refunded_minor))
            .collect();
        sums.sort_unstable();
        sums
    }

    pub(crate) async fn close(self) {
        self.shop.close().await;
    }
}
