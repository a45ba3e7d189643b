//! Prices that are written ahead.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use vitrine_commerce::work;
use vitrine_entity::{outbox, staff_member::StaffRole};
use vitrine_tests::{client::Client, shop::TestShop, shopper::Shopper};

use super::{LIST_SET, MARKET_CREATE, reprice, shown};

const CREATE: &str = "mutation ($input: PriceScheduleCreateInput!) { priceScheduleCreate(input: $input) {
    priceSchedule { id state version beginsAt endsAt } userErrors { code message field } } }";
const UPDATE: &str = "mutation ($input: PriceScheduleUpdateInput!) { priceScheduleUpdate(input: $input) {
    priceSchedule { id state version price { amount } compareAtPrice { amount } endsAt } userErrors { code message field } } }";
const WITHDRAW: &str = "mutation ($input: PriceScheduleWithdrawInput!) { priceScheduleWithdraw(input: $input) {
    priceSchedule { id state version } userErrors { code message field } } }";
const OF_VARIANT: &str = "query ($id: ID!) { variant(id: $id) { priceSchedules { id state formerPrice { amount } } } }";

async fn open() -> (TestShop, Client, String) {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let variant = staff.sell("POSTER", "100.00", 10).await;
    shop.settle().await;
    (shop, staff, variant)
}

/// So many hours from now.
fn at(shop: &TestShop, hours: i64) -> String {
    let time: DateTime<Utc> = shop.shop().now() + TimeDelta::hours(hours);
    time.to_rfc3339()
}

async fn hours(shop: &TestShop, hours: i64) -> Client {
    shop.advance(TimeDelta::hours(hours)).await;
    shop.sign_in(StaffRole::Administrator).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_price_begins_and_ends_by_itself() {
    let (shop, staff, variant) = open().await;
    let guest = shop.guest();
    let sale = json!({ "variantId": variant, "price": "80.00", "compareAtPrice": "100.00",
        "beginsAt": at(&shop, 10), "endsAt": at(&shop, 34) });
    let made = staff.done(CREATE, json!({ "input": sale })).await["priceSchedule"].take();
    assert_eq!((&made["state"], &made["version"]), (&json!("PLANNED"), &json!(1)));
    let staff = hours(&shop, 9).await;
    assert_eq!(
        shown(&guest, "DE", &variant).await[0],
        "100.00",
        "its time has not come"
    );
    let planned = "{ priceSchedules(first: 10) { nodes { id variant { sku } price { amount } } } }";
    let listed = staff.data(planned, json!({})).await["priceSchedules"]["nodes"].take();
    assert_eq!(
        listed,
        json!([{ "id": made["id"], "variant": { "sku": "POSTER" }, "price": { "amount": "80.00" } }])
    );

    let staff = hours(&shop, 1).await;
    let sold = [json!("80.00"), json!("100.00"), json!("100.00")];
    assert_eq!(
        shown(&guest, "DE", &variant).await,
        sold,
        "with the lowest price before it"
    );
    let period = "query ($id: ID!) { variant(id: $id) { pricePeriod { beginsAt endsAt } } }";
    let seen = guest.data(period, json!({ "id": variant })).await["variant"]["pricePeriod"].take();
    assert_eq!(
        (&seen["beginsAt"], &seen["endsAt"]),
        (&made["beginsAt"], &made["endsAt"])
    );
    let basket = guest.cart_with(&[(&variant, 1)]).await;
    let line = "query ($id: ID!) { cart(id: $id) { lines { unitPrice { amount } compareAtUnitPrice { amount }
        lowestUnitPriceLast30Days { amount } } } }";
    let line = guest.data(line, json!({ "id": basket["id"] })).await["cart"]["lines"][0].take();
    let told =
        ["unitPrice", "compareAtUnitPrice", "lowestUnitPriceLast30Days"].map(|field| line[field]["amount"].clone());
    assert_eq!(told, sold, "the cart says the same");
    let read = async |path: &str| guest.get(path).await.text().await.unwrap().replace("&#x2f;", "/");
    let rest: Value = serde_json::from_str(&read("/api/products/poster").await).unwrap();
    assert_eq!(
        rest["variants"][0]["lowestPriceLast30Days"]["amount"], "100.00",
        "{rest}"
    );
    let feed = read("/feeds/products.xml").await;
    let item = feed
        .split("<item>")
        .find(|item| item.contains("<g:id>POSTER</g:id>"))
        .expect("an item");
    for part in [
        "<g:price>100.00 EUR</g:price>",
        "<g:sale_price>80.00 EUR</g:sale_price>",
        "<g:sale_price_effective_date>",
    ] {
        assert!(item.contains(part), "{part}: {item}");
    }
    let page = read("/products/poster").await;
    for part in ["https://schema.org/StrikethroughPrice", "priceValidUntil"] {
        assert!(page.contains(part), "{part}");
    }
    let seen = staff.data(OF_VARIANT, json!({ "id": variant })).await["variant"]["priceSchedules"].take();
    assert_eq!(
        seen,
        json!([{ "id": made["id"], "state": "ACTIVE", "formerPrice": { "amount": "100.00" } }])
    );
    // Lists filter by it.
    let cheap = "{ products(first: 5, where: { priceMax: \"80.00\", priceMin: \"80.00\" }) { nodes { slug } } }";
    let found = guest.data(cheap, json!({})).await;
    assert!(found["products"].to_string().contains("poster"), "{found}");
    let staff = hours(&shop, 24).await;
    assert_eq!(
        shown(&guest, "DE", &variant).await,
        [json!("100.00"), Value::Null, Value::Null]
    );
    let over = guest.data(period, json!({ "id": variant })).await["variant"]["pricePeriod"].take();
    assert_eq!(over, Value::Null);
    let seen = staff.data(OF_VARIANT, json!({ "id": variant })).await["variant"]["priceSchedules"].take();
    assert_eq!(seen[0]["state"], "ENDED");

    // One without an end stays; what staff set while another holds stays, too.
    let stays = json!({ "variantId": variant, "price": "110.00", "beginsAt": at(&shop, 1) });
    staff.done(CREATE, json!({ "input": stays })).await;
    let staff = hours(&shop, 2).await;
    assert_eq!(shown(&guest, "DE", &variant).await[0], "110.00");
    let sale = json!({ "variantId": variant, "price": "90.00", "beginsAt": at(&shop, 0), "endsAt": at(&shop, 5) });
    let now = staff.done(CREATE, json!({ "input": sale })).await["priceSchedule"].take();
    assert_eq!(now["state"], "ACTIVE", "it began at once");
    assert_eq!(shown(&guest, "DE", &variant).await[0], "90.00");
    reprice(&staff, &variant, "95.00", None).await;
    hours(&shop, 6).await;
    assert_eq!(shown(&guest, "DE", &variant).await[0], "95.00");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_a_price_list_gives_the_rate_back() {
    let (shop, staff, variant) = open().await;
    let guest = shop.guest();
    let list = json!({ "currencyCode": "USD", "rate": "2", "pricesIncludeTax": false });
    staff.done(LIST_SET, json!({ "input": list })).await;
    let market = json!({ "name": "America", "countries": ["US"], "currencyCode": "USD" });
    staff.done(MARKET_CREATE, json!({ "input": market })).await;
    shop.settle().await;
    let sale = json!({ "variantId": variant, "currencyCode": "usd", "price": "150.00",
        "beginsAt": at(&shop, 1), "endsAt": at(&shop, 3) });
    staff.done(CREATE, json!({ "input": sale })).await;
    let staff = hours(&shop, 1).await;
    assert_eq!(shown(&guest, "US", &variant).await[0], "150.00");
    assert_eq!(shown(&guest, "DE", &variant).await[0], "100.00");
    // The rate changes meanwhile: what is there afterwards follows from the new one.
    let list = json!({ "currencyCode": "USD", "rate": "3" });
    staff.done(LIST_SET, json!({ "input": list })).await;
    shop.settle().await;
    assert_eq!(shown(&guest, "US", &variant).await[0], "150.00");
    hours(&shop, 2).await;
    assert_eq!(shown(&guest, "US", &variant).await[0], "300.00");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_are_changed_and_withdrawn_and_do_not_overlap() {
    let (shop, staff, variant) = open().await;
    let guest = shop.guest();
    let sale = |begins: i64, ends: Option<i64>| {
        json!({ "input": { "variantId": variant, "price": "80.00", "beginsAt": at(&shop, begins),
            "endsAt": ends.map(|ends| at(&shop, ends)) } })
    };
    let made = staff.done(CREATE, sale(10, Some(20))).await["priceSchedule"].take();
    for (input, field) in [
        (sale(19, Some(30)), "beginsAt"),
        (sale(5, Some(11)), "beginsAt"),
        (sale(12, None), "beginsAt"),
        (sale(-2, Some(3)), "beginsAt"),
        (sale(40, Some(40)), "endsAt"),
        (sale(24 * 800, None), "beginsAt"),
        (
            json!({ "input": { "variantId": variant, "price": "-1", "beginsAt": at(&shop, 50) } }),
            "price",
        ),
        (
            json!({ "input": { "variantId": variant, "price": "1", "currencyCode": "GBP", "beginsAt": at(&shop, 50) } }),
            "currencyCode",
        ),
    ] {
        let refused = staff.payload(CREATE, input.clone()).await;
        assert_eq!(
            refused["userErrors"][0]["field"],
            json!(["input", field]),
            "{input}: {refused}"
        );
    }
    assert_eq!(shop.guest().refusals(CREATE, sale(60, None)).await, ["UNAUTHENTICATED"]);
    // Where one ends, the next may begin.
    let next = staff.done(CREATE, sale(20, Some(30))).await["priceSchedule"].take();
    let withdraw = |of: &Value| json!({ "input": { "id": of["id"], "expectedVersion": of["version"] } });
    staff.done(WITHDRAW, withdraw(&next)).await;
    let again = staff.done(WITHDRAW, withdraw(&next)).await;
    assert_eq!(again["priceSchedule"]["state"], "WITHDRAWN", "it is withdrawn already");

    let change = json!({ "id": made["id"], "expectedVersion": 1, "price": "70.00", "beginsAt": at(&shop, 2) });
    let changed = staff.done(UPDATE, json!({ "input": change })).await["priceSchedule"].take();
    assert_eq!(
        (&changed["version"], &changed["price"]["amount"]),
        (&json!(2), &json!("70.00"))
    );
    let stale = json!({ "input": { "id": made["id"], "expectedVersion": 1, "price": "60.00" } });
    assert_eq!(staff.refusals(UPDATE, stale).await, ["VERSION_CONFLICT"]);
    hours(&shop, 2).await;
    assert_eq!(shown(&guest, "DE", &variant).await[0], "70.00", "at its new time");

    // It holds: another amount is the price at once, another begin is refused, and withdrawn it is over.
    let staff = hours(&shop, 1).await;
    let cheaper = json!({ "input": { "id": made["id"], "price": "65.00", "compareAtPrice": "100.00" } });
    staff.done(UPDATE, cheaper).await;
    let sold = [json!("65.00"), json!("100.00"), json!("70.00")];
    assert_eq!(shown(&guest, "DE", &variant).await, sold);
    let begun = json!({ "input": { "id": made["id"], "beginsAt": at(&shop, 4) } });
    let refused = staff.payload(UPDATE, begun).await;
    assert_eq!(
        refused["userErrors"][0]["field"],
        json!(["input", "beginsAt"]),
        "{refused}"
    );
    staff.done(WITHDRAW, json!({ "input": { "id": made["id"] } })).await;
    assert_eq!(shown(&guest, "DE", &variant).await[0], "100.00");
    hours(&shop, 40).await;
    assert_eq!(
        shown(&guest, "DE", &variant).await[0],
        "100.00",
        "nothing comes of its old times"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_whose_job_was_lost_begins_all_the_same() {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let (shop, staff, variant) = open().await;
    let sale = json!({ "variantId": variant, "price": "80.00", "beginsAt": at(&shop, 1), "endsAt": at(&shop, 9) });
    staff.done(CREATE, json!({ "input": sale })).await;
    outbox::Entity::delete_many()
        .filter(outbox::Column::State.eq(outbox::OutboxState::Ready))
        .exec(&*shop.shop().db)
        .await
        .unwrap();
    hours(&shop, 2).await;
    assert_eq!(shown(&shop.guest(), "DE", &variant).await[0], "100.00");
    work::make_missing_now(shop.shop()).await.unwrap();
    shop.settle().await;
    assert_eq!(shown(&shop.guest(), "DE", &variant).await[0], "80.00");
    hours(&shop, 10).await;
    assert_eq!(shown(&shop.guest(), "DE", &variant).await[0], "100.00");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_plan_one_in_the_dashboard() {
    let (shop, _, variant) = open().await;
    let mut tab = Shopper::new(&shop);
    tab.open("/admin/sign-in").await;
    let typed = [
        ("email", "administrator@example.com"),
        ("password", vitrine_tests::shop::PASSWORD),
    ];
    tab.submit("/admin/sign-in", &typed).await;
    let page = format!("/admin/prices/{variant}");
    tab.open(&page).await;
    tab.expect("€100.00");
    let typed = [
        ("price", "79,00"),
        ("compareAtPrice", "100,00"),
        ("beginsAt", "2030-05-02T10:00"),
        ("endsAt", "2030-05-03T10:00"),
    ];
    tab.submit(&format!("{page}/plan"), &typed).await;
    tab.expect("The price is planned.");
    tab.expect("€79.00");
    let wrong = [("price", "1"), ("beginsAt", "2030-05-02T12:00"), ("endsAt", "")];
    tab.submit(&format!("{page}/plan"), &wrong).await;
    assert_eq!(tab.status, 422, "it overlaps");
    shop.advance(TimeDelta::hours(24)).await;
    assert_eq!(shown(&shop.guest(), "DE", &variant).await[0], "79.00");
    shop.close().await;
}
