use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    TestShop,
    purchase::{address, cart_mutation},
};

use super::{METHOD_UPDATE, clear, method, sell, zone};

const CART: &str = "query($id: ID!) { cart(id: $id) {
    shippingMethods { name price { amount } kind selected deliveryEstimate { earliest latest } }
    selectedShippingMethod { name deliveryEstimate { earliest latest } }
    problems { code message lineId } cost { shipping { amount } total { amount } } } }";

/// The names and prices of what a cart offers.
fn offered(cart: &Value) -> Vec<String> {
    let methods = cart["shippingMethods"].as_array().unwrap().iter();
    let told = |method: &Value| {
        format!(
            "{} {}",
            method["name"].as_str().unwrap(),
            method["price"]["amount"].as_str().unwrap()
        )
    };
    methods.map(told).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn methods_cost_by_weight_and_value_and_refuse_goods() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    clear(&staff).await;
    let home = zone(&staff, json!({ "name": "Home", "countries": ["DE"] })).await;
    let steps = json!([{ "upToGrams": 2000, "price": "3.90" }, { "upToGrams": 10000, "price": "6.90" }]);
    let parcel = json!({ "name": "Parcel", "price": "1.00", "weightSteps": steps, "refusedClasses": ["Bulky"] });
    let parcel = method(&staff, &home, parcel).await;
    let freight = json!({ "name": "Freight", "valueSteps": [{ "upTo": "100.00", "price": "39.00" }, { "price": "0" }], "onlyClasses": ["bulky", "heavy"] });
    method(&staff, &home, freight).await;
    let book = sell(&staff, "BOOK", "10.00", json!({ "weightGrams": 1000 })).await;
    let sofa = sell(
        &staff,
        "SOFA",
        "90.00",
        json!({ "weightGrams": 9000, "shippingClass": "bulky" }),
    )
    .await;
    let ice = sell(
        &staff,
        "ICE",
        "5.00",
        json!({ "weightGrams": 100, "shippingClass": "frozen" }),
    )
    .await;
    let guest = shop.guest();
    let with = async |lines: &[(&str, i64)]| {
        let cart = guest.cart_with(lines).await;
        let input = json!({ "input": { "cartId": cart["id"], "shippingAddress": address() } });
        guest.done(&cart_mutation("cartAddressesUpdate"), input).await;
        let mut read = guest.data(CART, json!({ "id": cart["id"] })).await["cart"].take();
        read["id"] = cart["id"].clone();
        read
    };
    assert_eq!(offered(&with(&[(&book, 2)]).await), ["Parcel 4.90"]);
    assert_eq!(offered(&with(&[(&book, 3)]).await), ["Parcel 7.90"]);
    assert_eq!(offered(&with(&[(&sofa, 1)]).await), ["Freight 39.00"]);
    assert_eq!(offered(&with(&[(&sofa, 2)]).await), ["Freight 0.00"]);
    let codes = |cart: &Value| {
        let problems = cart["problems"].as_array().unwrap().iter();
        problems
            .map(|problem| problem["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let together = with(&[(&book, 1), (&sofa, 1)]).await;
    assert_eq!(codes(&together), ["CONTACT_MISSING", "NO_METHOD_FITS"]);
    assert_eq!(
        codes(&with(&[(&book, 11)]).await),
        ["CONTACT_MISSING", "NO_METHOD_FITS"],
        "too heavy"
    );
    // A variant is given another class, and is carried by another.
    let product = staff.data("{ product(slug: \"sofa\") { id } }", json!({})).await["product"]["id"].clone();
    let update =
        "mutation($input: VariantsUpdateInput!) { variantsUpdate(input: $input) { userErrors { code field } } }";
    let reclass = |class: Value| json!({ "input": { "productId": product, "variants": [{ "id": sofa, "shippingClass": class }] } });
    staff.done(update, reclass(Value::Null)).await;
    assert_eq!(offered(&with(&[(&sofa, 1)]).await), ["Parcel 7.90"]);
    staff.done(update, reclass(json!("Bulky"))).await;
    assert_eq!(offered(&with(&[(&sofa, 1)]).await), ["Freight 39.00"]);
    // Nobody carries it any more, and the line is named.
    let refuse = json!({ "id": parcel, "refusedClasses": ["bulky", "frozen"] });
    staff.done(METHOD_UPDATE, json!({ "input": refuse })).await;
    let cold = with(&[(&book, 1), (&ice, 1)]).await;
    assert_eq!(codes(&cold), ["CONTACT_MISSING", "NOT_CARRIED"]);
    assert_eq!(
        cold["problems"][1]["message"],
        "No shipping method carries Test ICE to this address: remove it, or send it elsewhere."
    );
    assert!(cold["problems"][1]["lineId"].is_string());
    let input = json!({ "cartId": cold["id"], "shippingMethodId": parcel });
    assert_eq!(
        guest
            .refusals(&cart_mutation("cartShippingMethodSelect"), json!({ "input": input }))
            .await,
        ["NOT_SHIPPABLE"]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_estimate_is_shown_and_kept_with_the_order() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    clear(&staff).await;
    let home = zone(&staff, json!({ "name": "Home", "countries": ["DE"] })).await;
    let input = json!({ "name": "Parcel", "price": "4.90", "carrier": "Post", "handlingDays": 1, "transitDaysMin": 1, "transitDaysMax": 3 });
    let parcel = method(&staff, &home, input).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let read = guest.data(CART, json!({ "id": cart["id"] })).await["cart"].take();
    let estimate = read["selectedShippingMethod"]["deliveryEstimate"].clone();
    let dates = [&estimate["earliest"], &estimate["latest"]]
        .map(|date| date.as_str().unwrap().parse::<chrono::NaiveDate>().unwrap());
    let today = shop.shop().now().date_naive();
    assert!(dates[0] > today && dates[1] > dates[0], "{today} {dates:?}");
    let placed = guest.place(&cart, "k1", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]));
    // It is kept, whatever becomes of the method.
    let slower = json!({ "id": parcel, "carrier": "Snail", "transitDaysMin": 30, "transitDaysMax": 30 });
    staff.done(METHOD_UPDATE, json!({ "input": slower })).await;
    let query = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { deliveryEstimate { earliest latest } carrier shippingMethodKind shippingMethodName } }";
    let order = guest
        .data(
            query,
            json!({ "id": placed["order"]["id"], "token": placed["orderAccessToken"] }),
        )
        .await["order"]
        .take();
    let expected = json!({ "deliveryEstimate": estimate, "carrier": "Post", "shippingMethodKind": "SHIP", "shippingMethodName": "Parcel" });
    assert_eq!(order, expected);
    shop.settle().await;
    shop.close().await;
}
