//! Signing in at a provider that is another site: a browser sends some cookies along from there, and keeps others back.

use vitrine_commerce::ports::identity_provider::Audience;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::browser::open_with_provider_elsewhere;

use crate::{MACHINE, chromium::Chromium, tab::Tab};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_comes_back_from_another_site() {
    let Some(chromium) = Chromium::start().await else {
        return;
    };
    let _shared = MACHINE.read().await;
    let (shop, provider) = open_with_provider_elsewhere(Audience::Customers).await;
    provider.is("ada-at-acme", "ada@example.com");
    provider.calls_them("Ada Lovelace");
    let mut tab = chromium.tab(shop.guest().base()).await;
    tab.open("/products/dipped-mug").await;
    tab.submit("/cart/lines", &[("quantity", "1")]).await;
    tab.open("/account/login?back=/cart").await;
    there_and_back(&mut tab, "/account/sign-in/acme").await;
    assert_eq!(tab.path().await, "/cart");
    assert!(tab.text().await.contains("Dipped Mug"));
    tab.open("/account").await;
    assert!(tab.text().await.contains("Hello Ada Lovelace"));
    chromium.close().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_of_staff_comes_back_from_another_site() {
    let Some(chromium) = Chromium::start().await else {
        return;
    };
    let _shared = MACHINE.read().await;
    let (shop, provider) = open_with_provider_elsewhere(Audience::Staff).await;
    shop.staff(StaffRole::Administrator).await;
    provider.is("grace-at-acme", "administrator@example.com");
    let mut tab = chromium.tab(shop.guest().base()).await;
    tab.open("/admin/orders?q=mug").await;
    there_and_back(&mut tab, "/admin/sign-in/acme").await;
    // The page in between, with which the cookie is sent again.
    tab.arrive().await;
    assert_eq!(tab.path().await, "/admin/orders?q=mug");
    assert_eq!(tab.status, 200);
    chromium.close().await;
    shop.close().await;
}

/// By the link that begins with this, to the provider, and back by its button.
async fn there_and_back(tab: &mut Tab, begin: &str) {
    tab.begin();
    tab.evaluate(&format!("document.querySelector('a[href^=\"{begin}\"]').click()"))
        .await;
    tab.arrive().await;
    assert!(tab.evaluate("location.hostname").await == "localhost" && tab.text().await.contains("Acme knows you."));
    tab.begin();
    tab.evaluate("document.querySelector('#on').click()").await;
    tab.arrive().await;
}
