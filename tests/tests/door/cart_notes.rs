//! What a cart needs where nothing is sent, and what a front end notes of it: kept by the order and told in its mails.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::cart_mutation};

use crate::delivery::sell;

const ORDER: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) {
    shippingAddress { name } billingAddress { name countryCode } requiresShipping shippingMethodName giftMessage note
    attributes { key value } lines { attributes { key value } } cost { total { amount } taxes { basisPoints } } } }";

async fn order(client: &Client, placed: &Value) -> Value {
    assert_eq!(placed["userErrors"], json!([]));
    let variables = json!({ "id": placed["order"]["id"], "token": placed["orderAccessToken"] });
    client.data(ORDER, variables).await["order"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_download_needs_neither_address_nor_method() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let song = sell(&staff, "SONG-1", "9.00", json!({ "requiresShipping": false })).await;
    let guest = shop.guest();
    let cart = guest.cart_with(&[(&song, 1)]).await;
    let email = json!({ "input": { "cartId": cart["id"], "email": "ada@example.com" } });
    let cart = guest.done(&cart_mutation("cartContactUpdate"), email).await["cart"].take();
    assert_eq!(cart["problems"], json!([]));
    let placed = guest.place(&cart, "k1", "tok_approve").await;
    let bought = order(&guest, &placed).await;
    assert_eq!(
        (&bought["shippingAddress"], &bought["billingAddress"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(
        (&bought["requiresShipping"], &bought["cost"]["taxes"][0]["basisPoints"]),
        (&json!(false), &json!(1900))
    );
    shop.settle().await;
    let mails = shop.mails().await;
    assert!(
        mails[0].text.contains("Hello ada@example.com,") && !mails[0].text.contains("SHIPPING TO"),
        "{}",
        mails[0].text
    );

    // A bill's address tells whose tax is due.
    let cart = guest.cart_with(&[(&song, 1)]).await;
    let neither = json!({ "input": { "cartId": cart["id"] } });
    assert_eq!(
        guest.refusals(&cart_mutation("cartAddressesUpdate"), neither).await,
        ["INVALID"]
    );
    let email = json!({ "input": { "cartId": cart["id"], "email": "ada@example.com" } });
    guest.done(&cart_mutation("cartContactUpdate"), email).await;
    let vienna = json!({ "name": "Ada", "line1": "Ring 1", "city": "Wien", "postalCode": "1010", "countryCode": "AT" });
    let input = json!({ "input": { "cartId": cart["id"], "billingAddress": vienna } });
    let cart = guest.done(&cart_mutation("cartAddressesUpdate"), input).await["cart"].take();
    let placed = guest.place(&cart, "k2", "tok_approve").await;
    let bought = order(&guest, &placed).await;
    assert_eq!(bought["billingAddress"], json!({ "name": "Ada", "countryCode": "AT" }));
    assert_eq!(bought["cost"]["taxes"][0]["basisPoints"], 2000);

    // What is sent needs an address as ever.
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let mixed = guest.cart_with(&[(&song, 1), (&mug, 1)]).await;
    let codes: Vec<_> = mixed["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| &problem["code"])
        .collect();
    assert_eq!(codes, ["CONTACT_MISSING", "ADDRESS_MISSING"]);
    shop.settle().await;
    shop.close().await;
}

/// One shop for all of these: none minds what another has left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notes_and_addresses_of_carts_are_theirs() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    a_download_is_bought_over_rest_without_an_address(&shop, &staff).await;
    notes_are_bounded(&shop, &staff).await;
    a_customers_mail_address_is_in_their_cart(&shop).await;
    shop.close().await;
}

async fn a_download_is_bought_over_rest_without_an_address(shop: &TestShop, staff: &Client) {
    sell(staff, "SONG-1", "9.00", json!({ "requiresShipping": false })).await;
    sell(staff, "MUG-1", "9.00", json!({})).await;
    let buy = async |sku: &str| {
        let body = json!({ "lines": [{ "sku": sku, "quantity": 1 }], "email": "ada@example.com", "paymentMethod": { "token": "tok_approve" } });
        let request = vitrine_tests::client::http().post(format!("{}/api/checkout", shop.guest().base()));
        let response = request.header("Idempotency-Key", sku).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.json::<Value>().await.unwrap())
    };
    let (status, order) = buy("SONG-1").await;
    assert_eq!(
        (status, &order["totals"]["taxes"][0]["basisPoints"]),
        (201, &json!(1900)),
        "{order}"
    );
    let (status, problem) = buy("MUG-1").await;
    assert_eq!(status, 422, "{problem}");
    assert!(
        problem.to_string().contains("A shipping address is needed."),
        "{problem}"
    );
    shop.settle().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_front_end_notes_goes_with_the_order_and_its_mails() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let cart = guest.cart_with(&[]).await;
    let noted = |key: &str, value: &str| json!([{ "key": key, "value": value }]);
    let add =
        json!({ "cartId": cart["id"], "lines": [{ "variantId": mug, "attributes": noted("Engraving", "For Bob") }] });
    guest
        .done(&cart_mutation("cartLinesAdd"), json!({ "input": add }))
        .await;
    // What is added without any leaves them.
    let more = json!({ "cartId": cart["id"], "lines": [{ "variantId": mug }] });
    guest
        .done(&cart_mutation("cartLinesAdd"), json!({ "input": more }))
        .await;
    let input = json!({ "cartId": cart["id"], "attributes": [{ "key": " Ring ", "value": "twice" }, { "key": "Empty", "value": " " }] });
    guest
        .done(&cart_mutation("cartAttributesUpdate"), json!({ "input": input }))
        .await;
    let input = json!({ "cartId": cart["id"], "message": "Happy birthday, <b>Bob</b>!" });
    guest
        .done(&cart_mutation("cartGiftMessageUpdate"), json!({ "input": input }))
        .await;
    let cart = guest.check_out(&cart).await;
    let placed = guest.place(&cart, "k1", "tok_approve").await;
    let bought = order(&guest, &placed).await;
    assert_eq!(bought["attributes"], noted("Ring", "twice"));
    assert_eq!(bought["lines"][0]["attributes"], noted("Engraving", "For Bob"));
    assert_eq!(bought["giftMessage"], "Happy birthday, <b>Bob</b>!");
    shop.settle().await;
    let mail = &shop.mails().await[0];
    for text in [
        "Ring: twice",
        "Engraving: For Bob",
        "As a gift, with these words: Happy birthday",
    ] {
        assert!(mail.text.contains(text), "{text}: {}", mail.text);
    }
    assert!(
        mail.html.contains("&#60;b&#62;Bob") || mail.html.contains("&lt;b&gt;Bob"),
        "{}",
        mail.html
    );
    shop.close().await;
}

async fn notes_are_bounded(shop: &TestShop, staff: &Client) {
    let mug = staff.sell("MUG-2", "10.00", 10).await;
    let guest = shop.guest();
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let attributes = |count: usize| {
        (0..count)
            .map(|n| json!({ "key": format!("k{n}"), "value": "v" }))
            .collect::<Vec<_>>()
    };
    for wrong in [
        json!(attributes(21)),
        json!([{ "key": "", "value": "v" }]),
        json!([{ "key": "a", "value": "1" }, { "key": "a ", "value": "2" }]),
        json!([{ "key": "a", "value": "x".repeat(1_001) }]),
        json!([{ "key": "a\u{202E}b", "value": "v" }]),
    ] {
        let input = json!({ "cartId": cart["id"], "attributes": wrong });
        assert_eq!(
            guest
                .refusals(&cart_mutation("cartAttributesUpdate"), json!({ "input": input }))
                .await,
            ["INVALID"]
        );
        let line = json!({ "cartId": cart["id"], "lines": [{ "lineId": cart["lines"][0]["id"], "quantity": 1, "attributes": wrong }] });
        assert_eq!(
            guest
                .refusals(&cart_mutation("cartLinesUpdate"), json!({ "input": line }))
                .await,
            ["INVALID"]
        );
    }
    let input = json!({ "cartId": cart["id"], "message": "x".repeat(501) });
    assert_eq!(
        guest
            .refusals(&cart_mutation("cartGiftMessageUpdate"), json!({ "input": input }))
            .await,
        ["INVALID"]
    );
}

async fn a_customers_mail_address_is_in_their_cart(shop: &TestShop) {
    let ada = shop.customer("ada@example.com").await;
    let query = "query($id: ID!) { cart(id: $id) { email } }";
    let own = ada.cart_with(&[]).await;
    assert_eq!(
        ada.data(query, json!({ "id": own["id"] })).await["cart"]["email"],
        "ada@example.com"
    );
    let guests = shop.guest().cart_with(&[]).await;
    ada.done(
        &cart_mutation("cartClaim"),
        json!({ "input": { "cartId": guests["id"] } }),
    )
    .await;
    assert_eq!(
        ada.data(query, json!({ "id": guests["id"] })).await["cart"]["email"],
        "ada@example.com"
    );
}
