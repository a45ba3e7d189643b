//! What other programs read of the shop, and lists that lead forwards and back.

use reqwest::StatusCode;
use serde_json::json;
use vitrine_tests::{TestShop, shopper::Shopper};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn feeds_tell_what_is_new_and_what_there_is() {
    let shop = TestShop::open().await;
    let get = async |path: &str| {
        let answer = shop.guest().get(path).await;
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        (kind, answer.text().await.unwrap().replace("&#x2f;", "/"))
    };
    let (kind, news) = get("/feeds/new.atom").await;
    assert!(kind.starts_with("application/atom+xml"), "{kind}");
    assert!(
        news.starts_with("<?xml") && news.matches("<entry>").count() == 30,
        "{news}"
    );
    let (kind, goods) = get("/feeds/products.xml").await;
    assert!(kind.starts_with("application/rss+xml"), "{kind}");
    let item = goods
        .split("<item>")
        .find(|item| item.contains("<g:id>LMP-ALBA-TER</g:id>"))
        .expect("the lamp");
    for part in [
        "<g:price>149.00 EUR</g:price>",
        "/products/alba-dome-lamp?",
        "<g:availability>in_stock</g:availability>",
        "<g:item_group_id>prod_",
    ] {
        assert!(item.contains(part), "{part}: {item}");
    }
    assert!(!goods.contains("rel=\"next\""), "the demo is one file");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_leads_back_to_the_page_before() {
    let shop = TestShop::open().await;
    let guest = shop.guest();
    let asked = "query($first: Int, $after: String, $last: Int, $before: String) { productSearch(sort: NEWEST, first: $first, after: $after, last: $last, before: $before) { nodes { slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    let page = async |variables| guest.data(asked, variables).await["productSearch"].take();
    let first = page(json!({ "first": 3 })).await;
    let second = page(json!({ "first": 3, "after": first["pageInfo"]["endCursor"] })).await;
    let back = page(json!({ "last": 3, "before": second["pageInfo"]["startCursor"] })).await;
    assert_eq!(back["nodes"], first["nodes"]);
    assert_eq!(
        (&back["pageInfo"]["hasPreviousPage"], &back["pageInfo"]["hasNextPage"]),
        (&json!(false), &json!(true))
    );
    let one = page(json!({ "last": 1, "before": second["pageInfo"]["startCursor"] })).await;
    assert_eq!(one["nodes"][0], first["nodes"][2]);

    let mut shopper = Shopper::new(&shop);
    let begin = second["pageInfo"]["startCursor"].as_str().unwrap();
    shopper.open(&format!("/search?sort=newest&before={begin}")).await;
    let slug = |index: usize| format!("/products/{}\"", first["nodes"][index]["slug"].as_str().unwrap());
    shopper.expect(&slug(0));
    shopper.expect(&slug(2));
    let later = format!("/products/{}\"", second["nodes"][0]["slug"].as_str().unwrap());
    assert!(!shopper.says(&later), "the page ends before it");
    shopper.expect("rel=\"next\"");
    shopper.open("/search?before=nonsense").await;
    assert_eq!(shopper.status, StatusCode::NOT_FOUND, "a cursor of nobody's");
    shop.close().await;
}
