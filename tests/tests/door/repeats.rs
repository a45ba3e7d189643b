//! Whatever is sent under an `Idempotency-Key` may be sent again: it is done once, and answered alike.

use chrono::TimeDelta;
use futures::future::join_all;
use reqwest::StatusCode;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use vitrine_commerce::retention;
use vitrine_entity::{keyed_request, staff_member::StaffRole};
use vitrine_tests::{
    TestShop,
    client::Client,
    purchase::{address, cart_mutation},
};

use crate::purchase::dispatch;

const ADJUST: &str = "mutation($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) { stockLevel { onHand version } userErrors { code } } }";
const TWO: &str = "mutation($one: InventoryAdjustInput!, $two: InventoryAdjustInput!) {
    one: inventoryAdjust(input: $one) { stockLevel { onHand } userErrors { code } }
    two: inventoryAdjust(input: $two) { stockLevel { onHand } userErrors { code } } }";
const REFRESH: &str = "mutation($input: TokenRefreshInput!) { tokenRefresh(input: $input) { session { accessToken refreshToken } userErrors { code } } }";
const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { status } userErrors { code message } } }";
const KEY: &str = "8e03978e-40d5-43dd-bc93-6894a57f9324";

fn adjust(variant: &str, delta: i64) -> Value {
    json!({ "variantId": variant, "delta": delta, "reason": "count" })
}

/// The status, `Retry-After`, and the answer.
async fn ask(client: &Client, query: &str, variables: Value) -> (StatusCode, Option<String>, Value) {
    let response = client
        .post("/graphql", json!({ "query": query, "variables": variables }))
        .await;
    let retry_after = response.headers().get("retry-after");
    let retry_after = retry_after.map(|seconds| seconds.to_str().unwrap().to_owned());
    (response.status(), retry_after, response.json().await.unwrap())
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

async fn on_hand(staff: &Client, variant: &str) -> Value {
    let nothing = json!({ "input": adjust(variant, 1) });
    let back = json!({ "input": adjust(variant, -1) });
    staff.done(ADJUST, nothing).await;
    staff.done(ADJUST, back).await["stockLevel"]["onHand"].take()
}

/// As if a server had died at this point.
async fn set(shop: &TestShop, columns: &str) {
    let db = &shop.shop().db;
    db.execute_unprepared(&format!("update keyed_request set {columns}"))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_again_under_a_key_is_done_once_and_answered_alike() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 1).await;
    let (keyed, ten) = (staff.under(KEY), json!({ "input": adjust(&mug, 10) }));
    let first = keyed.answer(ADJUST, ten.clone()).await;
    assert_eq!(first["data"]["inventoryAdjust"]["stockLevel"]["onHand"], 11, "{first}");
    for _ in 0..3 {
        let again = keyed.answer(ADJUST, ten.clone()).await;
        assert_eq!(again["data"], first["data"]);
        assert_eq!(
            again["extensions"]["idempotency"]["replayed"],
            json!(["inventoryAdjust"])
        );
    }
    // Also of many at once: whoever comes meanwhile is told so, or has the answer.
    let at_once = staff.under("another key");
    for answer in join_all((0..8).map(|_| ask(&at_once, ADJUST, ten.clone()))).await {
        match answer {
            (StatusCode::OK, _, answer) => {
                assert_eq!(
                    answer["data"]["inventoryAdjust"]["stockLevel"]["onHand"], 21,
                    "{answer}"
                );
            }
            (status, retry_after, answer) => {
                assert_eq!((status, retry_after.as_deref()), (StatusCode::CONFLICT, Some("1")));
                assert_eq!(code(&answer), "REQUEST_IN_PROGRESS");
            }
        }
    }
    // Another request, and another caller's key.
    let (status, _, other) = ask(&keyed, ADJUST, json!({ "input": adjust(&mug, 11) })).await;
    assert_eq!(
        (status, code(&other)),
        (StatusCode::UNPROCESSABLE_ENTITY, "IDEMPOTENCY_KEY_REUSED")
    );
    let others = shop.staff(StaffRole::Fulfilment).await.under(KEY);
    let theirs = others.answer(ADJUST, ten.clone()).await;
    assert!(theirs["extensions"].get("idempotency").is_none(), "{theirs}");
    // What is no key, and a guest's that another may have.
    for (client, key) in [(&staff, " "), (&staff, &*"k".repeat(256)), (&shop.guest(), "short")] {
        let (status, _, refused) = ask(&client.under(key), ADJUST, ten.clone()).await;
        assert_eq!(
            (status, code(&refused)),
            (StatusCode::BAD_REQUEST, "IDEMPOTENCY_KEY_INVALID"),
            "{key}"
        );
    }
    // Without a key nothing is written down, and nothing else costs a statement.
    shop.statements.take();
    staff.done(ADJUST, ten.clone()).await;
    let ran = shop.statements.take();
    let writes = |sql: &String| sql.contains("into keyed_request") || sql.contains("update keyed_request");
    assert!(!ran.keys().any(writes), "{ran:?}");

    shop.clock.advance(TimeDelta::hours(25));
    retention::forget_now(shop.shop()).await.unwrap();
    let left = keyed_request::Entity::find().count(&shop.shop().db).await.unwrap();
    assert_eq!(left, 0);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_breaks_in_between_nothing_is_done_twice() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (mug, cup) = (
        staff.sell("MUG-1", "10.00", 1).await,
        staff.sell("CUP-1", "10.00", 1).await,
    );
    let (keyed, ten) = (staff.under(KEY), json!({ "input": adjust(&mug, 10) }));
    let first = keyed.answer(ADJUST, ten.clone()).await;

    // It died at it: nobody begins before its time is over. What it did is not done again, though the answer is lost.
    set(
        &shop,
        "answer = null, answered_at = null, held_until = '2999-01-01 00:00:00+00:00'",
    )
    .await;
    assert_eq!(ask(&keyed, ADJUST, ten.clone()).await.0, StatusCode::CONFLICT);
    set(&shop, "held_until = null").await;
    let lost = keyed.answer(ADJUST, ten.clone()).await;
    assert_eq!(
        (code(&lost), &lost["data"]["inventoryAdjust"]),
        ("OUTCOME_UNKNOWN", &Value::Null)
    );
    assert_eq!(on_hand(&staff, &mug).await, 11);
    // It died before it did anything.
    set(&shop, "done = '', answer = null, answered_at = null, held_until = null").await;
    let again = keyed.answer(ADJUST, ten.clone()).await;
    assert_eq!(
        again["data"]["inventoryAdjust"]["stockLevel"]["onHand"], 21,
        "{again}; {first}"
    );

    // Of two fields, the first is done: the second one is, and no more.
    let (two, both) = (
        staff.under("of two fields"),
        json!({ "one": adjust(&mug, 1), "two": adjust(&cup, 1) }),
    );
    let one_of_them = "delete from keyed_request";
    shop.shop().db.execute_unprepared(one_of_them).await.unwrap();
    let whole = two.answer(TWO, both.clone()).await;
    let stands_at = async || (on_hand(&staff, &mug).await, on_hand(&staff, &cup).await);
    assert_eq!(stands_at().await, (json!(22), json!(2)), "{whole}");
    set(&shop, "done = 'one:0/1 ', answer = null, answered_at = null").await;
    let rest = two.answer(TWO, both.clone()).await;
    assert_eq!((code(&rest), &rest["data"]["one"]), ("OUTCOME_UNKNOWN", &Value::Null));
    assert_eq!(rest["data"]["two"]["stockLevel"]["onHand"], 3, "{rest}");
    assert_eq!(stands_at().await, (json!(22), json!(3)));
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shopper_may_repeat_what_got_lost_on_the_way() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 9).await;
    let guest = shop.guest();
    let cart = guest.cart_with(&[]).await;
    let add = json!({ "input": { "cartId": cart["id"], "lines": [{ "variantId": mug, "quantity": 2 }] } });
    let name = json!({ "input": { "cartId": cart["id"], "shippingAddress": address() } });
    for (step, mutation, input) in [(1, "cartLinesAdd", add), (2, "cartAddressesUpdate", name)] {
        let keyed = guest.under(&format!("{KEY} {step}"));
        let first = keyed.answer(&cart_mutation(mutation), input.clone()).await;
        let again = keyed.answer(&cart_mutation(mutation), input).await;
        assert_eq!(again["data"], first["data"], "{mutation}");
        let cart = &first["data"][mutation]["cart"];
        assert_eq!(
            (&cart["lines"][0]["quantity"], &cart["version"]),
            (&json!(2), &json!(step + 1)),
            "{first}"
        );
    }

    // A session goes on by a token that is used once. What opens it lies nowhere as it is.
    let session = shop.customer_session("ada@example.com").await;
    let refresh = json!({ "input": { "refreshToken": session["refreshToken"] } });
    let keyed = guest.under(KEY);
    let first = keyed.answer(REFRESH, refresh.clone()).await;
    assert_eq!(keyed.answer(REFRESH, refresh).await["data"], first["data"]);
    let fresh = &first["data"]["tokenRefresh"]["session"];
    let next = json!({ "input": { "refreshToken": fresh["refreshToken"] } });
    assert_eq!(guest.done(REFRESH, next).await["userErrors"], json!([]));
    let db = &shop.shop().db;
    let token = fresh["refreshToken"].as_str().unwrap().as_bytes();
    let kept = keyed_request::Entity::find().all(db).await.unwrap();
    assert_eq!(kept.len(), 3);
    for row in kept {
        let answer = row.answer.unwrap();
        assert!(!answer.windows(token.len()).any(|part| part == token));
    }

    // What leads to a state answers with that state.
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    dispatch(&staff, &placed.id).await;
    dispatch(&staff, &placed.id).await;
    let other = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    for _ in 0..2 {
        let input = json!({ "input": { "orderId": other.id, "accessToken": other.access_token } });
        assert_eq!(guest.done(CANCEL, input).await["order"]["status"], "CANCELLED");
    }
    shop.settle().await;

    // By REST, too.
    let file = "{\"op\": \"categoryCreate\", \"name\": \"Jars\"}";
    let send = async |file: &'static str| {
        let request = reqwest::Client::new().post(format!("{}/api/bulk-operations", guest.base()));
        let request = request
            .header("content-type", "application/jsonl")
            .header("idempotency-key", KEY);
        let token = staff.access_token().unwrap();
        request.bearer_auth(token).body(file).send().await.unwrap()
    };
    let (first, again) = (send(file).await, send(file).await);
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!(
        (first.status(), again.status()),
        (StatusCode::ACCEPTED, StatusCode::ACCEPTED)
    );
    assert_eq!(
        first.json::<Value>().await.unwrap(),
        again.json::<Value>().await.unwrap()
    );
    assert_eq!(send("{}").await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_keys_of_one_operation_are_one_or_are_refused() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 1).await;
    let keyed = staff.under(KEY);
    let ten = |key: &str| json!({ "query": ADJUST, "variables": { "input": adjust(&mug, 10) }, "extensions": { "idempotencyKey": key } });
    let refused = keyed.post("/graphql", ten("another key of staff")).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    let refused: Value = refused.json().await.unwrap();
    assert_eq!(code(&refused), "IDEMPOTENCY_KEY_INVALID");
    let message = refused["errors"][0]["message"].as_str().unwrap();
    assert!(
        message.contains("`Idempotency-Key`") && message.contains("`idempotencyKey`"),
        "{message}"
    );
    assert_eq!(on_hand(&staff, &mug).await, 1, "nothing was done");

    // The same in both places is one, and whatever place it comes in the next time.
    let on_hand_of = |answer: &Value| answer["data"]["inventoryAdjust"]["stockLevel"]["onHand"].clone();
    let both: Value = keyed.post("/graphql", ten(KEY)).await.json().await.unwrap();
    let head: Value = keyed.answer(ADJUST, json!({ "input": adjust(&mug, 10) })).await;
    assert_eq!(
        (on_hand_of(&both), on_hand_of(&head)),
        (json!(11), json!(11)),
        "{both} {head}"
    );
    assert_eq!(on_hand(&staff, &mug).await, 11);
    shop.close().await;
}
