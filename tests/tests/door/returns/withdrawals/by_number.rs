//! A guest withdraws who knows the number of an order and its address alone.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{CONFIRM, LIST, POLICY, arrived, goods, newest};
use crate::{
    purchase::dispatch,
    returns::{complete, done, line_of},
};

const PREPARE: &str = "mutation($input: WithdrawalPrepareInput!) { withdrawalPrepare(input: $input) {
    draft { statement orderNumber name email } userErrors { code field message } } }";
const MATCH: &str = "mutation($input: WithdrawalMatchInput!) { withdrawalMatch(input: $input) {
    withdrawal { status judgement order { id } returns { id } } userErrors { code message } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_withdraws_by_number_and_is_paid_back_in_full() {
    let story = Story::open().await;
    let receipt = story.is_declared_in_two_steps().await;
    let lost = story.so_is_what_names_no_order(&receipt).await;
    let row = story.comes_back_without_anybodys_approval(&receipt).await;
    story.is_paid_back_in_full(&row).await;
    story.what_was_declared_stays().await;
    story.staff_find_the_order_that_was_meant(&lost).await;
    story.shop.close().await;
}

/// Three mugs, of which one was paid back before the others were sent.
struct Story {
    shop: TestShop,
    staff: Client,
    guest: Client,
    mug: String,
    placed: PlacedOrder,
}

impl Story {
    async fn open() -> Self {
        let shop = TestShop::open().await;
        let staff = shop.staff(StaffRole::Administrator).await;
        let guest = shop.guest();
        let mug = staff.sell("MUG-1", "10.00", 10).await;
        let page = "mutation($input: PageCreateInput!) { pageCreate(input: $input) { userErrors { code } } }";
        let text = json!({ "kind": "WITHDRAWAL", "title": "Right of withdrawal", "bodyHtml": "<p>14 days.</p>", "published": true });
        staff.done(page, json!({ "input": text })).await;
        let rules =
            json!({ "instructions": "To Dock 4, Hamburg.", "feeBasisPoints": 1_000, "refundsShipping": "NEVER" });
        staff.done(POLICY, json!({ "input": rules })).await;
        // One of three was broken in the house, and is paid back before the others are sent: they are all that can come back.
        let placed = guest.buy(&[(&mug, 3)], "tok_approve").await;
        shop.settle().await;
        let line = line_of(&guest, &placed, "MUG-1").await;
        let refund =
            "mutation($input: OrderRefundInput!) { orderRefund(input: $input) { userErrors { code message } } }";
        let input =
            json!({ "orderId": placed.id, "idempotencyKey": "broken", "lines": [{ "lineId": line, "quantity": 1 }] });
        staff.done(refund, json!({ "input": input })).await;
        shop.settle().await;
        dispatch(&staff, &placed.id).await;
        complete(&staff, &placed.id).await;
        shop.settle().await;
        Self {
            shop,
            staff,
            guest,
            mug,
            placed,
        }
    }

    /// Two steps: what would be said, and then it is.
    async fn is_declared_in_two_steps(&self) -> Value {
        let Self { guest, placed, .. } = self;
        let typed = placed.number.to_lowercase();
        let mut prepared = by_number(&typed, "");
        prepared["input"].as_object_mut().unwrap().remove("idempotencyKey");
        let draft = guest.done(PREPARE, prepared.clone()).await["draft"].take();
        let statement = draft["statement"].as_str().unwrap();
        assert!(
            statement.contains("I, Ada Lovelace, withdraw") && statement.contains(&placed.number),
            "{statement}"
        );
        let receipt = guest.done(CONFIRM, by_number(&typed, "w1")).await["receipt"].take();
        assert_eq!(receipt["statement"], statement);
        // The answer may have been lost.
        assert_eq!(guest.done(CONFIRM, by_number(&typed, "w1")).await["receipt"], receipt);
        receipt
    }

    /// Of an order that there is not it is the same: it is received, confirmed, and shown to staff.
    async fn so_is_what_names_no_order(&self, receipt: &Value) -> Value {
        let Self { shop, staff, guest, .. } = self;
        let other = guest.done(CONFIRM, by_number("V-2222-2222", "w2")).await["receipt"].take();
        assert_eq!(
            (&other["email"], other["number"].as_str().unwrap().len()),
            (&receipt["email"], receipt["number"].as_str().unwrap().len())
        );
        let lost = newest(shop, staff).await;
        assert_eq!(
            (&lost["judgement"], &lost["status"]),
            (&json!("UNMATCHED"), &json!("RECEIVED"))
        );
        let statement = receipt["statement"].as_str().unwrap();
        let number = receipt["number"].as_str().unwrap();
        let mails = shop.mails().await;
        // The shop itself is written to, too.
        let confirmed: Vec<_> = mails
            .iter()
            .filter(|mail| mail.subject.starts_with("We received") && mail.subject.contains(number))
            .collect();
        assert_eq!(
            confirmed.len(),
            1,
            "{:?}",
            mails.iter().map(|mail| &mail.subject).collect::<Vec<_>>()
        );
        let [mail] = confirmed[..] else { unreachable!() };
        assert!(mail.to.eq_ignore_ascii_case("ada@example.com"), "{}", mail.to);
        assert!(
            mail.text.contains(statement.lines().next().unwrap()) && mail.text.contains("Received on"),
            "{}",
            mail.text
        );
        lost
    }

    /// What is in time comes back without anybody's approval.
    async fn comes_back_without_anybodys_approval(&self, receipt: &Value) -> Value {
        let Self { staff, .. } = self;
        let all = staff.data(LIST, json!({})).await["withdrawals"]["nodes"].take();
        let row = &all[1];
        assert_eq!(
            (&row["number"], &row["judgement"], &row["status"], &row["basis"]),
            (
                &receipt["number"],
                &json!("IN_TIME"),
                &json!("ACCEPTED"),
                &json!("DELIVERED")
            )
        );
        assert_eq!(row["policy"]["title"], "Right of withdrawal");
        assert_eq!(row["policySha256"].as_str().unwrap().len(), 64);
        let kinds: Vec<_> = row["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["kind"].as_str().unwrap())
            .collect();
        assert_eq!(kinds[0], "RECEIVED");
        assert!(
            ["JUDGED", "CONFIRMED", "ACCEPTED"]
                .iter()
                .all(|kind| kinds.contains(kind)),
            "{kinds:?}"
        );
        let back = &row["returns"][0];
        assert_eq!(
            (&back["status"], goods(back)),
            (&json!("APPROVED"), vec![("MUG-1".to_owned(), 2)])
        );
        all[1].clone()
    }

    /// It costs nothing, and what shipping cost goes back, too, whatever the shop's rules are otherwise.
    async fn is_paid_back_in_full(&self, row: &Value) {
        let Self {
            shop,
            staff,
            guest,
            placed,
            ..
        } = self;
        let back = &row["returns"][0];
        done(staff, "returnReceive", json!({ "id": back["id"] })).await;
        let paid = done(
            staff,
            "returnRefund",
            json!({ "id": back["id"], "idempotencyKey": "r1" }),
        )
        .await;
        assert_eq!(paid["fee"]["amount"], "0.00");
        shop.settle().await;
        let total = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { cost { total { amount } }
            withdrawals { number status } withdrawalPeriod { days basis endsAt } } }";
        let seen = guest
            .data(total, json!({ "id": placed.id, "token": placed.access_token }))
            .await["order"]
            .take();
        let cents = |money: &Value| {
            money["amount"]
                .as_str()
                .unwrap()
                .replace('.', "")
                .parse::<i64>()
                .unwrap()
        };
        assert_eq!(cents(&paid["refunded"]), cents(&seen["cost"]["total"]) - 1_000);
        assert_eq!(seen["withdrawals"][0]["status"], "ACCEPTED");
        assert_eq!(seen["withdrawalPeriod"]["endsAt"], row["endsAt"]);
    }

    /// What was declared stays, whoever connects.
    async fn what_was_declared_stays(&self) {
        let Self { shop, .. } = self;
        for sql in [
            "update withdrawal set statement = 'I keep it.'",
            "update withdrawal set received_at = updated_at, order_number = 'V-3333-3333'",
            "update withdrawal_event set kind = 'REFUSED'",
            "delete from withdrawal_line",
            "delete from withdrawal",
        ] {
            assert!(shop.shop().db.execute_unprepared(sql).await.is_err(), "{sql}");
        }
    }

    /// Staff find out which order was meant; it is settled then, once.
    async fn staff_find_the_order_that_was_meant(&self, lost: &Value) {
        let Self {
            shop,
            staff,
            guest,
            mug,
            placed,
        } = self;
        let meant = arrived(shop, staff, guest, &[(mug, 1)]).await;
        for _ in 0..2 {
            let found = staff
                .done(MATCH, json!({ "input": { "id": lost["id"], "orderId": meant.id } }))
                .await;
            let found = &found["withdrawal"];
            assert_eq!(
                (&found["status"], &found["judgement"]),
                (&json!("ACCEPTED"), &json!("IN_TIME"))
            );
            assert_eq!(found["returns"].as_array().unwrap().len(), 1);
        }
        assert_eq!(
            staff
                .refusals(MATCH, json!({ "input": { "id": lost["id"], "orderId": placed.id } }))
                .await,
            ["ORDER_STATE"]
        );
        shop.settle().await;
    }
}

/// As somebody declares it who knows the number and the address alone.
fn by_number(number: &str, key: &str) -> Value {
    json!({ "input": {
        "orderNumber": number, "email": "Ada@example.com", "name": "Ada Lovelace", "idempotencyKey": key,
    } })
}
