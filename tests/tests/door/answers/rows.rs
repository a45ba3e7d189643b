//! What is kept below the answers: rows of the catalogue, for carts and for whoever asks for something of their own.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{client::Client, patience::until, shop::TestShop};

const OWN: &str =
    "query Own($slug: String!) { viewer { id } product(slug: $slug) { title pictures { altText } options { name }
    variants { title price { amount } availableQuantity picture { altText } attributes { name } } } }";

async fn see(client: &Client) -> (Value, Value, Value) {
    let product = client.data(OWN, json!({ "slug": "own-1" })).await["product"].take();
    let variant = &product["variants"][0];
    (
        product["title"].clone(),
        variant["price"]["amount"].clone(),
        variant["availableQuantity"].clone(),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_are_kept_until_they_change() {
    let mut shop = TestShop::open().await;
    shop.believe_for_long();
    let staff = shop.staff(StaffRole::Administrator).await;
    let variant = staff.sell("OWN-1", "10.00", 5).await;
    shop.settle().await;
    let there = shop.another_server(|_| {}).await;
    let customer = shop.customer("ada@example.com").await;
    let elsewhere = there.with_token(customer.access_token().unwrap());
    let first = see(&customer).await;
    assert_eq!(first.1, "10.00");
    assert_eq!(see(&elsewhere).await, first);
    shop.statements.take();
    assert_eq!(see(&customer).await, first);
    let asked = shop.statements.take();
    for table in [
        "price",
        "picture",
        "product_option",
        "variant_attribute",
        "stock_policy",
    ] {
        let is_read = |sql: &&String| sql.contains(&format!("\"{table}\"")) || sql.contains(&format!("{table} k"));
        assert_eq!(asked.keys().find(is_read), None, "{table}");
    }
    assert_eq!(see(&staff).await, first);
    assert!(
        shop.statements.take().keys().any(|sql| sql.contains("\"price\"")),
        "staff read what is there"
    );

    let update =
        "mutation($input: VariantPriceUpdateInput!) { variantPriceUpdate(input: $input) { userErrors { code } } }";
    staff
        .done(update, json!({ "input": { "variantId": variant, "price": "12.00" } }))
        .await;
    assert_eq!(see(&customer).await.1, "12.00", "at once where it was changed");
    customer.buy(&[(&variant, 2)], "tok_approve").await;
    assert_eq!(see(&customer).await.2, 3);
    until("it is seen elsewhere", async || {
        let last = see(&elsewhere).await;
        (last.1, last.2) == (json!("12.00"), json!(3))
    })
    .await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cart_is_priced_by_what_the_shop_is_at_that_moment_wherever_that_was_changed() {
    let mut shop = TestShop::open().await;
    shop.believe_for_long();
    let staff = shop.staff(StaffRole::Administrator).await;
    let variant = staff.sell("OWN-2", "10.00", 5).await;
    shop.settle().await;
    let (here, there) = (shop.guest(), shop.another_server(|_| {}).await);
    let cart = here.check_out(&here.cart_with(&[(&variant, 1)]).await).await;
    let cost = async |client: &Client| {
        let query = "query($id: ID!) { cart(id: $id) { cost { shipping { amount } tax { amount } } } }";
        let read = client.data(query, json!({ "id": cart["id"] })).await;
        let amount = |of: &str| read["cart"]["cost"][of]["amount"].as_str().unwrap().to_owned();
        (amount("shipping"), amount("tax"))
    };
    let first = cost(&here).await;
    assert_eq!(cost(&there).await, first);
    shop.statements.take();
    assert_eq!(cost(&here).await, first);
    let asked = shop.statements.take();
    let is_kept = |table: &str| !asked.keys().any(|sql| sql.contains(table));
    assert!(is_kept("shipping_zone") && is_kept("tax_rate"), "{asked:#?}");

    let method = &cart["shippingMethods"][0]["id"];
    let update =
        "mutation($input: ShippingMethodUpdateInput!) { shippingMethodUpdate(input: $input) { userErrors { code } } }";
    let input = json!({ "input": { "id": method, "price": "3.21" } });
    staff.done(update, input).await;
    assert_eq!(cost(&there).await.0, "3.21", "at once on another server");
    assert_eq!(cost(&here).await.0, "3.21");
    let by_hand = "update tax_rate set basis_points = 0";
    shop.shop().db.execute_unprepared(by_hand).await.unwrap();
    assert_eq!(cost(&there).await.1, "0.00");
    let placed = here.place(&cart, "key", "tok_approve").await;
    let total = &placed["order"]["cost"]["total"]["amount"];
    assert_eq!(total, "13.21", "{placed}");
    shop.settle().await;
    shop.close().await;
}
