//! What a checkout's forms keep, refuse and add, and what a cart says of more than there is.

use reqwest::StatusCode;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shopper::Shopper};

const ADDRESS: &str = "/checkout/address";

const WHOLE: [(&str, &str); 4] = [
    ("name", "Ada Lovelace"),
    ("line1", "Unter den Linden 1"),
    ("postalCode", "10117"),
    ("city", "Berlin"),
];

const SET: &str = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { id } userErrors { code message field } } }";

/// Somebody with a lamp in the cart, who is asked for an address.
async fn at_the_address(shop: &TestShop) -> Shopper {
    let mut shopper = Shopper::new(shop);
    shopper
        .open("/products/alba-dome-lamp")
        .await
        .submit("/cart/lines", &[("quantity", "1")])
        .await;
    shopper
        .open("/checkout/contact")
        .await
        .submit("/checkout/contact", &[("email", "ada@example.com")])
        .await;
    assert_eq!(shopper.path, ADDRESS);
    shopper
}

async fn to_the_payment(shopper: &mut Shopper) {
    shopper.submit(ADDRESS, &WHOLE).await;
    let method = shopper.html.split("name=\"method\" value=\"").nth(1).expect("a method");
    let method = method.split('"').next().expect("its id").to_owned();
    shopper.submit("/checkout/shipping", &[("method", &method)]).await;
    assert_eq!(
        (shopper.status, shopper.path.as_str()),
        (StatusCode::OK, "/checkout/payment")
    );
}

/// One shop for all of these: none minds what another has left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_checkout_keeps_refuses_and_adds() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    another_country_keeps_what_was_typed_and_asks_for_what_its_post_needs(&shop).await;
    all_that_is_wrong_with_an_address_is_said_at_once(&shop).await;
    a_bill_goes_elsewhere_and_an_order_has_what_is_added(&shop).await;
    a_cart_with_more_than_there_is_says_how_many_and_why_it_goes_no_further(&shop, &staff).await;
    a_line_shows_the_variant_that_is_bought(&shop, &staff).await;
    shop.close().await;
}

async fn another_country_keeps_what_was_typed_and_asks_for_what_its_post_needs(shop: &TestShop) {
    let mut shopper = at_the_address(shop).await;
    let typed = [
        ("countryCode", "US"),
        ("name", "Ada Lovelace"),
        ("line1", "1 Main Street"),
        ("postalCode", "10117"),
        ("city", "Berlin"),
    ];
    // Without a script the fields are still those of the country before.
    shopper.submit(ADDRESS, &typed).await;
    assert_eq!((shopper.status, shopper.path.as_str()), (StatusCode::OK, ADDRESS));
    shopper.expect("The form has changed with the country.");
    for kept in ["Ada Lovelace", "1 Main Street", "10117", "Berlin"] {
        shopper.expect(&format!("value=\"{kept}\""));
    }
    shopper.expect("<option value=\"CA\">California</option>");
    // Then they are its own: a region that there is not is none.
    let wrong: Vec<_> = typed.into_iter().chain([("region", "Kalifornia")]).collect();
    shopper.submit(ADDRESS, &wrong).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("Choose the state or region.");
    let back: Vec<_> = WHOLE.into_iter().chain([("countryCode", "DE")]).collect();
    shopper.submit(ADDRESS, &back).await.submit(ADDRESS, &back).await;
    assert_eq!(shopper.path, "/checkout/shipping");
}

async fn all_that_is_wrong_with_an_address_is_said_at_once(shop: &TestShop) {
    let mut shopper = at_the_address(shop).await;
    let wrong = [("postalCode", "1011"), ("phone", "abc")];
    shopper.submit(ADDRESS, &wrong).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["name", "line1", "city", "postalCode", "phone"] {
        shopper.expect(&format!("id=\"{field}-error\""));
    }
    shopper.expect("For example: 26133");
}

async fn a_bill_goes_elsewhere_and_an_order_has_what_is_added(shop: &TestShop) {
    let mut shopper = at_the_address(shop).await;
    shopper.open("/checkout/billing").await;
    assert_eq!(shopper.path, ADDRESS, "first where the goods go");
    to_the_payment(&mut shopper).await;
    shopper.expect("Same as the delivery address");
    shopper.expect("href=\"/checkout/shipping\"");
    let office = [
        ("name", "Analytical Engines"),
        ("line1", "Office Road 7"),
        ("postalCode", "20095"),
        ("city", "Hamburg"),
    ];
    let wrong = [("name", "Analytical Engines")];
    shopper
        .open("/checkout/billing")
        .await
        .submit("/checkout/billing", &wrong)
        .await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.submit("/checkout/billing", &office).await;
    assert_eq!(shopper.path, "/checkout/payment");
    shopper.expect("Office Road 7");
    shopper.expect("Unter den Linden 1");
    // Whoever changes where the goods go has said nothing of the bill.
    shopper.open(ADDRESS).await.submit(ADDRESS, &WHOLE).await;
    shopper.open("/checkout/payment").await.expect("Office Road 7");

    let more = [("taxId", "DE1"), ("message", "Many happy returns")];
    shopper
        .open("/checkout/extras")
        .await
        .submit("/checkout/extras", &more)
        .await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("id=\"taxId-error\"");
    shopper.expect("Many happy returns");
    let more = [("taxId", ""), ("message", "Many happy returns")];
    shopper.submit("/checkout/extras", &more).await;
    assert_eq!(shopper.path, "/checkout/payment");
    shopper.expect("Many happy returns");
    shopper
        .open("/checkout/billing")
        .await
        .submit("/checkout/billing", &[("same", "yes")])
        .await;
    assert_eq!(shopper.path, "/checkout/payment");
    shopper.expect("Same as the delivery address");
}

async fn a_cart_with_more_than_there_is_says_how_many_and_why_it_goes_no_further(shop: &TestShop, staff: &Client) {
    staff.sell("POSTER", "49.90", 2).await;
    let mut shopper = Shopper::new(shop);
    shopper
        .open("/products/poster")
        .await
        .submit("/cart/lines", &[("quantity", "9")])
        .await;
    shopper.expect("Only 2 are left.");
    shopper.expect("Please change what is marked in your cart");
    assert!(!shopper.says("Go to checkout"));
    // The first form of the page is that of the button that takes what there is.
    shopper.submit("/cart/update", &[]).await;
    shopper.expect("Go to checkout");
    shopper.expect("€99.80");
}

async fn a_line_shows_the_variant_that_is_bought(shop: &TestShop, staff: &Client) {
    let pictures = json!([
        { "source": "/pictures/red.svg", "alt": "A red vase" },
        { "source": "/pictures/blue.svg", "alt": "A blue vase" },
    ]);
    let variant = |colour: &str, picture: Option<&str>| json!({ "sku": format!("VASE-{colour}"), "price": "20.00", "onHand": 5, "optionValues": [colour], "picture": picture });
    let input = json!({ "slug": "two-vases", "title": "Vase", "active": true, "options": ["Colour"], "pictures": pictures,
        "variants": [variant("Red", None), variant("Blue", Some("/pictures/blue.svg"))] });
    staff.done(SET, json!({ "input": input })).await;
    for (colour, shown, other) in [
        ("Blue", "A blue vase", "A red vase"),
        ("Red", "A red vase", "A blue vase"),
    ] {
        let mut shopper = Shopper::new(shop);
        shopper
            .open(&format!("/products/two-vases?Colour={colour}"))
            .await
            .submit("/cart/lines", &[("quantity", "1")])
            .await;
        shopper.expect(shown);
        assert!(!shopper.says(other), "{colour}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_an_account_may_say_so_at_the_checkout() {
    const EMAIL: &str = "ada@example.com";
    let shop = TestShop::open().await;
    let ada = shop.customer(EMAIL).await;
    let save = "mutation($input: CustomerAddressCreateInput!) { customerAddressCreate(input: $input) { userErrors { code message } } }";
    for (line1, is_usual) in [("Unter den Linden 1", true), ("Am Hafen 2", false)] {
        let home = json!({ "name": "Ada Lovelace", "line1": line1, "postalCode": "10117", "city": "Berlin", "countryCode": "DE" });
        let input = json!({ "address": home, "defaultShipping": is_usual });
        ada.done(save, json!({ "input": input })).await;
    }
    let mut shopper = Shopper::new(&shop);
    shopper
        .open("/products/alba-dome-lamp")
        .await
        .submit("/cart/lines", &[("quantity", "1")])
        .await;
    shopper
        .open("/checkout/contact")
        .await
        .expect("Do you have an account?");
    let right = [
        ("email", EMAIL),
        ("password", vitrine_tests::shop::PASSWORD),
        ("back", "/checkout"),
    ];
    shopper
        .open("/account/login?back=%2Fcheckout")
        .await
        .submit("/account/login", &right)
        .await;
    assert!(shopper.path.starts_with("/checkout/"), "{}", shopper.path);
    shopper.open("/checkout/contact").await;
    assert!(!shopper.says("Do you have an account?"));
    shopper.expect(&format!("value=\"{EMAIL}\""));
    // Where goods go usually stands in the form already; elsewhere they go by a button.
    shopper.submit("/checkout/contact", &[("email", EMAIL)]).await;
    assert_eq!(shopper.path, "/checkout/address");
    shopper.expect("name=\"line1\" type=\"text\" value=\"Unter den Linden 1\"");
    shopper.expect("Am Hafen 2, Berlin");
    shopper.submit("/checkout/address?to=place", &[]).await;
    assert_eq!(shopper.path, "/checkout/shipping");
    shop.close().await;
}
