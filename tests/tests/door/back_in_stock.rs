//! Who waits for something that is sold out is told once, when it is back.

use chrono::TimeDelta;
use reqwest::StatusCode;
use serde_json::{Value, json};
use vitrine_commerce::retention;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shop::PASSWORD, shopper::Shopper};

const REQUEST: &str = "mutation($input: StockAlertRequestInput!) { stockAlertRequest(input: $input) {
    waiting userErrors { code message field } } }";
const ADJUST: &str = "mutation($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) {
    stockLevel { available } userErrors { code message } } }";
const DEMAND: &str = "{ stockAlertDemand(first: 10) { nodes { waiting variant { sku } } } }";

fn wish(variant: &str, email: Option<&str>) -> Value {
    json!({ "input": { "variantId": variant, "email": email } })
}

async fn adjust(staff: &Client, variant: &str, delta: i64) {
    let input = json!({ "input": { "variantId": variant, "delta": delta, "reason": "a delivery" } });
    staff.done(ADJUST, input).await;
}

async fn demand(staff: &Client) -> Value {
    staff.data(DEMAND, json!({})).await["stockAlertDemand"]["nodes"].take()
}

/// To whom it was told that something is back, and the mails.
async fn told(shop: &TestShop) -> Vec<(String, String)> {
    shop.settle().await;
    let mails = shop.mails().await.into_iter();
    let about = mails.filter(|mail| mail.subject.ends_with("is back in stock"));
    about.map(|mail| (mail.to, mail.text)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_is_told_once_and_may_stop_it() {
    let shop = TestShop::open_with(|config| config.auth.access_minutes = 60).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 0).await;
    let bowl = staff.sell("BOWL-1", "10.00", 0).await;
    let there = staff.sell("CUP-1", "10.00", 1).await;
    let (guest, ada) = (shop.guest(), shop.customer("ada@example.com").await);
    // Known or not, the answer is the same.
    for _ in 0..2 {
        let answer = guest.done(REQUEST, wish(&mug, Some("Bob@Example.com"))).await;
        assert_eq!(answer["waiting"], true);
    }
    ada.done(REQUEST, wish(&mug, None)).await;
    guest.done(REQUEST, wish(&bowl, Some("bob@example.com"))).await;
    for (client, input, code) in [
        (&guest, wish(&there, Some("bob@example.com")), "IN_STOCK"),
        (&guest, wish(&mug, None), "INVALID"),
        (&guest, wish(&mug, Some("bob")), "INVALID"),
        (&ada, wish(&bowl, Some("bob@example.com")), "INVALID"),
        (
            &guest,
            wish("var_01j9zzzzzzzzzzzzzzzzzzzzzz", Some("bob@example.com")),
            "NOT_FOUND",
        ),
    ] {
        assert_eq!(client.refusals(REQUEST, input.clone()).await, [code], "{input}");
    }
    let counted = |waiting: i64, sku: &str| json!({ "waiting": waiting, "variant": { "sku": sku } });
    assert_eq!(demand(&staff).await, json!([counted(2, "MUG-1"), counted(1, "BOWL-1")]));
    let list = "query($id: ID) { stockAlerts(first: 10, variantId: $id) { nodes { email customerId } } }";
    let waiting = staff.data(list, json!({ "id": mug })).await["stockAlerts"]["nodes"].take();
    assert_eq!(
        (&waiting[0]["email"], &waiting[1]["email"], &waiting[0]["customerId"]),
        (&json!("bob@example.com"), &json!("ada@example.com"), &Value::Null)
    );
    for query in [DEMAND, "{ stockAlerts(first: 1) { nodes { email } } }"] {
        let answer = guest.answer(query, json!({})).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }

    adjust(&staff, &mug, 5).await;
    let mails = told(&shop).await;
    let mut to: Vec<_> = mails.iter().map(|(to, _)| to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, ["ada@example.com", "bob@example.com"]);
    // More of it, and again after it was sold out: nobody waits any more.
    adjust(&staff, &mug, 5).await;
    adjust(&staff, &mug, -10).await;
    adjust(&staff, &mug, 1).await;
    assert_eq!(told(&shop).await.len(), 2);
    assert_eq!(demand(&staff).await, json!([counted(1, "BOWL-1")]));

    // A look at the link stops nothing, for programs look at it, too; a POST does.
    let (_, text) = mails.iter().find(|(to, _)| to == "bob@example.com").unwrap();
    let mut words = text.split_whitespace();
    let link = words.find(|word| word.contains("/stock-alerts/")).unwrap();
    let mut reader = Shopper::new(&shop).reading("de");
    reader.open(link).await.expect("Keine E-Mails mehr");
    reader.expect("<html lang=\"de\"");
    reader.expect("Diese E-Mails beenden");
    assert_eq!(
        (reader.status, reader.header("cache-control")),
        (StatusCode::OK, "no-store")
    );
    reader.open(&link.replace("signature=", "signature=x")).await;
    assert_eq!(reader.status, StatusCode::NOT_FOUND);
    reader.expect("Dieser Link führt nirgendwohin");
    assert_eq!(demand(&staff).await, json!([counted(1, "BOWL-1")]));
    let post = async |link: &str| reqwest::Client::new().post(link).send().await.unwrap().status();
    assert_eq!(post(&format!("{link}x")).await, StatusCode::NOT_FOUND);
    assert_eq!(post(link).await, StatusCode::OK);
    assert_eq!(demand(&staff).await, json!([]));
    adjust(&staff, &bowl, 1).await;
    assert_eq!(told(&shop).await.len(), 2);

    own_wishes(&shop, &staff, &ada).await;

    // A year later nobody knows who waited.
    shop.clock.advance(TimeDelta::days(366));
    let forgotten = retention::forget_now(shop.shop()).await.unwrap();
    assert_eq!(forgotten.stock_alerts, 5);
    shop.close().await;
}

/// A customer sees what they wait for, whoever asked for it at their address, and ends one by the API and one on the page.
async fn own_wishes(shop: &TestShop, staff: &Client, ada: &Client) {
    let vase = staff.sell("VASE-1", "10.00", 0).await;
    let jug = staff.sell("JUG-1", "10.00", 0).await;
    ada.done(REQUEST, wish(&vase, None)).await;
    shop.guest().done(REQUEST, wish(&jug, Some("ada@example.com"))).await;
    let mine = "{ viewer { stockAlerts(first: 10) { nodes { id waiting variant { sku } } } } }";
    let list = async || ada.data(mine, json!({})).await["viewer"]["stockAlerts"]["nodes"].take();
    let waiting = list().await;
    assert_eq!(waiting.as_array().unwrap().len(), 2, "{waiting}");
    let mut rows = waiting.as_array().unwrap().iter();
    let of_jug = rows.find(|row| row["variant"]["sku"] == "JUG-1").unwrap();
    let cancel = "mutation($input: StockAlertCancelInput!) { stockAlertCancel(input: $input) {
        stockAlert { id waiting } userErrors { code message field } } }";
    let input = json!({ "input": { "id": of_jug["id"] } });
    let eve = shop.customer("eve@example.com").await;
    assert_eq!(eve.refusals(cancel, input.clone()).await, ["NOT_FOUND"]);
    assert_eq!(shop.guest().refusals(cancel, input.clone()).await, ["UNAUTHENTICATED"]);
    for _ in 0..2 {
        let answer = ada.done(cancel, input.clone()).await;
        assert_eq!(answer["stockAlert"]["waiting"], false);
    }

    let mut page = Shopper::new(shop);
    page.open("/account/login").await;
    page.submit(
        "/account/login",
        &[("email", "ada@example.com"), ("password", PASSWORD)],
    )
    .await;
    page.expect("Waiting to be back in stock");
    page.open("/account/stock-alerts")
        .await
        .submit("/account/stock-alerts", &[])
        .await;
    page.expect("You are not waiting for it any more.");
    page.expect("You are not waiting for anything.");
    assert_eq!(list().await, json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_are_told_in_several_steps() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 0).await;
    let guest = shop.guest();
    for number in 0..105 {
        guest
            .done(REQUEST, wish(&mug, Some(&format!("p{number}@example.com"))))
            .await;
    }
    adjust(&staff, &mug, 1).await;
    assert_eq!(told(&shop).await.len(), 105);
    shop.close().await;
}
