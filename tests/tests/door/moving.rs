//! What another shop system exports is imported as the command line does it: once, however often the file comes, and seen
//! through the door.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_commerce::{
    Context,
    moving::{self, ImportSource, Kind, MovingReport},
    retention,
};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use crate::accounts::mailed_tokens;

const FOUND: &str = "query($where: ImportedOrderWhere) { importedOrders(first: 10, where: $where) { nodes {
    number source sourceId email placedAt paymentStatus total { amount currencyCode } refunded { amount } tax { amount } note staffNote
    lines { sku title quantity unitPrice { amount } } shippingAddress { name city countryCode } } } }";
const MINE: &str = "{ viewer { name hasPassword importedOrders(first: 5) { nodes { number } }
    addresses(first: 5) { nodes { address { line1 } } }
    marketingConsents(first: 5) { nodes { granted importedFrom createdAt } } } }";
const MY_NOTES: &str = "{ viewer { importedOrders(first: 5) { nodes { note staffNote } } } }";
const RENAME: &str = "mutation($input: CustomerUpdateInput!) { customerUpdate(input: $input) { userErrors { code } } }";
const EDIT: &str =
    "mutation($input: UrlRedirectUpdateInput!) { urlRedirectUpdate(input: $input) { userErrors { code field } } }";
const SHUT: &str =
    "mutation($input: GiftCardDeactivateInput!) { giftCardDeactivate(input: $input) { userErrors { code field } } }";
const START: &str = "mutation($input: ProductImportStartInput!) { productImportStart(input: $input) { productImport { id } userErrors { code field } } }";
const APPLY: &str = "mutation($input: ProductImportApplyInput!) { productImportApply(input: $input) { productImport { id } userErrors { code field } } }";
const REPORT: &str = "query($id: ID!) { productImport(id: $id) { status what applied created unchanged errorCount problems { row column } } }";
const LINK: &str =
    "mutation($input: OrderLinkRequestInput!) { orderLinkRequest(input: $input) { requested userErrors { code } } }";
const REQUEST: &str = "mutation($input: CustomerPasswordResetRequestInput!) { customerPasswordResetRequest(input: $input) { requested userErrors { code } } }";
const RESET: &str = "mutation($input: CustomerPasswordResetInput!) { customerPasswordReset(input: $input) { session { accessToken } userErrors { code } } }";
const ERASE: &str = "mutation($input: CustomerEraseInput!) { customerErase(input: $input) { plan { ordersNow ordersLater } userErrors { code } } }";

const ORDERS: &str = "\
Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Refunded Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Address1,Shipping City,Shipping Country,Notes,Id
#1001,Ada@example.com,paid,EUR,49.98,4.90,8.76,54.88,0.00,2023-10-05 14:30:12 +0200,2,Dome lamp,19.99,LMP-1,Ada Lovelace,Am Markt 1,Berlin,DE,Please ring,4711
#1001,,,,,,,,,,1,Mug,10.00,MUG-1,,,,,,
#0007,quixada@example.com,refunded,EUR,10.00,0.00,1.60,10.00,10.00,2003-05-01 09:00:00 +0200,1,Mug,10.00,MUG-1,Quixada,Windmill 3,La Mancha,ES,Dulcinea,17
#1003,bob@example.com,paid,EUR,10.00,0.00,1.60,\"1.000,50\",0.00,2023-10-06 09:00:00 +0200,1,Mug,10.00,MUG-1,,,,,,4713
";

const CUSTOMERS: &str = "\
Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Email Marketing Consent Updated At,Default Address Address1,Default Address City,Default Address Country Code,Default Address Zip,Tax Exempt
900,Ada,Lovelace,ada@example.com,yes,2022-02-03 10:00:00 +0000,Am Markt 1,Berlin,DE,10115,no
901,Grace,Hopper,grace@example.com,yes,,,,,,no
902,Nobody,,no address,no,,,,,,no
";

async fn import(shop: &TestShop, kind: Kind, file: &str, dry_run: bool) -> MovingReport {
    import_of(shop, ImportSource::Shopify, kind, file, dry_run).await
}

async fn import_of(shop: &TestShop, source: ImportSource, kind: Kind, file: &str, dry_run: bool) -> MovingReport {
    let shop = shop.shop();
    let read = moving::read(source, kind, file.as_bytes(), &shop.profile());
    let context = Context::system(shop, "test");
    moving::run(shop, &context, &read, dry_run, |_, _| {}).await.unwrap()
}

fn counts(report: &MovingReport) -> [usize; 4] {
    [report.created, report.updated, report.unchanged, report.skipped]
}

async fn found(staff: &Client, query: &str) -> Vec<Value> {
    let data = staff.data(FOUND, json!({ "where": { "query": query } })).await;
    data["importedOrders"]["nodes"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_and_customers_of_another_shop_come_once_and_are_found_by_their_numbers() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();

    // Looked at first, then written; the row that is wrong is told and keeps no other out.
    let looked = import(&shop, Kind::Orders, ORDERS, true).await;
    assert_eq!(counts(&looked), [2, 0, 0, 1]);
    assert_eq!(
        (looked.problems[0].row, looked.problems[0].column.as_str()),
        (5, "total")
    );
    assert_eq!(found(&staff, "").await, Vec::<Value>::new());
    assert_eq!(counts(&import(&shop, Kind::Orders, ORDERS, false).await), [2, 0, 0, 1]);
    assert_eq!(counts(&import(&shop, Kind::Orders, ORDERS, false).await), [0, 0, 2, 1]);
    let mended = ORDERS.replace("\"1.000,50\"", "1000.50");
    assert_eq!(counts(&import(&shop, Kind::Orders, &mended, false).await), [1, 0, 2, 0]);
    let paid_back = mended.replace("54.88,0.00", "54.88,4.88");
    assert_eq!(
        counts(&import(&shop, Kind::Orders, &paid_back, false).await),
        [0, 1, 2, 0]
    );

    // As the export says, to the minor unit.
    let expected = json!([{
        "number": "#1001", "source": "SHOPIFY", "sourceId": "4711", "email": "ada@example.com",
        "placedAt": "2023-10-05T12:30:12Z", "paymentStatus": "paid",
        "total": { "amount": "54.88", "currencyCode": "EUR" }, "refunded": { "amount": "4.88" }, "tax": { "amount": "8.76" },
        "note": null, "staffNote": "Please ring",
        "lines": [
            { "sku": "LMP-1", "title": "Dome lamp", "quantity": 2, "unitPrice": { "amount": "19.99" } },
            { "sku": "MUG-1", "title": "Mug", "quantity": 1, "unitPrice": { "amount": "10.00" } },
        ],
        "shippingAddress": { "name": "Ada Lovelace", "city": "Berlin", "countryCode": "DE" },
    }]);
    for query in ["1001", "#1001", "ADA@example.com dome"] {
        let mut nodes = Value::Array(found(&staff, query).await);
        let at = nodes[0]["placedAt"].as_str().unwrap().replace("+00:00", "Z");
        nodes[0]["placedAt"] = Value::String(at);
        assert_eq!(nodes, expected, "{query}");
    }
    assert_eq!(found(&staff, "").await.len(), 3);
    // A guest who has lost the mail is told of it, and nobody else.
    for (number, email) in [
        ("1001", "ADA@example.com"),
        ("1001", "eve@example.com"),
        ("9", "ada@example.com"),
    ] {
        let input = json!({ "number": number, "email": email });
        assert_eq!(guest.done(LINK, json!({ "input": input })).await["requested"], true);
    }
    shop.settle().await;
    let mails = shop.mails().await;
    let told: Vec<_> = mails.iter().filter(|mail| mail.subject.contains("#1001")).collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].to, "ada@example.com");
    assert!(told[0].text.contains("2 × Dome lamp: €39.98") && told[0].text.contains("€54.88"));
    // None of them is an order of this shop.
    let own = staff.data("{ orders(first: 5) { nodes { number } } }", json!({})).await;
    assert_eq!(own["orders"]["nodes"], json!([]));

    // Customers have no password, and consent where it has a time; an account that is there stays its owner's.
    let told = import(&shop, Kind::Customers, CUSTOMERS, false).await;
    assert_eq!(counts(&told), [2, 0, 0, 1]);
    assert!(told.problems.iter().any(|problem| problem.row == 4), "{told:?}");
    assert_eq!(
        counts(&import(&shop, Kind::Customers, CUSTOMERS, false).await),
        [0, 0, 2, 1]
    );
    // What nobody changed here follows the file, there and back; nobody has two accounts with one address.
    let moved = CUSTOMERS
        .replace("Am Markt 1,", "Am Markt 9,")
        .replace("Grace,", "Grace M.,");
    for file in [moved.as_str(), CUSTOMERS] {
        assert_eq!(counts(&import(&shop, Kind::Customers, file, false).await), [0, 2, 0, 1]);
    }
    let twice = format!("{CUSTOMERS}903,Ada,Byron,ADA@example.com,no,,,,,,no\n");
    let told = import(&shop, Kind::Customers, &twice, false).await;
    assert_eq!(counts(&told), [0, 0, 2, 2]);
    assert!(told.problems.iter().any(|problem| problem.row == 5), "{told:?}");
    shop.settle().await;
    let people = ["ada@example.com", "grace@example.com", "quixada@example.com"];
    let mails = shop.mails().await;
    let written = mails.iter().filter(|mail| people.contains(&mail.to.as_str())).count();
    assert_eq!(written, 1, "nobody is written to for what was imported");
    guest
        .done(REQUEST, json!({ "input": { "email": "ada@example.com" } }))
        .await;
    let token = mailed_tokens(&shop, "ada@example.com", "password-reset").await.pop();
    let input = json!({ "token": token, "password": "seven lemons and a lime" });
    let session = guest.done(RESET, json!({ "input": input })).await;
    let ada = guest.with_token(session["session"]["accessToken"].as_str().unwrap());
    // What was ordered with the address becomes the account's, as orders of guests do.
    shop.settle().await;
    let mine = ada.data(MINE, json!({})).await["viewer"].take();
    assert_eq!(mine["name"], "Ada Lovelace");
    assert_eq!(mine["importedOrders"]["nodes"], json!([{ "number": "#1001" }]));
    assert_eq!(mine["addresses"]["nodes"][0]["address"]["line1"], "Am Markt 1");
    let consent = &mine["marketingConsents"]["nodes"][0];
    assert_eq!(
        (&consent["granted"], &consent["importedFrom"]),
        (&json!(true), &json!("Shopify"))
    );
    assert!(
        consent["createdAt"]
            .as_str()
            .unwrap()
            .starts_with("2022-02-03T10:00:00")
    );
    assert_eq!(found(&staff, "grace@example.com").await.len(), 0);
    let seen = ada.answer(MY_NOTES, json!({})).await;
    let order = &seen["data"]["viewer"]["importedOrders"]["nodes"][0];
    assert_eq!(
        (&order["note"], &order["staffNote"]),
        (&Value::Null, &Value::Null),
        "{seen}"
    );
    assert_eq!(seen["errors"][0]["extensions"]["code"], "FORBIDDEN", "{seen}");
    // What its owner has changed stays, and is told where the file says anything new.
    ada.done(RENAME, json!({ "input": { "name": "Ada King" } })).await;
    assert_eq!(
        counts(&import(&shop, Kind::Customers, CUSTOMERS, false).await),
        [0, 0, 2, 1]
    );
    let renamed = CUSTOMERS.replace("Lovelace", "Byron");
    let told = import(&shop, Kind::Customers, &renamed, false).await;
    // Their address is as the file had it, and follows, with the name that is on it.
    assert_eq!(counts(&told), [0, 1, 1, 1]);
    assert!(
        told.problems
            .iter()
            .any(|problem| (problem.row, problem.column.as_str()) == (2, "name")),
        "{told:?}"
    );
    assert_eq!(ada.data(MINE, json!({})).await["viewer"]["name"], "Ada King");

    // A person's orders lose them once the law's time is over, and no file brings them back.
    let erase = json!({ "input": { "email": "quixada@example.com", "dryRun": false } });
    let plan = staff.done(ERASE, erase).await["plan"].take();
    assert_eq!((&plan["ordersNow"], &plan["ordersLater"]), (&json!(1), &json!(0)));
    // The shop may have come to it by itself within the hour.
    shop.advance(TimeDelta::hours(1)).await;
    retention::forget_now(shop.shop()).await.unwrap();
    let staff = shop.sign_in(StaffRole::Administrator).await;
    let erased = &found(&staff, "0007").await[0];
    assert_eq!((&erased["email"], &erased["staffNote"]), (&Value::Null, &Value::Null));
    let address = json!({ "name": "", "city": "", "countryCode": "ES" });
    assert_eq!(
        (&erased["shippingAddress"], &erased["total"]["amount"]),
        (&address, &json!("10.00"))
    );
    assert_eq!(
        found(&staff, "windmill").await.len() + found(&staff, "quixada").await.len(),
        0
    );
    assert_eq!(
        counts(&import(&shop, Kind::Orders, &paid_back, false).await),
        [0, 0, 2, 1]
    );
    // Nor does one that names them by another id, or an order that was not here.
    let head = CUSTOMERS.lines().next().unwrap();
    let again = format!("{head}\n990,Don,Quixada,Quixada@example.com,no,,,,,,no\n");
    let told = import(&shop, Kind::Customers, &again, false).await;
    assert_eq!(counts(&told), [0, 0, 0, 1]);
    let why = told.problems[0].message.to_string();
    assert!(why.contains("was erased here on"), "{why}");
    let another = ORDERS.replace("#0007", "#0008").replace(",17\n", ",18\n");
    assert_eq!(
        counts(&import(&shop, Kind::Orders, &another, false).await),
        [1, 1, 0, 1]
    );
    retention::forget_now(shop.shop()).await.unwrap();
    assert_eq!(found(&staff, "0008").await[0]["email"], Value::Null);
    shop.close().await;
}

const WOOCOMMERCE: &str = "\
Order Number,Order Status,Order Date,Email (Billing),First Name (Billing),Last Name (Billing),City (Billing),Country Code (Billing),Address 1&2 (Billing),Order Subtotal Amount,Order Shipping Amount,Order Total Tax Amount,Order Total Amount,SKU,Item Name,Quantity (- Refund),Item Cost
812,Completed,2024-01-31 18:05,ada@example.com,Ada,Lovelace,Berlin,DE,Am Markt 1,30.00,0,4.79,30.00,MUG-1,Mug,1,10.00
812,Completed,2024-01-31 18:05,ada@example.com,Ada,Lovelace,Berlin,DE,Am Markt 1,30.00,0,4.79,30.00,LMP-1,Lamp,1,20.00
";

const MEDUSA: &str = "\
Order_ID;Display_ID;Order status;Date;Customer First name;Customer Last name;Customer Email;Shipping Address 1;Shipping Country Code;Shipping City;Fulfillment Status;Payment Status;Subtotal;Shipping Total;Discount Total;Refunded Total;Tax Total;Total;Currency Code
order_01H;33;completed;Thu, 05 Oct 2023 12:30:12 GMT;Ada;Lovelace;ada@example.com;Am Markt 1;de;Berlin;fulfilled;captured;100.00;5.00;0.00;0.00;19.95;124.95;eur
";

const CARDS: &str = "\
Id,Code,Current Balance,Currency,Expires On,Enabled?
1,abcd efgh 2345 jklm,25.00,EUR,,true
2,,10.00,EUR,,true
3,zzzz9999zzzz9999,0.00,EUR,,true
4,wxyz wxyz 2345 2345,5.00,EUR,TODAY,true
1,abcd efgh 2345 jklm,250.00,EUR,,true
";

const REDIRECTS: &str = "\
Redirect from,Redirect to
/old-lamps,/search?q=lamp
/old-lamps/,/search
/old-lamps,/search?q=lamp
no path,/search
";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gift_cards_redirects_and_orders_of_other_systems_come_once() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let guest = shop.guest();

    // A file that is sent is looked at by a job, and written by another once staff say so: what of it can be.
    let sent = json!({ "input": { "csv": ORDERS, "what": "ORDERS" } });
    let id = staff.done(START, sent).await["productImport"]["id"].take();
    shop.settle().await;
    let report = async || staff.data(REPORT, json!({ "id": id })).await["productImport"].take();
    let looked = json!({ "status": "DONE", "what": "ORDERS", "applied": false, "created": 2, "unchanged": 0, "errorCount": 1,
        "problems": [{ "row": 5, "column": "total" }] });
    assert_eq!(report().await, looked);
    assert_eq!(found(&staff, "").await, Vec::<Value>::new());
    staff.done(APPLY, json!({ "input": { "id": id } })).await;
    shop.settle().await;
    let written = report().await;
    assert_eq!((&written["applied"], &written["created"]), (&json!(true), &json!(2)));
    assert_eq!(found(&staff, "1001").await.len(), 1);

    for (source, file, expected) in [
        (ImportSource::Woocommerce, WOOCOMMERCE, ["812", "30.00", "4.79", "2"]),
        (ImportSource::Medusa, MEDUSA, ["33", "124.95", "19.95", "0"]),
    ] {
        for outcome in [[1, 0, 0, 0], [0, 0, 1, 0]] {
            let report = import_of(&shop, source, Kind::Orders, file, false).await;
            assert_eq!(counts(&report), outcome, "{:?}", report.problems);
        }
        let [number, total, tax, lines] = expected;
        let order = &found(&staff, number).await[0];
        let amounts = (&order["total"]["amount"], &order["tax"]["amount"]);
        assert_eq!(amounts, (&json!(total), &json!(tax)), "{order}");
        assert_eq!(order["lines"].as_array().unwrap().len().to_string(), lines);
        assert_eq!(
            order["shippingAddress"]["name"].as_str().unwrap_or("Ada Lovelace"),
            "Ada Lovelace"
        );
    }

    // A card pays by the code that its owner has, however it is typed, and to the end of its last day; what has none, or pays
    // nothing, is told.
    let today = shop.shop().profile().date(shop.shop().now());
    let cards = &CARDS.replace("TODAY", &today.to_string());
    assert_eq!(
        counts(&import(&shop, Kind::GiftCards, cards, false).await),
        [2, 0, 0, 3]
    );
    assert_eq!(
        counts(&import(&shop, Kind::GiftCards, cards, false).await),
        [0, 0, 2, 3]
    );
    let balance = "query($code: String!) { giftCardBalance(code: $code) { giftCard { balance { amount } } userErrors { code } } }";
    for (code, amount) in [("ABCD-EFGH-2345-JKLM", "25.00"), ("WXYZ-WXYZ-2345-2345", "5.00")] {
        let left = guest.data(balance, json!({ "code": code })).await;
        assert_eq!(left["giftCardBalance"]["giftCard"]["balance"]["amount"], amount);
    }
    let wrong = guest.data(balance, json!({ "code": "ABCD-EFGH-2345-JKLN" })).await;
    assert_eq!(wrong["giftCardBalance"]["userErrors"][0]["code"], "INVALID");
    // What nobody used here follows the file, until it is used or changed here.
    let more = cards.replace("jklm,25.00", "jklm,30.00");
    assert_eq!(
        counts(&import(&shop, Kind::GiftCards, &more, false).await),
        [0, 1, 1, 3]
    );
    let left = guest.data(balance, json!({ "code": "ABCD-EFGH-2345-JKLM" })).await;
    assert_eq!(left["giftCardBalance"]["giftCard"]["balance"]["amount"], "30.00");
    let issued = staff
        .data("{ giftCards(first: 5) { nodes { id lastFour } } }", json!({}))
        .await;
    let issued = issued["giftCards"]["nodes"].as_array().unwrap();
    let card = issued.iter().find(|card| card["lastFour"] == "JKLM").unwrap();
    staff.done(SHUT, json!({ "input": { "id": card["id"] } })).await;
    let told = import(&shop, Kind::GiftCards, cards, false).await;
    assert_eq!((counts(&told), told.problems[0].row), ([0, 0, 2, 3], 2));

    let last_characters = cards.replace("Code", "Last Characters");
    let refused = import(&shop, Kind::GiftCards, &last_characters, false).await;
    assert_eq!((counts(&refused), refused.problems.len()), ([0, 0, 0, 1], 1));

    // A path has one redirect: the first that the file has of it, and another is told. One that staff delete stays deleted.
    let told = import(&shop, Kind::Redirects, REDIRECTS, false).await;
    assert_eq!(counts(&told), [1, 0, 1, 2]);
    let rows: Vec<_> = told.problems.iter().map(|problem| problem.row).collect();
    assert_eq!(rows, [3, 5], "{told:?}");
    let target = "query($path: String!) { urlRedirectTarget(path: $path) }";
    let led = guest.data(target, json!({ "path": "/old-lamps" })).await;
    assert_eq!(led["urlRedirectTarget"], "/search?q=lamp");
    assert_eq!(
        counts(&import(&shop, Kind::Redirects, REDIRECTS, false).await),
        [0, 0, 2, 2]
    );
    // It follows the file, until staff have changed it.
    let lamps = REDIRECTS.replace("?q=lamp", "?q=lamps");
    assert_eq!(
        counts(&import(&shop, Kind::Redirects, &lamps, false).await),
        [0, 1, 1, 2]
    );
    let led = guest.data(target, json!({ "path": "/old-lamps" })).await;
    assert_eq!(led["urlRedirectTarget"], "/search?q=lamps");
    let rows = staff
        .data("{ urlRedirects(first: 5) { nodes { id } } }", json!({}))
        .await;
    let edit = json!({ "id": rows["urlRedirects"]["nodes"][0]["id"], "target": "/new" });
    staff.done(EDIT, json!({ "input": edit })).await;
    let told = import(&shop, Kind::Redirects, REDIRECTS, false).await;
    assert_eq!(counts(&told), [0, 0, 2, 2]);
    let rows: Vec<_> = told.problems.iter().map(|problem| problem.row).collect();
    assert_eq!(rows, [2, 3, 4, 5], "{told:?}");
    shop.close().await;
}
