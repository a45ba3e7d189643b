//! What the rules do not settle is received, and decided by staff.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{CONFIRM, POLICY, arrived, goods, newest};
use crate::returns::line_of;

const ACCEPT: &str = "mutation($input: WithdrawalAcceptInput!) { withdrawalAccept(input: $input) {
    withdrawal { status returns { status lines { quantity orderLine { sku } } } } userErrors { code message } } }";
const REFUSE: &str = "mutation($input: WithdrawalRefuseInput!) { withdrawalRefuse(input: $input) {
    withdrawal { status refusal } userErrors { code message } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_late_or_exempt_is_received_and_decided_by_staff() {
    let (story, staff, ada) = Story::open().await;
    story.what_is_exempt_waits_for_staff(&staff, &ada).await;
    let (second, line) = story.is_theirs_alone_and_no_more_than_was_bought(&staff, &ada).await;
    story.shop.advance(TimeDelta::days(20)).await;
    // Nobody is signed in that long: the mail's link opens the order.
    let (staff, holder) = (story.shop.sign_in(StaffRole::Administrator).await, story.shop.guest());
    story
        .is_received_too_late_and_refused(&staff, &holder, (&second, &line))
        .await;
    story.has_an_unsent_order_cancelled(&staff, &holder).await;
    story.is_read_by_staff_who_may_pay_back(&staff, &holder).await;
    story
        .is_answered_alike_whatever_became_of_the_order(&staff, &holder)
        .await;
    story.shop.close().await;
}

/// Mugs, and soap that is exempt.
struct Story {
    shop: TestShop,
    mug: String,
    soap: String,
}

impl Story {
    async fn open() -> (Self, Client, Client) {
        let shop = TestShop::open().await;
        let staff = shop.staff(StaffRole::Administrator).await;
        let ada = shop.customer("ada@example.com").await;
        let (mug, soap) = (
            staff.sell("MUG-1", "10.00", 10).await,
            staff.sell("SOAP-1", "5.00", 10).await,
        );
        let id = staff.data("{ product(slug: \"soap-1\") { id } }", json!({})).await["product"]["id"].take();
        let exempt = "mutation($input: ProductReturnExemptionSetInput!) { productReturnExemptionSet(input: $input) { userErrors { code } } }";
        staff
            .done(exempt, json!({ "input": { "productId": id, "reason": "HYGIENE" } }))
            .await;
        staff
            .done(POLICY, json!({ "input": { "instructions": "To Dock 4, Hamburg." } }))
            .await;
        for (input, code) in [
            (json!({ "withdrawalDays": -1 }), "INVALID"),
            (json!({ "deliveryMarginDays": 366 }), "INVALID"),
        ] {
            assert_eq!(staff.refusals(POLICY, json!({ "input": input })).await, [code]);
        }
        (Self { shop, mug, soap }, staff, ada)
    }

    /// The mugs come back at once; the soap waits for staff, who take it back, too.
    async fn what_is_exempt_waits_for_staff(&self, staff: &Client, ada: &Client) {
        let Self { shop, mug, soap } = self;
        let placed = arrived(shop, staff, ada, &[(mug, 2), (soap, 1)]).await;
        ada.done(CONFIRM, whole(&placed, "a1")).await;
        let row = newest(shop, staff).await;
        assert_eq!(
            (&row["status"], &row["judgement"]),
            (&json!("RECEIVED"), &json!("IN_TIME"))
        );
        assert_eq!(goods(&row["returns"][0]), [("MUG-1".to_owned(), 2)]);
        for _ in 0..2 {
            let accepted = staff.done(ACCEPT, json!({ "input": { "id": row["id"] } })).await["withdrawal"].take();
            assert_eq!(accepted["status"], "ACCEPTED");
            assert_eq!(goods(&accepted["returns"][1]), [("SOAP-1".to_owned(), 1)]);
        }
        assert_eq!(staff.refusals(REFUSE, refuse(&row)).await, ["ORDER_STATE"]);
        assert_eq!(
            ada.refusals(ACCEPT, json!({ "input": { "id": row["id"] } })).await,
            ["FORBIDDEN"]
        );
    }

    /// Nobody's but theirs, and no more than was bought.
    async fn is_theirs_alone_and_no_more_than_was_bought(&self, staff: &Client, ada: &Client) -> (PlacedOrder, Value) {
        let Self { shop, mug, .. } = self;
        let second = arrived(shop, staff, ada, &[(mug, 3)]).await;
        let line = line_of(ada, &second, "MUG-1").await;
        assert_eq!(
            shop.guest().refusals(CONFIRM, some(&second, &line, 1, "b1")).await,
            ["NOT_FOUND"]
        );
        assert_eq!(ada.refusals(CONFIRM, some(&second, &line, 4, "b1")).await, ["INVALID"]);
        ada.done(CONFIRM, some(&second, &line, 1, "b1")).await;
        let row = newest(shop, staff).await;
        assert_eq!(
            (&row["status"], goods(&row["returns"][0])),
            (&json!("ACCEPTED"), vec![("MUG-1".to_owned(), 1)])
        );
        assert!(row["statement"].as_str().unwrap().contains("1 × Test MUG-1"), "{row}");
        (second, line)
    }

    /// Too late is received, told to staff, and refused with words that the shopper reads.
    async fn is_received_too_late_and_refused(
        &self,
        staff: &Client,
        holder: &Client,
        (second, line): (&PlacedOrder, &Value),
    ) {
        let Self { shop, .. } = self;
        holder.done(CONFIRM, held(some(second, line, 2, "b2"), second)).await;
        let late = newest(shop, staff).await;
        assert_eq!(
            (&late["status"], &late["judgement"]),
            (&json!("RECEIVED"), &json!("LATE"))
        );
        assert_eq!(late["returns"], json!([]));
        for _ in 0..2 {
            let refused = staff.done(REFUSE, refuse(&late)).await["withdrawal"].take();
            assert_eq!(
                (&refused["status"], &refused["refusal"]),
                (&json!("REFUSED"), &json!("It came after 14 days."))
            );
        }
        assert_eq!(
            staff.refusals(ACCEPT, json!({ "input": { "id": late["id"] } })).await,
            ["ORDER_STATE"]
        );
        shop.settle().await;
        let number = late["number"].as_str().unwrap();
        let mails = shop.mails().await;
        let told = mails
            .iter()
            .filter(|mail| mail.subject.contains(number) && mail.text.contains("It came after 14 days."));
        assert_eq!(told.count(), 1);
    }

    /// Nothing was sent yet: there is nothing to come back, and the order is cancelled.
    async fn has_an_unsent_order_cancelled(&self, staff: &Client, holder: &Client) {
        let Self { shop, mug, .. } = self;
        let unsent = holder.buy(&[(mug, 1)], "tok_approve").await;
        shop.settle().await;
        holder.done(CONFIRM, held(whole(&unsent, "c1"), &unsent)).await;
        let row = newest(shop, staff).await;
        assert_eq!(
            (&row["status"], &row["basis"], &row["order"]["status"]),
            (&json!("ACCEPTED"), &json!("NOT_SENT"), &json!("CANCELLED"))
        );
    }

    /// What is said in words is read by staff; what cancels a paid order pays back, which not all of them may.
    async fn is_read_by_staff_who_may_pay_back(&self, staff: &Client, holder: &Client) {
        let Self { shop, mug, .. } = self;
        let told = holder.buy(&[(mug, 1)], "tok_approve").await;
        shop.settle().await;
        let mut said = held(whole(&told, "d1"), &told);
        said["input"]["details"] = json!("All of it, please.");
        holder.done(CONFIRM, said).await;
        let row = newest(shop, staff).await;
        assert_eq!(row["status"], "RECEIVED");
        let line = line_of(holder, &told, "MUG-1").await;
        let all = json!({ "input": { "id": row["id"], "lines": [{ "lineId": line, "quantity": 1 }] } });
        let packer = shop.staff(StaffRole::Fulfilment).await;
        // Nor may they say it for a shopper: a job would pay back moments later.
        assert_eq!(packer.refusals(CONFIRM, whole(&told, "d2")).await, ["FORBIDDEN"]);
        assert_eq!(newest(shop, staff).await["id"], row["id"], "nothing was received");
        assert_eq!(packer.refusals(ACCEPT, all.clone()).await, ["FORBIDDEN"]);
        let accepted = staff.done(ACCEPT, all).await["withdrawal"].take();
        assert_eq!(accepted["status"], "ACCEPTED");
        assert_eq!(newest(shop, staff).await["order"]["status"], "CANCELLED");
    }

    /// What was received stays so, whatever becomes of the order: whoever says it again under its key hears the same.
    async fn is_answered_alike_whatever_became_of_the_order(&self, staff: &Client, holder: &Client) {
        let Self { shop, mug, .. } = self;
        let changed = holder.buy(&[(mug, 3)], "tok_approve").await;
        shop.settle().await;
        let line = line_of(holder, &changed, "MUG-1").await;
        let units = |quantity: i64| held(some(&changed, &line, quantity, "d1"), &changed);
        let said = holder.done(CONFIRM, units(2)).await;
        shop.settle().await;
        let edit = "mutation($input: OrderEditInput!) { orderEdit(input: $input) { userErrors { code message } } }";
        let none = json!({ "lines": [{ "lineId": line, "quantity": 0 }] });
        let none = json!({ "orderId": changed.id, "changes": none, "idempotencyKey": "none" });
        let refused = staff.data(edit, json!({ "input": none })).await["orderEdit"]["userErrors"].take();
        let message = refused[0]["message"].as_str().unwrap();
        assert!(
            message.contains("withdrawn from before"),
            "the statement names it: {message}"
        );
        let fewer = json!({ "lines": [{ "lineId": line, "quantity": 1 }] });
        let fewer = json!({ "orderId": changed.id, "changes": fewer, "idempotencyKey": "fewer" });
        staff.done(edit, json!({ "input": fewer })).await;
        shop.settle().await;
        assert_eq!(holder.done(CONFIRM, units(2)).await, said);
        assert_eq!(holder.refusals(CONFIRM, units(1)).await, ["IDEMPOTENCY_KEY_REUSED"]);
    }
}

/// All of an order is withdrawn from.
fn whole(order: &PlacedOrder, key: &str) -> Value {
    json!({ "input": { "orderId": order.id, "idempotencyKey": key } })
}

/// Units of a line of an order are.
fn some(order: &PlacedOrder, line: &Value, quantity: i64, key: &str) -> Value {
    let lines = json!([{ "lineId": line, "quantity": quantity }]);
    json!({ "input": { "orderId": order.id, "idempotencyKey": key, "lines": lines } })
}

/// By whoever holds the order's link.
fn held(mut input: Value, order: &PlacedOrder) -> Value {
    input["input"]["accessToken"] = json!(order.access_token);
    input
}

fn refuse(row: &Value) -> Value {
    json!({ "input": { "id": row["id"], "reason": "It came after 14 days." } })
}
