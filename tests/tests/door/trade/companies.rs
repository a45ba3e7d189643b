//! Companies: who buys for them, at which prices, and who sees what was ordered.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    Client, TestShop,
    purchase::{address, cart_mutation},
};

use super::{BUYER_ADD, CATALOG_CREATE, COMPANY_CREATE, customer, me};

const BUYER_REMOVE: &str = "mutation ($input: CompanyBuyerRemoveInput!) { companyBuyerRemove(input: $input) {
    company { buyerCount } userErrors { code field } } }";
const SELECT: &str = "mutation ($input: CustomerCompanySelectInput!) { customerCompanySelect(input: $input) {
    customer { companies { company { name } role chosen } } userErrors { code field } } }";
const CART: &str =
    "query ($id: ID!) { cart(id: $id) { company { name } taxTreatment taxId { number } billingAddress { company }
    cost { subtotal { amount } tax { amount } } problems { code } } }";

async fn company(staff: &Client, input: Value) -> Value {
    let made = staff.done(COMPANY_CREATE, json!({ "input": input })).await;
    made["company"]["id"].clone()
}

async fn add(staff: &Client, company: &Value, customer: &Value, role: &str) {
    let input = json!({ "id": company, "customerId": customer, "role": role });
    staff.done(BUYER_ADD, json!({ "input": input })).await;
}

async fn unit(client: &Client, variant: &str) -> String {
    let query = "query ($id: ID!) { variant(id: $id) { price { amount } } }";
    let seen = client.data(query, json!({ "id": variant })).await;
    seen["variant"]["price"]["amount"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_buyer_buys_for_the_company_that_they_choose() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 500).await;
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let mut billing = address();
    billing["company"] = json!("Acme GmbH");
    let acme = company(&staff, json!({ "name": "Acme GmbH", "billingAddress": billing })).await;
    let other = company(&staff, json!({ "name": "Beta KG" })).await;
    for (company, points) in [(&acme, -1000), (&other, -2000)] {
        let input = json!({ "name": "Theirs", "adjustmentBasisPoints": points, "companyIds": [company] });
        staff.done(CATALOG_CREATE, json!({ "input": input })).await;
    }
    assert_eq!(unit(&ada, &mug).await, "10.00");
    // The first is theirs at once.
    add(&staff, &acme, &ada_id, "BUYER").await;
    add(&staff, &other, &ada_id, "BUYER").await;
    assert_eq!(unit(&ada, &mug).await, "9.00");
    let cart = ada.cart_with(&[(&mug, 1)]).await;
    let seen = ada.data(CART, json!({ "id": cart["id"] })).await["cart"].take();
    assert_eq!(
        (&seen["company"]["name"], &seen["cost"]["subtotal"]["amount"]),
        (&json!("Acme GmbH"), &json!("9.00"))
    );
    assert_eq!(seen["billingAddress"]["company"], "Acme GmbH");

    let select = async |company: Value| ada.payload(SELECT, json!({ "input": { "companyId": company } })).await;
    let chosen = select(other.clone()).await["customer"]["companies"].take();
    let role = "BUYER";
    assert_eq!(
        chosen,
        json!([
        { "company": { "name": "Acme GmbH" }, "role": role, "chosen": false },
        { "company": { "name": "Beta KG" }, "role": role, "chosen": true } ])
    );
    assert_eq!(unit(&ada, &mug).await, "8.00");
    let seen = ada.data(CART, json!({ "id": cart["id"] })).await["cart"].take();
    assert!(seen["problems"].to_string().contains("PRICE_CHANGED"), "{seen}");
    select(Value::Null).await;
    assert_eq!(unit(&ada, &mug).await, "10.00");
    let stranger = company(&staff, json!({ "name": "Gamma AG" })).await;
    assert_eq!(select(stranger).await["userErrors"][0]["code"], "NOT_FOUND");
    let guest = shop
        .guest()
        .payload(SELECT, json!({ "input": { "companyId": acme } }))
        .await;
    assert_eq!(guest["userErrors"][0]["code"], "UNAUTHENTICATED");

    select(acme.clone()).await;
    let removed = json!({ "input": { "id": acme, "customerId": ada_id } });
    assert_eq!(staff.done(BUYER_REMOVE, removed).await["company"]["buyerCount"], 0);
    assert_eq!(unit(&ada, &mug).await, "10.00");
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn managers_see_all_orders_of_their_company_and_buyers_their_own() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 500).await;
    let acme = company(&staff, json!({ "name": "Acme GmbH" })).await;
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let (grace, grace_id) = customer(&shop, "grace@example.com").await;
    let (boss, boss_id) = customer(&shop, "boss@example.com").await;
    let stranger = shop.customer("eve@example.com").await;
    for (id, role) in [(&ada_id, "BUYER"), (&grace_id, "BUYER"), (&boss_id, "MANAGER")] {
        add(&staff, &acme, id, role).await;
    }
    let by_ada = ada.buy(&[(&mug, 1)], "tok_approve").await;
    let by_grace = grace.buy(&[(&mug, 2)], "tok_approve").await;
    shop.settle().await;
    let of_company = async |client: &Client| {
        let query = "query ($id: ID!) { company(id: $id) { orders(first: 5) { totalCount nodes { number company { company { name } onAccount { amount } } } } } }";
        client.data(query, json!({ "id": acme })).await["company"]["orders"].take()
    };
    let numbers = |orders: &Value| {
        let nodes = orders["nodes"].as_array().unwrap().iter();
        nodes
            .map(|node| node["number"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let seen = of_company(&boss).await;
    assert_eq!(numbers(&seen), [by_grace.number.clone(), by_ada.number.clone()]);
    assert_eq!(seen["totalCount"], 2);
    assert_eq!(
        seen["nodes"][0]["company"],
        json!({ "company": { "name": "Acme GmbH" }, "onAccount": null })
    );
    assert_eq!(numbers(&of_company(&ada).await), std::slice::from_ref(&by_ada.number));
    assert_eq!(numbers(&of_company(&staff).await).len(), 2);
    let unseen = stranger
        .data("query ($id: ID!) { company(id: $id) { name } }", json!({ "id": acme }))
        .await;
    assert_eq!(unseen["company"], Value::Null);

    let order = async |client: &Client, id: &str| {
        let query = "query ($id: ID!) { order(id: $id) { number } }";
        !client.data(query, json!({ "id": id })).await["order"].is_null()
    };
    assert!(order(&boss, &by_ada.id).await && order(&ada, &by_ada.id).await);
    assert!(!order(&grace, &by_ada.id).await && !order(&stranger, &by_ada.id).await);

    // What is sent in place of their goods is the company's, too.
    let dispatch = "mutation ($input: OrderDispatchInput!) { orderDispatch(input: $input) {
        order { lines { id } } userErrors { code message } } }";
    let gone = staff.done(dispatch, json!({ "input": { "orderId": by_ada.id } })).await;
    let line = json!({ "lineId": gone["order"]["lines"][0]["id"], "quantity": 1 });
    let claim = "mutation ($input: OrderClaimCreateInput!) { orderClaimCreate(input: $input) {
        claim { replacement { id } } userErrors { code message } } }";
    let lost =
        json!({ "orderId": by_ada.id, "kind": "RESEND", "reason": "LOST", "idempotencyKey": "lost", "lines": [line] });
    let again = staff.done(claim, json!({ "input": lost })).await["claim"]["replacement"]["id"].take();
    shop.settle().await;
    let query = "query ($id: ID!) { order(id: $id) { company { company { name } onAccount { amount } } } }";
    let seen = boss.data(query, json!({ "id": again })).await["order"].take();
    assert_eq!(
        seen,
        json!({ "company": { "company": { "name": "Acme GmbH" }, "onAccount": null } })
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_company_has_its_number_and_its_places() {
    let shop = TestShop::open_with(|config| config.tax.form_is_enough = true).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "11.90", 500).await;
    let wrong = json!({ "input": { "name": "Acme", "vatNumber": "ATU12345678" } });
    let refused = staff.payload(COMPANY_CREATE, wrong).await;
    assert_eq!(
        refused["userErrors"][0]["field"],
        json!(["input", "vatNumber"]),
        "{refused}"
    );
    for wrong in [
        json!({ "name": "Acme", "paymentTermsDays": 366 }),
        json!({ "name": "Acme", "creditLimit": "-1" }),
        json!({ "name": "Acme", "email": "nobody" }),
        json!({ "name": "" }),
    ] {
        let refused = staff.payload(COMPANY_CREATE, json!({ "input": wrong })).await;
        assert_eq!(refused["userErrors"].as_array().unwrap().len(), 1, "{refused}");
    }
    // A business of another country of the Union owes the tax there.
    let acme = company(&staff, json!({ "name": "Acme GmbH", "vatNumber": "ATU 13585627" })).await;
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    add(&staff, &acme, &ada_id, "BUYER").await;
    let cart = ada.cart_with(&[(&mug, 1)]).await;
    let vienna =
        json!({ "name": "Ada Lovelace", "line1": "Ring 1", "city": "Wien", "postalCode": "1010", "countryCode": "AT" });
    let input = json!({ "input": { "cartId": cart["id"], "shippingAddress": vienna } });
    ada.done(&cart_mutation("cartAddressesUpdate"), input).await;
    let seen = ada.data(CART, json!({ "id": cart["id"] })).await["cart"].take();
    assert_eq!(seen["taxId"]["number"], "ATU13585627", "{seen}");
    assert_eq!(
        (&seen["taxTreatment"], &seen["cost"]["tax"]["amount"]),
        (&json!("REVERSE_CHARGE"), &json!("0.00"))
    );

    let create = "mutation ($input: CompanyLocationCreateInput!) { companyLocationCreate(input: $input) {
        location { id version } userErrors { code field } } }";
    let delete = "mutation ($input: CompanyLocationDeleteInput!) { companyLocationDelete(input: $input) { location { id } userErrors { code } } }";
    let input = json!({ "companyId": acme, "name": "Warehouse", "address": vienna });
    let place = staff.done(create, json!({ "input": input })).await["location"].take();
    let places = "query ($id: ID!) { company(id: $id) { locations { name address { city } } } }";
    let seen = ada.data(places, json!({ "id": acme })).await;
    assert_eq!(
        seen["company"]["locations"],
        json!([{ "name": "Warehouse", "address": { "city": "Wien" } }])
    );
    assert_eq!(ada.refusals(create, json!({ "input": input })).await, ["FORBIDDEN"]);
    staff.done(delete, json!({ "input": { "id": place["id"] } })).await;
    assert_eq!(
        ada.data(places, json!({ "id": acme })).await["company"]["locations"],
        json!([])
    );

    // What staff write down is theirs, and a company that is gone has no buyers.
    let note = ada
        .answer(
            "query ($id: ID!) { company(id: $id) { name note } }",
            json!({ "id": acme }),
        )
        .await;
    assert_eq!(note["data"]["company"]["note"], Value::Null);
    assert_eq!(note["errors"][0]["extensions"]["code"], "FORBIDDEN", "{note}");
    let gone = "mutation ($input: CompanyDeleteInput!) { companyDelete(input: $input) { company { deletedAt } userErrors { code } } }";
    staff.done(gone, json!({ "input": { "id": acme } })).await;
    let seen = ada.data("{ viewer { companies { role } } }", json!({})).await;
    assert_eq!(seen["viewer"]["companies"], json!([]));
    assert_eq!(me(&ada).await, ada_id);
    shop.settle().await;
    shop.close().await;
}
