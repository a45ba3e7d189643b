use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::cart_mutation};

use super::{CREATE, LIST};
use crate::delivery::{METHOD_UPDATE, clear, method, sell, zone};

const CART: &str = "query($id: ID!) { cart(id: $id) { taxTreatment taxNote takesTaxId taxId { number check problem } requiresShipping
    shippingMethods { name price { amount } } problems { code }
    lines { unitPrice { amount } cost { subtotal { amount } tax { amount } total { amount } } }
    cost { subtotal { amount } shipping { amount } tax { amount } total { amount } pricesIncludeTax taxes { name basisPoints amount { amount } } } } }";
const ORDER: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { taxTreatment taxNote taxId { number check }
    cost { tax { amount } total { amount } pricesIncludeTax taxes { name basisPoints amount { amount } } } } }";
const TAX_ID: &str = "mutation($input: CartTaxIdUpdateInput!) { cartTaxIdUpdate(input: $input) {
    cart { taxTreatment taxId { number check problem } cost { total { amount } } } userErrors { code message field } } }";
const SHOP: &str =
    "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { shop { version } userErrors { code message } } }";

/// A shop in Germany that sends everywhere for 5.95, 19 % and 7 % for books included.
async fn open(change: impl FnOnce(&mut vitrine_adapters::config::Config)) -> (TestShop, Client) {
    let shop = TestShop::open_with(change).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    clear(&staff).await;
    let world = zone(&staff, json!({ "name": "World", "countries": ["*"] })).await;
    method(&staff, &world, json!({ "name": "Parcel", "price": "5.95" })).await;
    (shop, staff)
}

fn to(country: &str, region: Option<&str>, code: &str) -> Value {
    json!({ "name": "Ada", "line1": "Street 1", "city": "City", "region": region, "postalCode": code, "countryCode": country })
}

/// A cart that goes to an address by the first method.
async fn cart_to(client: &Client, lines: &[(&str, i64)], address: Value) -> Value {
    let cart = client.cart_with(lines).await;
    let contact = json!({ "input": { "cartId": cart["id"], "email": "ada@example.com" } });
    client.done(&cart_mutation("cartContactUpdate"), contact).await;
    let input = json!({ "input": { "cartId": cart["id"], "shippingAddress": address } });
    let addressed = client.done(&cart_mutation("cartAddressesUpdate"), input).await["cart"].take();
    let input = json!({ "cartId": cart["id"], "shippingMethodId": addressed["shippingMethods"][0]["id"] });
    client
        .done(&cart_mutation("cartShippingMethodSelect"), json!({ "input": input }))
        .await;
    let mut read = client.data(CART, json!({ "id": cart["id"] })).await["cart"].take();
    read["id"] = cart["id"].clone();
    read
}

async fn order(client: &Client, cart: &Value) -> Value {
    let placed = client.place(cart, cart["id"].as_str().unwrap(), "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]));
    let variables = json!({ "id": placed["order"]["id"], "token": placed["orderAccessToken"] });
    client.data(ORDER, variables).await["order"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_taxes_are_named_and_kept_with_the_order() {
    let (shop, staff) = open(|_| {}).await;
    staff
        .done(SHOP, json!({ "input": { "pricesIncludeTax": false } }))
        .await;
    for (region, name, points, on_top) in [(None, "GST", 500, false), (Some("CA-BC"), "PST", 700, true)] {
        let input =
            json!({ "countryCode": "CA", "region": region, "name": name, "basisPoints": points, "onTop": on_top });
        staff.done(CREATE, json!({ "input": input })).await;
    }
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    let cart = cart_to(&guest, &[(&mug, 1)], to("CA", Some("British Columbia"), "V5K 0A1")).await;
    // 12 % of 10.00 and of 5.95: 1.20 and 0.71.
    let taxes = json!([
        { "name": "PST", "basisPoints": 700, "amount": { "amount": "1.11" } },
        { "name": "GST", "basisPoints": 500, "amount": { "amount": "0.80" } },
    ]);
    assert_eq!(cart["cost"]["taxes"], taxes);
    assert_eq!(cart["cost"]["total"]["amount"], "17.86");
    let order = order(&guest, &cart).await;
    assert_eq!(order["cost"]["taxes"], taxes);
    assert_eq!(
        (&order["taxTreatment"], &order["taxNote"]),
        (&json!("TAXED"), &Value::Null)
    );
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn shipping_is_taxed_as_the_setting_says() {
    let (shop, staff) = open(|_| {}).await;
    let mug = sell(&staff, "MUG-1", "20.00", json!({})).await;
    let book = sell(&staff, "BOOK-1", "10.00", json!({ "taxCategory": "books" })).await;
    let guest = shop.guest();
    for (policy, expected) in [
        // 20.00 and 5.95 at 19 %, 10.00 at 7 %.
        ("OWN_RATE", json!(["4.14", "0.65"])),
        // Of 5.95 two thirds at 19 % and one at 7 %: 3.97 and 1.98.
        ("PROPORTIONAL", json!(["3.82", "0.78"])),
        ("HIGHEST", json!(["4.14", "0.65"])),
    ] {
        staff.done(SHOP, json!({ "input": { "shippingTax": policy } })).await;
        let cart = cart_to(&guest, &[(&mug, 1), (&book, 1)], to("DE", None, "10117")).await;
        let taxes: Vec<_> = cart["cost"]["taxes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tax| tax["amount"]["amount"].clone())
            .collect();
        assert_eq!(json!(taxes), expected, "{policy}");
        assert_eq!(cart["cost"]["total"]["amount"], "35.95");
    }
    // A method's own category is above the policy.
    let zones = staff.data("{ shippingZones { methods { id } } }", json!({})).await;
    let input = json!({ "id": zones["shippingZones"][0]["methods"][0]["id"], "taxCategory": "books" });
    staff.done(METHOD_UPDATE, json!({ "input": input })).await;
    let cart = cart_to(&guest, &[(&mug, 1)], to("DE", None, "10117")).await;
    assert_eq!(cart["cost"]["taxes"][1]["amount"]["amount"], "0.39");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn abroad_prices_keep_or_lose_the_tax() {
    let (shop, staff) = open(|_| {}).await;
    let mug = staff.sell("MUG-1", "11.90", 10).await;
    let guest = shop.guest();
    let new_york = || to("US", None, "10001");
    let kept = cart_to(&guest, &[(&mug, 2)], new_york()).await;
    assert_eq!(
        (&kept["cost"]["total"]["amount"], &kept["cost"]["tax"]["amount"]),
        (&json!("29.75"), &json!("0.00"))
    );
    // No VAT number says anything of it; where the bill goes to one of their countries, it may.
    assert_eq!(kept["takesTaxId"], json!(false));
    let bill = json!({ "cartId": kept["id"], "billingAddress": to("DE", None, "10117") });
    guest
        .done(&cart_mutation("cartAddressesUpdate"), json!({ "input": bill }))
        .await;
    let billed = guest.data(CART, json!({ "id": kept["id"] })).await;
    assert_eq!(billed["cart"]["takesTaxId"], json!(true));
    staff.done(SHOP, json!({ "input": { "taxAbroad": "REMOVE" } })).await;
    let cart = cart_to(&guest, &[(&mug, 2)], new_york()).await;
    assert_eq!(cart["lines"][0]["unitPrice"]["amount"], "10.00");
    assert_eq!(cart["shippingMethods"][0]["price"]["amount"], "5.00");
    assert_eq!(
        (&cart["cost"]["total"]["amount"], &cart["taxTreatment"]),
        (&json!("25.00"), &json!("EXPORT"))
    );
    assert_eq!(cart["problems"], json!([]), "the price has not changed for it");
    let order = order(&guest, &cart).await;
    assert_eq!(
        (&order["cost"]["total"]["amount"], &order["taxNote"]),
        (&json!("25.00"), &json!("Export: none of our taxes is due."))
    );
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exempt_customer_pays_no_tax_and_staff_say_why() {
    let (shop, staff) = open(|_| {}).await;
    let mug = staff.sell("MUG-1", "11.90", 10).await;
    let ada = shop.customer("ada@example.com").await;
    let id = ada.data("{ viewer { id taxExempt } }", json!({})).await["viewer"]["id"].clone();
    let set = "mutation($input: CustomerTaxExemptSetInput!) { customerTaxExemptSet(input: $input) { customer { taxExempt taxExemptReason } userErrors { code field } } }";
    let exempt = json!({ "input": { "customerId": id, "reason": "Embassy, certificate 7" } });
    assert_eq!(shop.guest().refusals(set, exempt.clone()).await, ["UNAUTHENTICATED"]);
    assert_eq!(
        staff
            .refusals(set, json!({ "input": { "customerId": id, "reason": " " } }))
            .await,
        ["INVALID"]
    );
    let payload = staff.done(set, exempt).await;
    assert_eq!(
        payload["customer"],
        json!({ "taxExempt": true, "taxExemptReason": "Embassy, certificate 7" })
    );
    let berlin = || to("DE", None, "10117");
    let cart = cart_to(&ada, &[(&mug, 1)], berlin()).await;
    assert_eq!(
        (&cart["cost"]["total"]["amount"], &cart["taxTreatment"]),
        (&json!("15.00"), &json!("EXEMPT"))
    );
    staff
        .done(set, json!({ "input": { "customerId": id, "reason": null } }))
        .await;
    let cart = ada.data(CART, json!({ "id": cart["id"] })).await["cart"].take();
    assert_eq!(
        (&cart["cost"]["total"]["amount"], &cart["taxTreatment"]),
        (&json!("17.85"), &json!("TAXED"))
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_business_across_the_border_owes_the_tax_itself() {
    let (shop, staff) = open(|config| config.tax.form_is_enough = true).await;
    let mug = staff.sell("MUG-1", "11.90", 10).await;
    let guest = shop.guest();
    let cart = cart_to(&guest, &[(&mug, 1)], to("AT", None, "1010")).await;
    assert_eq!(
        (&cart["cost"]["total"]["amount"], &cart["taxTreatment"]),
        (&json!("17.85"), &json!("TAXED"))
    );
    let give = |number: Value| json!({ "input": { "cartId": cart["id"], "taxId": number } });
    for wrong in ["ATU13585628", "US12", "nonsense"] {
        assert_eq!(guest.refusals(TAX_ID, give(json!(wrong))).await, ["INVALID"], "{wrong}");
    }
    let given = guest.done(TAX_ID, give(json!("at u135 856 27"))).await["cart"].take();
    assert_eq!(
        given["taxId"],
        json!({ "number": "ATU13585627", "check": "FORM", "problem": null })
    );
    assert_eq!(
        (&given["cost"]["total"]["amount"], &given["taxTreatment"]),
        (&json!("15.00"), &json!("REVERSE_CHARGE"))
    );
    let bought = order(&guest, &cart).await;
    assert_eq!(bought["taxId"], json!({ "number": "ATU13585627", "check": "FORM" }));
    assert_eq!(bought["taxNote"], "Reverse charge: the tax is owed by the customer.");
    assert_eq!(bought["cost"]["taxes"], json!([]));
    shop.settle().await;
    let mail = shop.mails().await.into_iter().next().unwrap();
    assert!(mail.text.contains("Reverse charge"), "{}", mail.text);
    // At home it changes nothing, and null takes it away.
    let home = cart_to(&guest, &[(&mug, 1)], to("DE", None, "10117")).await;
    let input = json!({ "input": { "cartId": home["id"], "taxId": "ATU13585627" } });
    let given = guest.done(TAX_ID, input).await["cart"].take();
    assert_eq!(
        (&given["cost"]["total"]["amount"], &given["taxTreatment"]),
        (&json!("17.85"), &json!("TAXED"))
    );
    let input = json!({ "input": { "cartId": home["id"], "taxId": null } });
    assert_eq!(guest.done(TAX_ID, input).await["cart"]["taxId"], Value::Null);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_register_is_asked_and_its_silence_told() {
    let vies = super::vies::StandIn::start().await;
    let url = vies.url();
    let (shop, staff) = open(|config| {
        config.tax.vies = true;
        config.tax.vies_url = url;
    })
    .await;
    let mug = staff.sell("MUG-1", "11.90", 10).await;
    let guest = shop.guest();
    let cart = cart_to(&guest, &[(&mug, 1)], to("AT", None, "1010")).await;
    for (number, check, total, problem) in [
        ("ATU13585627", "REGISTERED", "15.00", None),
        ("DK13585628", "UNKNOWN", "17.85", Some("does not know")),
        ("FI20774740", "UNREACHABLE", "17.85", Some("does not answer")),
        ("LU15027442", "UNREACHABLE", "17.85", Some("does not answer")),
        ("MT11679112", "UNREACHABLE", "17.85", Some("does not answer")),
    ] {
        let input = json!({ "input": { "cartId": cart["id"], "taxId": number } });
        let given = guest.done(TAX_ID, input).await["cart"].take();
        assert_eq!(
            (&given["taxId"]["check"], &given["cost"]["total"]["amount"]),
            (&json!(check), &json!(total)),
            "{number}"
        );
        let told = given["taxId"]["problem"].as_str();
        assert_eq!(told.is_some(), problem.is_some(), "{number}: {told:?}");
        assert!(
            told.unwrap_or_default().contains(problem.unwrap_or_default()),
            "{number}: {told:?}"
        );
    }
    assert_eq!(vies.asked(), 5);
    // Nobody asks for a cart that is not theirs.
    let input = json!({ "input": { "cartId": "cart_01j9zzzzzzzzzzzzzzzzzzzzzz", "taxId": "ATU13585627" } });
    assert_eq!(guest.refusals(TAX_ID, input).await, ["NOT_FOUND"]);
    assert_eq!(vies.asked(), 5);
    let listed = staff.data(LIST, json!({ "where": { "countryCode": "AT" } })).await;
    assert!(!listed["taxRates"]["nodes"].as_array().unwrap().is_empty());
    shop.close().await;
}
