//! Pages that everybody sees alike are made once, and given as long as they would be made the same.

use std::{fs, path::Path};

use reqwest::{Method, Response, StatusCode, header::HeaderMap};
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, client::http_that_stays, shopper::Shopper, worker::until};

const LAMP: &str = "/products/alba-dome-lamp";

const PAGES: [&str; 9] = [
    "/",
    "/categories/lighting",
    "/collections/bestsellers",
    "/search?q=lamp&sort=cheapest",
    "/search/suggest?q=la",
    LAMP,
    "/products/marlow-ceramic-lamp?Colour=Ochre&Size=Large",
    "/feeds/new.atom",
    "/feeds/products.xml",
];

/// How many pages were given that were made before.
fn hits(shop: &TestShop) -> u64 {
    shop.shop().showing().counts.pages.hits()
}

async fn ask(shop: &TestShop, method: Method, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = http_that_stays().request(method, format!("{}{path}", shop.guest().base()));
    request = request.header("accept", "text/html");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

async fn see(shop: &TestShop, path: &str, headers: &[(&str, &str)]) -> String {
    let response = ask(shop, Method::GET, path, headers).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    assert!(!response.headers().contains_key("set-cookie"), "{path}");
    response.text().await.unwrap()
}

/// But for what is each request's own.
fn lasting(headers: &HeaderMap) -> Vec<String> {
    let own = [
        "x-request-id",
        "date",
        "ratelimit",
        "content-length",
        "content-encoding",
    ];
    let lasting = headers
        .iter()
        .filter(|(name, _)| !own.iter().any(|own| name.as_str().starts_with(own)));
    let mut all: Vec<_> = lasting.map(|(name, value)| format!("{name}: {value:?}")).collect();
    all.sort();
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_page_is_the_one_that_would_be_made() {
    let shop = TestShop::open().await;
    shop.believe_for_long();
    shop.settle().await;
    let plain = TestShop::open_with(|config| config.answers.enabled = false).await;
    plain.settle().await;
    let mut bytes = 0;
    for path in PAGES {
        let made = see(&shop, path, &[]).await;
        let kept = async || {
            let (before, _) = (hits(&shop), shop.statements.take());
            assert_eq!(see(&shop, path, &[]).await, made, "{path}");
            let reads_products = shop
                .statements
                .take()
                .keys()
                .any(|sql| sql.contains("FROM \"product\""));
            hits(&shop) == before + 1 && !reads_products
        };
        // What was found holds for a moment, which a busy machine may let pass.
        until(&format!("it is kept: {path}"), kept).await;
        let german = see(&shop, path, &[("accept-language", "de")]).await;
        assert!(
            path.contains("suggest") || path.contains("feeds") || german != made,
            "{path}"
        );
        // Of a shop that keeps nothing, whose addresses and ids are its own.
        let there = see(&plain, path, &[]).await;
        bytes += made.len();
        assert_eq!(there.matches('<').count(), made.matches('<').count(), "{path}");
    }
    assert_eq!(plain.shop().showing().counts.pages.misses(), 0);
    let counts = &shop.shop().showing().counts;
    assert!(counts.kept_bytes() > 2 * bytes as u64, "{}", counts.kept_bytes());
    let metrics = shop.metrics().await.text().await.unwrap();
    assert!(
        metrics.contains(&format!("vitrine_pages_hits_total {}", hits(&shop))),
        "{metrics}"
    );
    shop.close().await;
    plain.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_page_has_a_tag_and_goes_out_as_it_is_asked_for() {
    let shop = TestShop::open().await;
    shop.believe_for_long();
    shop.settle().await;
    let first = ask(&shop, Method::GET, LAMP, &[]).await;
    let headers = first.headers().clone();
    let tag = headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(headers["cache-control"], "private, no-cache");
    let varies = format!("{:?}", headers.get_all("vary").iter().collect::<Vec<_>>());
    for name in ["cookie", "accept-language", "accept-encoding"] {
        assert!(varies.contains(name), "{varies}");
    }
    let plain = first.bytes().await.unwrap();
    let again = ask(&shop, Method::GET, LAMP, &[]).await;
    assert_eq!(lasting(again.headers()), lasting(&headers), "made and kept");
    for encoding in ["br", "gzip", "zstd"] {
        for _ in 0..2 {
            let packed = ask(&shop, Method::GET, LAMP, &[("accept-encoding", encoding)]).await;
            assert_eq!(packed.headers()["content-encoding"], encoding);
            assert!(packed.bytes().await.unwrap().len() * 2 < plain.len());
        }
    }
    let before = hits(&shop);
    let known = ask(&shop, Method::GET, LAMP, &[("if-none-match", &tag)]).await;
    assert_eq!(
        (known.status(), known.headers()["etag"].to_str().unwrap()),
        (StatusCode::NOT_MODIFIED, &*tag)
    );
    assert!(known.bytes().await.unwrap().is_empty());
    let head = ask(&shop, Method::HEAD, LAMP, &[]).await;
    assert_eq!(
        (head.status(), &head.headers()["etag"]),
        (StatusCode::OK, &headers["etag"])
    );
    assert_eq!(head.headers()["content-length"], plain.len().to_string().as_str());
    assert!(head.bytes().await.unwrap().is_empty());
    assert_eq!(hits(&shop), before + 2);
    // Whoever asks for a head first has the whole page made.
    let path = "/products/dipped-mug";
    assert_eq!(ask(&shop, Method::HEAD, path, &[]).await.status(), StatusCode::OK);
    let before = hits(&shop);
    assert!(see(&shop, path, &[]).await.ends_with("</html>"));
    assert_eq!(hits(&shop), before + 1);
    // What is not there is looked for each time.
    for _ in 0..2 {
        assert_eq!(
            ask(&shop, Method::GET, "/products/nothing", &[]).await.status(),
            StatusCode::NOT_FOUND
        );
    }
    assert_eq!(hits(&shop), before + 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changes_is_seen_at_the_next_request() {
    let theme = tempfile::tempdir().unwrap();
    let folder = theme.path().to_owned();
    let shop = TestShop::open_with(|config| config.web.theme = Some(folder)).await;
    shop.believe_for_long();
    let staff = shop.staff(StaffRole::Administrator).await;
    let variant = staff.sell("BELL-1", "10.00", 4).await;
    shop.settle().await;
    let asked = "query($id: ID!) { shop { version } node(id: $id) { ... on ProductVariant { product { id } } } }";
    let found = staff.data(asked, json!({ "id": variant })).await;
    let product = &found["node"]["product"]["id"];
    let of = |name: &str| {
        format!(
            "mutation($input: {name}Input!) {{ {} (input: $input) {{ userErrors {{ code }} }} }}",
            lower(name)
        )
    };
    let changes: [(&str, Value, &str); 4] = [
        (
            "ProductUpdate",
            json!({ "id": product, "title": "A louder bell" }),
            "A louder bell",
        ),
        (
            "VariantPriceUpdate",
            json!({ "variantId": variant, "price": "12.50" }),
            "€12.50",
        ),
        (
            "InventoryAdjust",
            json!({ "variantId": variant, "delta": -1, "reason": "lost" }),
            "Only 3 left",
        ),
        (
            "ShopUpdate",
            json!({ "expectedVersion": found["shop"]["version"], "name": "Bells & Co" }),
            "Bells &amp; Co",
        ),
    ];
    for (name, input, shown) in changes {
        for _ in 0..2 {
            assert!(!see(&shop, "/products/bell-1", &[]).await.contains(shown), "{shown}");
        }
        staff.done(&of(name), json!({ "input": input })).await;
        assert!(
            see(&shop, "/products/bell-1", &[]).await.contains(shown),
            "{name}: {shown}"
        );
    }
    // A purchase of another counts here, and of this one there.
    let here = shop.guest();
    for left in ["Only 2 left", "Only 1 left"] {
        here.buy(&[(&variant, 1)], "tok_approve").await;
        assert!(see(&shop, "/products/bell-1", &[]).await.contains(left), "{left}");
    }
    for (file, text, shown) in [
        ("words/en.toml", "[product]\nadd = \"Ring it\"", "Ring it"),
        ("design/theme.toml", "[light]\naccent = \"#123456\"", "shop.css"),
        ("storefront/product/page.html", "<p>ours</p>", "<p>ours</p>"),
    ] {
        let before = see(&shop, "/products/bell-1", &[]).await;
        write(theme.path(), file, text);
        let after = see(&shop, "/products/bell-1", &[]).await;
        assert!(after.contains(shown) && after != before, "{file}");
    }
    shop.settle().await;
    shop.close().await;
}

/// As search engines of the web come by their links from language to language; whoever is a person stays in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_in_the_language_of_its_address_is_kept() {
    let shop = TestShop::open().await;
    shop.believe_for_long();
    shop.settle().await;
    let german = format!("{LAMP}?language=de");
    let cookie = |response: &Response| {
        let cookie = response
            .headers()
            .get("set-cookie")
            .and_then(|value| value.to_str().ok());
        cookie.unwrap_or_default().to_owned()
    };
    let made = ask(&shop, Method::GET, &german, &[]).await;
    assert!(cookie(&made).starts_with("vitrine_language=de"), "{:?}", made.headers());
    let made = made.text().await.unwrap();
    assert!(made.contains("In den Warenkorb"));
    let before = hits(&shop);
    let again = ask(&shop, Method::GET, &german, &[("accept-language", "fr")]).await;
    assert_eq!((again.status(), hits(&shop)), (StatusCode::OK, before + 1));
    assert!(cookie(&again).starts_with("vitrine_language=de"));
    assert_eq!(again.text().await.unwrap(), made);
    let known = ask(&shop, Method::GET, &german, &[("cookie", "vitrine_language=de")]).await;
    assert_eq!((cookie(&known), hits(&shop)), (String::new(), before + 2));
    assert!(
        see(&shop, LAMP, &[]).await.contains("Add to cart"),
        "nobody else's page is German"
    );
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_something_here_gets_a_page_of_their_own() {
    let shop = TestShop::open().await;
    shop.believe_for_long();
    shop.settle().await;
    let everybodys = see(&shop, LAMP, &[]).await;
    // Cookies of others, and the language alone, make nobody somebody.
    for cookie in ["analytics=1", "vitrine_language=en", "vitrine_language=; a=b"] {
        let before = hits(&shop);
        assert_eq!(see(&shop, LAMP, &[("cookie", cookie)]).await, everybodys, "{cookie}");
        assert_eq!(hits(&shop), before + 1, "{cookie}");
    }
    assert!(
        see(&shop, LAMP, &[("cookie", "vitrine_language=de")])
            .await
            .contains("In den Warenkorb")
    );
    let before = hits(&shop);
    for cookie in [
        "vitrine_cart=x.3",
        "vitrine_session=a~b",
        "vitrine_orders=a.b",
        "vitrine_form=0123456789abcdef0123",
    ] {
        let own = ask(&shop, Method::GET, LAMP, &[("cookie", cookie)]).await;
        assert!(!own.headers().contains_key("etag"), "{cookie}");
    }
    let mut shopper = Shopper::new(&shop);
    shopper
        .open(LAMP)
        .await
        .submit("/cart/lines", &[("quantity", "2")])
        .await;
    shopper.expect("Alba Dome Lamp");
    shopper
        .open(LAMP)
        .await
        .expect("class=\"count\" aria-hidden=\"true\">2<");
    let token = shopper.fields("/cart/lines").swap_remove(0).1;
    assert!(token.len() > 16, "its form has a token");
    assert_eq!(hits(&shop), before + 1, "but for the first look");
    assert_eq!(
        see(&shop, LAMP, &[]).await,
        everybodys,
        "and nothing of it is shown to others"
    );

    // From a page that was opened before there was a cart.
    let (variant, origin) = (variant(&everybodys), shop.guest().base().to_owned());
    let form = [("csrf", ""), ("variant", variant.as_str()), ("quantity", "1")];
    shopper
        .forge("/cart/lines", &form, &[("origin", origin.as_str())])
        .await;
    assert_eq!((shopper.status, shopper.path.as_str()), (StatusCode::OK, "/cart"));
    shopper
        .open(LAMP)
        .await
        .expect("class=\"count\" aria-hidden=\"true\">3<");
    shop.close().await;
}

/// Who says nothing of where a form comes from has a token, after the first time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_browser_is_given_a_token() {
    let shop = TestShop::open().await;
    shop.believe_for_long();
    let mut shopper = Shopper::new(&shop);
    shopper.open(LAMP).await;
    let variant = variant(&shopper.html);
    let form = [("csrf", ""), ("variant", variant.as_str()), ("quantity", "1")];
    shopper.forge("/cart/lines", &form, &[]).await;
    assert_eq!(shopper.status, StatusCode::FORBIDDEN);
    shopper.expect("Go back, reload the page");
    shopper.open(LAMP).await;
    let token = shopper.fields("/cart/lines").swap_remove(0).1;
    let form = [("csrf", token.as_str()), form[1], form[2]];
    shopper.forge("/cart/lines", &form, &[]).await;
    assert_eq!((shopper.status, shopper.path.as_str()), (StatusCode::OK, "/cart"));
    shop.close().await;
}

fn variant(html: &str) -> String {
    let after = html.split("name=\"variant\" value=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

fn lower(name: &str) -> String {
    name[..1].to_lowercase() + &name[1..]
}

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
