//! Sessions that are seen and ended, keys that are replaced, and what guests open by a header.

use chrono::TimeDelta;
use futures::{SinkExt, StreamExt};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use vitrine_adapters::config::Secret;
use vitrine_commerce::{Context, customers::keys::Rotation, staff::signing_keys};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    Client, TestShop,
    client::http,
    patience::{until, within},
    shop::PASSWORD,
};

const LOGIN: &str = "mutation($input: CustomerLoginInput!) { customerLogin(input: $input) { session { accessToken refreshToken } userErrors { code } } }";
const REFRESH: &str = "mutation($input: TokenRefreshInput!) { tokenRefresh(input: $input) { session { accessToken refreshToken } userErrors { code } } }";
const SIGN_OUT: &str = "mutation($input: SignOutInput!) { signOut(input: $input) { signedOut userErrors { code } } }";
const END: &str =
    "mutation($input: SessionEndInput!) { sessionEnd(input: $input) { ended userErrors { code message field } } }";
const SESSIONS: &str = "{ viewer { sessions { id current userAgent createdAt lastUsedAt } } }";

/// Signs in from a browser of this name. Gives the session.
async fn sign_in(guest: &Client, browser: &str) -> Value {
    let input = json!({ "email": "ada@example.com", "password": PASSWORD });
    let request = http()
        .post(format!("{}/graphql", guest.base()))
        .header("user-agent", browser)
        .json(&json!({ "query": LOGIN, "variables": { "input": input } }));
    let mut answer: Value = request.send().await.unwrap().json().await.unwrap();
    answer["data"]["customerLogin"]["session"].take()
}

fn token(session: &Value) -> &str {
    session["accessToken"].as_str().unwrap()
}

async fn status(client: &Client) -> u16 {
    let answer = client.post("/graphql", json!({ "query": "{ viewer { id } }" })).await;
    answer.status().as_u16()
}

/// Waits until a server has heard of what happened elsewhere.
async fn becomes(client: &Client, wanted: u16) {
    let what = format!("it answers {wanted}");
    until(&what, async || status(client).await == wanted).await;
}

/// A socket whose `connection_init` holds `payload`, once it is let in.
async fn open(
    client: &Client,
    payload: Value,
) -> tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>> {
    let url = format!("{}/graphql/ws", client.base().replace("http://", "ws://"));
    let mut request = url.into_client_request().unwrap();
    let protocol = "graphql-transport-ws".parse().unwrap();
    request.headers_mut().insert("sec-websocket-protocol", protocol);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let init = json!({ "type": "connection_init", "payload": payload });
    socket.send(Message::text(init.to_string())).await.unwrap();
    let ack = socket.next().await.unwrap().unwrap();
    assert!(ack.to_text().unwrap().contains("connection_ack"), "{ack:?}");
    socket
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ended_session_opens_nothing_on_any_server() {
    let mut shop = TestShop::open().await;
    let guest = shop.guest();
    shop.customer("ada@example.com").await;
    let eve = shop.customer("eve@example.com").await;
    let long = "x".repeat(300);
    let phone = sign_in(&guest, "Phone  ").await;
    let laptop = sign_in(&guest, &long).await;
    let ada = guest.with_token(token(&laptop));
    let on_phone = guest.with_token(token(&phone));
    let elsewhere = shop.another_server(|_| {}).await.with_token(token(&phone));
    assert_eq!((status(&on_phone).await, status(&elsewhere).await), (200, 200));

    let listed = ada.data(SESSIONS, json!({})).await["viewer"]["sessions"].take();
    let agents = |list: &Value| {
        list.as_array()
            .unwrap()
            .iter()
            .map(|s| s["userAgent"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(agents(&listed)[..2], [json!("x".repeat(200)), json!("Phone")]);
    assert_eq!(
        (&listed[0]["current"], &listed[1]["current"]),
        (&json!(true), &json!(false))
    );

    // Another's session, one that never was, and what is no session at all answer alike.
    let of_phone = json!({ "input": { "id": listed[1]["id"] } });
    let mut answers = Vec::new();
    for id in [
        listed[1]["id"].clone(),
        json!("ses_01j9zzzzzzzzzzzzzzzzzzzzzz"),
        json!("ses_x"),
    ] {
        answers.push(eve.payload(END, json!({ "input": { "id": id } })).await);
    }
    assert!(
        answers[0]["userErrors"][0]["code"] == "NOT_FOUND" && answers.iter().all(|a| *a == answers[0]),
        "{answers:?}"
    );
    assert_eq!(guest.refusals(END, of_phone.clone()).await, ["UNAUTHENTICATED"]);

    let mut socket = open(&guest, json!({ "authorization": format!("Bearer {}", token(&phone)) })).await;
    ada.done(END, of_phone.clone()).await;
    assert_eq!(status(&on_phone).await, 401, "before it was answered");
    let closing = within("the socket closes", socket.next()).await;
    let closed = matches!(closing, Some(Ok(Message::Close(Some(frame)))) if u16::from(frame.code) == 4403);
    assert!(closed, "what was open under it closes");
    becomes(&elsewhere, 401).await;
    // It has ended, as is asked for.
    ada.done(END, of_phone).await;
    let refresh = json!({ "input": { "refreshToken": phone["refreshToken"] } });
    assert_eq!(guest.refusals(REFRESH, refresh).await, ["INVALID_TOKEN"]);

    assert_eq!(status(&ada).await, 200, "the other session goes on");
    let out = json!({ "input": { "refreshToken": laptop["refreshToken"] } });
    guest.done(SIGN_OUT, out).await;
    assert_eq!(status(&ada).await, 401);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copied_refresh_token_ends_what_both_hold() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    shop.customer("ada@example.com").await;
    let first = sign_in(&guest, "Phone").await;
    let refresh = json!({ "input": { "refreshToken": first["refreshToken"] } });
    let second = guest.done(REFRESH, refresh.clone()).await["session"].take();
    let ada = guest.with_token(token(&second));
    assert_eq!(status(&ada).await, 200);
    shop.clock.advance(TimeDelta::seconds(21));
    assert_eq!(guest.refusals(REFRESH, refresh).await, ["INVALID_TOKEN"]);
    assert_eq!(
        (status(&ada).await, status(&guest.with_token(token(&first))).await),
        (401, 401)
    );
    shop.close().await;
}

/// The kid of a token, if a stranger who has nothing but the JWKS believes it.
async fn verified_by_jwks(shop: &TestShop, token: &str) -> Option<String> {
    let answer = shop.guest().get("/.well-known/jwks.json").await;
    assert_eq!(answer.headers()["cache-control"], "public, max-age=300");
    let jwks: JwkSet = answer.json().await.unwrap();
    let kid = jsonwebtoken::decode_header(token).unwrap().kid?;
    let key = DecodingKey::from_jwk(jwks.find(&kid)?).unwrap();
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_audience(&["shop"]);
    // The shop's clock is not ours.
    validation.validate_exp = false;
    jsonwebtoken::decode::<Value>(token, &key, &validation)
        .ok()
        .map(|_| kid)
}

async fn published(shop: &TestShop) -> usize {
    let jwks: Value = shop.guest().get("/.well-known/jwks.json").await.json().await.unwrap();
    jwks["keys"].as_array().unwrap().len()
}

async fn rotate(shop: &TestShop, rotation: Rotation) {
    let context = Context::system(shop.shop(), "test");
    signing_keys::rotate(shop.shop(), &context, rotation).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_replaced_and_nobody_is_signed_out() {
    let mut shop = TestShop::open().await;
    let guest = shop.guest();
    shop.customer("ada@example.com").await;
    let session = sign_in(&guest, "Phone").await;
    let first = verified_by_jwks(&shop, token(&session)).await.expect("a published key");
    assert_eq!(published(&shop).await, 1);

    rotate(&shop, Rotation::Announced).await;
    assert_eq!(published(&shop).await, 2, "the next is announced");
    let session = sign_in(&guest, "Phone").await;
    assert_eq!(verified_by_jwks(&shop, token(&session)).await.as_ref(), Some(&first));
    shop.clock.advance(TimeDelta::minutes(55));
    let session = refresh(&guest, &session).await;
    shop.clock.advance(TimeDelta::minutes(6));
    assert_eq!(
        status(&guest.with_token(token(&session))).await,
        200,
        "the old key verifies"
    );
    let next = refresh(&guest, &session).await;
    let second = verified_by_jwks(&shop, token(&next)).await.unwrap();
    assert_ne!(first, second);
    shop.clock.advance(TimeDelta::minutes(15));
    assert_eq!(published(&shop).await, 1, "its last token is out, and some minutes");

    // Another server hears of a key by the token that it signed.
    let session = refresh(&guest, &next).await;
    let elsewhere = shop.another_server(|_| {}).await;
    rotate(&shop, Rotation::AtOnce).await;
    assert_eq!(
        status(&guest.with_token(token(&session))).await,
        401,
        "its key is withdrawn"
    );
    let session = refresh(&guest, &session).await;
    becomes(&elsewhere.with_token(token(&session)), 200).await;

    // A replaced secret: what was signed before goes on, as long as the secret before is listed.
    let before = shop.config().auth.signing_secret.clone().unwrap();
    let replaced = |previous: Vec<Secret>| {
        move |config: &mut vitrine_adapters::config::Config| {
            config.auth.signing_secret = Some(Secret::new("another secret, and as long as it should be"));
            config.auth.signing_secrets_previous = previous;
        }
    };
    let listed = shop.another_server(replaced(vec![before])).await;
    assert_eq!(status(&listed.with_token(token(&session))).await, 200);
    let unlisted = shop.another_server(replaced(Vec::new())).await;
    assert_eq!(status(&unlisted.with_token(token(&session))).await, 401);
    let session = refresh(&unlisted, &session).await;
    assert_eq!(
        status(&unlisted.with_token(token(&session))).await,
        200,
        "nobody signs in again"
    );
    shop.close().await;
}

async fn refresh(guest: &Client, session: &Value) -> Value {
    let input = json!({ "input": { "refreshToken": session["refreshToken"] } });
    guest.done(REFRESH, input).await["session"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_header_opens_a_guests_orders_as_nodes() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let one = guest.buy(&[(&mug, 1)], "tok_approve").await;
    let two = guest.buy(&[(&mug, 1)], "tok_approve").await;
    let other = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let query = "query($ids: [ID!]!, $id: ID!) { nodes(ids: $ids) { id ... on Order { number } }
        node(id: $id) { ... on Order { timeline(first: 1) { nodes { kind } pageInfo { hasNextPage } } } } }";
    let ask = async |tokens: &[&str]| {
        let variables = json!({ "ids": [one.id, two.id, other.id], "id": one.id });
        let mut request = http()
            .post(format!("{}/graphql", guest.base()))
            .json(&json!({ "query": query, "variables": variables }));
        for token in tokens {
            request = request.header("order-access-token", *token);
        }
        request.send().await.unwrap().json::<Value>().await.unwrap()
    };
    let seen = |answer: &Value| {
        (0..3)
            .map(|i| answer["data"]["nodes"][i].is_object())
            .collect::<Vec<_>>()
    };
    assert_eq!(seen(&ask(&[]).await), [false, false, false]);
    assert_eq!(
        seen(&ask(&["", "nonsense", &"x".repeat(5000)]).await),
        [false, false, false]
    );
    let both = format!("{}, {}", one.access_token, two.access_token);
    assert_eq!(seen(&ask(&[&both]).await), [true, true, false]);
    let answer = ask(&[&other.access_token, &one.access_token]).await;
    assert_eq!(seen(&answer), [true, false, true]);
    let timeline = &answer["data"]["node"]["timeline"];
    assert_eq!(
        (&timeline["nodes"][0]["kind"], &timeline["pageInfo"]["hasNextPage"]),
        (&json!("CREATED"), &json!(true))
    );

    let mut socket = open(&guest, json!({ "Order-Access-Token": one.access_token })).await;
    for (name, order, kind) in [("1", &one, "next"), ("2", &two, "error")] {
        let query = "subscription($id: ID!) { orderUpdates(orderId: $id) { cursor } }";
        let payload = json!({ "query": query, "variables": { "id": order.id } });
        let subscribe = json!({ "id": name, "type": "subscribe", "payload": payload });
        socket.send(Message::text(subscribe.to_string())).await.unwrap();
        let told = async {
            loop {
                let message = socket.next().await.unwrap().unwrap();
                let message: Value = serde_json::from_str(message.to_text().unwrap()).unwrap();
                if message["id"] == name {
                    return message;
                }
            }
        };
        let message = within("an answer to the subscription", told).await;
        let is_refused = message["type"] == "error" || message["payload"]["errors"].is_array();
        assert_eq!(is_refused, kind == "error", "{message}");
    }
    shop.close().await;
}
