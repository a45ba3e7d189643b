//! Less, more, paid, sent and paid back.

use serde_json::{Value, json};
use vitrine_adapters::config::CaptureAt;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{DISPATCH, EDIT, PAY, PREVIEW, cents, change, kept, line, on_hand, order};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_changed_paid_and_sent() {
    let story = Story::open().await;
    let preview = story.is_tried().await;
    let less = story.is_made_for_less(&preview).await;
    story.is_made_for_more(&less).await;
    story.is_paid_before_anything_leaves().await;
    story.goes_back_over_both_payments().await;
    story.shop.close().await;
}

/// Three mugs that are paid for.
struct Story {
    shop: TestShop,
    staff: Client,
    guest: Client,
    mug: String,
    bowl: String,
    placed: PlacedOrder,
    /// The order, as it was placed.
    first: Value,
}

impl Story {
    async fn open() -> Self {
        let shop = TestShop::open().await;
        let staff = shop.staff(StaffRole::Administrator).await;
        let (mug, bowl) = (
            staff.sell("MUG-1", "10.00", 10).await,
            staff.sell("BOWL-1", "8.00", 9).await,
        );
        let guest = shop.guest();
        let placed = guest.buy(&[(&mug, 3)], "tok_approve").await;
        shop.settle().await;
        let first = order(&staff, &placed).await;
        assert_eq!((&first["versions"], on_hand(&staff, &mug).await), (&json!([]), 7));
        Self {
            shop,
            staff,
            guest,
            mug,
            bowl,
            placed,
            first,
        }
    }

    /// Two mugs fewer, two bowls more, and something off.
    fn changes(&self) -> Value {
        json!({
            "lines": [{ "lineId": line(&self.first, "MUG-1"), "quantity": 1 }],
            "added": [{ "variantId": self.bowl, "quantity": 2 }],
            "discount": { "amount": "1.00", "label": "For the wait" },
        })
    }

    /// It is tried, and nothing is done.
    async fn is_tried(&self) -> Value {
        let Self {
            staff,
            guest,
            mug,
            bowl,
            placed,
            first,
            ..
        } = self;
        let tried = json!({ "input": { "orderId": placed.id, "expectedVersion": first["version"], "changes": self.changes() } });
        let preview = staff.done(PREVIEW, tried.clone()).await["preview"].take();
        assert_eq!(
            (
                &preview["difference"]["amount"],
                &preview["refund"]["amount"],
                &preview["unpaid"]["amount"]
            ),
            (&json!("-5.00"), &json!("5.00"), &json!("0.00"))
        );
        assert_eq!(
            preview["stock"],
            json!([
                { "sku": "BOWL-1", "units": 2, "available": 9, "enough": true },
                { "sku": "MUG-1", "units": -2, "available": 7, "enough": true },
            ])
        );
        assert_eq!((on_hand(staff, mug).await, on_hand(staff, bowl).await), (7, 9));
        assert_eq!(guest.refusals(PREVIEW, tried).await, ["UNAUTHENTICATED"]);
        preview
    }

    /// Then it is made, once, and what it costs less goes back.
    async fn is_made_for_less(&self, preview: &Value) -> Value {
        let Self {
            shop,
            staff,
            guest,
            mug,
            bowl,
            placed,
            first,
            ..
        } = self;
        let mut made = change(first, "less", self.changes());
        made["input"]["expectedTotal"] = json!("1.00");
        assert_eq!(staff.refusals(EDIT, made.clone()).await, ["PRICE_CHANGED"]);
        made["input"]["expectedTotal"] = preview["cost"]["total"]["amount"].clone();
        made["input"]["reason"] = json!("As you asked");
        assert_eq!(guest.refusals(EDIT, made.clone()).await, ["UNAUTHENTICATED"]);
        assert_eq!(staff.done(EDIT, made.clone()).await["replayed"], false);
        assert_eq!(staff.done(EDIT, made.clone()).await["replayed"], true);
        made["input"]["reason"] = json!("For another reason");
        assert_eq!(staff.refusals(EDIT, made).await, ["IDEMPOTENCY_KEY_REUSED"]);
        shop.settle().await;
        let less = order(guest, placed).await;
        assert_eq!(cents(&less["cost"]["total"]), cents(&first["cost"]["total"]) - 500);
        assert_eq!(kept(&less), cents(&less["cost"]["total"]), "{less}");
        assert_eq!((on_hand(staff, mug).await, on_hand(staff, bowl).await), (9, 7));
        let versions = less["versions"].as_array().unwrap();
        assert_eq!(
            (versions.len(), &versions[1]["refunded"]["amount"]),
            (2, &json!("5.00"))
        );
        assert_eq!(versions[0]["lines"], json!([{ "sku": "MUG-1", "quantity": 3 }]));
        assert_eq!(
            versions[1]["changes"],
            json!([
                { "kind": "QUANTITY_CHANGED", "before": "3", "after": "1", "line": { "sku": "MUG-1" } },
                { "kind": "LINE_ADDED", "before": null, "after": "2", "line": { "sku": "BOWL-1" } },
                { "kind": "DISCOUNT_CHANGED", "before": "0.00 EUR", "after": "1.00 EUR", "line": null },
            ])
        );
        let mails = shop.mails().await;
        let told = mails
            .iter()
            .find(|mail| mail.subject.contains("was changed"))
            .expect("a mail");
        assert!(
            told.text.contains("As you asked") && told.text.contains("You get"),
            "{}",
            told.text
        );
        less
    }

    /// More: of what there is, and at the version that staff saw.
    async fn is_made_for_more(&self, less: &Value) {
        let Self { staff, first, .. } = self;
        let more = json!({ "lines": [{ "lineId": line(less, "MUG-1"), "quantity": 4 }] });
        assert_eq!(
            staff.refusals(EDIT, change(first, "late", more.clone())).await,
            ["VERSION_CONFLICT"]
        );
        let too_many = json!({ "lines": [{ "lineId": line(less, "MUG-1"), "quantity": 99 }] });
        assert_eq!(
            staff.refusals(EDIT, change(less, "many", too_many)).await,
            ["INSUFFICIENT_STOCK"]
        );
        let asked = staff.done(EDIT, change(less, "more", more)).await;
        assert_eq!(asked["order"]["cost"]["unpaid"]["amount"], "30.00");
    }

    /// What that costs is paid by the shopper before anything leaves, once.
    async fn is_paid_before_anything_leaves(&self) {
        let Self {
            shop,
            staff,
            guest,
            placed,
            ..
        } = self;
        let dispatch = json!({ "input": { "orderId": placed.id } });
        assert_eq!(staff.refusals(DISPATCH, dispatch.clone()).await, ["PAYMENT_STATE"]);
        shop.settle().await;
        assert!(order(guest, placed).await["paymentRetryable"].as_bool().unwrap());
        let pay = |token: &str, key: &str| {
            json!({ "input": { "orderId": placed.id, "accessToken": placed.access_token, "idempotencyKey": key,
                "paymentMethod": { "token": token } } })
        };
        guest.done(PAY, pay("tok_decline", "no")).await;
        shop.settle().await;
        let declined = order(guest, placed).await;
        assert_eq!(
            (
                &declined["status"],
                &declined["cost"]["unpaid"]["amount"],
                &declined["paymentRetryable"]
            ),
            (&json!("CONFIRMED"), &json!("30.00"), &json!(true))
        );
        for _ in 0..2 {
            guest.done(PAY, pay("tok_approve", "yes")).await;
            shop.settle().await;
        }
        let paid = order(guest, placed).await;
        assert_eq!(
            (&paid["cost"]["unpaid"]["amount"], &paid["paymentRetryable"]),
            (&json!("0.00"), &json!(false))
        );
        assert_eq!(kept(&paid), cents(&paid["cost"]["total"]), "{paid}");
        assert_eq!(paid["payments"].as_array().unwrap().len(), 3);
        staff.done(DISPATCH, dispatch).await;
        shop.settle().await;
        let sent = order(staff, placed).await;
        let late = json!({ "discount": { "amount": "2.00" } });
        assert_eq!(
            staff.refusals(EDIT, change(&sent, "after", late)).await,
            ["ORDER_STATE"]
        );
    }

    /// All of it goes back, over both payments.
    async fn goes_back_over_both_payments(&self) {
        let Self {
            shop,
            staff,
            guest,
            placed,
            ..
        } = self;
        let refund =
            "mutation($input: OrderRefundInput!) { orderRefund(input: $input) { userErrors { code message } } }";
        staff
            .done(
                refund,
                json!({ "input": { "orderId": placed.id, "idempotencyKey": "all" } }),
            )
            .await;
        shop.settle().await;
        assert_eq!(kept(&order(guest, placed).await), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_only_held_is_taken_as_far_as_the_order_costs() {
    let shop = TestShop::open_with(|config| config.payment.capture = CaptureAt::OnDispatch).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 20).await;
    let guest = shop.guest();
    for (units, unpaid) in [(1, 0), (4, 1000)] {
        let placed = guest.buy(&[(&mug, 3)], "tok_approve").await;
        shop.settle().await;
        let held = order(&staff, &placed).await;
        let lines = json!({ "lines": [{ "lineId": line(&held, "MUG-1"), "quantity": units }] });
        let edited = staff.done(EDIT, change(&held, &placed.id, lines)).await;
        assert_eq!(cents(&edited["order"]["cost"]["unpaid"]), unpaid);
        if unpaid > 0 {
            let pay = json!({ "orderId": placed.id, "accessToken": placed.access_token, "idempotencyKey": "pay",
                "paymentMethod": { "token": "tok_approve" } });
            guest.done(PAY, json!({ "input": pay })).await;
            shop.settle().await;
        }
        let before = order(&staff, &placed).await;
        assert_eq!((kept(&before), &before["refunds"]), (unpaid, &json!([])), "{before}");
        staff.done(DISPATCH, json!({ "input": { "orderId": placed.id } })).await;
        shop.settle().await;
        let sent = order(&staff, &placed).await;
        assert_eq!(kept(&sent), cents(&sent["cost"]["total"]), "{sent}");
    }
    shop.close().await;
}
