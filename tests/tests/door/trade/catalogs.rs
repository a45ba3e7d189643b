//! Members pay what their catalogs say, wherever a price is shown, and nobody else sees it.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    client::{Client, http},
    purchase::cart_mutation,
    shop::TestShop,
};

use super::{CATALOG_CREATE, PRICES_SET, catalog_of, customer, group_of};

const SHOWN: &str = "query ($id: ID!) { variant(id: $id) { price { amount } compareAtPrice { amount }
    quantityPrices { from price { amount } } quantityRule { minimum maximum step }
    product { priceRange { min { amount } max { amount } } } } }";
const RULES_SET: &str = "mutation ($input: CatalogQuantityRulesSetInput!) { catalogQuantityRulesSet(input: $input) {
    catalog { quantityRules(first: 5) { nodes { variant { sku } rule { minimum maximum step } } } } userErrors { code field } } }";
const EVERYBODYS: &str = "mutation ($input: VariantQuantityPricesSetInput!) { variantQuantityPricesSet(input: $input) {
    variant { sku } userErrors { code message field } } }";

async fn shown(client: &Client, variant: &str) -> Value {
    client.data(SHOWN, json!({ "id": variant })).await["variant"].take()
}

async fn price(client: &Client, variant: &str) -> String {
    shown(client, variant).await["price"]["amount"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// The unit price of a new cart's only line, what it comes to, and what is wrong with it.
async fn in_cart(client: &Client, variant: &str, quantity: i64) -> (String, String, Vec<String>) {
    let cart = client.cart_with(&[(variant, quantity)]).await;
    let query = "query ($id: ID!) { cart(id: $id) { lines { unitPrice { amount } cost { subtotal { amount } } } problems { code } } }";
    let cart = client.data(query, json!({ "id": cart["id"] })).await["cart"].take();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let codes = cart["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| text(&problem["code"]));
    (
        text(&cart["lines"][0]["unitPrice"]["amount"]),
        text(&cart["lines"][0]["cost"]["subtotal"]["amount"]),
        codes.filter(|code| !code.ends_with("MISSING")).collect(),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_pay_their_prices_and_nobody_else_sees_them() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 500).await;
    let (guest, (ada, ada_id)) = (shop.guest(), customer(&shop, "ada@example.com").await);
    let (other, _) = customer(&shop, "grace@example.com").await;
    // Everybody's answer is kept before there is another.
    assert_eq!([price(&guest, &mug).await, price(&ada, &mug).await], ["10.00", "10.00"]);

    let group = group_of(&staff, &ada_id).await;
    let catalog = catalog_of(&staff, &group, json!({ "adjustmentBasisPoints": -1000 })).await;
    shop.settle().await;
    for _ in 0..2 {
        assert_eq!(price(&ada, &mug).await, "9.00");
        assert_eq!(
            [price(&guest, &mug).await, price(&other, &mug).await],
            ["10.00", "10.00"]
        );
    }
    let range = shown(&ada, &mug).await["product"]["priceRange"].take();
    assert_eq!(
        range,
        json!({ "min": { "amount": "9.00" }, "max": { "amount": "9.00" } })
    );
    let rest = http().get(format!("{}/api/products/mug-1", shop.guest().base()));
    let rest = rest.bearer_auth(ada.access_token().unwrap()).send().await.unwrap();
    assert!(rest.text().await.unwrap().contains("9.00"));

    let prices = json!([{ "variantId": mug, "currencyCode": "EUR", "prices": [
        { "price": "8.50" }, { "from": 10, "price": "7.90" }, { "from": 100, "price": "6.90" } ] }]);
    staff
        .done(PRICES_SET, json!({ "input": { "id": catalog, "prices": prices } }))
        .await;
    let seen = shown(&ada, &mug).await;
    assert_eq!(seen["price"]["amount"], "8.50");
    assert_eq!(
        seen["quantityPrices"],
        json!([{ "from": 10, "price": { "amount": "7.90" } }, { "from": 100, "price": { "amount": "6.90" } }])
    );
    assert_eq!(shown(&guest, &mug).await["quantityPrices"], json!([]));
    for (quantity, unit, sum) in [(9, "8.50", "76.50"), (10, "7.90", "79.00"), (120, "6.90", "828.00")] {
        let expected = (unit.to_owned(), sum.to_owned(), Vec::new());
        assert_eq!(in_cart(&ada, &mug, quantity).await, expected);
    }
    assert_eq!(in_cart(&guest, &mug, 100).await.0, "10.00");

    // The lowest of several wins.
    catalog_of(
        &staff,
        &group,
        json!({ "name": "Clearance", "adjustmentBasisPoints": -5000 }),
    )
    .await;
    assert_eq!(in_cart(&ada, &mug, 100).await.0, "5.00");
    shop.settle().await;
    shop.close().await;
}

/// What is shown is what is paid, however many are chosen, and signing in is no change of a price.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_members_see_is_what_they_pay() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 500).await;
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let group = group_of(&staff, &ada_id).await;
    let catalog = catalog_of(&staff, &group, json!({ "adjustmentBasisPoints": -1000 })).await;
    let prices = json!([{ "variantId": mug, "currencyCode": "EUR", "prices": [{ "from": 10, "price": "7.90" }] }]);
    staff
        .done(PRICES_SET, json!({ "input": { "id": catalog, "prices": prices } }))
        .await;
    shop.settle().await;

    let cart = shop.guest().cart_with(&[(&mug, 2)]).await;
    assert_eq!(cart["cost"]["subtotal"]["amount"], "20.00");
    let claim = json!({ "input": { "cartId": cart["id"] } });
    let cart = ada.done(&cart_mutation("cartClaim"), claim).await["cart"].take();
    assert_eq!(cart["cost"]["subtotal"]["amount"], "18.00");
    let codes = |cart: &Value| cart["problems"].to_string();
    assert!(!codes(&cart).contains("PRICE_CHANGED"), "{cart}");

    let line = json!([{ "lineId": cart["lines"][0]["id"], "quantity": 10 }]);
    let more = json!({ "input": { "cartId": cart["id"], "lines": line } });
    let cart = ada.done(&cart_mutation("cartLinesUpdate"), more).await["cart"].take();
    assert_eq!(cart["cost"]["subtotal"]["amount"], "79.00");
    assert!(!codes(&cart).contains("PRICE_CHANGED"), "{cart}");

    // A price that staff change meanwhile is told.
    let prices = json!([{ "variantId": mug, "currencyCode": "EUR", "prices": [{ "from": 10, "price": "8.10" }] }]);
    staff
        .done(PRICES_SET, json!({ "input": { "id": catalog, "prices": prices } }))
        .await;
    let cart = ada.check_out(&cart).await;
    assert!(codes(&cart).contains("PRICE_CHANGED"), "{cart}");
    let seen = json!({ "input": { "cartId": cart["id"] } });
    let cart = ada.done(&cart_mutation("cartPricesAccept"), seen).await["cart"].take();
    let placed = ada.place(&cart, "members", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]), "{placed}");
    shop.settle().await;
    let query = "query ($id: ID!) { order(id: $id) { status cost { subtotal { amount } } lines { unitPrice { amount } quantity } } }";
    let order = ada.data(query, json!({ "id": placed["order"]["id"] })).await["order"].take();
    assert_eq!(order["cost"]["subtotal"]["amount"], "81.00", "{order}");
    assert_eq!(order["status"], "CONFIRMED");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn quantities_are_those_of_the_catalog() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 500).await;
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let group = group_of(&staff, &ada_id).await;
    let catalog = catalog_of(&staff, &group, json!({})).await;
    let rules = json!([{ "variantId": mug, "minimum": 12, "maximum": 60, "step": 6 }]);
    let set = staff
        .done(RULES_SET, json!({ "input": { "id": catalog, "rules": rules } }))
        .await;
    let rule = json!({ "minimum": 12, "maximum": 60, "step": 6 });
    assert_eq!(
        set["catalog"]["quantityRules"]["nodes"],
        json!([{ "variant": { "sku": "MUG-1" }, "rule": rule }])
    );
    let impossible = json!([{ "variantId": mug, "minimum": 7, "maximum": 11, "step": 6 }]);
    let refused = staff
        .payload(RULES_SET, json!({ "input": { "id": catalog, "rules": impossible } }))
        .await;
    assert_eq!(refused["userErrors"][0]["code"], "INVALID", "{refused}");
    assert_eq!(shown(&ada, &mug).await["quantityRule"], rule);
    assert_eq!(shown(&shop.guest(), &mug).await["quantityRule"], Value::Null);
    for (quantity, is_wrong) in [(6, true), (12, false), (13, true), (60, false), (66, true)] {
        let problems = in_cart(&ada, &mug, quantity).await.2;
        assert_eq!(problems == ["QUANTITY"], is_wrong, "{quantity}: {problems:?}");
    }
    assert!(in_cart(&shop.guest(), &mug, 1).await.2.is_empty());
    let cart = ada.check_out(&ada.cart_with(&[(&mug, 7)]).await).await;
    let placed = ada.place(&cart, "too few", "tok_approve").await;
    assert_eq!(placed["userErrors"][0]["code"], "CART_LIMIT", "{placed}");
    assert!(placed["userErrors"][0]["message"].as_str().unwrap().contains("12"));
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_may_pay_less_for_more() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 500).await;
    let guest = shop.guest();
    assert_eq!(shown(&guest, &mug).await["quantityPrices"], json!([]));
    let set = async |prices: Value| {
        let input = json!({ "variantId": mug, "currencyCode": "EUR", "prices": prices });
        staff.payload(EVERYBODYS, json!({ "input": input })).await["userErrors"].take()
    };
    let from_ten = json!([{ "from": 10, "price": "8.90" }]);
    assert_eq!(set(from_ten).await, json!([]));
    shop.settle().await;
    let steps = json!([{ "from": 10, "price": { "amount": "8.90" } }]);
    assert_eq!(
        shown(&guest, &mug).await["quantityPrices"],
        steps,
        "what was kept has changed"
    );
    assert_eq!(set(json!([{ "from": 10, "price": "8.80" }])).await, json!([]));
    assert_eq!(
        shown(&guest, &mug).await["quantityPrices"][0]["price"]["amount"],
        "8.80"
    );
    assert_eq!(in_cart(&guest, &mug, 9).await.0, "10.00");
    assert_eq!(in_cart(&guest, &mug, 10).await.0, "8.80");

    // A percentage is taken of what everybody pays for so many.
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let group = group_of(&staff, &ada_id).await;
    catalog_of(&staff, &group, json!({ "adjustmentBasisPoints": -1000 })).await;
    assert_eq!(in_cart(&ada, &mug, 10).await.0, "7.92");

    for wrong in [
        json!([{ "from": 1, "price": "9.00" }]),
        json!([{ "from": 2, "price": "-1" }]),
        json!([{ "from": 2, "price": "9.999" }]),
        json!([{ "from": 2, "price": "9" }, { "from": 2, "price": "8" }]),
        json!([{ "from": 10_000, "price": "9" }]),
    ] {
        assert_eq!(set(wrong.clone()).await.as_array().map(Vec::len), Some(1), "{wrong}");
    }
    assert_eq!(set(json!([])).await, json!([]));
    shop.settle().await;
    assert_eq!(in_cart(&guest, &mug, 10).await.0, "10.00");
    shop.close().await;
}

/// Net prices: 19 % of 11.90 is 1.90, which comes on top again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn businesses_see_prices_without_the_tax() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "11.90", 500).await;
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let context = "{ shop { context { pricesIncludeTax } } }";
    let group = group_of(&staff, &ada_id).await;
    catalog_of(&staff, &group, json!({ "netPrices": true })).await;
    shop.settle().await;
    let told = ada.data(context, json!({})).await;
    assert_eq!(told["shop"]["context"]["pricesIncludeTax"], false);
    assert_eq!(
        shop.guest().data(context, json!({})).await["shop"]["context"]["pricesIncludeTax"],
        true
    );
    assert_eq!(
        [price(&ada, &mug).await, price(&shop.guest(), &mug).await],
        ["10.00", "11.90"]
    );
    let cart = ada.check_out(&ada.cart_with(&[(&mug, 3)]).await).await;
    let query = "query ($id: ID!) { cart(id: $id) { cost { pricesIncludeTax subtotal { amount } shipping { amount } tax { amount } total { amount } } } }";
    let cost = ada.data(query, json!({ "id": cart["id"] })).await["cart"]["cost"].take();
    assert_eq!(
        (&cost["pricesIncludeTax"], &cost["subtotal"]["amount"]),
        (&json!(false), &json!("30.00"))
    );
    let minor = |part: &str| {
        cost[part]["amount"]
            .as_str()
            .unwrap()
            .replace('.', "")
            .parse::<i64>()
            .unwrap()
    };
    assert_eq!(
        minor("total"),
        minor("subtotal") + minor("shipping") + minor("tax"),
        "{cost}"
    );
    let gross = shop.guest();
    let theirs = gross.check_out(&gross.cart_with(&[(&mug, 3)]).await).await;
    assert_eq!(
        theirs["cost"]["total"]["amount"], cost["total"]["amount"],
        "both pay the same"
    );
    let placed = ada.place(&cart, "net", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]), "{placed}");
    assert_eq!(placed["order"]["cost"]["total"]["amount"], cost["total"]["amount"]);

    // A change of the price is told so, and a former price beside what everybody pays.
    let cart = ada.cart_with(&[(&mug, 1)]).await;
    let set = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { id } userErrors { code message } } }";
    let reduced = json!({ "sku": "MUG-1", "price": "23.80", "compareAt": "35.70", "onHand": 500 });
    let product = json!({ "slug": "mug-1", "title": "Test MUG-1", "active": true, "variants": [reduced] });
    staff.done(set, json!({ "input": product })).await;
    shop.settle().await;
    let query = "query ($id: ID!) { cart(id: $id) { lines { unitPrice { amount } compareAtUnitPrice { amount } }
        problems { code seenPrice { amount } currentPrice { amount } } } }";
    let seen = ada.data(query, json!({ "id": cart["id"] })).await["cart"].take();
    let line = json!({ "unitPrice": { "amount": "20.00" }, "compareAtUnitPrice": { "amount": "30.00" } });
    assert_eq!(seen["lines"], json!([line]));
    let mut problems = seen["problems"].as_array().unwrap().iter();
    let changed = problems.find(|problem| problem["code"] == "PRICE_CHANGED").unwrap();
    let told =
        json!({ "code": "PRICE_CHANGED", "seenPrice": { "amount": "10.00" }, "currentPrice": { "amount": "20.00" } });
    assert_eq!(*changed, told);
    let former =
        "query ($id: ID!) { variant(id: $id) { compareAtPrice { amount } product { compareAtPrice { amount } } } }";
    for (client, amount) in [(&ada, "30.00"), (&shop.guest(), "35.70")] {
        let told = client.data(former, json!({ "id": mug })).await["variant"].take();
        let money = json!({ "amount": amount });
        assert_eq!(
            told,
            json!({ "compareAtPrice": money, "product": { "compareAtPrice": money } })
        );
    }
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn catalogs_are_staffs_to_make_and_go_when_they_are_deleted() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 500).await;
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let group = group_of(&staff, &ada_id).await;
    let catalog = catalog_of(&staff, &group, json!({ "adjustmentBasisPoints": -1000 })).await;
    assert_eq!(price(&ada, &mug).await, "9.00");

    let update = "mutation ($input: CatalogUpdateInput!) { catalogUpdate(input: $input) {
        catalog { version adjustmentBasisPoints currencyCode groups { code } } userErrors { code field } } }";
    let change = json!({ "input": { "id": catalog, "expectedVersion": 1, "adjustmentBasisPoints": -2000, "currencyCode": "EUR" } });
    let changed = staff.done(update, change.clone()).await;
    assert_eq!(changed["catalog"]["version"], 2);
    assert_eq!(staff.refusals(update, change).await, ["VERSION_CONFLICT"]);
    assert_eq!(price(&ada, &mug).await, "8.00");
    for wrong in [
        json!({ "id": catalog, "adjustmentBasisPoints": -10001 }),
        json!({ "id": catalog, "currencyCode": "USD" }),
        json!({ "id": catalog, "groupIds": ["cgrp_00000000000000000000000000"] }),
    ] {
        let refused = staff.payload(update, json!({ "input": wrong })).await;
        assert_eq!(refused["userErrors"].as_array().unwrap().len(), 1, "{refused}");
    }
    let gone = json!({ "input": { "id": catalog, "groupIds": [] } });
    staff.done(update, gone).await;
    assert_eq!(price(&ada, &mug).await, "10.00");
    staff
        .done(update, json!({ "input": { "id": catalog, "groupIds": [group] } }))
        .await;

    let delete = "mutation ($input: CatalogDeleteInput!) { catalogDelete(input: $input) { catalog { deletedAt } userErrors { code } } }";
    let restore = "mutation ($input: CatalogRestoreInput!) { catalogRestore(input: $input) { catalog { deletedAt } userErrors { code } } }";
    let id = json!({ "input": { "id": catalog } });
    staff.done(delete, id.clone()).await;
    assert_eq!(price(&ada, &mug).await, "10.00");
    staff.done(restore, id).await;
    assert_eq!(price(&ada, &mug).await, "8.00");

    let packer = shop.staff(StaffRole::Fulfilment).await;
    for client in [&ada, &packer] {
        let input = json!({ "input": { "name": "Mine" } });
        assert_eq!(client.refusals(CATALOG_CREATE, input).await, ["FORBIDDEN"]);
        let unseen = client
            .answer(
                "query ($id: ID!) { catalog(id: $id) { name } }",
                json!({ "id": catalog }),
            )
            .await;
        assert_eq!(unseen["data"]["catalog"], Value::Null);
    }
    shop.settle().await;
    shop.close().await;
}
