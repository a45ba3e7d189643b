//! What happens in the shop is sent to others: signed, at least once, and once by its id.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use redis::streams::StreamReadReply;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use vitrine_commerce::work;
use vitrine_entity::{
    event,
    outbox::{self, OutboxState},
    staff_member::StaffRole,
    webhook_delivery::{self, DeliveryState},
    webhook_endpoint::{self, DisabledBecause},
};
use vitrine_tests::{
    Client, TestShop,
    memory::TestClock,
    webhook_receiver::{Received, WebhookReceiver},
    worker::until,
};

const CREATE: &str = "mutation($input: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $input) { webhookEndpoint { id version enabled } secret userErrors { code message field } } }";
const UPDATE: &str = "mutation($input: WebhookEndpointUpdateInput!) { webhookEndpointUpdate(input: $input) { webhookEndpoint { id version enabled disabledBecause } userErrors { code message field } } }";
const ROTATE: &str = "mutation($input: WebhookEndpointSecretRotateInput!) { webhookEndpointSecretRotate(input: $input) { secret userErrors { code field } } }";
const PING: &str = "mutation($input: WebhookEndpointPingInput!) { webhookEndpointPing(input: $input) { webhookDelivery { id state event { type } } userErrors { code } } }";
const REPLAY: &str = "mutation($input: WebhookDeliveryReplayInput!) { webhookDeliveryReplay(input: $input) { webhookDelivery { id state cause } userErrors { code } } }";
const REPLAY_ALL: &str = "mutation($input: WebhookEventsReplayInput!) { webhookEventsReplay(input: $input) { events userErrors { code field } } }";
const DELIVERIES: &str = "query($id: ID!, $where: WebhookDeliveryWhere) { webhookEndpoint(id: $id) { enabled disabledBecause failures deliveries(first: 100, where: $where) { nodes { id state cause error responseStatus event { id type payload } attempts { number responseStatus responseBody error durationMs } } } } }";

fn input(value: Value) -> Value {
    json!({ "input": value })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// An endpoint, and its secret.
async fn create(staff: &Client, url: &str, types: &[&str]) -> (String, String) {
    let made = staff
        .done(CREATE, input(json!({ "url": url, "eventTypes": types })))
        .await;
    (text(&made["webhookEndpoint"]["id"]), text(&made["secret"]))
}

async fn deliveries(staff: &Client, endpoint: &str, of: Value) -> Vec<Value> {
    let found = staff.data(DELIVERIES, json!({ "id": endpoint, "where": of })).await;
    found["webhookEndpoint"]["deliveries"]["nodes"]
        .as_array()
        .unwrap()
        .clone()
}

fn kinds(received: &[Received]) -> BTreeSet<String> {
    received.iter().map(|one| text(&one.event["type"])).collect()
}

async fn inside() -> TestShop {
    TestShop::open_with(|config| {
        config.webhooks.to_inside = true;
        config.webhooks.disabled_after_days = 1;
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_is_told_signed_until_it_is_heard_and_told_again_when_staff_ask() {
    let mut shop = inside().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    assert!(
        event::Entity::find().one(&shop.shop().db).await.unwrap().is_none(),
        "nobody wants to know"
    );
    let receiver = WebhookReceiver::start().await.unwrap();
    let (endpoint, secret) = create(&staff, receiver.url(), &[]).await;
    let began = shop.shop().now();

    // Two sendings fail, and one sends on to elsewhere.
    receiver.answer_next(&[Some(500), Some(302), Some(503)]);
    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    for pause in [6, 360] {
        shop.advance(TimeDelta::seconds(pause)).await;
    }
    let received = receiver.take();
    assert!(
        received
            .iter()
            .all(|one| one.is_signed_with(&secret) && one.event["id"] == one.id)
    );
    assert!(!received[0].is_signed_with("whsec_bm90IHRoaXMgb25l"));
    let heard: Vec<_> = received.iter().filter(|one| one.status == Some(200)).cloned().collect();
    let ids: BTreeSet<_> = heard.iter().map(|one| one.id.clone()).collect();
    let rows = event::Entity::find().all(&shop.shop().db).await.unwrap();
    assert_eq!(
        ids,
        rows.iter().map(|row| row.id.to_string()).collect(),
        "none is lost or invented"
    );
    assert_eq!(
        (ids.len(), received.len()),
        (heard.len(), heard.len() + 3),
        "each is heard once"
    );
    let expected = [
        "inventory-deducted",
        "inventory-reserved",
        "notification-requested",
        "order-confirmed",
        "order-created",
        "payment-pending",
        "payment-succeeded",
    ];
    assert_eq!(kinds(&heard), expected.map(str::to_owned).into());
    let of_order = heard.iter().filter(|one| one.event["subject"] == placed.id);
    let of_order: BTreeMap<_, _> = of_order
        .filter_map(|one| Some((one.event["sequence"].as_i64()?, text(&one.event["type"]))))
        .collect();
    let in_order = [
        "order-created",
        "payment-pending",
        "payment-succeeded",
        "order-confirmed",
    ];
    assert_eq!(of_order, (1..).zip(in_order.map(str::to_owned)).collect());
    let created = heard.iter().find(|one| one.event["type"] == "order-created").unwrap();
    assert_eq!(created.event["data"]["status"], "CREATED");
    assert_eq!(created.event["data"]["number"], placed.number);
    assert!(
        received
            .iter()
            .all(|one| !one.body.contains("ada@example.com") && !one.body.contains("Lovelace"))
    );

    // The log tells of each try.
    let failed = received.iter().find(|one| one.status == Some(500)).unwrap();
    let log = deliveries(&staff, &endpoint, json!({ "eventId": failed.id })).await;
    assert_eq!((log.len(), &log[0]["state"]), (1, &json!("DELIVERED")));
    let attempts = log[0]["attempts"].as_array().unwrap();
    assert_eq!(attempts[0]["responseStatus"], 500);
    assert_eq!(attempts[0]["responseBody"], "heard");
    assert_eq!(attempts[0]["error"], "The endpoint answers with 500.");
    assert_eq!(attempts.last().unwrap()["responseStatus"], 200);
    assert_eq!(
        serde_json::from_str::<Value>(log[0]["event"]["payload"].as_str().unwrap()).unwrap(),
        failed.event
    );

    // Again, one and all of a time: under the same ids.
    let again = staff.done(REPLAY, input(json!({ "id": log[0]["id"] }))).await;
    assert_eq!(again["webhookDelivery"]["cause"], "REPLAY");
    shop.settle().await;
    assert_eq!(receiver.take()[0].id, failed.id);
    let time = |with: bool| {
        let until = shop.shop().now() + TimeDelta::seconds(1);
        input(json!({ "endpointId": endpoint, "since": began, "until": until, "withDelivered": with }))
    };
    assert_eq!(staff.done(REPLAY_ALL, time(false)).await["events"], 0);
    assert_eq!(staff.done(REPLAY_ALL, time(true)).await["events"], ids.len());
    shop.settle().await;
    assert_eq!(
        receiver.take().into_iter().map(|one| one.id).collect::<BTreeSet<_>>(),
        ids
    );

    let metrics = shop.metrics().await.text().await.unwrap();
    assert!(metrics.contains("vitrine_webhook_deliveries_pending 0"), "{metrics}");
    assert!(
        metrics.contains("vitrine_webhook_deliveries_total{outcome=\"retried\"}"),
        "{metrics}"
    );

    // A server that sends to the outside alone takes no address inside.
    let careful = shop.another_server(|config| config.webhooks.to_inside = false).await;
    let careful = careful.with_token(staff.access_token().unwrap());
    for (url, field) in [
        (receiver.url(), "url"),
        ("https://[::1]/hook", "url"),
        ("http://example.com/hook", "url"),
        ("https://ada:secret@example.com/hook", "url"),
    ] {
        let refused = careful.payload(CREATE, input(json!({ "url": url }))).await;
        assert_eq!(refused["userErrors"][0]["code"], "INVALID", "{url}");
        assert_eq!(refused["userErrors"][0]["field"], json!(["input", field]), "{url}");
    }
    let packer = shop.staff(StaffRole::Fulfilment).await;
    let refused = packer.answer(CREATE, input(json!({ "url": receiver.url() }))).await;
    assert!(refused.to_string().contains("FORBIDDEN"), "{refused}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_are_rotated_the_dead_are_left_and_the_erased_forgotten() {
    let shop = inside().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let receiver = WebhookReceiver::start().await.unwrap();
    let (endpoint, old) = create(&staff, receiver.url(), &["CUSTOMER_UPDATED", "CUSTOMER_ERASED"]).await;
    let ping = async |staff: &Client| {
        let pinged = staff.done(PING, input(json!({ "id": endpoint }))).await;
        assert_eq!(pinged["webhookDelivery"]["event"]["type"], "PING");
        shop.settle().await;
        receiver.take().pop().unwrap()
    };

    let rotated = input(json!({ "id": endpoint, "overlapMinutes": 5 }));
    let new = text(&staff.done(ROTATE, rotated).await["secret"]);
    let both = ping(&staff).await;
    assert!(both.is_signed_with(&old) && both.is_signed_with(&new));
    shop.advance(TimeDelta::minutes(6)).await;
    let alone = ping(&staff).await;
    assert!(!alone.is_signed_with(&old) && alone.is_signed_with(&new));
    let far = input(json!({ "id": endpoint, "overlapMinutes": 100_000 }));
    assert_eq!(staff.refusals(ROTATE, far).await, ["INVALID"]);

    // Whoever is erased is in no event any more, but in the one that says so.
    let ada = shop.customer("quixada@example.com").await;
    let me = text(&ada.data("{ viewer { id } }", json!({})).await["viewer"]["id"]);
    let renamed = "mutation($input: CustomerUpdateInput!) { customerUpdate(input: $input) { customer { id } userErrors { code } } }";
    ada.done(renamed, input(json!({ "name": "Dulcinea" }))).await;
    shop.settle().await;
    let told = receiver.take();
    assert_eq!((told.len(), &told[0].event["data"]["customerId"]), (1, &json!(me)));
    let erase = "mutation($input: CustomerEraseInput!) { customerErase(input: $input) { userErrors { code } } }";
    staff
        .done(erase, input(json!({ "email": "quixada@example.com", "dryRun": false })))
        .await;
    // It begins a quarter of an hour later.
    shop.advance(TimeDelta::minutes(16)).await;
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let erased = receiver.take();
    assert_eq!(kinds(&erased), [String::from("customer-erased")].into());
    assert_eq!(erased[0].event["subject"], json!(me));
    let of_them = event::Entity::find().filter(event::Column::CustomerId.is_not_null());
    assert!(of_them.one(&shop.shop().db).await.unwrap().is_none());
    let log = deliveries(&staff, &endpoint, json!({ "eventId": told[0].id })).await;
    staff.done(REPLAY, input(json!({ "id": log[0]["id"] }))).await;
    shop.settle().await;
    let again = receiver.take().pop().unwrap();
    assert_eq!((again.id, &again.event["data"]), (told[0].id.clone(), &json!({})));
    assert_eq!(
        deliveries(&staff, &endpoint, json!({ "eventId": told[0].id })).await[1]["attempts"][0]["responseBody"],
        Value::Null
    );

    // An endpoint that takes nothing for a day is switched off, and the shop is told.
    receiver.answer_all(Some(500));
    let first = ping(&staff).await;
    // One that waits to be sent again is sent when staff ask for it.
    assert_eq!(ping(&staff).await.id, first.id);
    for _ in 0..8 {
        shop.advance(TimeDelta::hours(5)).await;
    }
    let row = webhook_endpoint::Entity::find()
        .one(&shop.shop().db)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (row.enabled, row.disabled_because),
        (false, Some(DisabledBecause::Failing))
    );
    let mails = shop.mails().await;
    let told = mails
        .iter()
        .filter(|mail| mail.subject.contains("Webhooks are switched off"));
    assert_eq!(told.count(), 1, "{mails:?}");
    let staff = shop.sign_in(StaffRole::Administrator).await;
    assert_eq!(
        staff.refusals(PING, input(json!({ "id": endpoint }))).await,
        ["INVALID"]
    );
    let waiting = webhook_delivery::Entity::find().filter(webhook_delivery::Column::State.eq(DeliveryState::Pending));
    assert!(waiting.one(&shop.shop().db).await.unwrap().is_none());

    receiver.answer_all(None);
    receiver.take();
    let on = staff
        .done(UPDATE, input(json!({ "id": endpoint, "enabled": true })))
        .await;
    assert_eq!(on["webhookEndpoint"]["disabledBecause"], Value::Null);
    assert!(ping(&staff).await.is_signed_with(&new));
    // It says that it is gone.
    receiver.answer_all(Some(410));
    ping(&staff).await;
    let found = staff.data(DELIVERIES, json!({ "id": endpoint })).await;
    assert_eq!(found["webhookEndpoint"]["disabledBecause"], "GONE");
    receiver.answer_all(None);
    shop.close().await;
}

/// No worker runs but the test itself, until it is killed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_worker_has_sent_is_sent_again_under_its_id() {
    let mut shop = TestShop::open_on(
        |config| config.webhooks.to_inside = true,
        TestClock::default(),
        async |_| {},
    )
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let receiver = WebhookReceiver::start().await.unwrap();
    let (_, secret) = create(&staff, receiver.url(), &["PRODUCT_CREATED"]).await;
    let made = "mutation($input: ProductCreateInput!) { productCreate(input: $input) { product { id } userErrors { code message } } }";
    let product = staff.done(made, input(json!({ "title": "Mug" }))).await["product"]["id"].take();
    let job = async |name: &str| {
        let rows = outbox::Entity::find().all(&shop.shop().db).await.unwrap();
        let row = rows
            .into_iter()
            .find(|row| row.state != OutboxState::Done && row.job["job"].as_str().unwrap().starts_with(name));
        row.unwrap().id
    };
    work::run(shop.shop(), job("publish_events").await).await.unwrap();
    // It is sent, and the worker is killed before it knows what came of it.
    receiver.answer_next(&[None]);
    let (theirs, id) = (shop.shop().clone(), job("deliver_webhooks").await);
    let worker = tokio::spawn(async move { work::run(&theirs, id).await });
    until("it is sent", async || receiver.received().len() == 1).await;
    worker.abort();
    let _ = worker.await;
    shop.work();
    shop.pass(TimeDelta::minutes(3)).await;
    shop.settle().await;
    let received = receiver.take();
    assert_eq!(received.len(), 2, "{received:?}");
    assert!(
        received
            .iter()
            .all(|one| one.is_signed_with(&secret) && one.event["subject"] == product)
    );
    assert_eq!(received[0].id, received[1].id, "by its id it is known");
    let rows = webhook_delivery::Entity::find().all(&shop.shop().db).await.unwrap();
    assert_eq!(
        (rows.len(), rows[0].state, rows[0].attempts),
        (1, DeliveryState::Delivered, 1)
    );
    shop.close().await;
}

/// Where there is Redis: without, nobody wants to know, and nothing is written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_reads_what_happens_from_the_stream() {
    let shop = TestShop::open_with(|config| config.events.stream = config.redis.is_some()).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    shop.guest().buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let rows = event::Entity::find().all(&shop.shop().db).await.unwrap();
    let Some(config) = shop.config().redis.clone() else {
        assert!(rows.is_empty() && shop.shop().event_stream.is_none());
        return shop.close().await;
    };
    assert!(rows.iter().all(|row| !row.awaits_stream));
    let client = redis::Client::open(config.url.expose()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let key = format!("{}:event-stream", config.prefix);
    let mut make = redis::cmd("XGROUP");
    make.arg("CREATE").arg(&key).arg("warehouse").arg("0");
    make.query_async::<()>(&mut connection).await.unwrap();
    let mut read = redis::cmd("XREADGROUP");
    read.arg("GROUP")
        .arg("warehouse")
        .arg("one")
        .arg("STREAMS")
        .arg(&key)
        .arg(">");
    let read: StreamReadReply = read.query_async(&mut connection).await.unwrap();
    let events = read.keys[0].ids.iter().map(|entry| {
        let event: Value = serde_json::from_str(&entry.get::<String>("event").unwrap()).unwrap();
        assert_eq!(event["id"], entry.get::<String>("id").unwrap());
        assert_eq!(event["type"], entry.get::<String>("type").unwrap());
        text(&event["id"])
    });
    let events: Vec<_> = events.collect();
    assert_eq!(events.len(), rows.len(), "each once");
    assert_eq!(
        events.into_iter().collect::<BTreeSet<_>>(),
        rows.iter().map(|row| row.id.to_string()).collect()
    );
    shop.close().await;
}
