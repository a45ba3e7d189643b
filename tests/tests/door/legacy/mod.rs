//! Moving from an older system: a client that knows its checkout alone, answered there or here as a flag says; orders in both,
//! compared, mended, and all of it taken back.

mod older;

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_adapters::config::Secret;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, client::http};

use self::older::{OlderSystem, TOKEN};

const SET: &str = "mutation($input: FlagSetInput!) { flagSet(input: $input) { flag { version } userErrors { code } } }";
const LIST: &str = "query($finding: LegacyFinding) { legacyOrders(first: 50, finding: $finding) { nodes {
    id number placed status finding note order { number } differences { field here there } } } }";
const REPAIR: &str = "mutation($input: LegacyOrderRepairInput!) { legacyOrderRepair(input: $input) {
    legacyOrder { finding } userErrors { code } } }";
const DISMISS: &str = "mutation($input: LegacyOrderDismissInput!) { legacyOrderDismiss(input: $input) {
    legacyOrder { finding note } userErrors { code } } }";

/// A client that knows the older addresses alone.
struct OldClient {
    base: String,
}

impl OldClient {
    async fn post(&self, path: &str, key: Option<&str>, body: &Value) -> (u16, Value) {
        let mut request = http().post(format!("{}/legacy{path}", self.base)).json(body);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        let answer = http().get(format!("{}/legacy{path}", self.base)).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    async fn begin(&self, sku: &str) -> String {
        let (status, cart) = self
            .post("/carts", None, &json!({ "items": [{ "sku": sku, "quantity": 1 }] }))
            .await;
        assert_eq!(status, 201, "{cart}");
        cart["id"].as_str().unwrap().to_owned()
    }

    async fn order(&self, cart: &str) -> Value {
        let (status, order) = self.post("/orders", Some(cart), &order_of(cart)).await;
        assert_eq!(status, 201, "{order}");
        order
    }
}

fn order_of(cart: &str) -> Value {
    json!({
        "cartId": cart, "email": "ada@example.com", "paymentToken": "tok_approve",
        "address": { "name": "Ada", "street": "Am Markt 1", "postalCode": "10115", "city": "Berlin", "country": "DE" },
    })
}

fn is_ours(cart: &str) -> bool {
    cart.starts_with("cart_")
}

/// Signed in anew: the clock has moved.
async fn administrator(shop: &TestShop) -> Client {
    shop.sign_in(StaffRole::Administrator).await
}

async fn list(shop: &TestShop, finding: Option<&str>) -> Vec<Value> {
    let staff = administrator(shop).await;
    let data = staff.data(LIST, json!({ "finding": finding })).await;
    data["legacyOrders"]["nodes"].as_array().unwrap().clone()
}

async fn share(staff: &Client, percent: i32) {
    let input = json!({ "name": "own_checkout", "isOn": true, "percent": percent });
    staff.done(SET, json!({ "input": input })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_checkout_moves_by_a_flag_and_back() {
    let older = OlderSystem::start().await;
    let shop = TestShop::open_with(|config| {
        config.legacy.url = Some(older.url.clone());
        config.legacy.token = Some(Secret::new(TOKEN));
    })
    .await;
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let sku = "LMP-ALBA-TER";
    let client = OldClient {
        base: guest.base().to_owned(),
    };

    // Nothing has moved: all of it is answered there, and noted here.
    let cart = client.begin(sku).await;
    assert!(!is_ours(&cart));
    assert_eq!(client.get(&format!("/carts/{cart}")).await.0, 200);
    let there = client.order(&cart).await;
    let number = there["number"].as_str().unwrap();
    assert_eq!(
        client.get(&format!("/orders/{number}/payment")).await.1["status"],
        "paid"
    );
    assert_eq!(client.get("/orders/OLD-77").await.0, 404);

    // Thirty of a hundred begin here.
    share(&staff, 30).await;
    let mut carts = Vec::new();
    for _ in 0..60 {
        carts.push(client.begin(sku).await);
    }
    let ours = carts.iter().filter(|cart| is_ours(cart)).count();
    assert!((5..=35).contains(&ours), "{ours} of 60");

    // All of them; one is bought, once.
    share(&staff, 100).await;
    let cart = client.begin(sku).await;
    assert!(is_ours(&cart));
    let wrong = client
        .post(
            "/carts",
            None,
            &json!({ "items": [{ "sku": "no-such", "quantity": 1 }] }),
        )
        .await;
    let field = &wrong.1["errors"][0]["field"];
    assert!(
        (400..500).contains(&wrong.0) && *field == json!(["items", "0", "sku"]),
        "{wrong:?}"
    );
    let here = client.order(&cart).await;
    let (status, again) = client.post("/orders", Some(&cart), &order_of(&cart)).await;
    assert_eq!((status, &again["number"]), (200, &here["number"]));
    shop.settle().await;
    let (number, token) = (here["number"].as_str().unwrap(), here["token"].as_str().unwrap());
    let (status, seen) = client.get(&format!("/orders/{number}?token={token}")).await;
    assert_eq!(
        (status, &seen["status"], &seen["items"][0]["sku"]),
        (200, &json!("paid"), &json!(sku))
    );
    assert_eq!(
        client.get(&format!("/orders/{number}")).await.0,
        404,
        "another's order and a missing one answer alike"
    );
    let (_, payment) = client.get(&format!("/orders/{number}/payment?token={token}")).await;
    assert_eq!(
        (&payment["status"], &payment["amount"]),
        (&json!("paid"), &seen["total"])
    );
    let written = older.orders()[number].clone();
    assert_eq!((&written["total"], &written["items"]), (&seen["total"], &seen["items"]));
    assert!(!written.to_string().contains("ada@"), "{written}");

    // It moves on, is written again, and both agree.
    shop.advance(TimeDelta::hours(1)).await;
    assert_eq!(older.orders()[number]["status"], "paid");
    let rows = list(&shop, None).await;
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows.iter().all(|row| row["finding"] == "NONE"), "{rows:?}");
    assert_eq!(
        (&rows[0]["placed"], &rows[0]["order"]["number"]),
        (&json!("HERE"), &json!(number))
    );
    assert_eq!((&rows[1]["placed"], &rows[1]["order"]), (&json!("THERE"), &Value::Null));

    planted(&shop, &older, number).await;
    outage(&shop, &older, &client).await;

    // Taken back: what begins now is theirs, what was begun here ends here.
    let begun = client.begin(sku).await;
    administrator(&shop)
        .await
        .done(SET, json!({ "input": { "name": "own_checkout", "isOn": false } }))
        .await;
    assert!(!is_ours(&client.begin(sku).await));
    assert!(client.order(&begun).await["number"].as_str().unwrap().starts_with("V-"));
    assert_eq!(client.get(&format!("/orders/{number}?token={token}")).await.0, 200);
    // For so long they are compared.
    shop.advance(TimeDelta::days(61)).await;
    shop.close().await;
}

/// Differences that somebody has made: found, told once, mended or left.
async fn planted(shop: &TestShop, older: &OlderSystem, number: &str) {
    let before = older.orders()[number].clone();
    older.falsify(number, "total", json!("1.00"));
    older.falsify("OLD-1", "total", json!("99.00"));
    shop.advance(TimeDelta::hours(13)).await;
    let open = list(shop, Some("OPEN")).await;
    let told: Vec<&Value> = open.iter().map(|row| &row["differences"]).collect();
    let ours = json!([{ "field": "total", "here": before["total"], "there": "1.00" }]);
    assert_eq!(
        told,
        [&ours, &json!([{ "field": "total", "here": "10.00", "there": "99.00" }])]
    );
    let gauges = vitrine_commerce::gauges::read(shop.shop()).await.unwrap();
    assert_eq!(gauges.legacy_findings_open, 2);
    let packer = shop.staff(StaffRole::Fulfilment).await;
    let input = json!({ "input": { "id": open[0]["id"] } });
    assert_eq!(shop.guest().refusals(REPAIR, input.clone()).await, ["UNAUTHENTICATED"]);
    packer.done(REPAIR, input.clone()).await;
    shop.settle().await;
    assert_eq!(older.orders()[number]["total"], before["total"], "written anew");
    let keys = older.keys();
    assert!(
        keys.len() >= 2 && keys[keys.len() - 1] != keys[keys.len() - 2],
        "{keys:?}"
    );
    assert_eq!(
        packer.done(REPAIR, input).await["legacyOrder"]["finding"],
        "NONE",
        "asked twice"
    );

    let dismiss = json!({ "input": { "id": open[1]["id"], "reason": "Known" } });
    let staff = administrator(shop).await;
    let left = staff.done(DISMISS, dismiss.clone()).await["legacyOrder"].take();
    assert_eq!(left, json!({ "finding": "DISMISSED", "note": "Known" }));
    assert_eq!(staff.done(DISMISS, dismiss).await["legacyOrder"], left);
    shop.advance(TimeDelta::hours(13)).await;
    assert!(list(shop, Some("OPEN")).await.is_empty(), "it is the same still");
    older.falsify("OLD-1", "total", json!("98.00"));
    shop.advance(TimeDelta::hours(13)).await;
    let open = list(shop, Some("OPEN")).await;
    assert_eq!(open.len(), 1, "it has become another");
    let staff = administrator(shop).await;
    staff.done(REPAIR, json!({ "input": { "id": open[0]["id"] } })).await;
    shop.settle().await;
    assert!(list(shop, Some("OPEN")).await.is_empty(), "taken as it is said");
}

/// The older system is away: ours are sold all the same and written there once it is back, theirs are told so.
async fn outage(shop: &TestShop, older: &OlderSystem, client: &OldClient) {
    older.is_away(true);
    let cart = client.begin("LMP-ALBA-TER").await;
    let order = client.order(&cart).await;
    let number = order["number"].as_str().unwrap();
    assert_eq!(client.get("/orders/OLD-1").await.0, 503);
    shop.pass(TimeDelta::seconds(5)).await;
    assert!(!older.orders().contains_key(number));
    older.is_away(false);
    shop.advance(TimeDelta::minutes(5)).await;
    assert!(older.orders().contains_key(number), "{:?}", older.orders());
    assert!(list(shop, Some("OPEN")).await.is_empty());
}
