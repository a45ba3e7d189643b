//! `POST /api/checkout`, and the order that it makes.

use futures::future::join_all;
use insta::assert_json_snapshot;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::{Answer, get, one_mug, post, shop_with_mugs, url};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_guest_buys_everything_at_once() {
    let (shop, _) = shop_with_mugs().await;
    let guest = shop.guest();
    let mut body = one_mug("tok_approve");
    body["waitSeconds"] = json!(20);
    let answer = post(&guest, "/api/checkout", "key", body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    let (path, token) = (answer.header("location"), answer.body["accessToken"].as_str().unwrap());
    assert_eq!(answer.body["links"]["self"], path);
    assert_eq!(answer.body["payment"]["status"], "CAPTURED");
    shop.settle().await;

    let order = get(&guest, path, Some(token)).await;
    assert_eq!(order.status, 200);
    assert_eq!(order.body["status"], "CONFIRMED");
    assert_json_snapshot!("order", order.body, {
        ".id" => "[order]", ".number" => "[number]", ".lines[].variantId" => "[variant]", ".lines[].id" => "[line]", ".payment.id" => "[payment]",
        ".payment.captures[].id" => "[capture]", ".links.self" => "[path]", ".links.processPayment" => "[path]",
    });
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cart_of_the_graphql_api_is_bought_under_the_same_key_through_either_door() {
    let (shop, staff) = shop_with_mugs().await;
    let guest = shop.guest();
    let cart = guest.cart_with(&[(&staff.variant("mug-1", "MUG-1").await, 2)]).await;
    let cart = guest.check_out(&cart).await;
    let body = json!({ "cartId": cart["id"], "expectedCartVersion": cart["version"], "paymentMethod": { "token": "tok_approve" } });
    let stale = json!({ "cartId": cart["id"], "expectedCartVersion": 1, "paymentMethod": { "token": "tok_approve" } });
    let refused = post(&guest, "/api/checkout", "key", stale).await;
    assert_eq!(refused.problem(), (409, "VERSION_CONFLICT"));

    let answer = post(&guest, "/api/checkout", "key", body.clone()).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let replayed = post(&guest, "/api/checkout", "key", body).await;
    assert_eq!((replayed.status, replayed.header("idempotent-replayed")), (200, "true"));
    let payload = guest.place(&cart, "key", "tok_approve").await;
    assert_eq!(payload["replayed"], true);
    for same in ["id", "number"] {
        assert_eq!(replayed.body[same], answer.body[same]);
        assert_eq!(payload["order"][same], answer.body[same]);
    }
    assert_eq!(payload["orderAccessToken"], answer.body["accessToken"]);
    let ordered = json!({ "cartId": cart["id"], "paymentMethod": { "token": "tok_approve" } });
    let again = post(&guest, "/api/checkout", "another key", ordered).await;
    assert_eq!(again.problem(), (409, "CART_COMPLETED"));
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_requests_at_once_make_one_order() {
    let (shop, _) = shop_with_mugs().await;
    let guest = shop.guest();
    let answers = join_all((0..10).map(|_| post(&guest, "/api/checkout", "key", one_mug("tok_approve")))).await;
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(
        statuses.iter().filter(|status| **status == 201).count(),
        1,
        "{statuses:?}"
    );
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        9,
        "{statuses:?}"
    );
    for answer in &answers {
        assert_eq!(answer.body["id"], answers[0].body["id"]);
        assert_eq!(answer.body["accessToken"], answers[0].body["accessToken"]);
        let replayed = if answer.status == 200 { "true" } else { "" };
        assert_eq!(answer.header("idempotent-replayed"), replayed);
    }
    shop.settle().await;
    assert_eq!(shop.provider().ledger().await.unwrap().len(), 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_for_one_request_of_one_caller() {
    let (shop, staff) = shop_with_mugs().await;
    let guest = shop.guest();
    let first = post(&guest, "/api/checkout", "key", one_mug("tok_approve")).await;
    let mut others = vec![one_mug("tok_decline"); 3];
    others[1] = one_mug("tok_approve");
    others[1]["lines"][0]["quantity"] = json!(2);
    others[2] = one_mug("tok_approve");
    others[2]["shippingAddress"]["city"] = json!("Bonn");
    for other in others {
        let refused = post(&guest, "/api/checkout", "key", other).await;
        assert_eq!(refused.problem(), (422, "IDEMPOTENCY_KEY_REUSED"));
        assert_eq!(refused.body["errors"][0]["field"], json!(["idempotencyKey"]));
    }

    // Another mail address is another caller, and so is a customer.
    let mut grace = one_mug("tok_approve");
    grace["email"] = json!("grace@example.com");
    let hers = post(&guest, "/api/checkout", "key", grace).await;
    assert_eq!(hers.status, 201, "{}", hers.body);
    let mary = shop.customer("mary@example.com").await;
    let own = post(&mary, "/api/checkout", "key", one_mug("tok_decline")).await;
    assert_eq!(own.status, 201, "{}", own.body);
    assert_ne!(hers.body["id"], first.body["id"]);
    assert_eq!(get(&mary, own.header("location"), None).await.status, 200);

    // Whoever signs in after an answer was lost is the same.
    let ada = shop.customer("ada@example.com").await;
    let replayed = post(&ada, "/api/checkout", "key", one_mug("tok_approve")).await;
    assert_eq!((replayed.status, &replayed.body["id"]), (200, &first.body["id"]));
    shop.settle().await;
    drop(staff);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_bought_leaves_nothing_behind() {
    let (shop, staff) = shop_with_mugs().await;
    let guest = shop.guest();
    let mut body = one_mug("tok_approve");
    body["lines"] = json!([{ "sku": "MUG-1", "quantity": 11 }]);
    let refused = post(&guest, "/api/checkout", "key", body.clone()).await;
    assert_eq!(refused.problem(), (409, "INSUFFICIENT_STOCK"));
    let error = &refused.body["errors"][0];
    assert_eq!(error["field"], json!(["lines"]));
    assert_eq!(
        (&error["sku"], &error["availableQuantity"]),
        (&json!("MUG-1"), &json!(10))
    );
    assert_eq!(error["lineId"], Value::Null);
    let english = error["message"].clone();
    let update = "mutation ($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code } } }";
    staff
        .done(update, json!({ "input": { "locales": ["en", "de"] } }))
        .await;
    let request = vitrine_tests::client::http().post(url(&guest, "/api/checkout"));
    let request = request.header("idempotency-key", "key").header("accept-language", "de");
    let german = Answer::of(request.json(&body)).await;
    assert_eq!(german.header("content-language"), "de");
    assert_eq!(german.body["errors"][0]["message"], german.body["detail"]);
    assert_ne!(german.body["detail"], english, "{}", german.body);

    let mut body = one_mug("tok_approve");
    body["lines"] = json!([{ "sku": "MUG-1", "quantity": 1 }, { "sku": "NONE", "quantity": 1 }]);
    let refused = post(&guest, "/api/checkout", "key", body).await;
    assert_eq!(refused.problem(), (409, "NOT_FOR_SALE"));
    assert_eq!(refused.body["errors"][0]["field"], json!(["lines", "1", "sku"]));

    let mut body = one_mug("tok_approve");
    body["lines"] = json!([]);
    assert_eq!(
        post(&guest, "/api/checkout", "key", body).await.problem(),
        (422, "CART_EMPTY")
    );

    // The key is free still, and the last mug can be had.
    let mut body = one_mug("tok_approve");
    body["lines"] = json!([{ "variantId": staff.variant("mug-1", "MUG-1").await, "quantity": 10 }]);
    assert_eq!(post(&guest, "/api/checkout", "key", body).await.status, 201);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_opens_to_its_customer_its_token_and_staff() {
    let (shop, staff) = shop_with_mugs().await;
    let (ada, eve, guest) = (
        shop.customer("ada@example.com").await,
        shop.customer("eve@example.com").await,
        shop.guest(),
    );
    let bought = post(&ada, "/api/checkout", "key", one_mug("tok_approve")).await;
    let (path, token) = (bought.header("location"), bought.body["accessToken"].as_str().unwrap());
    let packer = shop.staff(StaffRole::Fulfilment).await;
    for (client, token) in [(&ada, None), (&guest, Some(token)), (&staff, None), (&packer, None)] {
        let order = get(client, path, token).await;
        assert_eq!(order.status, 200, "{}", order.body);
        assert_eq!(order.body["accessToken"], Value::Null);
    }
    let missing = "/api/orders/ord_01j9zzzzzzzzzzzzzzzzzzzzzz";
    for (client, path, token) in [
        (&eve, path, None),
        (&guest, path, None),
        (&guest, path, Some("AAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        (&ada, missing, None),
        (&ada, "/api/orders/x", None),
        (&ada, "/api/orders/%00", None),
    ] {
        assert_eq!(get(client, path, token).await.problem(), (404, "NOT_FOUND"), "{path}");
    }
    let expired = vitrine_tests::client::http()
        .get(super::url(&guest, path))
        .bearer_auth("nonsense");
    let refused = super::Answer::of(expired).await;
    assert_eq!(refused.problem(), (401, "UNAUTHENTICATED"));
    let challenge = "Bearer realm=\"vitrine\", error=\"invalid_token\"";
    assert_eq!(refused.header("www-authenticate"), challenge);
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shipping_method_is_the_first_or_the_chosen_one() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let methods = cart["shippingMethods"].as_array().unwrap();
    assert!(methods.len() > 1, "{methods:?}");
    for (key, chosen) in [("first", 0), ("last", methods.len() - 1)] {
        let mut body = one_mug("tok_approve");
        if chosen > 0 {
            body["shippingMethodId"] = methods[chosen]["id"].clone();
        }
        let bought = post(&guest, "/api/checkout", key, body).await;
        assert_eq!(bought.status, 201, "{}", bought.body);
        assert_eq!(
            bought.body["totals"]["shipping"]["amount"],
            methods[chosen]["price"]["amount"]
        );
    }
    let mut body = one_mug("tok_approve");
    body["shippingMethodId"] = json!("shm_01j9zzzzzzzzzzzzzzzzzzzzzz");
    let refused = post(&guest, "/api/checkout", "other", body).await;
    assert_eq!(refused.problem(), (422, "NOT_SHIPPABLE"));
    assert_eq!(refused.body["errors"][0]["field"], json!(["shippingMethodId"]));
    shop.settle().await;
    shop.close().await;
}
