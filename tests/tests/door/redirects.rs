//! Old addresses lead to new ones, and search engines are told of those that are.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

const CREATE: &str = "mutation($input: UrlRedirectCreateInput!) { urlRedirectCreate(input: $input) { urlRedirect { id path target version }
    userErrors { code field } } }";
const UPDATE: &str =
    "mutation($input: UrlRedirectUpdateInput!) { urlRedirectUpdate(input: $input) { urlRedirect { version target }
    userErrors { code field } } }";
const DELETE: &str =
    "mutation($input: UrlRedirectDeleteInput!) { urlRedirectDelete(input: $input) { urlRedirect { deletedAt }
    userErrors { code field } } }";
const RESTORE: &str =
    "mutation($input: UrlRedirectRestoreInput!) { urlRedirectRestore(input: $input) { urlRedirect { deletedAt }
    userErrors { code field } } }";
const RENAME: &str = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { product { slug version } userErrors { code field } } }";

async fn open() -> TestShop {
    // Another front end is the shop's.
    TestShop::open_with(|config| {
        config.web.enabled = false;
        config.shop.product_url = Some("https://shop.example/p/{slug}?ref=map&x=1".to_owned());
        config.shop.category_url = Some("https://shop.example/c/{slug}".to_owned());
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renamed_product_is_found_by_the_slugs_that_it_had() {
    let shop = open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let by_slug = "query($slug: String!) { product(slug: $slug) { id slug version } }";
    let lamp = guest.data(by_slug, json!({ "slug": "alba-dome-lamp" })).await["product"].take();
    let draft = staff.data(by_slug, json!({ "slug": "halo-pendant" })).await["product"].take();
    for slug in ["lamp-1", "lämp-2"] {
        staff
            .done(RENAME, json!({ "input": { "id": lamp["id"], "slug": slug } }))
            .await;
    }
    for slug in ["alba-dome-lamp", "lamp-1", "lämp-2"] {
        let found = guest.data(by_slug, json!({ "slug": slug })).await;
        assert_eq!(found["product"]["slug"], "lämp-2", "{slug}");
    }
    let target = async |path: &str| {
        let query = "query($path: String!) { urlRedirectTarget(path: $path) }";
        guest.data(query, json!({ "path": path })).await["urlRedirectTarget"].take()
    };
    assert_eq!(target("/p/lamp-1").await, "/p/l%C3%A4mp-2?ref=map&x=1");
    assert_eq!(target("/p/l%C3%A4mp-2").await, Value::Null);
    assert_eq!(target("/p/unknown").await, Value::Null);
    // A hidden product's slugs tell nothing.
    staff
        .done(RENAME, json!({ "input": { "id": draft["id"], "slug": "halo" } }))
        .await;
    assert_eq!(
        guest.data(by_slug, json!({ "slug": "halo-pendant" })).await["product"],
        Value::Null
    );
    assert_eq!(target("/p/halo-pendant").await, Value::Null);
    // A new owner of an old slug has it.
    staff
        .done(
            RENAME,
            json!({ "input": { "id": draft["id"], "slug": "lamp-1", "status": "ACTIVE" } }),
        )
        .await;
    assert_eq!(
        guest.data(by_slug, json!({ "slug": "lamp-1" })).await["product"]["id"],
        draft["id"]
    );
    assert_eq!(target("/p/lamp-1").await, Value::Null);
    let taken = json!({ "input": { "id": lamp["id"], "slug": "lamp-1" } });
    assert_eq!(staff.refusals(RENAME, taken).await, ["TAKEN"]);
    let ill = json!({ "input": { "id": lamp["id"], "slug": "No/Slug" } });
    assert_eq!(staff.refusals(RENAME, ill).await, ["INVALID"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_lead_paths_elsewhere_and_never_in_a_circle() {
    let shop = open().await;
    let (guest, staff) = (shop.guest(), shop.staff(StaffRole::Administrator).await);
    let create = |path: &str, target: &str| json!({ "input": { "path": path, "target": target } });
    let made = staff.done(CREATE, create("/old-sale/", "/sale?from=old")).await["urlRedirect"].take();
    assert_eq!((&made["path"], &made["version"]), (&json!("/old-sale"), &json!(1)));
    staff.done(CREATE, create("/older-sale", "/old-sale")).await;
    staff.done(CREATE, create("/blog", "https://blog.example/")).await;
    let target = async |path: &str| {
        let query = "query($path: String!) { urlRedirectTarget(path: $path) }";
        guest.data(query, json!({ "path": path })).await["urlRedirectTarget"].take()
    };
    for (path, leads) in [
        ("/old-sale", json!("/sale?from=old")),
        ("/older-sale/", json!("/sale?from=old")),
        ("/blog", json!("https://blog.example/")),
        ("/sale", Value::Null),
        ("/\u{0}", Value::Null),
    ] {
        assert_eq!(target(path).await, leads, "{path}");
    }
    for (path, to, refusal) in [
        (
            "/old-sale",
            "/x",
            json!({ "code": "TAKEN", "field": ["input", "path"] }),
        ),
        (
            "/sale",
            "/older-sale",
            json!({ "code": "INVALID", "field": ["input", "target"] }),
        ),
        (
            "/self",
            "/self/",
            json!({ "code": "INVALID", "field": ["input", "target"] }),
        ),
        (
            "no-slash",
            "/x",
            json!({ "code": "INVALID", "field": ["input", "path"] }),
        ),
        (
            "/x",
            "http://insecure.example/",
            json!({ "code": "INVALID", "field": ["input", "target"] }),
        ),
        (
            "/x",
            "//evil.example",
            json!({ "code": "INVALID", "field": ["input", "target"] }),
        ),
    ] {
        let payload = staff.payload(CREATE, create(path, to)).await;
        assert_eq!(payload["userErrors"], json!([refusal]), "{path} {to}");
    }
    // Two at once, which together would turn in a circle.
    let (there, back) = tokio::join!(
        staff.refusals(CREATE, create("/one", "/two")),
        staff.refusals(CREATE, create("/two", "/one"))
    );
    assert_eq!(there.len() + back.len(), 1);

    let change = json!({ "input": { "id": made["id"], "expectedVersion": 1, "target": "/summer" } });
    staff.done(UPDATE, change.clone()).await;
    assert_eq!(staff.refusals(UPDATE, change).await, ["VERSION_CONFLICT"]);
    assert_eq!(target("/older-sale").await, "/summer");
    let which = json!({ "input": { "id": made["id"] } });
    staff.done(DELETE, which.clone()).await;
    assert_eq!(target("/old-sale").await, Value::Null);
    staff.done(DELETE, which.clone()).await;
    staff.done(RESTORE, which).await;
    assert_eq!(target("/old-sale").await, "/summer");

    let list = "query($first: Int!, $after: String, $query: String) { urlRedirects(first: $first, after: $after, query: $query) {
        nodes { path } pageInfo { hasNextPage endCursor } } }";
    let page = staff.data(list, json!({ "first": 2 })).await["urlRedirects"].take();
    assert_eq!(
        (&page["nodes"][1]["path"], &page["pageInfo"]["hasNextPage"]),
        (&json!("/blog"), &json!(true))
    );
    let next = json!({ "first": 5, "after": page["pageInfo"]["endCursor"] });
    let next = staff.data(list, next).await["urlRedirects"].take();
    assert_eq!(
        next["nodes"],
        json!([{ "path": "/older-sale" }, { "path": "/old-sale" }])
    );
    let found = staff.data(list, json!({ "first": 5, "query": "blog" })).await;
    assert_eq!(found["urlRedirects"]["nodes"], json!([{ "path": "/blog" }]));
    let refused = guest.answer(list, json!({ "first": 5 })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sitemap_names_what_shoppers_see() {
    let shop = open().await;
    let guest = shop.guest();
    let index = guest.get("/sitemap.xml").await;
    assert_eq!(index.headers()["content-type"], "application/xml; charset=utf-8");
    assert_eq!(index.headers()["cache-control"], "public, max-age=3600");
    let text = index.text().await.unwrap();
    insta::assert_snapshot!("sitemap", text.replace(guest.base(), "https://api.example"));
    let products = guest.get("/sitemaps/products-1.xml").await.text().await.unwrap();
    let sold = guest.data("{ products(first: 1) { totalCount } }", json!({})).await["products"]["totalCount"].take();
    assert_eq!(products.matches("<url>").count(), sold.as_u64().unwrap() as usize);
    let line = products.lines().find(|line| line.contains("alba-dome-lamp")).unwrap();
    let (address, edited) = line.split_once("<lastmod>").unwrap();
    assert_eq!(
        address,
        "<url><loc>https://shop.example/p/alba-dome-lamp?ref=map&amp;x=1</loc>"
    );
    assert!(edited.ends_with("Z</lastmod></url>"), "{edited}");
    assert!(!products.contains("halo-pendant"), "a draft");
    let categories = guest.get("/sitemaps/categories-1.xml").await.text().await.unwrap();
    assert!(categories.contains("<loc>https://shop.example/c/table-lamps</loc>"));
    // Collections have no address of their own here.
    for missing in [
        "products-2",
        "products-0",
        "collections-1",
        "orders-1",
        "products-x",
        "products",
    ] {
        assert_eq!(
            guest.get(&format!("/sitemaps/{missing}.xml")).await.status(),
            404,
            "{missing}"
        );
    }
    shop.close().await;
    let silent = TestShop::open_with(|config| config.web.enabled = false).await;
    assert_eq!(silent.guest().get("/sitemap.xml").await.status(), 404);
    silent.close().await;
}
