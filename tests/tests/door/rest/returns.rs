//! Parcels and goods that come back, by paths.

use serde_json::{Value, json};
use vitrine_tests::{Client, client::http};

use super::{bought_with, get, post, post_holding, shop_with_mugs};
use crate::media::pictures::png_with_exif;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn goods_go_and_come_back_by_paths() {
    let (shop, staff) = shop_with_mugs().await;
    let (order, token) = bought_with(&shop, "tok_approve").await;
    shop.settle().await;
    let guest = shop.guest();
    let of_order = |what: &str| format!("{order}/{what}");

    // A parcel, once under its key.
    let parcel = json!({ "carrier": "DHL", "trackings": [{ "number": "00340434161094021501" }], "dispatch": true });
    assert_eq!(
        post(&guest, &of_order("shipments"), "p1", parcel.clone())
            .await
            .problem(),
        (401, "UNAUTHENTICATED")
    );
    // What is refused leaves the key to what is right.
    let wrong = json!({ "trackings": [{ "number": "x".repeat(500) }], "dispatch": true });
    for _ in 0..2 {
        let refused = post(&staff, &of_order("shipments"), "p1", wrong.clone()).await;
        assert_eq!(refused.problem(), (422, "INVALID"));
    }
    let made = post(&staff, &of_order("shipments"), "p1", parcel.clone()).await;
    assert_eq!(
        (made.status, &made.body["status"]),
        (201, &json!("DISPATCHED")),
        "{}",
        made.body
    );
    let again = post(&staff, &of_order("shipments"), "p1", parcel).await;
    assert_eq!(again.body["id"], made.body["id"]);
    let other = post(&staff, &of_order("shipments"), "p1", wrong).await;
    assert_eq!(other.problem(), (422, "IDEMPOTENCY_KEY_REUSED"));
    let seen = get(&guest, &of_order("shipments"), Some(&token)).await;
    assert_eq!(
        seen.body[0]["trackings"][0]["number"], "00340434161094021501",
        "{}",
        seen.body
    );
    assert_eq!(
        get(&guest, &of_order("shipments"), None).await.problem(),
        (404, "NOT_FOUND")
    );
    let listed = get(&staff, "/api/shipments?status=DISPATCHED", None).await;
    assert_eq!(listed.body["items"][0]["id"], made.body["id"]);
    assert_eq!(
        get(&staff, "/api/shipments?status=LOST", None).await.problem(),
        (422, "INVALID")
    );
    shop.settle().await;

    // It comes back: asked for by whoever holds the token, decided by staff, once each.
    let line = made.body["lines"][0]["lineId"].clone();
    let asked = json!({ "lines": [{ "lineId": line, "quantity": 1, "reason": "DEFECTIVE" }], "note": "It leaks." });
    assert_eq!(
        post_holding(&guest, &of_order("returns"), "guessed", "r1", asked.clone())
            .await
            .problem(),
        (404, "NOT_FOUND")
    );
    let back = post_holding(&guest, &of_order("returns"), &token, "r1", asked.clone()).await;
    assert_eq!(
        (back.status, &back.body["status"]),
        (201, &json!("REQUESTED")),
        "{}",
        back.body
    );
    let again = post_holding(&guest, &of_order("returns"), &token, "r1", asked).await;
    assert_eq!(again.body["id"], back.body["id"]);
    shows_what_is_broken(&guest, &staff, &token, &back.body["id"]).await;
    let path = back.header("location").to_owned();
    let step = async |name: &str, key: &str, body: Value| post(&staff, &format!("{path}/{name}"), key, body).await;
    let approve = json!({ "instructions": "To Dock 4, Hamburg." });
    assert_eq!(step("approve", "s1", approve.clone()).await.body["status"], "APPROVED");
    assert_eq!(step("approve", "s1", approve).await.body["version"], 2);
    assert_eq!(step("receive", "s2", json!({})).await.body["status"], "RECEIVED");
    let of = &back.body["lines"][0]["id"];
    let inspect = json!({ "lines": [{ "lineId": of, "writeOff": 1 }] });
    let too_many = json!({ "lines": [{ "lineId": of, "writeOff": 9 }] });
    assert_eq!(step("inspect", "s3", too_many).await.status, 422);
    for _ in 0..2 {
        assert_eq!(step("inspect", "s3", inspect.clone()).await.body["status"], "INSPECTED");
    }
    assert_eq!(
        step("refund", "s4", json!({ "fee": "999.00" })).await.problem(),
        (422, "INVALID_AMOUNT")
    );
    let paid = step("refund", "s4", json!({ "fee": "1.00" })).await;
    assert_eq!(
        (&paid.body["status"], &paid.body["fee"]["amount"]),
        (&json!("CLOSED"), &json!("1.00")),
        "{}",
        paid.body
    );
    assert_eq!(step("close", "s5", json!({})).await.body["status"], "CLOSED");
    assert_eq!(
        step("refuse", "s6", json!({ "reason": "No." })).await.problem(),
        (409, "ORDER_STATE")
    );
    let read = get(&guest, &path, Some(&token)).await;
    assert_eq!(read.body["lines"][0]["refundedQuantity"], 1, "{}", read.body);
    assert_eq!(
        get(&staff, "/api/returns?status=CLOSED", None).await.body["items"][0]["id"],
        back.body["id"]
    );
    assert_eq!(
        get(&guest, "/api/returns", None).await.problem(),
        (401, "UNAUTHENTICATED")
    );
    shop.settle().await;
    shop.abandon().await;
}

/// A picture goes to the address that is given, without where it was taken, and is seen by whoever may open the order.
async fn shows_what_is_broken(guest: &Client, staff: &Client, token: &str, id: &Value) {
    let target = "mutation($input: ReturnPictureUploadCreateInput!) { returnPictureUploadCreate(input: $input) {
        target { url } userErrors { code field } } }";
    let content = png_with_exif(40, 30, 1);
    let asked = |token: &str, mime_type: &str, size: usize| json!({ "input": { "returnId": id, "accessToken": token, "mimeType": mime_type, "fileSize": size } });
    for (variables, code) in [
        (asked("guessed", "image/png", content.len()), "NOT_FOUND"),
        (asked(token, "image/svg+xml", content.len()), "INVALID"),
        (asked(token, "image/png", 11 << 20), "INVALID"),
    ] {
        assert_eq!(guest.refusals(target, variables).await, [code]);
    }
    let given = guest.done(target, asked(token, "image/png", content.len())).await;
    let url = given["target"]["url"].as_str().unwrap().to_owned();
    let put = async |url: &str, content: &[u8]| {
        let request = http()
            .put(url)
            .header("content-type", "image/png")
            .body(content.to_vec());
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(
        put(&url.replace("size=", "size=1"), &content).await,
        403,
        "the address is another"
    );
    assert_eq!(put(&url, &vec![b'x'; content.len()]).await, 422, "it is no picture");
    for _ in 0..2 {
        assert_eq!(put(&url, &content).await, 204);
    }
    let seen =
        "query($id: ID!, $token: String) { return(id: $id, accessToken: $token) { pictures { url width height } } }";
    let pictures = guest.data(seen, json!({ "id": id, "token": token })).await["return"]["pictures"].take();
    assert_eq!(
        (pictures.as_array().unwrap().len(), &pictures[0]["width"]),
        (1, &json!(40))
    );
    let of_staff = staff.data(seen, json!({ "id": id })).await["return"]["pictures"].take();
    assert_eq!(of_staff.as_array().unwrap().len(), 1);
    let shown = http().get(pictures[0]["url"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(
        (
            shown.status().as_u16(),
            shown.headers()["content-type"].to_str().unwrap()
        ),
        (200, "image/png")
    );
    let bytes = shown.bytes().await.unwrap();
    assert!(!bytes.windows(3).any(|part| part == b"ADA"), "it tells whose it is");
    let forged = pictures[0]["url"]
        .as_str()
        .unwrap()
        .replace("signature=", "signature=A");
    assert_eq!(http().get(forged).send().await.unwrap().status().as_u16(), 403);
}
