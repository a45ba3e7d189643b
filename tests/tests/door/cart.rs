//! The basket: versions, limits, problems, and whose it is.

use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::cart_mutation};

/// One shop for all of these: none minds what another has left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_basket_keeps_its_rules() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    every_change_raises_the_version_and_a_stale_one_is_refused(&shop, &staff).await;
    quantities_are_bounded(&shop, &staff).await;
    a_price_that_rose_is_told_and_accepted(&shop, &staff).await;
    a_customers_cart_is_theirs_and_a_guests_is_claimed_at_login(&shop, &staff).await;
    an_order_ends_its_cart(&shop, &staff).await;
    shipping_follows_the_address(&shop, &staff).await;
    a_download_pays_no_postage(&shop, &staff).await;
    shop.close().await;
}

async fn every_change_raises_the_version_and_a_stale_one_is_refused(shop: &TestShop, staff: &Client) {
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let add = cart_mutation("cartLinesAdd");
    let input = json!({ "cartId": cart["id"], "expectedVersion": cart["version"], "lines": [{ "variantId": mug, "quantity": 2 }] });
    let changed = guest.done(&add, json!({ "input": input })).await;
    assert!(changed["cart"]["version"].as_i64() > cart["version"].as_i64());
    assert_eq!(changed["cart"]["lines"][0]["quantity"], 3);
    assert_eq!(
        guest.refusals(&add, json!({ "input": input })).await,
        ["VERSION_CONFLICT"]
    );
}

async fn quantities_are_bounded(shop: &TestShop, staff: &Client) {
    let (guest, mug) = (shop.guest(), staff.sell("MUG-2", "10.00", 10).await);
    let cart = guest.cart_with(&[]).await;
    let add = cart_mutation("cartLinesAdd");
    for quantity in [0, -1, 10_000] {
        let input = json!({ "cartId": cart["id"], "lines": [{ "variantId": mug, "quantity": quantity }] });
        assert_eq!(
            guest.refusals(&add, json!({ "input": input })).await,
            ["INVALID"],
            "{quantity}"
        );
    }
    for quantity in [json!(2_147_483_648_i64), json!(1.5), json!("1")] {
        let input = json!({ "cartId": cart["id"], "lines": [{ "variantId": mug, "quantity": quantity }] });
        let answer = guest.answer(&add, json!({ "input": input })).await;
        assert!(
            answer["errors"][0]["extensions"]["code"].is_string(),
            "{quantity}: {answer}"
        );
    }
}

async fn a_price_that_rose_is_told_and_accepted(shop: &TestShop, staff: &Client) {
    let (guest, mug) = (shop.guest(), staff.sell("MUG-3", "10.00", 10).await);
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let update = "mutation($input: VariantPriceUpdateInput!) { variantPriceUpdate(input: $input) { variant { id } userErrors { code message } } }";
    staff
        .done(update, json!({ "input": { "variantId": mug, "price": "12.00" } }))
        .await;
    let refused = guest.place(&cart, "a price that rose", "tok_approve").await;
    assert_eq!(refused["userErrors"][0]["code"], "PRICE_CHANGED");
    let accepted = guest
        .done(
            &cart_mutation("cartPricesAccept"),
            json!({ "input": { "cartId": cart["id"] } }),
        )
        .await;
    assert_eq!(accepted["cart"]["problems"], json!([]));
    let placed = guest.place(&cart, "a price that rose", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]));
    shop.settle().await;
}

async fn a_customers_cart_is_theirs_and_a_guests_is_claimed_at_login(shop: &TestShop, staff: &Client) {
    let (mug, pen) = (
        staff.sell("MUG-4", "10.00", 10).await,
        staff.sell("PEN-4", "2.00", 10).await,
    );
    let (guest, ada, eve) = (
        shop.guest(),
        shop.customer("ada@example.com").await,
        shop.customer("eve@example.com").await,
    );
    ada.cart_with(&[(&pen, 2)]).await;
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let claimed = ada
        .done(
            &cart_mutation("cartClaim"),
            json!({ "input": { "cartId": cart["id"] } }),
        )
        .await;
    let skus: Vec<_> = claimed["cart"]["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["variant"]["sku"].clone())
        .collect();
    assert_eq!(skus, ["MUG-4", "PEN-4"]);

    let query = "query($id: ID!) { cart(id: $id) { id } }";
    for stranger in [&guest, &eve] {
        assert_eq!(
            stranger.data(query, json!({ "id": cart["id"] })).await["cart"],
            json!(null)
        );
        let input = json!({ "input": { "cartId": cart["id"], "email": "eve@example.com" } });
        assert_eq!(
            stranger.refusals(&cart_mutation("cartContactUpdate"), input).await,
            ["NOT_FOUND"]
        );
    }
    assert_eq!(
        ada.data(query, json!({ "id": cart["id"] })).await["cart"]["id"],
        cart["id"]
    );
}

async fn an_order_ends_its_cart(shop: &TestShop, staff: &Client) {
    let (guest, mug) = (shop.guest(), staff.sell("MUG-5", "10.00", 10).await);
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    guest.place(&cart, "ends its cart", "tok_approve").await;
    let input = json!({ "input": { "cartId": cart["id"], "lines": [{ "variantId": mug, "quantity": 1 }] } });
    assert_eq!(
        guest.refusals(&cart_mutation("cartLinesAdd"), input).await,
        ["CART_COMPLETED"]
    );
    let again = guest.place(&cart, "ends it twice", "tok_approve").await;
    assert_eq!(again["userErrors"][0]["code"], "CART_COMPLETED");
    shop.settle().await;
}

async fn shipping_follows_the_address(shop: &TestShop, staff: &Client) {
    let (guest, mug) = (shop.guest(), staff.sell("MUG-6", "10.00", 10).await);
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let at_home = cart["shippingMethods"].as_array().unwrap().len();
    assert!(at_home > 0);
    let mut abroad = vitrine_tests::purchase::address();
    (abroad["countryCode"], abroad["postalCode"]) = (json!("JP"), json!("100-0001"));
    let moved = guest
        .done(
            &cart_mutation("cartAddressesUpdate"),
            json!({ "input": { "cartId": cart["id"], "shippingAddress": abroad } }),
        )
        .await;
    assert_eq!(moved["cart"]["problems"][0]["code"], "SHIPPING_METHOD_MISSING");
    assert_ne!(
        moved["cart"]["shippingMethods"][0]["id"],
        cart["shippingMethods"][0]["id"]
    );
    assert_eq!(moved["cart"]["cost"]["tax"]["amount"], "0.00");
    let mut nowhere = vitrine_tests::purchase::address();
    nowhere["countryCode"] = json!("XX");
    let input = json!({ "input": { "cartId": cart["id"], "shippingAddress": nowhere } });
    assert_eq!(
        guest.refusals(&cart_mutation("cartAddressesUpdate"), input).await,
        ["INVALID"]
    );
}

async fn a_download_pays_no_postage(shop: &TestShop, staff: &Client) {
    let set = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { variants { id } } userErrors { code message } } }";
    let input = json!({
        "slug": "song", "title": "A song", "active": true,
        "variants": [{ "sku": "SONG-7", "price": "9.00", "onHand": 5, "requiresShipping": false }],
    });
    let payload = staff.done(set, json!({ "input": input })).await;
    let song = payload["product"]["variants"][0]["id"].as_str().unwrap().to_owned();
    let guest = shop.guest();
    let cart = guest.cart_with(&[(&song, 1)]).await;
    let email = json!({ "input": { "cartId": cart["id"], "email": "ada@example.com" } });
    guest.done(&cart_mutation("cartContactUpdate"), email).await;
    let address = json!({ "input": { "cartId": cart["id"], "shippingAddress": vitrine_tests::purchase::address() } });
    let cart = guest.done(&cart_mutation("cartAddressesUpdate"), address).await["cart"].take();
    assert_eq!(
        (&cart["problems"], &cart["cost"]["total"]["amount"]),
        (&json!([]), &json!("9.00"))
    );
    let placed = guest.place(&cart, "no postage", "tok_approve").await;
    assert_eq!(placed["order"]["cost"]["total"]["amount"], "9.00", "{placed}");
    shop.settle().await;
}
