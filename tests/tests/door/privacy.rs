//! What is kept of a person is told to them, and erased: afterwards the whole database is searched for them.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use vitrine_commerce::{retention, work};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::cart_mutation, shop::PASSWORD};

use crate::accounts::mailed_tokens;

const EXPORT: &str = "mutation($input: CustomerDataExportInput!) { customerDataExport(input: $input) { personalDataExport { id ready } userErrors { code field } } }";
const FILE: &str = "query($id: ID!) { personalDataExport(id: $id) { ready url byteSize } }";
const ASK: &str = "mutation($input: CustomerEraseRequestInput!) { customerEraseRequest(input: $input) { requested userErrors { code } } }";
const CONFIRM: &str = "mutation($input: CustomerEraseConfirmInput!) { customerEraseConfirm(input: $input) { confirmed userErrors { code } } }";
const ERASE: &str = "mutation($input: CustomerEraseInput!) { customerErase(input: $input) { plan { account ordersNow ordersLater openOrderNumbers stockAlerts } userErrors { code } } }";
const UPDATE: &str =
    "mutation($input: CustomerUpdateInput!) { customerUpdate(input: $input) { customer { id } userErrors { code } } }";
const LOGIN: &str = "mutation($input: CustomerLoginInput!) { customerLogin(input: $input) { session { accessToken } userErrors { code } } }";
const ALERT: &str =
    "mutation($input: StockAlertRequestInput!) { stockAlertRequest(input: $input) { waiting userErrors { code } } }";
const ORDER: &str = "query($id: ID!) { order(id: $id) { email status cost { total { amount } } note shippingAddress { name line1 countryCode } } }";

const DRAFT: &str = "mutation($input: DraftOrderCreateInput!) { draftOrderCreate(input: $input) { draftOrder { id } userErrors { code message } } }";

const EMAIL: &str = "quixada@example.com";
/// Whatever says who it was, in lower case.
const TRACES: [&str; 5] = ["quixada", "dulcinea", "molino", "5550199", "windmill"];

fn input(value: Value) -> Value {
    json!({ "input": value })
}

/// The tables of which a row says who it was.
async fn traces(shop: &TestShop) -> BTreeSet<String> {
    let db = &shop.shop().db;
    let is_sqlite = db.get_database_backend() == DbBackend::Sqlite;
    let column = async |sql: String| -> Vec<String> {
        let rows = db
            .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    };
    let tables = match is_sqlite {
        true => "select name from sqlite_master where type = 'table'",
        false => "select cast(table_name as text) from information_schema.tables where table_schema = 'public'",
    };
    let mut found = BTreeSet::new();
    for table in column(tables.to_owned()).await {
        let rows = match is_sqlite {
            true => {
                let columns = column(format!("select name from pragma_table_info('{table}')")).await;
                let columns: Vec<_> = columns.iter().map(|name| format!("quote(\"{name}\")")).collect();
                format!("select {} from \"{table}\"", columns.join(" || "))
            }
            false => format!("select cast(t as text) from \"{table}\" t"),
        };
        let rows = column(rows).await;
        assert!(
            table != "orders" || !rows.is_empty(),
            "there is something to be searched"
        );
        if rows
            .iter()
            .any(|row| TRACES.iter().any(|trace| row.to_lowercase().contains(trace)))
        {
            found.insert(table);
        }
    }
    found
}

/// A cart with everything that one says of oneself.
async fn fill(client: &Client, variant: &str) -> Value {
    let cart = client.cart_with(&[(variant, 1)]).await;
    let id = &cart["id"];
    let address = json!({
        "name": "Dulcinea Quixada", "line1": "Calle Molino 7", "city": "Berlin", "postalCode": "10117",
        "countryCode": "DE", "phone": "+34 91 5550199"
    });
    for (name, value) in [
        ("cartContactUpdate", json!({ "cartId": id, "email": EMAIL })),
        (
            "cartAddressesUpdate",
            json!({ "cartId": id, "shippingAddress": address }),
        ),
        (
            "cartNoteUpdate",
            json!({ "cartId": id, "note": "Behind the windmill." }),
        ),
        (
            "cartGiftMessageUpdate",
            json!({ "cartId": id, "message": "For Dulcinea" }),
        ),
    ] {
        client.done(&cart_mutation(name), input(value)).await;
    }
    let methods = "query($id: ID!) { cart(id: $id) { shippingMethods { id } } }";
    let found = client.data(methods, json!({ "id": id })).await;
    let method = json!({ "cartId": id, "shippingMethodId": found["cart"]["shippingMethods"][0]["id"] });
    client
        .done(&cart_mutation("cartShippingMethodSelect"), input(method))
        .await["cart"]
        .take()
}

async fn order(client: &Client, variant: &str) -> String {
    let cart = fill(client, variant).await;
    let placed = client.place(&cart, cart["id"].as_str().unwrap(), "tok_approve").await;
    placed["order"]["id"].as_str().unwrap().to_owned()
}

async fn complete(shop: &TestShop, staff: &Client, order: &str) {
    shop.settle().await;
    for name in ["orderDispatch", "orderComplete"] {
        let type_name = name.replace("order", "Order");
        let mutation =
            format!("mutation($input: {type_name}Input!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}");
        staff.done(&mutation, input(json!({ "orderId": order }))).await;
    }
    shop.settle().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_has_their_data_and_is_erased() {
    let shop = TestShop::open_with(|config| config.privacy.order_years = 1).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "11.90", 10).await;
    let sold_out = staff.sell("MUG-2", "11.90", 0).await;
    let (person, eve) = (shop.customer(EMAIL).await, shop.customer("eve@example.com").await);
    let named = person.done(UPDATE, input(json!({ "name": "Dulcinea Quixada" }))).await;
    let customer = named["customer"]["id"].clone();
    let bought = order(&person, &mug).await;
    complete(&shop, &staff, &bought).await;
    let note = "mutation($input: OrderNoteAddInput!) { orderNoteAdd(input: $input) { userErrors { code } } }";
    staff
        .done(note, input(json!({ "orderId": bought, "text": "Dulcinea called." })))
        .await;
    let set = "mutation($input: MetafieldsSetInput!) { metafieldsSet(input: $input) { userErrors { code } } }";
    let field = json!({ "ownerId": customer, "namespace": "crm", "key": "name", "kind": "TEXT", "value": "Dulcinea" });
    staff.done(set, input(json!({ "metafields": [field] }))).await;
    fill(&person, &mug).await;
    let draft = json!({ "customerId": customer, "message": "Dear Dulcinea", "staffNote": "Quixada, by phone." });
    let lines = json!([{ "variantId": mug, "quantity": 1 }]);
    staff
        .done(DRAFT, input(json!({ "draftOrder": draft, "lines": lines })))
        .await;
    person.done(ALERT, input(json!({ "variantId": sold_out }))).await;

    // All that is kept of them, for them and for staff, and for nobody else.
    let own = |password: &str| input(json!({ "password": password }));
    assert_eq!(
        person.refusals(EXPORT, own("not the password")).await,
        ["WRONG_CREDENTIALS"]
    );
    let others = input(json!({ "customerId": customer }));
    assert_eq!(eve.refusals(EXPORT, others.clone()).await, ["FORBIDDEN"]);
    staff.done(EXPORT, others).await;
    let asked = person.done(EXPORT, own(PASSWORD)).await["personalDataExport"].take();
    shop.settle().await;
    let id = json!({ "id": asked["id"] });
    assert_eq!(eve.data(FILE, id.clone()).await["personalDataExport"], Value::Null);
    let written = person.data(FILE, id.clone()).await["personalDataExport"].take();
    let url = written["url"].as_str().unwrap();
    let path = url.strip_prefix(person.base()).unwrap();
    let told: Value = shop.guest().get(path).await.json().await.unwrap();
    assert_eq!(told["account"]["name"], "Dulcinea Quixada");
    assert_eq!(told["account"]["metafields"][0]["value"], "Dulcinea");
    assert_eq!(told["orders"][0]["shippingAddress"]["line1"], "Calle Molino 7");
    assert_eq!(told["orders"][0]["notes"][0], "Dulcinea called.");
    let counts = ["sessions", "carts", "orders", "stockAlerts"].map(|kind| told[kind].as_array().unwrap().len());
    assert_eq!(counts, [1, 3, 1, 1]);
    let carts = told["carts"].as_array().unwrap();
    let draft = carts.iter().find_map(|cart| cart["draftOrder"].as_object()).unwrap();
    assert_eq!(
        (&draft["message"], &draft["staffNote"]),
        (&json!("Dear Dulcinea"), &json!("Quixada, by phone."))
    );
    assert_eq!(
        shop.guest().get(&path.replace("expires=", "expires=9")).await.status(),
        404
    );

    // What is under way needs the person still.
    let open = order(&person, &mug).await;
    shop.settle().await;
    assert_eq!(person.refusals(ASK, own(PASSWORD)).await, ["ORDER_STATE"]);
    assert_eq!(
        person.refusals(ASK, own("not the password")).await,
        ["WRONG_CREDENTIALS"]
    );
    complete(&shop, &staff, &open).await;
    person.done(ASK, own(PASSWORD)).await;
    let token = mailed_tokens(&shop, EMAIL, "erase").await.pop().unwrap();
    let dry = input(json!({ "customerId": customer, "dryRun": true }));
    assert_eq!(eve.refusals(ERASE, dry.clone()).await, ["FORBIDDEN"]);
    let plan = staff.done(ERASE, dry).await["plan"].take();
    let expected =
        json!({ "account": true, "ordersNow": 0, "ordersLater": 2, "openOrderNumbers": [], "stockAlerts": 1 });
    assert_eq!(plan, expected);
    shop.guest().done(CONFIRM, input(json!({ "token": token }))).await;
    // Followed again, it has begun.
    shop.guest().done(CONFIRM, input(json!({ "token": token }))).await;
    let login = input(json!({ "email": EMAIL, "password": PASSWORD }));
    assert_eq!(shop.guest().refusals(LOGIN, login).await, ["WRONG_CREDENTIALS"]);

    // The account goes; the orders keep the person for the year that the law wants, and their last mail a week.
    shop.advance(TimeDelta::hours(1)).await;
    retention::forget_now(shop.shop()).await.unwrap();
    let left = ["customer_notice", "order_note", "order_search", "orders", "cart"];
    let found = traces(&shop).await;
    assert!(found.iter().all(|table| left.contains(&table.as_str())), "{found:?}");
    assert!(found.contains("orders"));
    assert_eq!(shop.guest().get(path).await.status(), 404);
    shop.advance(TimeDelta::days(367)).await;
    retention::forget_now(shop.shop()).await.unwrap();
    assert_eq!(traces(&shop).await, BTreeSet::new());
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let kept = staff.data(ORDER, json!({ "id": bought })).await["order"].take();
    assert_eq!(kept["shippingAddress"], Value::Null);
    assert_eq!((&kept["status"], &kept["note"]), (&json!("COMPLETED"), &Value::Null));
    assert_ne!(kept["cost"]["total"]["amount"], "0.00");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_erase_a_guest_by_mail_address() {
    let labels = tempfile::tempdir().unwrap();
    let shop = TestShop::open_with(|config| {
        config.privacy.order_years = 0;
        config.labels.folder = Some(labels.path().to_owned());
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "11.90", 10).await;
    let guest = shop.guest();
    let files = || std::fs::read_dir(labels.path()).unwrap().count();
    let once = json!({ "title": "Once for each", "method": "AUTOMATIC", "kind": "ORDER", "value": { "percentage": 10 },
        "usageLimitPerCustomer": 1, "endsAt": (shop.shop().now() + TimeDelta::days(30)).to_rfc3339() });
    let made = "mutation($input: DiscountCreateInput!) { discountCreate(input: $input) { discount { id } userErrors { code message } } }";
    let once = staff.done(made, input(json!({ "discount": once }))).await["discount"]["id"].take();
    let on = "mutation($input: DiscountActivateInput!) { discountActivate(input: $input) { userErrors { code } } }";
    staff.done(on, input(json!({ "id": once }))).await;
    let bought = order(&guest, &mug).await;
    let draft = json!({ "email": EMAIL, "staffNote": "For Dulcinea" });
    let lines = json!([{ "title": "A windmill", "quantity": 1, "unitPrice": "9.00" }]);
    staff
        .done(DRAFT, input(json!({ "draftOrder": draft, "lines": lines })))
        .await;
    shop.settle().await;
    let erase = |dry: bool| input(json!({ "email": " Quixada@example.com", "dryRun": dry }));
    assert_eq!(staff.refusals(ERASE, erase(false)).await, ["ORDER_STATE"]);
    complete(&shop, &staff, &bought).await;
    assert_eq!(files(), 1, "what stands on its parcel's label");
    assert_eq!(shop.guest().refusals(ERASE, erase(true)).await, ["UNAUTHENTICATED"]);
    let plan = staff.done(ERASE, erase(true)).await["plan"].take();
    assert_eq!((&plan["ordersNow"], &plan["account"]), (&json!(1), &json!(false)));
    // Twice is once.
    staff.done(ERASE, erase(false)).await;
    staff.done(ERASE, erase(false)).await;
    shop.advance(TimeDelta::hours(1)).await;
    assert_eq!(traces(&shop).await, BTreeSet::new());
    assert_eq!(files(), 0);
    // One that is handed over late says whose it was no more.
    let late = "update shipment set label_due = true";
    shop.shop().db.execute_unprepared(late).await.unwrap();
    assert!(work::make_missing_now(shop.shop()).await.unwrap() > 0);
    shop.settle().await;
    assert_eq!(files(), 0);
    // Of what was used once by each nothing is left for the same address, though nobody knows whose that was.
    let add = "mutation($input: CartCreateInput!) { cartCreate(input: $input) { cart { cost { discount { amount } } } userErrors { code } } }";
    let discount = async |email: &str| {
        let lines = json!([{ "variantId": mug, "quantity": 1 }]);
        let cart = guest.done(add, input(json!({ "email": email, "lines": lines }))).await;
        cart["cart"]["cost"]["discount"]["amount"].clone()
    };
    assert_eq!(discount(EMAIL).await, "0.00");
    assert_eq!(discount("ada@example.com").await, "1.19");
    shop.advance(TimeDelta::days(70)).await;
    let forgotten = retention::forget_now(shop.shop()).await.unwrap();
    assert_eq!(forgotten.discount_uses, 1, "the discount is long over");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guests_orders_lose_their_person_when_the_shops_time_for_them_is_over() {
    let shop = TestShop::open_with(|config| {
        config.privacy.order_years = 1;
        config.privacy.guest_order_years = Some(2);
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "11.90", 10).await;
    let guest = shop.guest();
    let (done, open) = (order(&guest, &mug).await, order(&guest, &mug).await);
    complete(&shop, &staff, &done).await;
    let later = async |days| {
        shop.advance(TimeDelta::days(days)).await;
        retention::forget_now(shop.shop()).await.unwrap().orders_erased
    };
    assert_eq!(later(729).await, 0, "not before");
    // Another needs its person still, and this one is kept as an order.
    assert_eq!(later(2).await, 1);
    assert_eq!(later(1).await, 0, "once");
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let read = async |id: &String| staff.data(ORDER, json!({ "id": id })).await["order"].take();
    let (kept, other) = (read(&done).await, read(&open).await);
    assert_eq!(kept["shippingAddress"], Value::Null);
    assert_eq!((&kept["status"], &kept["note"]), (&json!("COMPLETED"), &Value::Null));
    assert_ne!(kept["cost"]["total"]["amount"], "0.00");
    assert_eq!(
        (&other["email"], &other["note"]),
        (&json!(EMAIL), &json!("Behind the windmill."))
    );

    complete(&shop, &staff, &open).await;
    assert_eq!(later(0).await, 1);
    let left = traces(&shop).await;
    assert_eq!(left, BTreeSet::new());
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_of_whoever_has_an_account_and_of_a_shop_that_says_nothing_keep_their_person() {
    for years in [None, Some(1)] {
        let shop = TestShop::open_with(|config| {
            config.privacy.order_years = 1;
            config.privacy.guest_order_years = years;
        })
        .await;
        let staff = shop.staff(StaffRole::Administrator).await;
        let mug = staff.sell("MUG-1", "11.90", 10).await;
        // Ordered as a guest, by somebody who has an account where guests' orders go.
        let before = order(&shop.guest(), &mug).await;
        complete(&shop, &staff, &before).await;
        if years.is_some() {
            let customer = shop.customer(EMAIL).await;
            let own = order(&customer, &mug).await;
            complete(&shop, &staff, &own).await;
        }
        shop.advance(TimeDelta::days(1_000)).await;
        let forgotten = retention::forget_now(shop.shop()).await.unwrap();
        assert_eq!(forgotten.orders_erased, 0);
        assert!(traces(&shop).await.contains("orders"));
        shop.close().await;
    }
}
