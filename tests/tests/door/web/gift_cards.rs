//! Gift cards and store credit by forms: nothing here runs a script.

use reqwest::StatusCode;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shop::PASSWORD, shopper::Shopper};

/// What stands between two texts of a page.
fn between<'a>(html: &'a str, begin: &str, end: &str) -> &'a str {
    let rest = html.split_once(begin).unwrap_or_else(|| panic!("no {begin}")).1;
    rest.split(end).next().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_issue_a_card_and_a_shopper_pays_with_it() {
    let shop = TestShop::open().await;
    shop.staff(StaffRole::Administrator).await;
    let mut staff = Shopper::new(&shop);
    staff.open("/admin/sign-in").await;
    let credentials = [("email", "administrator@example.com"), ("password", PASSWORD)];
    staff.submit("/admin/sign-in", &credentials).await;
    staff.open("/admin/gift-cards").await.expect("Issue a gift card");
    staff.submit("/admin/gift-cards", &[("amount", "nothing")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff
        .submit("/admin/gift-cards", &[("amount", "300"), ("note", "Raffle")])
        .await;
    let code = between(&staff.html, "<code>", "</code>").to_owned();
    let before = staff.html.split("\"><code>").next().unwrap_or_default();
    let page = before
        .rsplit("<a href=\"")
        .next()
        .unwrap_or_default()
        .replace("&#x2f;", "/");
    assert!(page.starts_with("/admin/gift-cards/credit_"), "{page}");
    assert_eq!(code.len(), 24, "{code}");

    // What the shop says is in the language of the page, which its goods are not in.
    let mut reader = Shopper::new(&shop).reading("fr");
    reader
        .open("/gift-card")
        .await
        .submit("/gift-card", &[("code", "XMAS")])
        .await;
    assert_eq!(reader.status, StatusCode::UNPROCESSABLE_ENTITY);
    reader.expect("le code d'une carte cadeau");

    let mut shopper = Shopper::new(&shop);
    shopper.open("/gift-card").await;
    shopper.submit("/gift-card", &[("code", &code)]).await;
    shopper.expect("€300.00");
    assert!(!shopper.path.contains(&code), "the code stands in no address");
    shopper
        .open("/products/alba-dome-lamp")
        .await
        .submit("/cart/lines", &[("quantity", "1")])
        .await;
    shopper
        .submit("/cart/gift-cards", &[("code", "0000-0000-0000-0000-0000")])
        .await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper
        .submit("/cart/gift-cards", &[("code", &code.to_lowercase())])
        .await;
    assert_eq!((shopper.status, shopper.path.as_str()), (StatusCode::OK, "/cart"));
    shopper.expect(&format!("Gift card ending in {}", &code[20..]));
    shopper.expect("Left to be paid");
    shopper.submit("/cart/gift-cards/remove", &[]).await;
    assert!(!shopper.says("Left to be paid"));
    shopper.submit("/cart/gift-cards", &[("code", &code)]).await;

    staff.open(&page).await.expect("Raffle");
    staff
        .submit(
            &format!("{page}/adjust"),
            &[("amount", "-200"), ("reason", "A scratch")],
        )
        .await;
    staff.expect("A scratch");
    staff.expect("€100.00");
    shopper.open("/cart").await.submit("/cart/credits", &[]).await;
    staff.submit(&format!("{page}/deactivate"), &[]).await;
    staff.expect("It pays nothing any more.");
    shopper
        .open("/gift-card")
        .await
        .submit("/gift-card", &[("code", &code)])
        .await;
    shopper.expect("There is no gift card with this code");

    // A card of the buyer's own amount, for somebody else.
    let api = shop.sign_in(StaffRole::Administrator).await;
    let voucher = api.sell("CARD-25", "25.00", 10).await;
    let found = "{ product(slug: \"card-25\") { id } }";
    let product = api.data(found, json!({})).await["product"]["id"].take();
    let set = "mutation($input: VariantsUpdateInput!) { variantsUpdate(input: $input) { userErrors { code message field } } }";
    let change = json!({ "productId": product, "variants": [{ "id": voucher, "giftCard": true }] });
    api.done(set, json!({ "input": change })).await;
    let variant = format!("/admin/variants/{voucher}");
    let amounts = [("minimum", "10"), ("maximum", "100"), ("step", "5")];
    staff
        .open(&variant)
        .await
        .submit(&format!("{variant}/amounts"), &[("minimum", "10")])
        .await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff
        .open(&variant)
        .await
        .submit(&format!("{variant}/amounts"), &amounts)
        .await;
    staff.expect("Saved.");
    shopper
        .open("/products/card-25")
        .await
        .expect("Between €10.00 and €100.00.");
    let card = [
        ("recipientEmail", "bob@example.com"),
        ("message", "Enjoy!"),
        ("quantity", "1"),
    ];
    shopper
        .submit("/cart/lines", &[&card[..], &[("amount", "1000")]].concat())
        .await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper
        .open("/products/card-25")
        .await
        .submit("/cart/lines", &[&card[..], &[("amount", "40")]].concat())
        .await;
    shopper.expect("€40.00");
    shopper.expect("For bob@example.com");
    shopper.expect("Enjoy!");
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_sees_and_uses_their_credit() {
    let shop = TestShop::open().await;
    shop.staff(StaffRole::Administrator).await;
    let ada = shop.customer("ada@example.com").await;
    let me = ada.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    let mut staff = Shopper::new(&shop);
    staff.open("/admin/sign-in").await;
    let credentials = [("email", "administrator@example.com"), ("password", PASSWORD)];
    staff.submit("/admin/sign-in", &credentials).await;
    let desk = format!("/admin/customers/{}", me.as_str().unwrap());
    let given = [("amount", "12,50"), ("reason", "Sorry for the wait")];
    staff.open(&desk).await.submit(&format!("{desk}/credit"), &given).await;
    staff.expect("The store credit is given.");
    staff.expect("€12.50");

    let mut shopper = Shopper::new(&shop);
    shopper.open("/account/login").await;
    let credentials = [("email", "ada@example.com"), ("password", PASSWORD)];
    shopper.submit("/account/login", &credentials).await;
    shopper.open("/account").await.expect("Sorry for the wait");
    shopper
        .open("/products/alba-dome-lamp")
        .await
        .submit("/cart/lines", &[("quantity", "1")])
        .await;
    shopper.submit("/cart/store-credit", &[]).await;
    shopper.expect("−€12.50");
    shop.settle().await;
    shop.close().await;
}
