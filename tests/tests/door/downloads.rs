//! Files that are sold: given after payment, as often and as long as they may be, and no longer than the order is paid.

use chrono::TimeDelta;
use reqwest::{Response, StatusCode, header::HeaderMap};
use serde_json::{Value, json};
use vitrine_adapters::config::CaptureAt;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    Client, TestShop,
    purchase::{PlacedOrder, cart_mutation},
};

use crate::delivery::sell;

const STAGE: &str = "mutation($input: [StagedUploadInput!]!) { stagedUploadsCreate(input: $input) {
    targets { uploadId url } userErrors { code message field } } }";
const ADD: &str = "mutation($input: VariantFileAddInput!) { variantFileAdd(input: $input) {
    file { id name version contentVersion byteSize } userErrors { code message field } } }";
const UPDATE: &str = "mutation($input: VariantFileUpdateInput!) { variantFileUpdate(input: $input) {
    file { id name version contentVersion fetchesMax } userErrors { code message field } } }";
const DELETE: &str = "mutation($input: VariantFileDeleteInput!) { variantFileDelete(input: $input) {
    file { deletedAt } userErrors { code message field } } }";
const RESTORE: &str = "mutation($input: VariantFileRestoreInput!) { variantFileRestore(input: $input) {
    file { deletedAt } userErrors { code message field } } }";
const RENEW: &str = "mutation($input: OrderDownloadRenewInput!) { orderDownloadRenew(input: $input) {
    order { version downloads { name remaining state } } userErrors { code message field } } }";
const DOWNLOADS: &str = "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) {
    status progress { percent steps { status } } downloads { id name url remaining expiresAt state byteSize mimeType } } }";

/// Sends a file; answers its upload's id.
async fn staged(staff: &Client, name: &str, mime_type: &str, content: &[u8]) -> String {
    let file = json!({ "purpose": "FILE", "filename": name, "mimeType": mime_type, "fileSize": content.len() });
    let payload = staff.done(STAGE, json!({ "input": [file] })).await;
    let target = &payload["targets"][0];
    let request = reqwest::Client::new().put(target["url"].as_str().unwrap());
    let answer = request.header("content-type", mime_type).body(content.to_vec()).send();
    assert_eq!(answer.await.unwrap().status(), StatusCode::NO_CONTENT);
    target["uploadId"].as_str().unwrap().to_owned()
}

/// Buys without an address.
async fn buy(guest: &Client, lines: &[(&str, i64)]) -> PlacedOrder {
    let cart = guest.cart_with(lines).await;
    let email = json!({ "input": { "cartId": cart["id"], "email": "ada@example.com" } });
    let cart = guest.done(&cart_mutation("cartContactUpdate"), email).await["cart"].take();
    let payload = guest.place(&cart, cart["id"].as_str().unwrap(), "tok_approve").await;
    assert_eq!(payload["userErrors"], json!([]));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    PlacedOrder {
        id: text(&payload["order"]["id"]),
        number: text(&payload["order"]["number"]),
        access_token: text(&payload["orderAccessToken"]),
        payload,
    }
}

async fn seen(guest: &Client, placed: &PlacedOrder) -> Value {
    let variables = json!({ "id": placed.id, "token": placed.access_token });
    guest.data(DOWNLOADS, variables).await["order"].take()
}

async fn fetched(url: &str, range: Option<&str>) -> Response {
    let mut request = reqwest::Client::new().get(url);
    if let Some(range) = range {
        request = request.header("range", range);
    }
    request.send().await.unwrap()
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers[name].to_str().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_given_after_payment_and_its_link_ends() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let song = sell(&staff, "SONG-1", "9.00", json!({ "requiresShipping": false })).await;
    let content: Vec<u8> = (0..50_000u32).flat_map(u32::to_le_bytes).collect();
    let upload = staged(&staff, "Lied für Ada.flac", "audio/x+flac", &content).await;
    let add = |more: Value| {
        let mut input = json!({ "variantId": song, "uploadId": upload });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "input": input })
    };
    for wrong in [
        json!({ "fetchesMax": 0 }),
        json!({ "days": 4_000 }),
        json!({ "name": "../x" }),
        json!({ "name": "" }),
    ] {
        assert_eq!(staff.refusals(ADD, add(wrong)).await, ["INVALID"]);
    }
    let file = staff.done(ADD, add(json!({ "fetchesMax": 2, "days": 7 }))).await["file"].take();
    assert_eq!(file["name"], "Lied für Ada.flac");
    let again = staff.done(ADD, add(json!({}))).await;
    assert_eq!(again["file"]["id"], file["id"]);

    let guest = shop.guest();
    let placed = buy(&guest, &[(&song, 1)]).await;
    shop.settle().await;
    let order = seen(&guest, &placed).await;
    assert_eq!(
        (&order["status"], &order["progress"]["percent"]),
        (&json!("COMPLETED"), &json!(100))
    );
    assert!(!order["progress"].to_string().contains("DISPATCHED"), "{order}");
    let download = &order["downloads"][0];
    assert_eq!(
        (&download["remaining"], &download["state"], &download["byteSize"]),
        (&json!(2), &json!("READY"), &json!(content.len()))
    );
    let url = download["url"].as_str().unwrap();
    let mails = shop.mails().await;
    let told = mails.iter().find(|mail| mail.subject.contains("confirmed")).unwrap();
    assert!(
        told.text.contains(url) && told.text.contains("2 times, until ") && !told.text.contains("parcel"),
        "{}",
        told.text
    );

    // Whoever looks, or has another link, counts nothing.
    let look = reqwest::Client::new().head(url).send().await.unwrap();
    assert_eq!(header(look.headers(), "content-length"), content.len().to_string());
    assert_eq!(fetched(&format!("{url}x"), None).await.status(), StatusCode::NOT_FOUND);
    let beyond = fetched(url, Some("bytes=900000-")).await;
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(seen(&guest, &placed).await["downloads"][0]["remaining"], 2);

    let whole = fetched(url, None).await;
    let headers = whole.headers().clone();
    assert_eq!(whole.bytes().await.unwrap(), content);
    assert_eq!(header(&headers, "content-type"), "audio/x+flac");
    assert_eq!(header(&headers, "cache-control"), "private, no-store");
    assert_eq!(
        header(&headers, "content-disposition"),
        "attachment; filename=\"Lied f_r Ada.flac\"; filename*=UTF-8''Lied%20f%C3%BCr%20Ada.flac"
    );
    // The connection broke: the rest counts nothing.
    for _ in 0..3 {
        let rest = fetched(url, Some("bytes=100000-")).await;
        assert_eq!(rest.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(rest.bytes().await.unwrap(), content[100_000..]);
    }
    assert_eq!(seen(&guest, &placed).await["downloads"][0]["remaining"], 1);
    // From the first byte to the last it is a fetch, whatever it is called; of two at once one is the last.
    let (one, other) = tokio::join!(fetched(url, Some("bytes=0-")), fetched(url, None));
    let mut statuses = [one.status().as_u16(), other.status().as_u16()];
    statuses.sort_unstable();
    assert!(statuses == [200, 410] || statuses == [206, 410], "{statuses:?}");
    let gone = fetched(url, None).await;
    assert_eq!(gone.status(), StatusCode::GONE);
    assert!(gone.text().await.unwrap().contains("as often as it may be"));
    assert_eq!(seen(&guest, &placed).await["downloads"][0]["state"], "USED_UP");

    // Staff give it anew, and its new content with it.
    let better = vec![7; 1_000];
    let upload = staged(&staff, "better.flac", "audio/x+flac", &better).await;
    let replace =
        json!({ "input": { "id": file["id"], "expectedVersion": 1, "uploadId": upload, "fetchesMax": null } });
    let replaced = staff.done(UPDATE, replace.clone()).await["file"].take();
    assert_eq!(
        (&replaced["contentVersion"], &replaced["name"], &replaced["fetchesMax"]),
        (&json!(2), &file["name"], &Value::Null)
    );
    assert_eq!(staff.refusals(UPDATE, replace).await, ["VERSION_CONFLICT"]);
    let renew = |more: Value| {
        let mut input = json!({ "orderId": placed.id });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "input": input })
    };
    assert_eq!(guest.refusals(RENEW, renew(json!({}))).await, ["UNAUTHENTICATED"]);
    assert_eq!(
        staff.refusals(RENEW, renew(json!({ "expectedVersion": 1 }))).await,
        ["VERSION_CONFLICT"]
    );
    let renewed = staff.done(RENEW, renew(json!({ "downloadId": download["id"] }))).await;
    assert_eq!(
        renewed["order"]["downloads"][0],
        json!({ "name": file["name"], "remaining": null, "state": "READY" })
    );
    assert_eq!(fetched(url, None).await.bytes().await.unwrap(), better);
    shop.settle().await;
    let mails = shop.mails().await;
    assert!(
        mails
            .iter()
            .any(|mail| mail.subject.starts_with("The downloads") && mail.html.contains("/downloads/dl_")),
        "{mails:?}"
    );

    // What was bought stays, although it is sold no more; its time runs out.
    staff.done(DELETE, json!({ "input": { "id": file["id"] } })).await;
    assert_eq!(fetched(url, None).await.status(), StatusCode::OK);
    staff.done(RESTORE, json!({ "input": { "id": file["id"] } })).await;
    let query = "query($slug: String!) { product(slug: $slug) { variants { files { id } } } }";
    let listed = staff.data(query, json!({ "slug": "song-1" })).await;
    assert_eq!(listed["product"]["variants"][0]["files"], json!([{ "id": file["id"] }]));
    let answer = guest.answer(query, json!({ "slug": "song-1" })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    shop.advance(TimeDelta::days(8)).await;
    let expired = fetched(url, None).await;
    assert_eq!(expired.status(), StatusCode::GONE);
    assert!(expired.text().await.unwrap().contains("expired"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_is_closed_once_the_order_is_not_paid_any_more() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let book = sell(&staff, "BOOK-1", "9.00", json!({ "requiresShipping": false })).await;
    let upload = staged(&staff, "book.pdf", "application/pdf", b"%PDF").await;
    let input = json!({ "input": { "variantId": book, "uploadId": upload, "fetchesMax": 1 } });
    staff.done(ADD, input).await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let guest = shop.guest();
    // With something that is sent, it waits for that; three units are given three times.
    let mixed = guest.buy(&[(&book, 3), (&mug, 1)], "tok_approve").await;
    let alone = buy(&guest, &[(&book, 1)]).await;
    let unpaid = guest.buy(&[(&book, 1), (&mug, 1)], "tok_decline").await;
    shop.settle().await;
    assert_eq!(seen(&guest, &unpaid).await["downloads"], json!([]));
    let order = seen(&guest, &mixed).await;
    assert_eq!(
        (&order["status"], &order["downloads"][0]["remaining"]),
        (&json!("CONFIRMED"), &json!(3))
    );
    let cancel = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code message } } }";
    let refund =
        "mutation($input: PaymentRefundInput!) { paymentRefund(input: $input) { userErrors { code message field } } }";
    staff.done(cancel, json!({ "input": { "orderId": mixed.id } })).await;
    let part = json!({ "input": { "orderId": alone.id, "amount": "1.00", "idempotencyKey": "r1" } });
    staff.done(refund, part).await;
    shop.settle().await;
    assert_eq!(seen(&guest, &alone).await["downloads"][0]["state"], "READY");
    let rest = json!({ "input": { "orderId": alone.id, "idempotencyKey": "r2" } });
    staff.done(refund, rest).await;
    shop.settle().await;
    for placed in [&mixed, &alone] {
        let download = seen(&guest, placed).await["downloads"][0].take();
        assert_eq!(download["state"], "CLOSED");
        let answer = fetched(download["url"].as_str().unwrap(), None).await;
        assert_eq!(answer.status(), StatusCode::GONE);
        let renew = json!({ "input": { "orderId": placed.id } });
        assert_eq!(staff.refusals(RENEW, renew).await, ["ORDER_STATE"]);
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_that_is_held_is_taken_when_a_download_is_given() {
    let shop = TestShop::open_with(|config| config.payment.capture = CaptureAt::OnDispatch).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let book = sell(&staff, "BOOK-1", "9.00", json!({ "requiresShipping": false })).await;
    let guest = shop.guest();
    // Without a file, staff deliver it and say so.
    let by_hand = buy(&guest, &[(&book, 1)]).await;
    shop.settle().await;
    assert_eq!(guest.order(&by_hand).await["status"], "CONFIRMED");
    let upload = staged(&staff, "book.pdf", "application/pdf", b"%PDF").await;
    let input = json!({ "input": { "variantId": book, "uploadId": upload } });
    staff.done(ADD, input).await;
    let renewed = staff.done(RENEW, json!({ "input": { "orderId": by_hand.id } })).await;
    assert_eq!(renewed["order"]["downloads"][0]["state"], "READY");
    let complete =
        "mutation($input: OrderCompleteInput!) { orderComplete(input: $input) { userErrors { code message } } }";
    staff
        .done(complete, json!({ "input": { "orderId": by_hand.id } }))
        .await;
    let alone = buy(&guest, &[(&book, 1)]).await;
    shop.settle().await;
    for placed in [&by_hand, &alone] {
        let order = guest.order(placed).await;
        let captured = &order["payment"]["capturedAmount"]["amount"];
        assert_eq!((&order["status"], captured), (&json!("COMPLETED"), &json!("9.00")));
    }
    shop.close().await;
}
