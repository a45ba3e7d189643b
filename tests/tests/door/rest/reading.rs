//! What older clients read: products, orders, notifications, stock and figures.

use serde_json::{Value, json};
use vitrine_tests::{Client, TestShop};

use super::{bought_with, get, one_mug, post, shop_with_mugs, signed_in, url};

fn items<'a>(answer: &'a Value, field: &str) -> Vec<&'a str> {
    let items = answer["items"].as_array().unwrap_or_else(|| panic!("{answer}"));
    items.iter().map(|item| item[field].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn products_are_listed_page_by_page_and_read_by_id_or_slug() {
    let (shop, staff) = shop_with_mugs().await;
    staff.sell("BOWL-1", "9500.00", 0).await;
    staff.sell("VASE-1", "9000.00", 10).await;
    let guest = shop.guest();
    let dearest = "/api/products?first=1&sort=PRICE_DESCENDING";
    let first = get(&guest, dearest, None).await;
    assert_eq!(
        (first.status, items(&first.body, "slug")),
        (200, vec!["bowl-1"]),
        "{}",
        first.body
    );
    let cursor = first.body["nextCursor"].as_str().unwrap();
    let second = get(&guest, &format!("{dearest}&after={cursor}"), None).await;
    assert_eq!(items(&second.body, "slug"), ["vase-1"]);
    let in_stock = get(&guest, &format!("{dearest}&inStock=true"), None).await;
    assert_eq!(items(&in_stock.body, "slug"), ["vase-1"]);
    let found = get(&guest, "/api/products?query=bowl-1", None).await;
    assert_eq!(
        (items(&found.body, "slug"), &found.body["nextCursor"]),
        (vec!["bowl-1"], &Value::Null)
    );
    let cheap = get(&guest, "/api/products?sort=PRICE_ASCENDING&first=2", None).await;
    let other = format!("/api/products?after={}", cheap.body["nextCursor"].as_str().unwrap());
    assert_eq!(
        get(&guest, &other, None).await.problem(),
        (404, "NOT_FOUND"),
        "a cursor of another order"
    );

    let vase = &second.body["items"][0];
    let variant = &vase["variants"][0];
    assert_eq!(
        (&variant["sku"], &variant["price"], &variant["availableQuantity"]),
        (
            &json!("VASE-1"),
            &json!({ "amount": "9000.00", "currencyCode": "EUR" }),
            &json!(10)
        )
    );
    for name in ["vase-1", vase["id"].as_str().unwrap()] {
        let one = get(&guest, &format!("/api/products/{name}"), None).await;
        assert_eq!((one.status, &one.body), (200, vase));
    }
    for missing in ["no-such", "prod_01j9zzzzzzzzzzzzzzzzzzzzzz", "%00", "%FF"] {
        let answer = get(&guest, &format!("/api/products/{missing}"), None).await;
        assert_eq!(answer.problem(), (404, "NOT_FOUND"), "{missing}");
    }
    for wrong in [
        "first=0",
        "first=101",
        "first=x",
        "color=red",
        "sort=CHEAP",
        "query=%00",
    ] {
        let answer = get(&guest, &format!("/api/products?{wrong}"), None).await;
        assert_eq!(answer.problem(), (422, "INVALID"), "{wrong}");
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_are_ones_own_and_staffs() {
    let (shop, staff) = shop_with_mugs().await;
    let ada = shop.customer("ada@example.com").await;
    let eve = shop.customer("eve@example.com").await;
    let bought = post(&ada, "/api/checkout", "key", one_mug("tok_approve")).await;
    assert_eq!(bought.status, 201, "{}", bought.body);
    bought_with(&shop, "tok_approve").await;
    shop.settle().await;
    let number = bought.body["number"].as_str().unwrap();

    let own = get(&ada, "/api/orders", None).await;
    assert_eq!((own.status, items(&own.body, "number")), (200, vec![number]));
    let one = get(&ada, bought.header("location"), None).await;
    assert_eq!(
        own.body["items"][0], one.body,
        "a list shows what the order itself does"
    );
    assert_eq!(items(&get(&eve, "/api/orders", None).await.body, "number"), [""; 0]);
    assert_eq!(
        get(&shop.guest(), "/api/orders", None).await.problem(),
        (401, "UNAUTHENTICATED")
    );
    let looking = get(&eve, "/api/orders?email=ada%40example.com", None).await;
    assert_eq!(looking.problem(), (403, "FORBIDDEN"), "what only staff may look for");

    let all = get(&staff, "/api/orders?first=1", None).await;
    assert_eq!(items(&all.body, "number").len(), 1);
    let rest = format!("/api/orders?after={}", all.body["nextCursor"].as_str().unwrap());
    assert_eq!(items(&get(&staff, &rest, None).await.body, "number"), [number]);
    let confirmed = get(
        &staff,
        "/api/orders?status=CONFIRMED&sku=MUG-1&email=&placedSince=&after=",
        None,
    )
    .await;
    assert_eq!(items(&confirmed.body, "status"), ["CONFIRMED", "CONFIRMED"]);
    let odd = get(&staff, "/api/orders?status=LOST", None).await;
    assert_eq!(odd.problem(), (422, "INVALID"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notifications_are_listed_and_marked_read() {
    let (shop, _) = shop_with_mugs().await;
    let ada = shop.customer("ada@example.com").await;
    let eve = shop.customer("eve@example.com").await;
    let bought = post(&ada, "/api/checkout", "key", one_mug("tok_approve")).await;
    shop.settle().await;
    let list = get(&ada, "/api/notifications", None).await;
    let message = &list.body["items"][0];
    assert_eq!(
        (list.status, &list.body["unreadCount"]),
        (200, &json!(1)),
        "{}",
        list.body
    );
    assert_eq!(
        (&message["kind"], &message["orderId"]),
        (&json!("CONFIRMED"), &bought.body["id"])
    );
    assert!(
        message["title"]
            .as_str()
            .unwrap()
            .contains(bought.body["number"].as_str().unwrap())
    );
    let german = vitrine_tests::client::http().get(url(&ada, "/api/notifications"));
    let german = signed_in(&ada, german).header("context-message-language", "de");
    let german = super::Answer::of(german).await;
    let number = bought.body["number"].as_str().unwrap();
    assert_eq!(
        german.body["items"][0]["title"],
        format!("Ihre Bestellung {number} ist bestätigt.")
    );

    let mark = async |client: &Client, body: Value| {
        let request = vitrine_tests::client::http()
            .post(url(client, "/api/notifications/read"))
            .json(&body);
        super::Answer::of(signed_in(client, request)).await
    };
    let some = json!({ "ids": [message["id"], "ntf_no"] });
    assert_eq!(
        mark(&eve, some.clone()).await.body,
        json!({ "markedCount": 0, "unreadCount": 0 })
    );
    assert_eq!(
        mark(&ada, some.clone()).await.body,
        json!({ "markedCount": 1, "unreadCount": 0 })
    );
    assert_eq!(mark(&ada, json!({ "all": true })).await.body["markedCount"], 0);
    for wrong in [
        json!({}),
        json!({ "all": false }),
        json!({ "ids": [], "all": true }),
        json!({ "ids": 1 }),
    ] {
        assert_eq!(mark(&ada, wrong.clone()).await.problem(), (422, "INVALID"), "{wrong}");
    }
    assert_eq!(mark(&shop.guest(), some).await.problem(), (401, "UNAUTHENTICATED"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_see_what_lies_where_and_how_much_is_sold() {
    let (shop, staff) = shop_with_mugs().await;
    staff.sell("BOWL-1", "12.50", 3).await;
    let bought = post(&shop.guest(), "/api/checkout", "key", one_mug("tok_approve")).await;
    post(&shop.guest(), "/api/checkout", "another", one_mug("tok_decline")).await;
    shop.settle().await;

    let stock = get(&staff, "/api/inventory?sku=MUG-1", None).await;
    let level = &stock.body["items"][0];
    assert_eq!(
        (&level["sku"], &level["onHand"], &level["reserved"], &level["available"]),
        (&json!("MUG-1"), &json!(9), &json!(1), &json!(8)),
        "one was sold, and one is held while its payment may be tried again"
    );
    let page = get(&staff, "/api/inventory?first=1", None).await;
    let rest = format!(
        "/api/inventory?first=1&after={}",
        page.body["nextCursor"].as_str().unwrap()
    );
    assert_ne!(get(&staff, &rest, None).await.body["items"], page.body["items"]);

    let today = shop.shop().profile().date(shop.shop().now());
    let path = format!("/api/analytics/orders?from={today}&to={today}");
    let figures = get(&staff, &path, None).await;
    assert_eq!(figures.status, 200, "{}", figures.body);
    let total = &bought.body["totals"]["total"];
    assert_eq!(
        figures.body["total"],
        json!({ "orderCount": 2, "revenue": total, "refunded": { "amount": "0.00", "currencyCode": "EUR" } })
    );
    assert_eq!(
        figures.body["byDay"],
        json!([{ "day": today, "figures": figures.body["total"] }])
    );
    assert_eq!(figures.body["byCurrency"], json!([figures.body["total"]]));
    let dollars = get(&staff, &format!("{path}&currencyCode=usd"), None).await;
    assert_eq!(
        dollars.body["total"],
        json!({ "orderCount": 0, "revenue": { "amount": "0.00", "currencyCode": "USD" },
            "refunded": { "amount": "0.00", "currencyCode": "USD" } })
    );
    assert_eq!(dollars.body["byCurrency"], figures.body["byCurrency"]);
    let of = |status: &str| {
        let all = figures.body["byStatus"].as_array().unwrap();
        all.iter().find(|one| one["status"] == status).unwrap()["figures"]["orderCount"].clone()
    };
    assert_eq!(
        (of("CONFIRMED"), of("PAYMENT_FAILED"), of("CANCELLED")),
        (json!(1), json!(1), json!(0))
    );

    let query = "query($day: Date!) { orderAnalytics(from: $day, to: $day) { from to \
        total { ...F } byStatus { status figures { ...F } } byDay { day figures { ...F } } byCurrency { ...F } } } \
        fragment F on OrderFigures { orderCount revenue { amount currencyCode } refunded { amount currencyCode } }";
    let told = staff.data(query, json!({ "day": today })).await;
    assert_eq!(told["orderAnalytics"], figures.body, "both doors have one use case");

    let eve = shop.customer("eve@example.com").await;
    for path in ["/api/inventory", &path] {
        assert_eq!(get(&shop.guest(), path, None).await.problem(), (401, "UNAUTHENTICATED"));
        assert_eq!(get(&eve, path, None).await.problem(), (403, "FORBIDDEN"));
    }
    for wrong in [
        "from=2026-01-02&to=2026-01-01",
        "from=2026-01-01",
        "from=yesterday&to=2026-01-01",
        "from=2026-01-01&to=2027-01-02",
        "from=2026-01-01&to=2026-01-02&currencyCode=money",
    ] {
        let answer = get(&staff, &format!("/api/analytics/orders?{wrong}"), None).await;
        assert_eq!(answer.problem(), (422, "INVALID"), "{wrong}");
    }
    shop.settle().await;
    shop.abandon().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_are_told_when_the_facade_goes() {
    let shop = TestShop::open_with(|config| {
        config.rest.deprecated_on = "2027-01-01".parse().ok();
        config.rest.sunset_on = "2027-12-31".parse().ok();
    })
    .await;
    for path in ["/api/products", "/api/no-such"] {
        let answer = get(&shop.guest(), path, None).await;
        assert_eq!(answer.header("deprecation"), "@1798761600");
        assert_eq!(answer.header("sunset"), "Fri, 31 Dec 2027 00:00:00 GMT");
    }
    shop.close().await;
}
