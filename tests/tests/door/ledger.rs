//! The payment ledger, as staff and auditors read it: page by page, and as a table.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use reqwest::StatusCode;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};
use vitrine_entity::{
    ids::{PaymentEntryId, PaymentId},
    payment_entry::{self, PaymentEntryKind},
    provider_circuit,
    staff_member::StaffRole,
};
use vitrine_tests::{Client, TestShop, patience, purchase::PlacedOrder};

const ENTRIES: &str = "query($first: Int, $after: String, $where: PaymentEntryWhere) {
    paymentEntries(first: $first, after: $after, where: $where) {
        nodes { id kind operation key body correlationId actor payment { id } createdAt } pageInfo { hasNextPage endCursor } } }";
const PAYMENTS: &str = "query($where: PaymentWhere) {
    payments(first: 50, where: $where) { nodes { status providerReference order { number } } } }";

/// A shop, who minds it, and two orders: one that was paid, one that was declined
/// some minutes later.
async fn open() -> (TestShop, Client, PlacedOrder, PlacedOrder) {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let paid = shop.guest().buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    shop.advance(TimeDelta::minutes(5)).await;
    let declined = shop.guest().buy(&[(&mug, 1)], "tok_decline").await;
    shop.settle().await;
    (shop, staff, paid, declined)
}

/// Every entry that `filter` finds, read two at a time.
async fn entries(staff: &Client, filter: Value) -> Vec<Value> {
    let (mut found, mut after) = (Vec::new(), Value::Null);
    loop {
        let variables = json!({ "first": 2, "after": after, "where": filter });
        let page = staff.data(ENTRIES, variables).await["paymentEntries"].take();
        found.extend(page["nodes"].as_array().unwrap().iter().cloned());
        if page["pageInfo"]["hasNextPage"] == false {
            return found;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

fn ids(entries: &[Value]) -> BTreeSet<&str> {
    entries.iter().map(|entry| entry["id"].as_str().unwrap()).collect()
}

async fn csv(client: &Client, query: &str) -> reqwest::Response {
    let request = vitrine_tests::client::http().get(format!("{}/api/payments/ledger.csv{query}", client.base()));
    let request = match client.access_token() {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    request.send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_request_and_answer_stands_in_it() {
    let (shop, staff, paid, _) = open().await;
    let of_paid = entries(&staff, json!({ "orderId": paid.id })).await;
    let told: BTreeSet<_> = of_paid
        .iter()
        .map(|entry| (entry["kind"].as_str().unwrap(), entry["operation"].as_str().unwrap()))
        .collect();
    assert!(
        told.contains(&("REQUEST", "charge")) && told.contains(&("ANSWER", "charge")),
        "{told:?}"
    );
    let payment = of_paid[0]["payment"]["id"].clone();
    let request = of_paid.iter().find(|entry| entry["kind"] == "REQUEST").unwrap();
    assert_eq!(request["key"], payment, "the attempt's own id is its key");
    assert!(request["body"]["amountMinor"].is_i64(), "{request}");

    // The attempt tells the same, oldest first.
    let query = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { payment { entries(first: 50) { nodes { id } } } } }";
    let variables = json!({ "id": paid.id, "token": paid.access_token });
    let mine = staff.data(query, variables.clone()).await["order"]["payment"]["entries"]["nodes"].take();
    let newest_first: Vec<_> = of_paid.iter().map(|entry| json!({ "id": entry["id"] })).collect();
    let oldest_first: Vec<_> = mine.as_array().unwrap().iter().rev().cloned().collect();
    assert_eq!(newest_first, oldest_first);
    let answer = shop.guest().answer(query, variables).await;
    assert_eq!(answer["data"]["order"]["payment"]["entries"], Value::Null);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_searched_and_paged() {
    let (shop, staff, paid, declined) = open().await;
    let all = entries(&staff, Value::Null).await;
    assert_eq!(ids(&all).len(), all.len(), "none comes twice");
    let (of_paid, of_declined) = (
        entries(&staff, json!({ "orderId": paid.id })).await,
        entries(&staff, json!({ "orderId": declined.id })).await,
    );
    let both: BTreeSet<_> = ids(&of_paid).union(&ids(&of_declined)).copied().collect();
    assert_eq!(both, ids(&all));
    let later = of_declined[0]["createdAt"].clone();
    assert_eq!(
        ids(&entries(&staff, json!({ "since": later })).await),
        ids(&of_declined)
    );
    assert_eq!(ids(&entries(&staff, json!({ "until": later })).await), ids(&of_paid));
    let payment = of_paid[0]["payment"]["id"].clone();
    let requests = entries(&staff, json!({ "paymentId": payment, "kind": "REQUEST" })).await;
    assert_eq!(requests.len(), 1);

    let listed = staff
        .data(
            PAYMENTS,
            json!({ "where": { "status": "DECLINED", "provider": "simulated" } }),
        )
        .await;
    assert_eq!(
        listed["payments"]["nodes"][0]["order"]["number"],
        json!(declined.number)
    );
    let listed = staff.data(PAYMENTS, json!({ "where": { "orderId": paid.id } })).await;
    assert_eq!(listed["payments"]["nodes"].as_array().unwrap().len(), 1);
    assert!(listed["payments"]["nodes"][0]["providerReference"].is_string());
    let held = json!({ "where": { "capturableBefore": "2040-01-01T00:00:00Z" } });
    assert_eq!(staff.data(PAYMENTS, held).await["payments"]["nodes"], json!([]));

    let forged = staff
        .answer(ENTRIES, json!({ "first": 2, "where": { "orderId": "ord_'; drop" } }))
        .await;
    assert_eq!(forged["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    for stranger in [shop.staff(StaffRole::Fulfilment).await, shop.guest()] {
        for query in [ENTRIES, PAYMENTS, "{ paymentProviders { name } }"] {
            let answer = stranger.answer(query, json!({ "first": 2 })).await;
            assert!(
                answer["data"].as_object().unwrap().values().all(Value::is_null),
                "{answer}"
            );
        }
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_auditor_opens_it_as_a_table() {
    let (shop, staff, paid, declined) = open().await;
    let response = csv(&staff, "").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/csv; charset=utf-8");
    assert_eq!(response.headers()["cache-control"], "no-store");
    let text = response.text().await.unwrap();
    let rows: Vec<_> = text.split("\r\n").filter(|row| !row.is_empty()).collect();
    insta::assert_snapshot!("payment_ledger_columns", rows[0]);
    assert_eq!(rows.len() - 1, entries(&staff, Value::Null).await.len());
    let of = |number: &str| rows.iter().filter(|row| row.contains(number)).count();
    assert!(of(&paid.number) >= 2 && of(&declined.number) >= 2);
    assert!(
        rows.iter()
            .any(|row| row.contains(",ANSWER,charge,") && row.contains(",captured,")),
        "{text}"
    );
    assert!(
        rows.iter()
            .any(|row| row.contains(",ANSWER,charge,") && row.contains(",declined,")),
        "{text}"
    );

    let later = entries(&staff, json!({ "orderId": declined.id })).await[0]["createdAt"].clone();
    let later = later.as_str().unwrap().replace('+', "%2B");
    let until = csv(&staff, &format!("?until={later}")).await.text().await.unwrap();
    assert!(until.contains(&paid.number) && !until.contains(&declined.number));
    let since = csv(&staff, &format!("?since={later}")).await.text().await.unwrap();
    assert!(since.contains(&declined.number) && !since.contains(&paid.number));

    let fulfilment = shop.staff(StaffRole::Fulfilment).await;
    assert_eq!(csv(&shop.guest(), "").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(csv(&fulfilment, "").await.status(), StatusCode::FORBIDDEN);
    for query in [
        "?since=yesterday",
        "?since=2030-01-02T00:00:00Z&until=2030-01-01T00:00:00Z",
        "?from=now",
    ] {
        assert_eq!(
            csv(&staff, query).await.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{query}"
        );
    }
    shop.close().await;
}

/// More than is read at a time, and all of it written at the same instant.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_ledger_is_whole_and_no_cell_is_a_formula() {
    let (shop, staff, paid, _) = open().await;
    let before = entries(&staff, Value::Null).await.len();
    let payment = entries(&staff, json!({ "orderId": paid.id })).await[0]["payment"]["id"].clone();
    let payment: PaymentId = payment.as_str().unwrap().parse().unwrap();
    let row = |_| payment_entry::ActiveModel {
        id: Set(PaymentEntryId(shop.shop().new_id())),
        payment_id: Set(payment),
        kind: Set(PaymentEntryKind::Decision),
        operation: Set("test".to_owned()),
        key: Set(Some("=1+1".to_owned())),
        body: Set(json!({ "note": "a \"quoted\" word,\nand a line" })),
        correlation_id: Set("-2+3".to_owned()),
        actor: Set("@SUM(A1:A9)".to_owned()),
        created_at: Set(shop.shop().now()),
    };
    for _ in 0..6 {
        let rows: Vec<_> = (0..200).map(row).collect();
        payment_entry::Entity::insert_many(rows)
            .exec(&shop.shop().db)
            .await
            .unwrap();
    }
    let text = csv(&staff, "").await.text().await.unwrap();
    let records: Vec<_> = text.split("\r\n").filter(|row| !row.is_empty()).collect();
    assert_eq!(records.len(), 1 + before + 1200);
    assert_eq!(
        records.iter().collect::<BTreeSet<_>>().len(),
        1 + before + 1,
        "the 1200 are alike"
    );
    let seeded = records.last().unwrap();
    assert!(
        seeded.contains(",test,'=1+1,") && seeded.contains(",'-2+3,'@SUM(A1:A9),"),
        "{seeded}"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_machines_are_watched() {
    let (shop, ..) = open().await;
    let metrics = async || {
        let response = shop.metrics().await;
        assert_eq!(
            response.headers()["content-type"],
            "text/plain; version=0.0.4; charset=utf-8"
        );
        response.text().await.unwrap()
    };
    let text = metrics().await;
    for line in [
        "# TYPE vitrine_payment_circuit_state gauge",
        "vitrine_payment_circuit_state{provider=\"simulated\"} 0",
        "vitrine_payment_circuit_failures{provider=\"simulated\"} 0",
        "vitrine_payments_unsettled{provider=\"simulated\",status=\"unknown\"} 0",
        "vitrine_jobs{queue=\"payment\",state=\"buried\"} 0",
        "vitrine_reconciliation_findings_open 0",
        "# TYPE vitrine_refused_total counter",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    // What waits for a shopper is seen within a second or two.
    let mug = shop.guest().variant("mug-1", "MUG-1").await;
    shop.guest().buy(&[(&mug, 1)], "tok_second_factor").await;
    shop.settle().await;
    let waiting = "vitrine_payments_unsettled{provider=\"simulated\",status=\"action_required\"} 1";
    patience::until(waiting, async || metrics().await.contains(waiting)).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_is_left_alone_is_seen() {
    let (shop, staff, ..) = open().await;
    let retry_at = shop.shop().now() + TimeDelta::seconds(20);
    let row = provider_circuit::ActiveModel {
        provider: Set("simulated".to_owned()),
        failures: Set(7),
        opened_until: Set(Some(retry_at)),
        probe_until: Set(None),
        paused_until: Set(None),
        last_error: Set(Some("it does not answer".to_owned())),
        changed_at: Set(shop.shop().now()),
    };
    provider_circuit::Entity::insert(row)
        .exec(&shop.shop().db)
        .await
        .unwrap();
    let query = "{ paymentProviders { circuit failures retryAt lastError } }";
    let provider = staff.data(query, json!({})).await["paymentProviders"][0].take();
    assert_eq!(
        (&provider["circuit"], &provider["failures"], &provider["lastError"]),
        (&json!("OPEN"), &json!(7), &json!("it does not answer"))
    );
    assert_eq!(
        provider["retryAt"]
            .as_str()
            .unwrap()
            .parse::<chrono::DateTime<chrono::Utc>>()
            .unwrap(),
        retry_at
    );
    let text = shop.metrics().await.text().await.unwrap();
    assert!(
        text.contains("vitrine_payment_circuit_state{provider=\"simulated\"} 2\n"),
        "{text}"
    );
    shop.clock.advance(TimeDelta::seconds(21));
    let provider = staff.data(query, json!({})).await["paymentProviders"][0].take();
    assert_eq!(
        (&provider["circuit"], &provider["retryAt"]),
        (&json!("HALF_OPEN"), &Value::Null)
    );
    shop.close().await;
}
