//! Jobs that fail for good, and that staff look at and have done again.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use vitrine_entity::{outbox, staff_audit, staff_member::StaffRole};
use vitrine_tests::{
    Client, TestShop,
    faulty_provider::{Calls, Plan, ProviderFault, Verb},
    patience::until,
};

const JOBS: &str = "query($where: JobWhere, $first: Int, $after: String) { jobs(where: $where, first: $first, after: $after) {
    nodes { id kind queue state attempts lastError correlationId arguments { name value } } pageInfo { hasNextPage endCursor } } }";
const COUNTS: &str = "{ jobCounts { queue state jobs oldestDueSeconds } }";
const REVIVE: &str = "mutation($input: JobReviveInput!) { jobRevive(input: $input) { job { id state attempts } userErrors { code message field } } }";
const REVIVE_ALL: &str =
    "mutation($input: JobsReviveInput!) { jobsRevive(input: $input) { revived userErrors { code message field } } }";

async fn jobs(staff: &Client, filter: Value) -> Vec<Value> {
    let data = staff.data(JOBS, json!({ "where": filter, "first": 100 })).await;
    data["jobs"]["nodes"].as_array().unwrap().clone()
}

async fn execute(shop: &TestShop, sql: &str) {
    shop.shop().db.execute_unprepared(sql).await.unwrap();
}

async fn alerts(staff: &Client, order: &str) -> Vec<String> {
    let query = "query($id: ID!) { order(id: $id) { timeline(first: 50) { nodes { kind message } } } }";
    let data = staff.data(query, json!({ "id": order })).await;
    let entries = data["order"]["timeline"]["nodes"].as_array().unwrap();
    let alerts = entries.iter().filter(|entry| entry["kind"] == "ALERT");
    alerts
        .map(|entry| entry["message"].as_str().unwrap().to_owned())
        .collect()
}

/// A shop whose times are long enough for a job to use up all its attempts.
async fn open_faulty(plan: Plan, calls: Arc<Calls>) -> TestShop {
    let patient = |config: &mut vitrine_adapters::config::Config| {
        config.shop.reservation_minutes = 2 * 24 * 60;
        config.auth.access_minutes = 24 * 60;
    };
    TestShop::open_faulty(patient, plan, calls).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_see_what_is_done_for_an_order() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    let other = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;

    let of_order = jobs(&staff, json!({ "orderId": placed.id })).await;
    let mut kinds: Vec<_> = of_order.iter().map(|job| job["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    assert!(
        [
            "deduct_stock",
            "expire_order",
            "process_payment",
            "send_order_mail",
            "settle_payment"
        ]
        .iter()
        .all(|kind| kinds.contains(kind)),
        "{kinds:?}"
    );
    let process = of_order.iter().find(|job| job["kind"] == "process_payment").unwrap();
    assert_eq!(
        (&process["state"], &process["queue"]),
        (&json!("DONE"), &json!("PAYMENT"))
    );
    assert_eq!(process["arguments"][0]["name"], "payment");
    assert!(process["arguments"][0]["value"].as_str().unwrap().starts_with("pay_"));
    let of_other = jobs(&staff, json!({ "orderId": other.id })).await;
    assert!(
        of_other.iter().all(|job| !of_order.contains(job)),
        "two orders share no job"
    );

    let ended = jobs(
        &staff,
        json!({ "kind": "expire_order", "state": "DONE", "queue": "PAYMENT" }),
    )
    .await;
    assert_eq!(ended.len(), 2, "what is paid does not expire");
    assert_eq!(
        jobs(&staff, json!({ "kind": "expire" })).await.len(),
        0,
        "no half names"
    );
    let later = (shop.shop().now() + TimeDelta::seconds(1)).to_rfc3339();
    assert_eq!(jobs(&staff, json!({ "since": later })).await.len(), 0);

    // Page by page, each once.
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    loop {
        let data = staff.data(JOBS, json!({ "first": 3, "after": after })).await;
        seen.extend(
            data["jobs"]["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|job| job["id"].clone()),
        );
        after = data["jobs"]["pageInfo"]["endCursor"].clone();
        if data["jobs"]["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    let rows = outbox::Entity::find().all(&shop.shop().db).await.unwrap();
    assert_eq!(seen.len(), rows.len());

    // What is not paid waits to be.
    guest.buy(&[(&mug, 1)], "tok_decline").await;
    shop.settle().await;
    let counts = staff.data(COUNTS, json!({})).await["jobCounts"].take();
    let ready = counts
        .as_array()
        .unwrap()
        .iter()
        .find(|count| count["state"] == "READY")
        .unwrap();
    assert_eq!(ready["oldestDueSeconds"], Value::Null, "nothing is due: {counts}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_administrators_look_after_jobs() {
    let shop = TestShop::open().await;
    let packer = shop.staff(StaffRole::Fulfilment).await;
    let customer = shop.customer("ada@example.com").await;
    let id = "job_01j9zzzzzzzzzzzzzzzzzzzzzz";
    for (client, code) in [
        (&packer, "FORBIDDEN"),
        (&customer, "FORBIDDEN"),
        (&shop.guest(), "UNAUTHENTICATED"),
    ] {
        for query in [COUNTS, "{ jobs(first: 1) { nodes { id } } }"] {
            let answer = client.answer(query, json!({})).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
        }
        assert_eq!(
            client.refusals(REVIVE, json!({ "input": { "jobId": id } })).await,
            [code]
        );
        let all = json!({ "input": { "kind": "process_payment", "buriedSince": "2020-01-01T00:00:00Z" } });
        assert_eq!(client.refusals(REVIVE_ALL, all).await, [code]);
    }
    let administrator = shop.staff(StaffRole::Administrator).await;
    for id in [id, "ord_01j9zzzzzzzzzzzzzzzzzzzzzz", ""] {
        let missing = administrator
            .refusals(REVIVE, json!({ "input": { "jobId": id } }))
            .await;
        assert_eq!(missing, ["NOT_FOUND"]);
    }
    let wild = administrator
        .answer(JOBS, json!({ "where": { "kind": "%' or 1=1" }, "first": 1 }))
        .await;
    assert_eq!(wild["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{wild}");
    shop.close().await;
}

/// Poison: it takes its worker's task with it, every time.
/// Waits for the latest attempt at a charge: until its lease runs out, there is no other.
async fn until_it_has_died(job: &impl AsyncFn() -> Value, calls: &Calls) {
    until("its latest attempt has died", async || {
        let job = job().await;
        job["state"] == "RUNNING" && job["attempts"] == calls.count(Verb::Charge)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_panics_is_buried_and_the_others_flow() {
    let deadly = Arc::new(AtomicBool::new(true));
    let is_deadly = deadly.clone();
    let plan: Plan = Arc::new(move |verb, _| {
        (verb == Verb::Charge && is_deadly.load(Ordering::Relaxed)).then_some(ProviderFault::CallerDiesBefore)
    });
    let calls = Arc::new(Calls::default());
    let shop = open_faulty(plan, calls.clone()).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let poison = guest.buy(&[(&mug, 1)], "tok_approve").await;
    let poisoned = async || {
        jobs(&staff, json!({ "orderId": poison.id, "kind": "process_payment" }))
            .await
            .remove(0)
    };

    // Every time, its lease has to run out first.
    let mut minutes = 0;
    while poisoned().await["state"] != "BURIED" {
        shop.pass(TimeDelta::seconds(61)).await;
        minutes += 1;
        assert!(minutes < 200, "it is not buried: {}", poisoned().await);
        if minutes == 5 {
            until_it_has_died(&poisoned, &calls).await;
            // Meanwhile others are served by the same queue and the same worker.
            deadly.store(false, Ordering::Relaxed);
            let other = guest.buy(&[(&mug, 1)], "tok_approve").await;
            until("the others flow", async || {
                guest.order(&other).await["status"] == "CONFIRMED"
            })
            .await;
            deadly.store(true, Ordering::Relaxed);
        }
    }
    assert_eq!(
        poisoned().await["attempts"],
        17,
        "the last one is the one that finds it spent"
    );
    let told = alerts(&staff, &poison.id).await;
    // Of a call that went out and was never heard of again nobody knows whether the provider failed at it.
    let [anew, buried] = &*told else {
        panic!("{told:?}");
    };
    assert!(
        anew.contains("under another key") && buried.contains("`process_payment`"),
        "{told:?}"
    );
    let history = guest.history(&poison).await;
    assert!(
        !history.contains(&"ALERT".to_owned()),
        "shoppers see nothing of it: {history:?}"
    );

    let counts = staff.data(COUNTS, json!({})).await["jobCounts"].take();
    let mut counts = counts.as_array().unwrap().iter();
    let buried = counts.find(|count| count["state"] == "BURIED").unwrap();
    assert_eq!((&buried["queue"], &buried["jobs"]), (&json!("PAYMENT"), &json!(1)));

    // Mended, and revived.
    deadly.store(false, Ordering::Relaxed);
    let id = poisoned().await["id"].clone();
    let revived = staff.done(REVIVE, json!({ "input": { "jobId": id } })).await["job"].take();
    assert_eq!((&revived["state"], &revived["attempts"]), (&json!("READY"), &json!(0)));
    // Its key is spent by calls that came to nothing: it waits until none of them can be on its way.
    for _ in 0..20 {
        shop.settle().await;
        if guest.order(&poison).await["status"] == "CONFIRMED" {
            break;
        }
        shop.pass(TimeDelta::seconds(61)).await;
    }
    assert_eq!(guest.order(&poison).await["status"], "CONFIRMED");
    // Asked again, it tells what has become of it; what nobody has buried cannot be revived.
    let again = staff.done(REVIVE, json!({ "input": { "jobId": id } })).await["job"].take();
    assert_eq!((&again["id"], &again["state"]), (&id, &json!("DONE")));
    let other = staff
        .data(
            "{ jobs(first: 1, where: { state: DONE, queue: MAIL }) { nodes { id } } }",
            json!({}),
        )
        .await;
    let other = json!({ "input": { "jobId": other["jobs"]["nodes"][0]["id"] } });
    assert_eq!(staff.refusals(REVIVE, other).await, ["INVALID"]);
    let audited = staff_audit::Entity::find().filter(staff_audit::Column::Action.eq("job.revive"));
    let audited = audited.all(&shop.shop().db).await.unwrap();
    assert_eq!(audited.len(), 1);
    assert_eq!(
        (json!(audited[0].object), &audited[0].data["kind"]),
        (id, &json!("process_payment"))
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_always_fails_is_buried_and_the_others_flow() {
    let shop = open_faulty(Arc::new(|_, _| None), Arc::default()).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let before = shop.mails().await.len();
    // A row that should not be: not even the order's timeline can be written while it is so.
    let damage = |currency: &str| {
        format!(
            "update orders set currency = '{currency}'; \
             update outbox set state = 'READY' where job->>'job' = 'send_order_mail.v1' and cast(job->>'event' as text) = '1'"
        )
    };
    execute(&shop, &damage("???")).await;
    let mut tries = 0;
    while jobs(&staff, json!({ "state": "BURIED" })).await.is_empty() {
        shop.advance(TimeDelta::minutes(40)).await;
        tries += 1;
        assert!(tries < 30, "it is not buried");
    }
    let mail = jobs(&staff, json!({ "state": "BURIED" })).await.remove(0);
    assert_eq!(
        (&mail["kind"], &mail["attempts"]),
        (&json!("send_order_mail"), &json!(16))
    );
    assert!(mail["lastError"].as_str().unwrap().contains("currency"), "{mail}");
    let other = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(guest.order(&other).await["status"], "CONFIRMED");
    assert!(shop.mails().await.len() > before, "other mails go out");

    // All of a kind at once, and only from when it was asked for.
    execute(&shop, "update orders set currency = 'EUR'").await;
    let all = |since: String| json!({ "input": { "kind": "send_order_mail", "buriedSince": since } });
    let later = (shop.shop().now() + TimeDelta::hours(1)).to_rfc3339();
    assert_eq!(staff.done(REVIVE_ALL, all(later)).await["revived"], 0);
    let earlier = (shop.shop().now() - TimeDelta::days(30)).to_rfc3339();
    assert_eq!(staff.done(REVIVE_ALL, all(earlier)).await["revived"], 1);
    shop.settle().await;
    assert_eq!(jobs(&staff, json!({ "state": "BURIED" })).await.len(), 0);
    shop.close().await;
}
