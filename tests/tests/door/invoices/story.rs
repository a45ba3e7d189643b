//! An invoice, what is taken back of it, and who is told.

use reqwest::StatusCode;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder};

use super::{MAKE, SHOP, address, open};

const SETTINGS: &str = "mutation($input: DocumentSettingsUpdateInput!) { documentSettingsUpdate(input: $input) {
    settings { version invoiceAt seller { iban } missing { field } } userErrors { code message field } } }";
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_gets_its_invoice_and_what_is_paid_back_is_taken_from_it() {
    let story = Story::open().await;
    story.comes_by_mail().await;
    story.is_given_to_people_and_programs().await;
    story.is_made_once_and_the_parcel_has_its_note().await;
    story.is_taken_back_in_parts().await;
    story.takes_back_the_taxes_of_units().await;
    story.is_taken_back_once_where_its_order_is_cancelled().await;
    story.no_row_changes().await;
    story.is_found_by_whoever_keeps_the_books().await;
    story.keeps_nobody_from_the_others_where_no_font_has_a_letter().await;
    story.is_forgotten_once_it_may_be().await;
    story.shop.close().await;
}

/// An order of three mugs, with its invoice.
struct Story {
    shop: TestShop,
    staff: Client,
    guest: Client,
    mug: String,
    placed: PlacedOrder,
    invoice: Value,
    /// Of the numbers.
    year: String,
}

impl Story {
    async fn open() -> Self {
        let (shop, staff, mug) = open().await;
        what_is_missing_is_told(&staff).await;
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
        Self {
            shop,
            staff,
            guest,
            mug,
            placed,
            invoice,
            year,
        }
    }

    /// It comes by mail, with the file.
    async fn comes_by_mail(&self) {
        let Self { shop, year, .. } = self;
        let mails = shop.mails().await;
        let mail = mails.iter().find(|mail| mail.subject.contains("R-")).expect("the mail");
        let written = std::fs::read(shop.config().mail.folder.join(&mail.file_name)).unwrap();
        assert!(holds(&written, "application/pdf") && holds(&written, &format!("R-{year}-00001.pdf")));
    }

    /// To people, and to programs; to nobody without the whole address.
    async fn is_given_to_people_and_programs(&self) {
        let Self { placed, invoice, .. } = self;
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
        let total = invoice["total"]["amount"].as_str().unwrap();
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
    }

    /// Asked again there is nothing more, and the parcel has its note.
    async fn is_made_once_and_the_parcel_has_its_note(&self) {
        let Self {
            shop,
            staff,
            placed,
            year,
            ..
        } = self;
        staff.done(DISPATCH, json!({ "input": { "orderId": placed.id } })).await;
        shop.settle().await;
        let made = staff.done(MAKE, json!({ "input": { "orderId": placed.id } })).await;
        assert_eq!(made["documents"].as_array().unwrap().len(), 2, "{made}");
        assert_eq!(made["documents"][1]["number"], format!("D-{year}-00001"));
    }

    /// A part is paid back, and then the rest.
    async fn is_taken_back_in_parts(&self) {
        let Self {
            shop,
            staff,
            guest,
            placed,
            year,
            ..
        } = self;
        let refund = |key: &str, amount: Option<&str>| json!({ "input": { "orderId": placed.id, "idempotencyKey": key, "amount": amount } });
        staff.done(REFUND, refund("a part", Some("7.35"))).await;
        shop.settle().await;
        staff.done(REFUND, refund("the rest", None)).await;
        shop.settle().await;
        let order = seen(guest, placed).await;
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
    }

    /// Units that are paid back one by one take back the tax that the invoice says of their line: 0.99 has 0.16, and
    /// 2.97 0.47.
    async fn takes_back_the_taxes_of_units(&self) {
        let Self { shop, staff, guest, .. } = self;
        let pin = staff.sell("PIN-1", "0.99", 9).await;
        let few = guest.buy(&[(&pin, 3)], "tok_approve").await;
        shop.settle().await;
        let lines = "query($id: ID!) { order(id: $id) { lines { id } } }";
        let line = staff.data(lines, json!({ "id": few.id })).await["order"]["lines"][0]["id"].take();
        for key in ["first", "second", "third"] {
            let input =
                json!({ "orderId": few.id, "idempotencyKey": key, "lines": [{ "lineId": line, "quantity": 1 }] });
            staff.done(REFUND, json!({ "input": input })).await;
        }
        let rest = json!({ "orderId": few.id, "idempotencyKey": "rest" });
        staff.done(REFUND, json!({ "input": rest })).await;
        shop.settle().await;
        let order = seen(guest, &few).await;
        let taxes = |kind: &str| -> i64 {
            let documents = order["documents"].as_array().unwrap().iter();
            let of_kind = documents.filter(|document| document["kind"] == kind);
            of_kind.map(|document| cents(&document["tax"])).sum()
        };
        assert_eq!(taxes("CREDIT_NOTE"), taxes("INVOICE"), "{order}");
    }

    /// An order that is cancelled has its invoice taken back, once.
    async fn is_taken_back_once_where_its_order_is_cancelled(&self) {
        let Self { shop, guest, mug, .. } = self;
        let other = guest.buy(&[(mug, 1)], "tok_approve").await;
        shop.settle().await;
        let cancel = json!({ "input": { "orderId": other.id, "accessToken": other.access_token } });
        guest.done(CANCEL, cancel).await;
        shop.settle().await;
        let told = told(&seen(guest, &other).await);
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!((&*told[1].0, &told[1].1), ("CREDIT_NOTE", &told[0].1));
    }

    /// No row changes, whoever tries.
    async fn no_row_changes(&self) {
        let Self { shop, .. } = self;
        for sql in [
            "update document set number = 'R-1'",
            "update document set content = '{}'",
            "delete from document",
        ] {
            assert!(shop.shop().db.execute_unprepared(sql).await.is_err(), "{sql}");
        }
    }

    /// For whoever keeps the books.
    async fn is_found_by_whoever_keeps_the_books(&self) {
        let Self {
            staff,
            guest,
            placed,
            invoice,
            ..
        } = self;
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
    }

    /// A document with a letter that no font has keeps nobody from the others: the archive has it as programs read it.
    async fn keeps_nobody_from_the_others_where_no_font_has_a_letter(&self) {
        let Self {
            shop,
            staff,
            guest,
            year,
            ..
        } = self;
        set_up(staff, json!({ "mailed": false })).await;
        let teapot = json!({ "slug": "teapot", "title": "急須", "active": true,
                             "variants": [{ "sku": "POT-1", "price": "30.00", "onHand": 5 }] });
        let product = "mutation($input: ProductSetInput!) { productSet(input: $input) {
            product { variants { id } } userErrors { code message field } } }";
        let teapot = staff.done(product, json!({ "input": teapot })).await["product"]["variants"][0]["id"].take();
        let foreign = guest.buy(&[(teapot.as_str().unwrap(), 1)], "tok_approve").await;
        shop.settle().await;
        let order = seen(guest, &foreign).await;
        let told = order["documents"][0]["number"].as_str().unwrap();
        let (status, _) = file(&order["documents"][0]["pdfUrl"]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let found = staff.data(LIST, json!({})).await;
        let (status, archive) = file(&found["documentArchiveUrl"]).await;
        assert_eq!(status, StatusCode::OK);
        for text in [format!("{told}.xml"), format!(",{told}.xml"), "急須".to_owned()] {
            assert!(holds(&archive, &text), "{text}");
        }
        assert!(holds(&archive, &format!(",R-{year}-00001.pdf")));
    }

    /// What was kept for as long as it had to be may be forgotten, and its number stays.
    async fn is_forgotten_once_it_may_be(&self) {
        let Self {
            shop,
            guest,
            placed,
            year,
            ..
        } = self;
        let forget = "update document set content = null where kind = 'DELIVERY_NOTE'";
        shop.shop().db.execute_unprepared(forget).await.unwrap();
        let order = seen(guest, placed).await;
        let note = &order["documents"][1];
        assert_eq!(
            (&note["number"], &note["pdfUrl"]),
            (&json!(format!("D-{year}-00001")), &Value::Null)
        );
    }
}

/// What is wrong, or missing, is told at its field; then it is said.
async fn what_is_missing_is_told(staff: &Client) {
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
    assert!(message.contains("address is needed"), "{message}");
    staff.done(SHOP, json!({ "input": { "address": address() } })).await;
    let set = set_up(
        staff,
        json!({ "invoiceAt": "PAYMENT", "deliveryNotes": true,
                "seller": { "legalName": "Vitrine Handels GmbH", "iban": "de89 3704 0044 0532 0130 00" } }),
    )
    .await;
    assert_eq!(set["seller"]["iban"], "DE89370400440532013000");
    assert_eq!(set["missing"], json!([]));
}

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
