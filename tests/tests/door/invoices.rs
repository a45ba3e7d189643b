//! Invoices, credit notes and delivery notes: made once, numbered without gaps, never changed, and told to people and programs.

use futures::future::join_all;
use reqwest::StatusCode;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

const SETTINGS: &str = "mutation($input: DocumentSettingsUpdateInput!) { documentSettingsUpdate(input: $input) {
    settings { version invoiceAt seller { iban } missing { field } } userErrors { code message field } } }";
const SHOP: &str =
    "mutation($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { code message field } } }";
const MAKE: &str = "mutation($input: OrderDocumentsMakeInput!) { orderDocumentsMake(input: $input) {
    documents { number kind } userErrors { code message field } } }";
const REFUND: &str = "mutation($input: OrderRefundInput!) { orderRefund(input: $input) {
    order { number } userErrors { code message field } } }";
const DISPATCH: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) {
    order { status } userErrors { code message } } }";
const CANCEL: &str = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) {
    order { status } userErrors { code message field } } }";
const DOCUMENTS: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) {
    cost { total { amount } tax { amount } }
    documents { id number kind issuedOn total { amount } tax { amount } pdfUrl xmlUrl ublUrl } } }";
const LIST: &str =
    "query($where: DocumentWhere) { documents(first: 50, where: $where) { nodes { number kind orderNumber } }
    documentArchiveUrl(where: $where) }";

async fn seen(client: &Client, placed: &PlacedOrder) -> Value {
    let variables = json!({ "id": placed.id, "token": placed.access_token });
    client.data(DOCUMENTS, variables).await["order"].take()
}

fn told(order: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let documents = order["documents"].as_array().unwrap().iter();
    documents
        .map(|document| (text(&document["kind"]), text(&document["total"]["amount"])))
        .collect()
}

fn cents(amount: &Value) -> i64 {
    amount["amount"].as_str().unwrap().replace('.', "").parse().unwrap()
}

async fn file(url: &Value) -> (StatusCode, Vec<u8>) {
    let answer = reqwest::get(url.as_str().unwrap()).await.unwrap();
    (answer.status(), answer.bytes().await.unwrap().to_vec())
}

fn holds(file: &[u8], text: &str) -> bool {
    file.windows(text.len()).any(|window| window == text.as_bytes())
}

async fn set_up(staff: &Client, input: Value) -> Value {
    staff.done(SETTINGS, json!({ "input": input })).await["settings"].take()
}

fn address() -> Value {
    json!({
        "name": "Vitrine GmbH", "line1": "Torstraße 1", "city": "Berlin", "postalCode": "10119", "countryCode": "DE"
    })
}

/// A shop of which everything is known that has to stand on an invoice.
async fn open() -> (TestShop, Client, String) {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 500).await;
    let input = json!({ "address": address(), "vatNumber": "DE 136695976", "contactEmail": "shop@example.com" });
    staff.done(SHOP, json!({ "input": input })).await;
    (shop, staff, mug)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_gets_its_invoice_and_what_is_paid_back_is_taken_from_it() {
    let (shop, staff, mug) = open().await;
    for (wrong, field) in [
        (
            json!({ "seller": { "iban": "DE89 3704 0044 0532 0130 01" } }),
            json!(["input", "seller", "iban"]),
        ),
        (json!({ "invoicePrefix": "../" }), json!(["input", "invoicePrefix"])),
        (
            json!({ "creditNotePrefix": "R-" }),
            json!(["input", "creditNotePrefix"]),
        ),
        (json!({ "keptYears": 0 }), json!(["input", "keptYears"])),
    ] {
        let refused = staff.payload(SETTINGS, json!({ "input": wrong })).await;
        assert_eq!(refused["userErrors"][0]["field"], field, "{wrong}");
    }
    staff.done(SHOP, json!({ "input": { "address": null } })).await;
    let refused = staff
        .payload(SETTINGS, json!({ "input": { "invoiceAt": "PAYMENT" } }))
        .await;
    let message = refused["userErrors"][0]["message"].as_str().unwrap();
    assert!(message.contains("shop.address"), "{message}");
    staff.done(SHOP, json!({ "input": { "address": address() } })).await;
    let set = set_up(
        &staff,
        json!({ "invoiceAt": "PAYMENT", "deliveryNotes": true,
                "seller": { "legalName": "Vitrine Handels GmbH", "iban": "de89 3704 0044 0532 0130 00" } }),
    )
    .await;
    assert_eq!(set["seller"]["iban"], "DE89370400440532013000");
    assert_eq!(set["missing"], json!([]));

    let guest = shop.guest();
    let placed = guest.buy(&[(&mug, 3)], "tok_approve").await;
    shop.settle().await;
    let order = seen(&guest, &placed).await;
    let invoice = order["documents"][0].clone();
    assert_eq!(
        told(&order),
        [(
            "INVOICE".to_owned(),
            order["cost"]["total"]["amount"].as_str().unwrap().to_owned()
        )]
    );
    assert_eq!(cents(&invoice["tax"]), cents(&order["cost"]["tax"]));
    let year = invoice["issuedOn"].as_str().unwrap()[..4].to_owned();
    assert_eq!(invoice["number"], format!("R-{year}-00001"));

    // It comes by mail, with the file.
    let mails = shop.mails().await;
    let mail = mails.iter().find(|mail| mail.subject.contains("R-")).expect("the mail");
    let written = std::fs::read(shop.config().mail.folder.join(&mail.file_name)).unwrap();
    assert!(holds(&written, "application/pdf") && holds(&written, &format!("R-{year}-00001.pdf")));

    // To people, and to programs; to nobody without the whole address.
    let (status, pdf) = file(&invoice["pdfUrl"]).await;
    assert!(status == StatusCode::OK && pdf.starts_with(b"%PDF-1.7"));
    assert_eq!(pdf, file(&invoice["pdfUrl"]).await.1, "the same each time");
    let (_, cii) = file(&invoice["xmlUrl"]).await;
    let (_, ubl) = file(&invoice["ublUrl"]).await;
    for text in [
        "Vitrine Handels GmbH",
        "DE136695976",
        "Ada Lovelace",
        "MUG-1",
        &placed.number,
    ] {
        assert!(holds(&cii, text) && holds(&ubl, text), "{text}");
    }
    let total = order["cost"]["total"]["amount"].as_str().unwrap();
    assert!(holds(&cii, &format!("<ram:GrandTotalAmount>{total}<")));
    assert!(holds(&ubl, "<cbc:PayableAmount currencyID=\"EUR\">0.00<"), "it is paid");
    if let Some(folder) = std::env::var_os("VITRINE_PDF_FOLDER") {
        let folder = std::path::PathBuf::from(folder);
        for (name, content) in [
            ("invoice.pdf", &pdf),
            ("invoice.cii.xml", &cii),
            ("invoice.ubl.xml", &ubl),
        ] {
            std::fs::write(folder.join(name), content).unwrap();
        }
    }
    let forged = invoice["pdfUrl"].as_str().unwrap().replace("signature=", "signature=A");
    assert_eq!(file(&json!(forged)).await.0, StatusCode::FORBIDDEN);

    // Asked again there is nothing more, and the parcel has its note.
    staff.done(DISPATCH, json!({ "input": { "orderId": placed.id } })).await;
    shop.settle().await;
    let made = staff.done(MAKE, json!({ "input": { "orderId": placed.id } })).await;
    assert_eq!(made["documents"].as_array().unwrap().len(), 2, "{made}");
    assert_eq!(made["documents"][1]["number"], format!("D-{year}-00001"));

    // A part is paid back, and then the rest.
    let refund = |key: &str, amount: Option<&str>| json!({ "input": { "orderId": placed.id, "idempotencyKey": key, "amount": amount } });
    staff.done(REFUND, refund("a part", Some("7.35"))).await;
    shop.settle().await;
    staff.done(REFUND, refund("the rest", None)).await;
    shop.settle().await;
    let order = seen(&guest, &placed).await;
    let notes: Vec<i64> = order["documents"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|document| document["kind"] == "CREDIT_NOTE")
        .map(|document| cents(&document["total"]))
        .collect();
    assert_eq!(notes[0], 735);
    assert_eq!(
        notes.iter().sum::<i64>(),
        cents(&order["cost"]["total"]),
        "all of it is taken back, and no more"
    );
    let (_, note) = file(&order["documents"][2]["xmlUrl"]).await;
    assert!(holds(&note, "<ram:TypeCode>381<") && holds(&note, &format!("R-{year}-00001")));

    // Units that are paid back one by one take back the tax that the invoice says of their line: 0.99 has 0.16, and 2.97 0.47.
    let pin = staff.sell("PIN-1", "0.99", 9).await;
    let few = guest.buy(&[(&pin, 3)], "tok_approve").await;
    shop.settle().await;
    let lines = "query($id: ID!) { order(id: $id) { lines { id } } }";
    let line = staff.data(lines, json!({ "id": few.id })).await["order"]["lines"][0]["id"].take();
    for key in ["first", "second", "third"] {
        let input = json!({ "orderId": few.id, "idempotencyKey": key, "lines": [{ "lineId": line, "quantity": 1 }] });
        staff.done(REFUND, json!({ "input": input })).await;
    }
    let rest = json!({ "orderId": few.id, "idempotencyKey": "rest" });
    staff.done(REFUND, json!({ "input": rest })).await;
    shop.settle().await;
    let order = seen(&guest, &few).await;
    let taxes = |kind: &str| -> i64 {
        let documents = order["documents"].as_array().unwrap().iter();
        let of_kind = documents.filter(|document| document["kind"] == kind);
        of_kind.map(|document| cents(&document["tax"])).sum()
    };
    assert_eq!(taxes("CREDIT_NOTE"), taxes("INVOICE"), "{order}");

    // An order that is cancelled has its invoice taken back, once.
    let other = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let cancel = json!({ "input": { "orderId": other.id, "accessToken": other.access_token } });
    guest.done(CANCEL, cancel).await;
    shop.settle().await;
    let told = told(&seen(&guest, &other).await);
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!((&*told[1].0, &told[1].1), ("CREDIT_NOTE", &told[0].1));

    // No row changes, whoever tries.
    for sql in [
        "update document set number = 'R-1'",
        "update document set content = '{}'",
        "delete from document",
    ] {
        assert!(shop.shop().db.execute_unprepared(sql).await.is_err(), "{sql}");
    }

    // For whoever keeps the books.
    let found = staff
        .data(
            LIST,
            json!({ "where": { "kind": "CREDIT_NOTE", "number": placed.number } }),
        )
        .await;
    assert_eq!(found["documents"]["nodes"].as_array().unwrap().len(), 2);
    let found = staff
        .data(LIST, json!({ "where": { "issuedFrom": invoice["issuedOn"] } }))
        .await;
    let (status, archive) = file(&found["documentArchiveUrl"]).await;
    assert!(status == StatusCode::OK && archive.starts_with(b"PK"));
    for document in found["documents"]["nodes"].as_array().unwrap() {
        let name = format!("{}.pdf", document["number"].as_str().unwrap());
        assert!(holds(&archive, &name), "{name}");
    }
    assert!(holds(&archive, "documents.csv"));
    assert!(
        guest.answer(LIST, json!({})).await["errors"][0].is_object(),
        "for staff alone"
    );

    // What was kept for as long as it had to be may be forgotten, and its number stays.
    let forget = "update document set content = null where kind = 'DELIVERY_NOTE'";
    shop.shop().db.execute_unprepared(forget).await.unwrap();
    let order = seen(&guest, &placed).await;
    let note = &order["documents"][1];
    assert_eq!(
        (&note["number"], &note["pdfUrl"]),
        (&json!(format!("D-{year}-00001")), &Value::Null)
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_have_no_gap_and_no_double_however_many_ask_at_once() {
    let (shop, staff, mug) = open().await;
    let guest = shop.guest();
    let mut orders = Vec::new();
    for _ in 0..10 {
        orders.push(guest.buy(&[(&mug, 1)], "tok_approve").await);
    }
    shop.settle().await;
    let unpaid = guest.buy(&[(&mug, 1)], "tok_decline").await;
    shop.settle().await;
    assert_eq!(
        staff.refusals(MAKE, json!({ "input": { "orderId": unpaid.id } })).await,
        ["ORDER_STATE"]
    );

    // One whose rows do not sum up takes a number and gives it back.
    let spoilt = |by: &str| {
        format!(
            "update orders set total_minor = total_minor {by} where number = '{}'",
            orders[0].number
        )
    };
    shop.shop().db.execute_unprepared(&spoilt("+ 1")).await.unwrap();
    let failed = staff
        .answer(MAKE, json!({ "input": { "orderId": orders[0].id } }))
        .await;
    assert!(failed["errors"][0].is_object(), "{failed}");
    shop.shop().db.execute_unprepared(&spoilt("- 1")).await.unwrap();

    let asking = (0..100).map(|number| {
        let input = json!({ "input": { "orderId": orders[number % orders.len()].id } });
        let staff = &staff;
        async move { staff.answer(MAKE, input).await }
    });
    let mut numbers: Vec<String> = Vec::new();
    for answer in join_all(asking).await {
        // Whoever came in a crowd may be told to come again.
        if let Some(documents) = answer["data"]["orderDocumentsMake"]["documents"].as_array() {
            assert_eq!(documents.len(), 1);
            numbers.push(documents[0]["number"].as_str().unwrap().to_owned());
        }
    }
    for order in &orders {
        let made = staff.done(MAKE, json!({ "input": { "orderId": order.id } })).await;
        numbers.push(made["documents"][0]["number"].as_str().unwrap().to_owned());
    }
    numbers.sort();
    numbers.dedup();
    let ends: Vec<String> = numbers
        .iter()
        .map(|number| number[number.len() - 5..].to_owned())
        .collect();
    let expected: Vec<String> = (1..=orders.len()).map(|number| format!("{number:05}")).collect();
    assert_eq!(ends, expected);
    shop.close().await;
}
