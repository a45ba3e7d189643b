//! What a cart shows of its discounts, and what its order keeps.

use serde_json::{Value, json};
use vitrine_tests::purchase::address;

use super::{cart, cart_of, change, download, open, place, refused, switched_on};

fn eur(amount: &str) -> Value {
    json!([{ "amount": amount, "currencyCode": "EUR" }])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_read_as_it_is_typed_and_says_what_is_missing() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let (song, book) = (
        download(&staff, "SONG-1", "9.99").await,
        download(&staff, "BOOK-1", "20.01").await,
    );
    let ten = json!({ "title": "10 off from 42", "method": "CODE", "kind": "ORDER", "value": { "amounts": eur("10.00") },
        "minimumSpend": eur("42.00") });
    switched_on(&staff, ten, &["SUMMER-10"]).await;
    let basket = cart_of(&guest, "ada@example.com", &[(&song, 1), (&book, 1)]).await;
    let id = &basket["id"];
    let nobody = json!({ "cartId": id, "codes": ["SUMMER-11"] });
    assert_eq!(refused(&guest, "cartDiscountCodesAdd", nobody).await[0].0, "NOT_FOUND");

    let typed = json!({ "cartId": id, "codes": [" ｓｕｍｍｅｒ－１０ "] });
    let waiting = change(&guest, "cartDiscountCodesAdd", typed.clone()).await;
    let code = &waiting["discountCodes"][0];
    assert_eq!(
        (&code["code"], &code["applies"]),
        (&json!("SUMMER-10"), &json!(false)),
        "{code}"
    );
    assert_eq!(
        (&code["reason"], &code["missingAmount"]["amount"]),
        (&json!("TOO_LITTLE"), &json!("12.00"))
    );
    assert!(code["message"].as_str().unwrap().contains("12.00"), "{code}");
    assert_eq!(waiting["problems"][0]["discountCode"], "SUMMER-10");
    assert_eq!(waiting["cost"]["total"]["amount"], "30.00");

    // It survives every change, is decided anew each time, and the parts add up to the cent.
    let lines = json!([{ "lineId": waiting["lines"][0]["id"], "quantity": 3 }]);
    let had = change(&guest, "cartLinesUpdate", json!({ "cartId": id, "lines": lines })).await;
    assert_eq!(
        (&had["cost"]["discount"]["amount"], &had["cost"]["total"]["amount"]),
        (&json!("10.00"), &json!("39.98"))
    );
    assert_eq!(
        (&had["problems"], &had["discountCodes"][0]["applies"]),
        (&json!([]), &json!(true))
    );
    // 29.97 and 20.01 of 49.98: 5.996… and 4.003….
    let parts: Vec<_> = had["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["cost"]["discount"]["amount"])
        .collect();
    assert_eq!(parts, ["6.00", "4.00"]);
    let adjustment = &had["adjustments"][0];
    assert_eq!(
        (&adjustment["target"], &adjustment["amount"]["amount"]),
        (&json!("GOODS"), &json!("10.00"))
    );
    assert_eq!(
        (&adjustment["code"], &adjustment["shares"][0]["amount"]["amount"]),
        (&json!("SUMMER-10"), &json!("6.00"))
    );
    assert_eq!(had["lines"][1]["adjustments"][0]["amount"]["amount"], "4.00");

    let fewer = json!([{ "lineId": had["lines"][0]["id"], "quantity": 1 }]);
    let lost = change(&guest, "cartLinesUpdate", json!({ "cartId": id, "lines": fewer })).await;
    assert_eq!(
        (&lost["cost"]["total"]["amount"], &lost["discountCodes"][0]["applies"]),
        (&json!("30.00"), &json!(false))
    );
    let many = json!({ "cartId": id, "codes": ["1", "2", "3", "4", "5", "6"] });
    assert_eq!(refused(&guest, "cartDiscountCodesAdd", many).await[0].0, "CART_LIMIT");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_keeps_what_it_was_given_and_what_costs_nothing_needs_no_payment() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let song = download(&staff, "SONG-1", "9.99").await;
    let half = json!({ "title": "Half of it", "method": "CODE", "kind": "PRODUCTS", "value": { "percentage": 50 },
        "combinesWith": ["ORDER"] });
    let all = json!({ "title": "For nothing", "method": "CODE", "kind": "ORDER", "value": { "percentage": 100 },
        "combinesWith": ["PRODUCT"] });
    let id = switched_on(&staff, half, &["HALF"]).await;
    switched_on(&staff, all, &["GIFT"]).await;
    let basket = cart_of(&guest, "ada@example.com", &[(&song, 1)]).await;
    let typed = json!({ "cartId": basket["id"], "codes": ["half"] });
    change(&guest, "cartDiscountCodesAdd", typed).await;
    let placed = place(&guest, &basket, "first").await;
    assert_eq!(placed["userErrors"], json!([]));
    assert_eq!(
        placed["order"]["cost"]["total"]["amount"], "4.99",
        "50 % of 9.99 is 4.995: 5.00 off"
    );
    let order = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { status
        adjustments { title code target amount { amount } shares { lineId } } lines { id discount { amount } total { amount } } } }";
    let asked = json!({ "id": placed["order"]["id"], "token": placed["orderAccessToken"] });
    let kept = guest.data(order, asked.clone()).await["order"].take();
    let adjustment = &kept["adjustments"][0];
    assert_eq!(
        (&adjustment["title"], &adjustment["code"]),
        (&json!("Half of it"), &json!("HALF")),
        "{kept}"
    );
    assert_eq!(
        (&adjustment["target"], &adjustment["amount"]["amount"]),
        (&json!("LINE"), &json!("5.00"))
    );
    assert_eq!(adjustment["shares"][0]["lineId"], kept["lines"][0]["id"]);
    assert_eq!(kept["lines"][0]["discount"]["amount"], "5.00");
    // What becomes of the discount is nothing to the order.
    staff.done(super::DEACTIVATE, json!({ "input": { "id": id } })).await;
    shop.settle().await;
    let paid = guest.data(order, asked).await["order"].take();
    assert_eq!(
        (&paid["status"], &paid["adjustments"]),
        (&json!("CONFIRMED"), &kept["adjustments"])
    );

    let basket = cart_of(&guest, "grace@example.com", &[(&song, 2)]).await;
    let typed = json!({ "cartId": basket["id"], "codes": ["GIFT"] });
    let free = change(&guest, "cartDiscountCodesAdd", typed).await;
    assert_eq!(free["cost"]["total"]["amount"], "0.00");
    let input = json!({ "cartId": basket["id"], "idempotencyKey": "free", "paymentMethod": {} });
    let placed = guest.done(super::PLACE, json!({ "input": input })).await;
    shop.settle().await;
    let asked = json!({ "id": placed["order"]["id"], "token": placed["orderAccessToken"] });
    assert_eq!(guest.data(order, asked).await["order"]["status"], "CONFIRMED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn free_shipping_follows_the_method_and_is_near_before_it_is_there() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let mug = staff.sell("MUG-1", "19.00", 100).await;
    let free = json!({ "title": "Free shipping", "method": "AUTOMATIC", "kind": "SHIPPING", "value": { "percentage": 100 },
        "minimumSpend": eur("50.00"), "shippingPriceMax": eur("6.00") });
    switched_on(&staff, free, &[]).await;
    let basket = cart_of(&guest, "ada@example.com", &[(&mug, 2)]).await;
    let id = &basket["id"];
    let offer = &basket["discountOffers"][0];
    assert_eq!(
        (&offer["title"], &offer["missingAmount"]["amount"]),
        (&json!("Free shipping"), &json!("12.00"))
    );
    assert!(offer["message"].as_str().unwrap().contains("12.00"), "{offer}");
    let lines = json!([{ "lineId": basket["lines"][0]["id"], "quantity": 3 }]);
    change(&guest, "cartLinesUpdate", json!({ "cartId": id, "lines": lines })).await;
    change(
        &guest,
        "cartAddressesUpdate",
        json!({ "cartId": id, "shippingAddress": address() }),
    )
    .await;
    let methods = "query($id: ID!) { cart(id: $id) { shippingMethods { id price { amount } compareAtPrice { amount }
        adjustments { title target amount { amount } } } } }";
    let methods = guest.data(methods, json!({ "id": id })).await["cart"]["shippingMethods"].take();
    let methods = methods.as_array().unwrap();
    let is_reduced = |method: &&Value| !method["compareAtPrice"].is_null();
    let cheap = methods.iter().find(is_reduced).expect("a cheap one");
    let dear = methods.iter().find(|method| !is_reduced(method)).expect("a dear one");
    assert_eq!(cheap["price"]["amount"], "0.00", "what is paid");
    let off = json!([{ "title": "Free shipping", "target": "SHIPPING", "amount": cheap["compareAtPrice"] }]);
    assert_eq!((&cheap["adjustments"], &dear["adjustments"]), (&off, &json!([])));
    let by = async |method: &Value| {
        let chosen = change(
            &guest,
            "cartShippingMethodSelect",
            json!({ "cartId": id, "shippingMethodId": method["id"] }),
        )
        .await;
        let before = [&method["compareAtPrice"], &method["price"]]
            .into_iter()
            .find(|price| !price.is_null());
        assert_eq!(chosen["cost"]["shipping"]["amount"], before.unwrap()["amount"]);
        chosen["cost"]["discount"]["amount"].as_str().unwrap().to_owned()
    };
    let former = cheap["compareAtPrice"]["amount"].as_str().unwrap();
    assert_eq!(by(cheap).await, former);
    assert_eq!(by(dear).await, "0.00", "it is for cheaper methods");
    assert_eq!(by(cheap).await, former);
    let kept = cart(&guest, id).await;
    assert_eq!(kept["adjustments"][0]["target"], "SHIPPING");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_for_some_goods_some_customers_and_a_first_order() {
    let (shop, staff) = open().await;
    let (song, book) = (
        download(&staff, "SONG-1", "10.00").await,
        download(&staff, "BOOK-1", "20.00").await,
    );
    let product = "query($id: ID!) { variant(id: $id) { product { id } } }";
    let product = staff.data(product, json!({ "id": song })).await["variant"]["product"]["id"].take();
    let made = "mutation($input: CollectionCreateInput!) { collectionCreate(input: $input) { collection { id } userErrors { code message } } }";
    let collection = staff.done(made, json!({ "input": { "title": "Songs" } })).await["collection"]["id"].take();
    let add = "mutation($input: CollectionProductsAddInput!) { collectionProductsAdd(input: $input) { collection { id } userErrors { code message } } }";
    staff
        .done(add, json!({ "input": { "id": collection, "productIds": [product] } }))
        .await;
    let group = "mutation($input: CustomerGroupCreateInput!) { customerGroupCreate(input: $input) { customerGroup { id } userErrors { code } } }";
    let group = staff.done(group, json!({ "input": { "name": "Friends" } })).await["customerGroup"]["id"].take();
    shop.settle().await;
    let songs = json!({ "title": "Songs", "method": "AUTOMATIC", "kind": "PRODUCTS", "value": { "percentage": 10 },
        "goods": { "collectionIds": [collection] }, "combinesWith": ["PRODUCT", "ORDER"] });
    switched_on(&staff, songs, &[]).await;
    let friends = json!({ "title": "Friends", "method": "CODE", "kind": "ORDER", "value": { "amounts": eur("5") },
        "customerGroupIds": [group], "combinesWith": ["PRODUCT"] });
    switched_on(&staff, friends, &["FRIEND"]).await;
    let first = json!({ "title": "Welcome", "method": "CODE", "kind": "ORDER", "value": { "percentage": 10 }, "firstOrderOnly": true,
        "combinesWith": ["PRODUCT"] });
    switched_on(&staff, first, &["WELCOME"]).await;

    let ada = shop.customer("ada@example.com").await;
    let basket = cart_of(&ada, "ada@example.com", &[(&song, 1), (&book, 1)]).await;
    let parts: Vec<_> = basket["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["cost"]["discount"]["amount"])
        .collect();
    assert_eq!(parts, ["1.00", "0.00"], "{basket}");
    let typed = json!({ "cartId": basket["id"], "codes": ["FRIEND"] });
    let stranger = change(&ada, "cartDiscountCodesAdd", typed.clone()).await;
    assert_eq!(stranger["discountCodes"][0]["reason"], "OTHER_CUSTOMERS");
    let me = ada.data("{ viewer { id } }", json!({})).await["viewer"]["id"].take();
    let member = "mutation($input: CustomerGroupMembersAddInput!) { customerGroupMembersAdd(input: $input) { userErrors { code } } }";
    staff
        .done(member, json!({ "input": { "id": group, "customerIds": [me] } }))
        .await;
    let friend = cart(&ada, &basket["id"]).await;
    assert_eq!(
        friend["cost"]["discount"]["amount"], "6.00",
        "1.00 of the song, 5.00 of what is left"
    );
    change(&ada, "cartDiscountCodesRemove", typed).await;

    let typed = json!({ "cartId": basket["id"], "codes": ["WELCOME"] });
    let welcome = change(&ada, "cartDiscountCodesAdd", typed).await;
    assert_eq!(welcome["cost"]["discount"]["amount"], "3.90", "1.00, and 10 % of 29.00");
    assert_eq!(place(&ada, &basket, "first").await["userErrors"], json!([]));
    let basket = cart_of(&shop.guest(), "ada@example.com", &[(&book, 1)]).await;
    let typed = json!({ "cartId": basket["id"], "codes": ["WELCOME"] });
    let second = change(&shop.guest(), "cartDiscountCodesAdd", typed).await;
    assert_eq!(
        second["discountCodes"][0]["reason"], "NOT_FIRST_ORDER",
        "she has ordered, whether she is signed in or not"
    );
    shop.settle().await;
    shop.close().await;
}
