//! Other goods in place of what came back, and what is done about goods that were broken.

mod same_price;
mod sent_again;

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use self::same_price::costs_the_same;
use super::{complete, done, line_of, on_hand, refusal};
use crate::purchase::dispatch;

const CLAIM: &str = "mutation($input: OrderClaimCreateInput!) { orderClaimCreate(input: $input) {
    claim { id amount { amount } replacement { id status cost { total { amount } } } }
    userErrors { code message field } } }";
const CANCEL: &str =
    "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code } } }";

/// A product in two sizes of one price; its variants.
async fn sizes(staff: &Client, slug: &str, price: &str) -> (String, String) {
    let mutation = "mutation($input: ProductSetInput!) { productSet(input: $input) {
        product { variants { id sku } } userErrors { code message field } } }";
    let sku = |size: &str| format!("{}-{size}", slug.to_uppercase());
    let of = |size: &str, on_hand: i64| json!({ "sku": sku(size), "price": price, "onHand": on_hand, "optionValues": [size] });
    let input = json!({ "slug": slug, "title": slug, "active": true, "options": ["Size"], "variants": [of("S", 9), of("L", 5)] });
    let variants = staff.done(mutation, json!({ "input": input })).await["product"]["variants"].take();
    let id = |size: &str| {
        let mut variants = variants.as_array().unwrap().iter();
        variants.find(|variant| variant["sku"] == sku(size)).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    (id("S"), id("L"))
}

async fn credit_of(ada: &Client) -> Value {
    let mine = "{ viewer { storeCredit { balance { amount } } } }";
    ada.data(mine, json!({})).await["viewer"]["storeCredit"][0]["balance"]["amount"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn goods_are_exchanged_sent_again_and_made_good() {
    let story = Story::open().await;
    let back = story.comes_back_to_be_exchanged().await;
    story.the_other_size_goes_out_and_is_given_up(&back).await;
    let replacement = story.the_other_one_is_sent_again_once_and_partly_paid_back().await;
    story.what_is_paid_back_is_not_sent_again(&replacement).await;
    story.nor_is_what_was_sent_again_paid_back().await;
    story.what_is_sent_again_was_sold_before().await;
    let Story {
        shop,
        staff,
        ada,
        small,
        large,
        ..
    } = story;
    refund_fails(&shop, &staff, &ada, (&small, &large)).await;
    costs_the_same(&shop, &staff).await;
    shop.close().await;
}

/// Two small caps that were sent, of which one comes back for a large one.
struct Story {
    shop: TestShop,
    staff: Client,
    ada: Client,
    small: String,
    large: String,
    placed: PlacedOrder,
    line: Value,
}

impl Story {
    async fn open() -> Self {
        let shop = TestShop::open().await;
        let staff = shop.staff(StaffRole::Administrator).await;
        let ada = shop.customer("ada@example.com").await;
        let (small, large) = sizes(&staff, "cap", "10.00").await;
        let placed = ada.buy(&[(&small, 2)], "tok_approve").await;
        shop.settle().await;
        dispatch(&staff, &placed.id).await;
        complete(&staff, &placed.id).await;
        let line = line_of(&ada, &placed, "CAP-S").await;
        Self {
            shop,
            staff,
            ada,
            small,
            large,
            placed,
            line,
        }
    }

    /// What is done about goods that were broken.
    fn settled(&self, key: &str, more: Value) -> Value {
        let mut input =
            json!({ "orderId": self.placed.id, "reason": "DAMAGED", "idempotencyKey": key, "note": "We are sorry." });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "input": input })
    }

    fn again(&self, quantity: i64) -> Value {
        json!({ "kind": "RESEND", "lines": [{ "lineId": self.line, "quantity": quantity }] })
    }

    /// Nothing goes out for what has not come, nor anything but another size.
    async fn comes_back_to_be_exchanged(&self) -> Value {
        let Self {
            staff,
            ada,
            large,
            placed,
            line,
            ..
        } = self;
        let input = json!({
            "orderId": placed.id, "idempotencyKey": "x1", "resolution": "EXCHANGE",
            "lines": [{ "lineId": line, "quantity": 1, "reason": "WRONG_SIZE" }],
        });
        let back = done(ada, "returnRequest", input).await;
        let id = &back["id"];
        done(
            staff,
            "returnApprove",
            json!({ "id": id, "instructions": "To Dock 4, Hamburg." }),
        )
        .await;
        assert_eq!(
            refusal(staff, "returnExchange", swap(&back, "e1", large)).await.0,
            "INVALID",
            "it has not come"
        );
        done(staff, "returnReceive", json!({ "id": id })).await;
        let other = staff.sell("MUG-1", "1.00", 5).await;
        let told = refusal(staff, "returnExchange", swap(&back, "e1", &other)).await;
        assert!(told.1.contains("same product"), "{told:?}");
        back
    }

    /// The other size goes out, for nothing more, and whoever gives it up has the money where it came from.
    async fn the_other_size_goes_out_and_is_given_up(&self, back: &Value) {
        let Self {
            shop,
            staff,
            ada,
            large,
            ..
        } = self;
        let id = &back["id"];
        for _ in 0..2 {
            done(staff, "returnExchange", swap(back, "e2", large)).await;
        }
        shop.settle().await;
        assert_eq!(credit_of(ada).await, "0.00");
        let asked = "query($id: ID!) { return(id: $id) { refunded { amount } paidBack { amount }
            exchangeOrder { id status cost { total { amount } due { amount } } lines { sku quantity total { amount } } } } }";
        let seen = ada.data(asked, json!({ "id": id })).await["return"].take();
        let sent = &seen["exchangeOrder"];
        assert_eq!(sent["status"], "CONFIRMED");
        assert_eq!(
            (
                &sent["cost"]["total"]["amount"],
                &sent["cost"]["due"]["amount"],
                &seen["refunded"]["amount"]
            ),
            (&json!("10.00"), &json!("0.00"), &json!("10.00"))
        );
        assert_eq!(seen["paidBack"]["amount"], "0.00", "it pays the other size");
        assert_eq!(
            (&sent["lines"][0]["sku"], on_hand(staff, large).await),
            (&json!("CAP-L"), 4)
        );
        ada.done(CANCEL, json!({ "input": { "orderId": sent["id"] } })).await;
        shop.settle().await;
        assert_eq!((credit_of(ada).await, on_hand(staff, large).await), (json!("0.00"), 5));
    }

    /// The other one was broken: it is sent again, once, and a part of its price goes back.
    async fn the_other_one_is_sent_again_once_and_partly_paid_back(&self) -> Value {
        let Self {
            shop,
            staff,
            ada,
            placed,
            ..
        } = self;
        let first = staff.done(CLAIM, self.settled("c1", self.again(1))).await["claim"].take();
        assert_eq!(
            staff.done(CLAIM, self.settled("c1", self.again(1))).await["claim"]["id"],
            first["id"]
        );
        assert_eq!(first["replacement"]["cost"]["total"]["amount"], "0.00");
        for (key, more, code) in [
            ("c1", self.again(2), "IDEMPOTENCY_KEY_REUSED"),
            ("c2", self.again(2), "INVALID"),
            ("c2", json!({ "kind": "RESEND" }), "INVALID"),
            ("c2", json!({ "kind": "REFUND" }), "INVALID"),
            (
                "c2",
                json!({ "kind": "REFUND", "amount": "999.00" }),
                "REFUND_EXCEEDS_CAPTURED",
            ),
        ] {
            assert_eq!(
                staff.refusals(CLAIM, self.settled(key, more.clone())).await,
                [code],
                "{more}"
            );
        }
        let paid = staff
            .done(CLAIM, self.settled("c3", json!({ "kind": "REFUND", "amount": "2.50" })))
            .await;
        assert_eq!(paid["claim"]["amount"]["amount"], "2.50");
        staff
            .done(
                CLAIM,
                self.settled("c4", json!({ "kind": "STORE_CREDIT", "amount": "1.00" })),
            )
            .await;
        shop.settle().await;
        assert_eq!(credit_of(ada).await, "1.00");
        sent_again::is_told(shop, ada, placed, &first["replacement"]["id"]).await;
        let claims = "query($id: ID!) { order(id: $id) { claims { kind reason note replacement { status } } payment { refundedAmount { amount } } } }";
        let told = ada.data(claims, json!({ "id": placed.id })).await["order"].take();
        let kinds: Vec<_> = told["claims"]
            .as_array()
            .unwrap()
            .iter()
            .map(|claim| claim["kind"].clone())
            .collect();
        assert_eq!(kinds, ["RESEND", "REFUND", "STORE_CREDIT"]);
        assert_eq!(told["claims"][0]["replacement"]["status"], "CONFIRMED");
        assert_eq!(told["payment"]["refundedAmount"]["amount"], "12.50");
        first["replacement"]["id"].clone()
    }

    /// What is not sent again after all may be; what is paid back is not sent again.
    async fn what_is_paid_back_is_not_sent_again(&self, replacement: &Value) {
        let Self { shop, staff, .. } = self;
        assert_eq!(
            staff.refusals(CLAIM, self.settled("c5", self.again(1))).await,
            ["INVALID"]
        );
        let not_sent = json!({ "input": { "orderId": replacement } });
        staff.done(CANCEL, not_sent).await;
        assert_eq!(
            staff.refusals(CLAIM, self.settled("c6", self.again(2))).await,
            ["INVALID"]
        );
        staff.done(CLAIM, self.settled("c6", self.again(1))).await;
        assert_eq!(
            staff.refusals(CLAIM, self.settled("c7", self.again(1))).await,
            ["INVALID"]
        );
        shop.settle().await;
    }

    /// Nor is what was sent again paid back, unless staff say so.
    async fn nor_is_what_was_sent_again_paid_back(&self) {
        let Self {
            shop,
            staff,
            ada,
            placed,
            line,
            ..
        } = self;
        let mut part = json!({ "kind": "REFUND", "amount": "1.00", "lines": [{ "lineId": line, "quantity": 1 }] });
        assert_eq!(
            staff.refusals(CLAIM, self.settled("c8", part.clone())).await,
            ["INVALID"]
        );
        part["again"] = json!(true);
        staff.done(CLAIM, self.settled("c8", part)).await;
        let input = json!({
            "orderId": placed.id, "idempotencyKey": "x2",
            "lines": [{ "lineId": line, "quantity": 1, "reason": "DAMAGED" }],
        });
        let back = done(ada, "returnRequest", input).await;
        let approve = json!({ "id": back["id"], "instructions": "To Dock 4, Hamburg." });
        done(staff, "returnApprove", approve).await;
        done(staff, "returnReceive", json!({ "id": back["id"] })).await;
        let mut refund = json!({ "id": back["id"], "idempotencyKey": "x3", "fee": "6.00" });
        let told = refusal(staff, "returnRefund", refund.clone()).await;
        assert!(told.0 == "PAYMENT_STATE" && told.1.contains("sent again"), "{told:?}");
        refund["lines"] = json!([{ "lineId": back["lines"][0]["id"], "quantity": 1 }]);
        assert_eq!(
            done(staff, "returnRefund", refund).await["lines"][0]["refundedQuantity"],
            1
        );
        shop.settle().await;
    }

    /// What is sent again was sold before.
    async fn what_is_sent_again_was_sold_before(&self) {
        let Self { shop, staff, .. } = self;
        let day = shop.shop().profile().date(shop.shop().now()).to_string();
        let counted = "query($day: Date!) { orderAnalytics(from: $day, to: $day) { total { orderCount } } }";
        let counted = staff.data(counted, json!({ "day": day })).await["orderAnalytics"].take();
        assert_eq!(
            counted["total"]["orderCount"], 2,
            "the first, and what was sent in exchange"
        );
    }
}

/// One unit of the return is to be made good by another variant.
fn swap(back: &Value, key: &str, variant: &str) -> Value {
    let line = json!({ "lineId": back["lines"][0]["id"], "quantity": 1, "variantId": variant });
    json!({ "id": back["id"], "idempotencyKey": key, "lines": [line] })
}

/// What the provider cannot pay back is not paid back, and may be again.
async fn refund_fails(shop: &TestShop, staff: &Client, ada: &Client, (small, large): (&str, &str)) {
    let placed = ada.buy(&[(small, 2)], "tok_refund_fails").await;
    shop.settle().await;
    dispatch(staff, &placed.id).await;
    complete(staff, &placed.id).await;
    let line = line_of(ada, &placed, "CAP-S").await;
    let input = json!({
        "orderId": placed.id, "idempotencyKey": "f1",
        "lines": [{ "lineId": line, "quantity": 2, "reason": "DEFECTIVE" }],
    });
    let back = done(staff, "returnRequest", input).await;
    let id = &back["id"];
    done(
        staff,
        "returnApprove",
        json!({ "id": id, "instructions": "To Dock 4, Hamburg." }),
    )
    .await;
    done(staff, "returnReceive", json!({ "id": id })).await;
    let mut amounts = Vec::new();
    for key in ["p1", "p2"] {
        let paid = done(
            staff,
            "returnRefund",
            json!({ "id": id, "idempotencyKey": key, "fee": "1.00" }),
        )
        .await;
        assert_eq!(paid["lines"][0]["refundedQuantity"], 2);
        amounts.push(paid["refunded"]["amount"].clone());
        shop.settle().await;
        let seen = "query($id: ID!) { return(id: $id) { refunded { amount } fee { amount } lines { refundedQuantity }
            events { kind units } } }";
        let seen = staff.data(seen, json!({ "id": id })).await["return"].take();
        assert_eq!(seen["lines"][0]["refundedQuantity"], 0, "{key}");
        assert_eq!(
            (&seen["refunded"]["amount"], &seen["fee"]["amount"]),
            (&json!("0.00"), &json!("0.00"))
        );
        let last = seen["events"].as_array().unwrap().last().unwrap();
        assert_eq!(last, &json!({ "kind": "REFUND_FAILED", "units": 2 }));
    }

    // Neither are the goods nor shipping, which is asked for again with them.
    assert_eq!(amounts[0], amounts[1]);
    assert_ne!(amounts[0], "19.00", "shipping is among it");

    // It pays other goods all the same; where they are not sent after all, and the card does not take it, it is credit.
    done(staff, "returnExchange", swap(&back, "swap", large)).await;
    shop.settle().await;
    let before = credit_of(ada).await;
    let asked = "query($id: ID!) { return(id: $id) { exchangeOrder { id } } }";
    let sent = staff.data(asked, json!({ "id": id })).await["return"]["exchangeOrder"]["id"].take();
    ada.done(CANCEL, json!({ "input": { "orderId": sent } })).await;
    shop.settle().await;
    assert_eq!((before, credit_of(ada).await), (json!("1.00"), json!("11.00")));
}
