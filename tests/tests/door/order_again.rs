//! What an order sold is bought again, and a guest who has lost the mail finds their order.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

const AGAIN: &str = "mutation($input: OrderReorderInput!) { orderReorder(input: $input) {
    cart { id lines { variant { sku } quantity attributes { key value } unitPrice { amount } } problems { code } }
    leftOut { sku } userErrors { code field message } } }";
const LINK: &str = "mutation($input: OrderLinkRequestInput!) { orderLinkRequest(input: $input) {
    requested userErrors { code field } } }";

async fn take_off(staff: &Client, sku: &str) {
    let mutation = "mutation($input: ProductSetInput!) { productSet(input: $input) { userErrors { code message } } }";
    let input = json!({
        "slug": sku.to_lowercase(), "title": format!("Test {sku}"), "active": false,
        "variants": [{ "sku": sku, "price": "10.00" }],
    });
    staff.done(mutation, json!({ "input": input })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_bought_again_as_far_as_it_is_sold() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();
    let (mug, lamp) = (
        staff.sell("MUG-1", "10.00", 10).await,
        staff.sell("LAMP-1", "20.00", 3).await,
    );
    let first = guest.buy(&[(&mug, 2), (&lamp, 3)], "tok_approve").await;
    shop.settle().await;
    staff.sell("MUG-1", "12.00", 10).await;
    let asked = |cart: Option<&Value>, token: &str| json!({ "input": { "orderId": first.id, "accessToken": token, "cartId": cart } });

    // Of lamps there are none left: they are in the cart, and its problem.
    let payload = guest.done(AGAIN, asked(None, &first.access_token)).await;
    let cart = payload["cart"].clone();
    let bought = |cart: &Value| {
        let lines = cart["lines"].as_array().unwrap();
        let line = |line: &Value| {
            let sku = line["variant"]["sku"].as_str().unwrap().to_owned();
            let price = line["unitPrice"]["amount"].as_str().unwrap().to_owned();
            (sku, line["quantity"].as_i64().unwrap(), price)
        };
        lines.iter().map(line).collect::<Vec<_>>()
    };
    let said = |sku: &str, quantity: i64, price: &str| (sku.to_owned(), quantity, price.to_owned());
    assert_eq!(bought(&cart), [said("MUG-1", 2, "12.00"), said("LAMP-1", 3, "20.00")]);
    let codes: Vec<_> = cart["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| &problem["code"])
        .collect();
    assert!(codes.contains(&&json!("SOLD_OUT")), "{codes:?}");
    assert_eq!(payload["leftOut"], json!([]));

    // Into a cart that has some of it already; what is sold no more is told.
    take_off(&staff, "LAMP-1").await;
    let other = guest.cart_with(&[(&mug, 1)]).await;
    let payload = guest.done(AGAIN, asked(Some(&other["id"]), &first.access_token)).await;
    assert_eq!(payload["cart"]["id"], other["id"]);
    assert_eq!(bought(&payload["cart"]), [said("MUG-1", 3, "12.00")]);
    assert_eq!(payload["leftOut"], json!([{ "sku": "LAMP-1" }]));

    // Nobody else's, no cart that there is not, and not nothing.
    let refused = async |variables: Value| {
        let payload = guest.payload(AGAIN, variables).await;
        assert!(payload["cart"].is_null());
        let error = &payload["userErrors"][0];
        (error["code"].clone(), error["field"].clone())
    };
    let stranger = refused(asked(None, "wrong")).await;
    assert_eq!(stranger, (json!("NOT_FOUND"), json!(["input", "orderId"])));
    let nowhere = json!("cart_00000000000000000000000000");
    let lost = refused(asked(Some(&nowhere), &first.access_token)).await;
    assert_eq!(lost, (json!("NOT_FOUND"), json!(["input", "cartId"])));
    take_off(&staff, "MUG-1").await;
    let nothing = refused(asked(None, &first.access_token)).await;
    assert_eq!(nothing, (json!("NOT_FOR_SALE"), json!(["input", "orderId"])));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_link_to_an_order_goes_to_its_address_alone() {
    let shop = TestShop::open_with(|config| config.limits.factor = 1.0).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let before = shop.mails().await.len();
    let ask = async |number: &str, email: &str| {
        let input = json!({ "input": { "number": number, "email": email } });
        let payload = guest.payload(LINK, input).await;
        shop.settle().await;
        payload
    };
    let typed = placed.number.to_lowercase().replace('-', " ");
    let found = ask(&typed, "Ada@Example.com").await;
    assert_eq!(found, json!({ "requested": true, "userErrors": [] }));
    let mails = shop.mails().await;
    assert_eq!(mails.len(), before + 1);
    let mail = mails.iter().find(|mail| mail.subject.contains("link")).unwrap();
    assert_eq!(mail.to, "ada@example.com");
    assert!(mail.text.contains(&placed.access_token) && mail.html.contains(&placed.access_token));

    // Alike, and no mail to anybody.
    assert_eq!(ask(&placed.number, "eve@example.com").await, found);
    assert_eq!(ask("V-2222-2222", "ada@example.com").await, found);
    assert_eq!(shop.mails().await.len(), before + 1);

    let empty = ask(" ", "ada").await;
    assert_eq!(empty["userErrors"][0]["code"], "INVALID");
    // Three times an hour, whether or not there is such an order; the first was asked for twice above.
    for (email, left) in [("ada@example.com", 1), ("nobody@example.com", 3)] {
        for _ in 0..left {
            assert_eq!(ask("V-2222-2222", email).await, found);
        }
        let refused = ask("V-2222-2222", email).await;
        assert_eq!(refused["userErrors"][0]["code"], "RATE_LIMITED", "{email}");
    }
    shop.close().await;
}
