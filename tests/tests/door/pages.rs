//! What the server shows beside its APIs, in production as in development.

use reqwest::StatusCode;
use vitrine_tests::TestShop;

#[tokio::test]
async fn the_schema_is_served() {
    let shop = TestShop::open().await;
    let answer = shop.guest().get("/schema.graphql").await;
    assert_eq!(answer.status(), StatusCode::OK);
    let contract = include_str!("../../../schema.graphql");
    assert_eq!(answer.text().await.unwrap().trim_end(), contract.trim_end());
    shop.close().await;
}

#[tokio::test]
async fn the_link_of_a_mail_opens_a_page_that_follows_the_order() {
    // Where the shop has no storefront; that one shows orders itself.
    let shop = TestShop::open_with(|config| config.web.enabled = false).await;
    let guest = shop.guest();
    let page = guest.get("/orders/ord_x?token=y").await;
    assert_eq!(page.status(), StatusCode::OK);
    let html = page.text().await.unwrap();
    let script = html.split('"').find(|part| part.ends_with(".js")).unwrap();
    let script = guest.get(script).await.text().await.unwrap();
    assert!(script.contains("orderUpdates"), "{script}");
    shop.close().await;
}
