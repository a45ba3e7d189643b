//! What every page promises: its languages, its size, what it may fetch, and pages where there is nothing.

use reqwest::StatusCode;
use vitrine_tests::{TestShop, shopper::Shopper};

/// Of HTML, styles and scripts together, compressed, before pictures.
const BYTES_MAX: usize = 30_000;

const PAGES: [(&str, StatusCode); 16] = [
    ("/", StatusCode::OK),
    ("/categories/lighting", StatusCode::OK),
    ("/collections/bestsellers", StatusCode::OK),
    ("/search?q=lamp&sort=cheapest&max=200", StatusCode::OK),
    ("/search?q=zzzzzz", StatusCode::OK),
    ("/products/alba-dome-lamp", StatusCode::OK),
    // As it is pasted from a chat.
    ("/products/Alba-Dome-Lamp%E2%80%8B", StatusCode::OK),
    ("/cart", StatusCode::OK),
    ("/gift-card", StatusCode::OK),
    ("/withdraw", StatusCode::OK),
    ("/market", StatusCode::OK),
    ("/account/login", StatusCode::OK),
    ("/account/sign-up", StatusCode::OK),
    ("/account/password-forgotten", StatusCode::OK),
    ("/products/no-such-thing", StatusCode::NOT_FOUND),
    ("/no-such-page", StatusCode::NOT_FOUND),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_small_and_closed_in_every_language() {
    let shop = TestShop::open().await;
    for (accept, language, word) in [("en-GB", "en", "Categories"), ("de-AT,en;q=0.5", "de", "Kategorien")] {
        let mut shopper = Shopper::new(&shop).reading(accept);
        for (path, status) in PAGES {
            shopper.open(path).await;
            assert_eq!(shopper.status, status, "{path}");
            shopper.expect(&format!("<html lang=\"{language}\" dir=\"ltr\">"));
            shopper.expect(word);
            let policy = shopper.header("content-security-policy");
            assert!(
                policy.contains("default-src 'none'") && !policy.contains("unsafe"),
                "{path}: {policy}"
            );
            assert_eq!(shopper.header("referrer-policy"), "same-origin");
            assert!(
                !shopper.html.contains(" style=") && !shopper.html.contains("<style"),
                "{path}"
            );
            let mut scripts = shopper.html.split("<script ").skip(1);
            assert!(
                scripts.all(|script| script.contains("src=") || script.starts_with("type=\"application/ld+json\"")),
                "{path}"
            );
            let bytes = bytes(&shop, path, accept).await;
            assert!(
                bytes <= BYTES_MAX,
                "{path} is {bytes} bytes with its styles and scripts"
            );
        }
    }
    let mut shopper = Shopper::new(&shop);
    shopper
        .open("/language/de?back=/cart")
        .await
        .expect("Ihr Warenkorb ist leer.");
    shopper.open("/language/de?back=//evil.example").await;
    assert_eq!(shopper.path, "/", "it leads nowhere else");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_of_which_nothing_can_be_made_leads_nowhere_and_is_no_fault_of_the_shop() {
    let shop = TestShop::open().await;
    let mut shopper = Shopper::new(&shop);
    let long = "a".repeat(3_000);
    for path in [
        "/search?q=%00",
        "/search?q=lamp&vendor=%00",
        &format!("/search?q=lamp&tag={long}"),
        "/search/suggest?q=%00",
        "/collections/bestsellers?after=nonsense",
        "/categories/%0d%0aX:y",
        "/feeds/products.xml?after=%00",
    ] {
        shopper.open(path).await;
        assert_eq!(
            shopper.status,
            StatusCode::NOT_FOUND,
            "{}",
            path.get(..40).unwrap_or(path)
        );
    }
    shopper
        .open("/search?q=lamp&min=abc&max=-1&sort=nonsense&page=-1")
        .await;
    assert_eq!(shopper.status, StatusCode::OK, "what is no filter is none");
    shop.close().await;
}

/// A page and what it fetches before its pictures, as they travel.
async fn bytes(shop: &TestShop, path: &str, accept_language: &str) -> usize {
    let base = shop.guest().base().to_owned();
    let get = async |path: &str| {
        let request = vitrine_tests::client::http().get(format!("{base}{path}"));
        let request = request.header("accept", "text/html").header("accept-encoding", "br");
        request.header("accept-language", accept_language).send().await.unwrap()
    };
    let page = get(path).await;
    assert_eq!(page.headers()["content-encoding"], "br");
    let mut bytes = page.bytes().await.unwrap().len();
    let plain = vitrine_tests::client::http()
        .get(format!("{base}{path}"))
        .header("accept", "text/html");
    let html = plain.send().await.unwrap().text().await.unwrap().replace("&#x2f;", "/");
    for name in ["shop.css", "shop.js"] {
        let url = html.split('"').find(|part| part.ends_with(name)).unwrap();
        let asset = get(url).await;
        assert_eq!(asset.headers()["cache-control"], "public, max-age=31536000, immutable");
        bytes += asset.bytes().await.unwrap().len();
    }
    bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_get_no_pages_and_headless_shops_have_none() {
    // Whose API runs nothing but the documents that it knows: it knows those of its own pages.
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("documents.json");
    std::fs::write(&manifest, "{}").unwrap();
    let shop = TestShop::open_with(|config| {
        config.graphql.trusted_documents = Some(manifest.clone());
        config.graphql.trusted_documents_only = true;
    })
    .await;
    let answer = shop.guest().get("/no-such-page").await;
    assert_eq!(
        (answer.status(), answer.text().await.unwrap().as_str()),
        (StatusCode::NOT_FOUND, "")
    );
    let mut shopper = Shopper::new(&shop);
    shopper
        .open("/products/marlow-ceramic-lamp?Colour=Ochre&Size=Large")
        .await
        .expect("Sold out");
    shopper
        .submit("/products/marlow-ceramic-lamp/alert", &[("email", "ada@example.com")])
        .await;
    shopper.expect("We will email you once");
    let robots = shop.guest().get("/robots.txt").await.text().await.unwrap();
    assert!(robots.contains("Disallow: /checkout") && robots.contains("/sitemap.xml"));
    let manifest: serde_json::Value = shop.guest().get("/manifest.webmanifest").await.json().await.unwrap();
    assert_eq!(manifest["name"], "Vitrine");
    let mut shopper = Shopper::new(&shop);
    shopper.open("/products/alba-dome-lamp").await;
    let told = shopper
        .html
        .split("application/ld+json\">")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next()
        .unwrap();
    let told: serde_json::Value = serde_json::from_str(told).unwrap();
    assert_eq!(
        (&told[0]["@type"], &told[0]["offers"][0]["price"]),
        (&"Product".into(), &"149.00".into())
    );
    shop.close().await;

    let shop = TestShop::open_with(|config| config.web.enabled = false).await;
    assert_eq!(
        shop.guest().get("/products/alba-dome-lamp").await.status(),
        StatusCode::NOT_FOUND
    );
    for path in ["/orders/ord_x?token=y", "/account/confirm", "/account.js"] {
        assert_eq!(
            shop.guest().get(path).await.status(),
            StatusCode::OK,
            "mails lead to {path}"
        );
    }
    shop.close().await;
}

/// What is kept of the API's answers is kept for the pages, too: a second visitor asks the database nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_that_everybody_sees_ask_nothing_again() {
    let shop = TestShop::open().await;
    shop.believe_for_long();
    shop.settle().await;
    let mut shopper = Shopper::new(&shop);
    for path in ["/", "/products/alba-dome-lamp"] {
        shopper.open(path).await;
        shop.statements.take();
        shopper.open(path).await;
        let asked = shop.statements.take();
        let of_goods = asked
            .iter()
            .filter(|(text, _)| text.contains("\"product\"") || text.contains("from product"));
        assert_eq!(of_goods.count(), 0, "{path}: {asked:?}");
    }
    shop.close().await;
}
