use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    TestShop,
    purchase::{PlacedOrder, address, cart_mutation},
};

use super::{clear, method, zone};
use crate::purchase::dispatch;

const LOCATION_CREATE: &str = "mutation($input: LocationCreateInput!) { locationCreate(input: $input) {
    location { id } userErrors { code message field } } }";
const LOCATION_UPDATE: &str = "mutation($input: LocationUpdateInput!) { locationUpdate(input: $input) {
    location { id } userErrors { code message field } } }";
const ORDER: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) {
    shippingAddress { city } billingAddress { city } requiresShipping shippingMethodKind
    pickupLocation { name openingHours address { city } } cost { taxes { basisPoints } } timeline(first: 50) { nodes { message } } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_picks_goods_up_needs_no_address() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    clear(&staff).await;
    let home = zone(&staff, json!({ "name": "Home", "countries": ["DE"] })).await;
    method(&staff, &home, json!({ "name": "Parcel", "price": "4.90" })).await;
    let store = json!({ "input": { "name": "Store", "pickup": true, "openingHours": "Mo–Fr 9–18", "pickupInstructions": "Ring <twice>." } });
    let store = staff.done(LOCATION_CREATE, store).await["location"]["id"].clone();
    let pickup = json!({ "name": "Pick up", "kind": "PICKUP", "price": "0", "locationId": store });
    let pickup = method(&staff, &home, pickup).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let query =
        "query($id: ID!) { cart(id: $id) { shippingMethods { name } problems { code } cost { shipping { amount } } } }";
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let email = json!({ "input": { "cartId": cart["id"], "email": "ada@example.com" } });
    guest.done(&cart_mutation("cartContactUpdate"), email).await;
    let offered = async || guest.data(query, json!({ "id": cart["id"] })).await["cart"].take();
    // Nobody knows where it is.
    assert_eq!(offered().await["shippingMethods"], json!([]));
    let vienna =
        json!({ "name": "Store", "line1": "Ring 1", "city": "Wien", "postalCode": "1010", "countryCode": "AT" });
    let input = json!({ "input": { "id": store, "address": vienna } });
    staff.done(LOCATION_UPDATE, input).await;
    let seen = offered().await;
    assert_eq!(
        (&seen["shippingMethods"], &seen["problems"]),
        (&json!([{ "name": "Pick up" }]), &json!([{ "code": "ADDRESS_MISSING" }]))
    );
    let select = json!({ "input": { "cartId": cart["id"], "shippingMethodId": pickup } });
    let cart = guest.done(&cart_mutation("cartShippingMethodSelect"), select).await["cart"].take();
    assert_eq!(cart["problems"], json!([]));
    let payload = guest.place(&cart, "k1", "tok_approve").await;
    assert_eq!(payload["userErrors"], json!([]), "{payload}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let placed = PlacedOrder {
        id: text(&payload["order"]["id"]),
        number: text(&payload["order"]["number"]),
        access_token: text(&payload["orderAccessToken"]),
        payload,
    };
    shop.settle().await;
    dispatch(&staff, &placed.id).await;
    shop.settle().await;
    let variables = json!({ "id": placed.id, "token": placed.access_token });
    let mut order = guest.data(ORDER, variables).await["order"].take();
    let messages = order["timeline"].take().to_string();
    assert!(messages.contains("ready to be picked up"), "{messages}");
    // It is handed over in Austria, and so it is taxed there.
    let expected = json!({
        "shippingAddress": null, "billingAddress": null, "requiresShipping": true, "shippingMethodKind": "PICKUP",
        "pickupLocation": { "name": "Store", "openingHours": "Mo–Fr 9–18", "address": { "city": "Wien" } },
        "cost": { "taxes": [{ "basisPoints": 2000 }] }, "timeline": null,
    });
    assert_eq!(order, expected);
    let mails = shop.mails().await;
    let ready = mails
        .iter()
        .find(|mail| mail.subject.contains("is ready to be picked up"))
        .unwrap();
    for words in [
        "TO BE PICKED UP AT",
        "Ring 1",
        "1010 Wien",
        "Opening hours: Mo–Fr 9–18",
        "Ring <twice>.",
    ] {
        assert!(ready.text.contains(words), "{words}: {}", ready.text);
    }
    assert!(ready.html.contains("Mo–Fr 9–18") && !ready.html.contains("<twice>"));
    let correct = "mutation($input: OrderShippingAddressUpdateInput!) { orderShippingAddressUpdate(input: $input) { userErrors { code message } } }";
    let input = json!({ "input": { "orderId": placed.id, "shippingAddress": address() } });
    assert_eq!(staff.refusals(correct, input).await, ["ORDER_STATE"]);
    shop.close().await;
}
