//! Shoppers withdraw from a contract: whoever they are, whenever it is, and whatever follows from it.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{complete, done, line_of};
use crate::purchase::dispatch;

const PREPARE: &str = "mutation($input: WithdrawalPrepareInput!) { withdrawalPrepare(input: $input) {
    draft { statement orderNumber name email } userErrors { code field message } } }";
const CONFIRM: &str = "mutation($input: WithdrawalConfirmInput!) { withdrawalConfirm(input: $input) {
    receipt { number statement email receivedAt } userErrors { code field message } } }";
const ACCEPT: &str = "mutation($input: WithdrawalAcceptInput!) { withdrawalAccept(input: $input) {
    withdrawal { status returns { status lines { quantity orderLine { sku } } } } userErrors { code message } } }";
const REFUSE: &str = "mutation($input: WithdrawalRefuseInput!) { withdrawalRefuse(input: $input) {
    withdrawal { status refusal } userErrors { code message } } }";
const MATCH: &str = "mutation($input: WithdrawalMatchInput!) { withdrawalMatch(input: $input) {
    withdrawal { status judgement order { id } returns { id } } userErrors { code message } } }";
const LIST: &str = "{ withdrawals(first: 10) { totalCount nodes { id number orderNumber name statement statementSha256 status judgement
    basis endsAt policy { title } policySha256 version order { id status } events { kind }
    lines { quantity exemption orderLine { sku } } returns { id status lines { id quantity orderLine { sku } } } } } }";
const POLICY: &str = "mutation($input: ReturnPolicyUpdateInput!) { returnPolicyUpdate(input: $input) {
    returnPolicy { withdrawalDays deliveryMarginDays } userErrors { code message field } } }";

/// As somebody declares it who knows the number and the address alone.
fn by_number(number: &str, key: &str) -> Value {
    json!({ "input": {
        "orderNumber": number, "email": "Ada@example.com", "name": "Ada Lovelace", "idempotencyKey": key,
    } })
}

/// The newest statement, as staff see it, once the jobs have run.
async fn newest(shop: &TestShop, staff: &Client) -> Value {
    shop.settle().await;
    staff.data(LIST, json!({})).await["withdrawals"]["nodes"][0].take()
}

async fn arrived(shop: &TestShop, staff: &Client, buyer: &Client, goods: &[(&str, i64)]) -> PlacedOrder {
    let placed = buyer.buy(goods, "tok_approve").await;
    shop.settle().await;
    dispatch(staff, &placed.id).await;
    complete(staff, &placed.id).await;
    shop.settle().await;
    placed
}

/// Goods that a return names, by SKU.
fn goods(back: &Value) -> Vec<(String, i64)> {
    let lines = back["lines"].as_array().unwrap().iter();
    let line = |line: &Value| {
        let sku = line["orderLine"]["sku"].as_str().unwrap().to_owned();
        (sku, line["quantity"].as_i64().unwrap())
    };
    lines.map(line).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_withdraws_by_number_and_is_paid_back_in_full() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let page = "mutation($input: PageCreateInput!) { pageCreate(input: $input) { userErrors { code } } }";
    let text = json!({ "kind": "WITHDRAWAL", "title": "Right of withdrawal", "bodyHtml": "<p>14 days.</p>", "published": true });
    staff.done(page, json!({ "input": text })).await;
    let rules = json!({ "instructions": "To Dock 4, Hamburg.", "feeBasisPoints": 1_000, "refundsShipping": "NEVER" });
    staff.done(POLICY, json!({ "input": rules })).await;
    // One of three was broken in the house, and is paid back before the others are sent: they are all that can come back.
    let placed = guest.buy(&[(&mug, 3)], "tok_approve").await;
    shop.settle().await;
    let line = line_of(&guest, &placed, "MUG-1").await;
    let refund = "mutation($input: OrderRefundInput!) { orderRefund(input: $input) { userErrors { code message } } }";
    let input =
        json!({ "orderId": placed.id, "idempotencyKey": "broken", "lines": [{ "lineId": line, "quantity": 1 }] });
    staff.done(refund, json!({ "input": input })).await;
    shop.settle().await;
    dispatch(&staff, &placed.id).await;
    complete(&staff, &placed.id).await;
    shop.settle().await;

    // Two steps: what would be said, and then it is.
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

    // Of an order that there is not it is the same: it is received, confirmed, and shown to staff.
    let other = guest.done(CONFIRM, by_number("V-2222-2222", "w2")).await["receipt"].take();
    assert_eq!(
        (&other["email"], other["number"].as_str().unwrap().len()),
        (&receipt["email"], receipt["number"].as_str().unwrap().len())
    );
    let lost = newest(&shop, &staff).await;
    assert_eq!(
        (&lost["judgement"], &lost["status"]),
        (&json!("UNMATCHED"), &json!("RECEIVED"))
    );
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

    // What is in time comes back without anybody's approval.
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
    // It costs nothing, and what shipping cost goes back, too, whatever the shop's rules are otherwise.
    done(&staff, "returnReceive", json!({ "id": back["id"] })).await;
    let paid = done(
        &staff,
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

    // What was declared stays, whoever connects.
    for sql in [
        "update withdrawal set statement = 'I keep it.'",
        "update withdrawal set received_at = updated_at, order_number = 'V-3333-3333'",
        "update withdrawal_event set kind = 'REFUSED'",
        "delete from withdrawal_line",
        "delete from withdrawal",
    ] {
        assert!(shop.shop().db.execute_unprepared(sql).await.is_err(), "{sql}");
    }

    // Staff find out which order was meant; it is settled then, once.
    let meant = arrived(&shop, &staff, &guest, &[(&mug, 1)]).await;
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
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_late_or_exempt_is_received_and_decided_by_staff() {
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

    // The mugs come back at once; the soap waits for staff, who take it back, too.
    let placed = arrived(&shop, &staff, &ada, &[(&mug, 2), (&soap, 1)]).await;
    let whole = |order: &PlacedOrder, key: &str| json!({ "input": { "orderId": order.id, "idempotencyKey": key } });
    ada.done(CONFIRM, whole(&placed, "a1")).await;
    let row = newest(&shop, &staff).await;
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
    let refuse = |row: &Value| json!({ "input": { "id": row["id"], "reason": "It came after 14 days." } });
    assert_eq!(staff.refusals(REFUSE, refuse(&row)).await, ["ORDER_STATE"]);
    assert_eq!(
        ada.refusals(ACCEPT, json!({ "input": { "id": row["id"] } })).await,
        ["FORBIDDEN"]
    );

    // Nobody's but theirs, and no more than was bought.
    let second = arrived(&shop, &staff, &ada, &[(&mug, 3)]).await;
    let line = line_of(&ada, &second, "MUG-1").await;
    let some = |quantity: i64, key: &str| json!({ "input": { "orderId": second.id, "idempotencyKey": key, "lines": [{ "lineId": line, "quantity": quantity }] } });
    assert_eq!(shop.guest().refusals(CONFIRM, some(1, "b1")).await, ["NOT_FOUND"]);
    assert_eq!(ada.refusals(CONFIRM, some(4, "b1")).await, ["INVALID"]);
    ada.done(CONFIRM, some(1, "b1")).await;
    let row = newest(&shop, &staff).await;
    assert_eq!(
        (&row["status"], goods(&row["returns"][0])),
        (&json!("ACCEPTED"), vec![("MUG-1".to_owned(), 1)])
    );
    assert!(row["statement"].as_str().unwrap().contains("1 × Test MUG-1"), "{row}");

    // Too late is received, told to staff, and refused with words that the shopper reads.
    shop.advance(TimeDelta::days(20)).await;
    // Nobody is signed in that long: the mail's link opens the order.
    let (staff, holder) = (shop.sign_in(StaffRole::Administrator).await, shop.guest());
    let held = |mut input: Value, order: &PlacedOrder| {
        input["input"]["accessToken"] = json!(order.access_token);
        input
    };
    holder.done(CONFIRM, held(some(2, "b2"), &second)).await;
    let late = newest(&shop, &staff).await;
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

    // Nothing was sent yet: there is nothing to come back, and the order is cancelled.
    let unsent = holder.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    holder.done(CONFIRM, held(whole(&unsent, "c1"), &unsent)).await;
    let row = newest(&shop, &staff).await;
    assert_eq!(
        (&row["status"], &row["basis"], &row["order"]["status"]),
        (&json!("ACCEPTED"), &json!("NOT_SENT"), &json!("CANCELLED"))
    );

    // What is said in words is read by staff; what cancels a paid order pays back, which not all of them may.
    let told = holder.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let mut said = held(whole(&told, "d1"), &told);
    said["input"]["details"] = json!("All of it, please.");
    holder.done(CONFIRM, said).await;
    let row = newest(&shop, &staff).await;
    assert_eq!(row["status"], "RECEIVED");
    let line = line_of(&holder, &told, "MUG-1").await;
    let all = json!({ "input": { "id": row["id"], "lines": [{ "lineId": line, "quantity": 1 }] } });
    let packer = shop.staff(StaffRole::Fulfilment).await;
    // Nor may they say it for a shopper: a job would pay back moments later.
    assert_eq!(packer.refusals(CONFIRM, whole(&told, "d2")).await, ["FORBIDDEN"]);
    assert_eq!(newest(&shop, &staff).await["id"], row["id"], "nothing was received");
    assert_eq!(packer.refusals(ACCEPT, all.clone()).await, ["FORBIDDEN"]);
    let accepted = staff.done(ACCEPT, all).await["withdrawal"].take();
    assert_eq!(accepted["status"], "ACCEPTED");
    assert_eq!(newest(&shop, &staff).await["order"]["status"], "CANCELLED");

    // What was received stays so, whatever becomes of the order: whoever says it again under its key hears the same.
    let changed = holder.buy(&[(&mug, 3)], "tok_approve").await;
    shop.settle().await;
    let line = line_of(&holder, &changed, "MUG-1").await;
    let units = |quantity: i64| {
        let lines = json!([{ "lineId": line, "quantity": quantity }]);
        held(
            json!({ "input": { "orderId": changed.id, "idempotencyKey": "d1", "lines": lines } }),
            &changed,
        )
    };
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
    shop.close().await;
}
