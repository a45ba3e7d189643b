//! Discounts, from what staff set up to what an order was given.

mod carts;
mod life;
mod limits;
mod reports;
mod words;

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const CREATE: &str = "mutation($input: DiscountCreateInput!) { discountCreate(input: $input) {
    discount { id version status class codeCount } userErrors { code message field } } }";
const UPDATE: &str = "mutation($input: DiscountUpdateInput!) { discountUpdate(input: $input) {
    discount { id version title usageLimit } userErrors { code message field } } }";
const ACTIVATE: &str = "mutation($input: DiscountActivateInput!) { discountActivate(input: $input) {
    discount { id version status } userErrors { code message field } } }";
const DEACTIVATE: &str = "mutation($input: DiscountDeactivateInput!) { discountDeactivate(input: $input) {
    discount { id version status } userErrors { code message field } } }";
const USES: &str = "query($id: ID!) { discount(id: $id) { status useCount version } }";
const PLACE: &str = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
    order { id cost { discount { amount } total { amount } } } orderAccessToken userErrors { code message field } } }";

/// What a cart says of its discounts and its cost.
const CART: &str = "cart { id version readyToPlace problems { code discountCode message }
    cost { subtotal { amount } discount { amount } shipping { amount } tax { amount } total { amount } }
    lines { id cost { subtotal { amount } discount { amount } total { amount } } adjustments { title code amount { amount } } }
    adjustments { kind target title code amount { amount } shares { lineId amount { amount } } }
    discountCodes { code title applies amount { amount } reason message missingAmount { amount } missingQuantity }
    discountOffers { title message missingAmount { amount } missingQuantity } } userErrors { code message field }";

/// A shop, and who sets up its discounts.
async fn open() -> (TestShop, Client) {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    (shop, staff)
}

/// Makes a discount and switches it on. Gives its id.
async fn switched_on(staff: &Client, discount: Value, codes: &[&str]) -> Value {
    let input = json!({ "discount": discount, "codes": codes });
    let made = staff.done(CREATE, json!({ "input": input })).await["discount"].take();
    assert_eq!(
        (&made["status"], &made["codeCount"]),
        (&json!("DRAFT"), &json!(codes.len()))
    );
    let input = json!({ "id": made["id"], "expectedVersion": made["version"] });
    staff.done(ACTIVATE, json!({ "input": input })).await["discount"]["id"].take()
}

/// Changes a cart by a mutation of this name, and gives it.
async fn change(client: &Client, name: &str, input: Value) -> Value {
    let kind = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
    let mutation = format!("mutation($input: {kind}Input!) {{ {name}(input: $input) {{ {CART} }} }}");
    client.done(&mutation, json!({ "input": input })).await["cart"].take()
}

/// As [`change`], of what is refused: with which codes, at which fields.
async fn refused(client: &Client, name: &str, input: Value) -> Vec<(String, String)> {
    let kind = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
    let mutation = format!("mutation($input: {kind}Input!) {{ {name}(input: $input) {{ {CART} }} }}");
    let payload = client.payload(&mutation, json!({ "input": input })).await;
    assert_eq!(payload["cart"], Value::Null, "{payload}");
    let errors = payload["userErrors"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let field = |error: &Value| {
        error["field"]
            .as_array()
            .map(|path| path.iter().map(text).collect::<Vec<_>>().join("."))
    };
    errors
        .map(|error| (text(&error["code"]), field(error).unwrap_or_default()))
        .collect()
}

/// The cart, as it is now.
async fn cart(client: &Client, id: &Value) -> Value {
    let of_cart = CART.strip_prefix("cart ").unwrap().split(" userErrors").next().unwrap();
    let query = format!("query($id: ID!) {{ cart(id: $id) {of_cart} }}");
    client.data(&query, json!({ "id": id })).await["cart"].take()
}

/// Places the order of a cart that has all it needs.
async fn place(client: &Client, cart: &Value, key: &str) -> Value {
    let input = json!({ "cartId": cart["id"], "idempotencyKey": key, "paymentMethod": { "token": "tok_approve" } });
    client.payload(PLACE, json!({ "input": input })).await
}

/// Goods that are sent nowhere: a cart of them needs a mail address alone.
async fn download(staff: &Client, sku: &str, price: &str) -> String {
    let mutation = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { variants { id } } userErrors { code message } } }";
    let variant = json!({ "sku": sku, "price": price, "onHand": 1_000, "requiresShipping": false });
    let input = json!({ "slug": sku.to_lowercase(), "title": sku, "active": true, "variants": [variant] });
    let made = staff.done(mutation, json!({ "input": input })).await;
    made["product"]["variants"][0]["id"].as_str().unwrap().to_owned()
}

/// A cart with these goods, of somebody with this mail address.
async fn cart_of(client: &Client, email: &str, lines: &[(&str, i64)]) -> Value {
    let lines: Vec<_> = lines
        .iter()
        .map(|(id, quantity)| json!({ "variantId": id, "quantity": quantity }))
        .collect();
    change(client, "cartCreate", json!({ "lines": lines, "email": email })).await
}
