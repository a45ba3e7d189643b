//! A browser that a shopper has had told of an order is told, until it is gone; nobody has the shop send inside.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use vitrine_entity::{event, order, push_subscription, staff_member::StaffRole};
use vitrine_tests::{TestShop, webhook_receiver::WebhookReceiver};

const SUBSCRIBE: &str = "mutation($input: OrderPushSubscribeInput!) { orderPushSubscribe(input: $input) {
    order { id } userErrors { code message field } } }";
const UNSUBSCRIBE: &str = "mutation($input: OrderPushUnsubscribeInput!) { orderPushUnsubscribe(input: $input) {
    order { id } userErrors { code message field } } }";
const DISPATCH: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) {
    order { id lines { id } } userErrors { code message field } } }";
const COMPLETE: &str = "mutation($input: OrderCompleteInput!) { orderComplete(input: $input) {
    order { id } userErrors { code message field } } }";
const ERASE: &str = "mutation($input: CustomerEraseInput!) { customerErase(input: $input) {
    plan { ordersLater } userErrors { code message field } } }";

const ENDPOINT: &str = "mutation($input: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $input) {
    webhookEndpoint { id } userErrors { code message field } } }";

/// The keys of the browser of RFC 8291, appendix A.
const P256DH: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

#[derive(Default)]
struct Memory {
    sent: Vec<(HeaderMap, Bytes)>,
    /// What is answered next; then everything is taken.
    answers: VecDeque<u16>,
}

/// Whoever brings messages to browsers.
#[derive(Clone, Default)]
struct PushService(Arc<Mutex<Memory>>);

impl PushService {
    fn sent(&self) -> Vec<(HeaderMap, Bytes)> {
        self.0.lock().unwrap().sent.clone()
    }

    fn answers(&self, status: u16) {
        self.0.lock().unwrap().answers.push_back(status);
    }
}

async fn take(State(service): State<PushService>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let mut memory = service.0.lock().unwrap();
    memory.sent.push((headers, body));
    let status = memory.answers.pop_front().unwrap_or(201);
    StatusCode::from_u16(status).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_is_told_of_an_order_until_it_is_gone() {
    let service = PushService::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}/send/abc", listener.local_addr().unwrap());
    let routes = Router::new().route("/send/abc", post(take)).with_state(service.clone());
    let serving = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    let shop = TestShop::open_with(|config| {
        config.push.enabled = true;
        config.webhooks.to_inside = true;
    })
    .await;
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let mug = staff.sell("MUG-1", "10.00", 9).await;
    let placed = guest.buy(&[(&mug, 3)], "tok_approve").await;
    shop.settle().await;
    let key = guest.data("{ shop { pushKey } }", json!({})).await["shop"]["pushKey"].take();
    assert_eq!(key.as_str().unwrap().len(), 87, "a point of P-256");

    let browser = |more: Value| {
        let mut input = json!({ "orderId": placed.id, "accessToken": placed.access_token, "endpoint": endpoint,
            "p256dh": P256DH, "auth": AUTH, "pushKey": key });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "input": input })
    };
    for (more, code) in [
        (json!({ "accessToken": "of another order" }), "NOT_FOUND"),
        (json!({ "endpoint": "ftp://push.example.com" }), "INVALID"),
        (json!({ "p256dh": "BAAA" }), "INVALID"),
        (json!({ "pushKey": "another" }), "INVALID"),
    ] {
        assert_eq!(guest.refusals(SUBSCRIBE, browser(more.clone())).await, [code], "{more}");
    }
    for _ in 0..2 {
        guest.done(SUBSCRIBE, browser(json!({}))).await;
    }

    // Others are told that a browser is, and neither which nor in which words.
    let receiver = WebhookReceiver::start().await.unwrap();
    let to_receiver = json!({ "input": { "url": receiver.url(), "eventTypes": ["NOTIFICATION_REQUESTED"] } });
    staff.done(ENDPOINT, to_receiver).await;

    // The first is sent again once the service is back; it is told nothing in clear.
    service.answers(503);
    let sent = staff.done(DISPATCH, json!({ "input": { "orderId": placed.id } })).await;
    assert_eq!(sent["order"]["id"], json!(placed.id));
    shop.settle().await;
    assert_eq!(service.sent().len(), 1);
    shop.advance(TimeDelta::minutes(1)).await;
    let told = service.sent();
    assert_eq!(told.len(), 2);
    let (headers, body) = &told[1];
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-encoding"), "aes128gcm");
    assert!(
        header("authorization").starts_with("vapid t=ey") && header("authorization").ends_with(key.as_str().unwrap())
    );
    assert!(
        header("ttl")
            .parse::<u32>()
            .is_ok_and(|ttl| (80_000..=86_400).contains(&ttl))
    );
    assert!(body.len() > 150 && !String::from_utf8_lossy(body).contains(&placed.number));

    // The browser is gone: what follows is not tried.
    service.answers(410);
    staff.done(COMPLETE, json!({ "input": { "orderId": placed.id } })).await;
    shop.settle().await;
    assert_eq!(service.sent().len(), 3);
    let left = push_subscription::Entity::find().all(&shop.shop().db).await.unwrap();
    assert!(left.is_empty(), "{left:?}");
    let told = event::Entity::find().filter(event::Column::Kind.eq("notification-requested"));
    let told = told.order_by_asc(event::Column::Id).all(&shop.shop().db).await.unwrap();
    let told: Vec<Value> = told
        .into_iter()
        .map(|row| row.data)
        .filter(|data| data["channel"] == "PUSH")
        .collect();
    let of = |name: &str| json!({ "channel": "PUSH", "notification": name, "orderId": placed.id });
    assert_eq!(told, [of("order_dispatched"), of("order_completed")]);
    guest
        .done(
            UNSUBSCRIBE,
            json!({ "input": { "orderId": placed.id, "accessToken": placed.access_token, "endpoint": endpoint } }),
        )
        .await;

    // Whoever is erased is told no more, though the order keeps its person for as long as the law wants.
    guest.done(SUBSCRIBE, browser(json!({}))).await;
    let erase = json!({ "input": { "email": "ada@example.com", "dryRun": false } });
    staff.done(ERASE, erase).await;
    shop.advance(TimeDelta::hours(1)).await;
    let left = push_subscription::Entity::find().all(&shop.shop().db).await.unwrap();
    assert!(left.is_empty(), "{left:?}");
    let kept = order::Entity::find().one(&shop.shop().db).await.unwrap().unwrap();
    assert_eq!(kept.email, "ada@example.com");
    let page = shop.guest().get("/push-worker.js").await;
    assert!(page.text().await.unwrap().contains("showNotification"));
    serving.abort();
    shop.close().await;
}
