//! A draft that is sent as a link, and paid by it.

use serde_json::{Value, json};
use vitrine_tests::purchase::{address, cart_mutation};

use super::{READ, amount_left, did, open, refused, token};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_staff_put_together_is_paid_by_its_link() {
    let (shop, staff, mug) = open().await;
    let guest = shop.guest();
    let lines = json!([
        { "variantId": mug, "quantity": 2, "unitPrice": "25.00" },
        { "title": "Engraving", "quantity": 1, "unitPrice": "15.00", "requiresShipping": false, "weightGrams": 250 },
    ]);
    let fields = json!({ "email": "ada@example.com", "shippingAddress": address(), "staffNote": "By phone.",
        "ownShipping": { "title": "By our van", "price": "12.00" }, "discount": { "title": "For you", "percentage": "10" } });
    let draft = did(&staff, "Create", json!({ "draftOrder": fields, "lines": lines })).await;
    assert_eq!(draft["status"], "OPEN");
    assert!(draft["number"].as_str().unwrap().starts_with("D-"), "{draft}");
    let cost = &draft["cart"]["cost"];
    let told = ["subtotal", "discount", "shipping", "total"].map(|part| cost[part]["amount"].as_str().unwrap());
    assert_eq!(told, ["65.00", "6.50", "12.00", "70.50"]);
    assert_eq!(draft["total"]["amount"], "70.50");
    assert_eq!(draft["cart"]["problems"], json!([]), "{draft}");
    assert_eq!(draft["cart"]["lines"][1]["product"]["title"], "Engraving");
    assert_eq!(draft["cart"]["lines"][1]["custom"], json!(true));

    // Nobody opens it before it is sent, nor with another token; a dearer mug makes it no dearer.
    let id = draft["id"].clone();
    let read = json!({ "id": id, "token": token(&draft) });
    assert_eq!(guest.data(READ, read.clone()).await["draftOrder"], Value::Null);
    staff.sell("MUG-1", "40.00", 10).await;
    let input = json!({ "id": id, "expectedVersion": draft["version"], "message": "As we said." });
    let sent = did(&staff, "Send", input.clone()).await;
    assert_eq!(
        (&sent["status"], &sent["total"]["amount"]),
        (&json!("SENT"), &json!("70.50"))
    );
    assert_eq!(
        did(&staff, "Send", input).await["version"],
        sent["version"],
        "sent once"
    );
    shop.settle().await;
    let mails = shop.mails().await;
    let told: Vec<_> = mails
        .iter()
        .filter(|mail| mail.to.contains("ada@example.com"))
        .collect();
    assert_eq!(told.len(), 1);
    for part in [
        "D-",
        "As we said.",
        "2 × Test MUG-1",
        "1 × Engraving",
        sent["link"].as_str().unwrap(),
        "until",
    ] {
        assert!(told[0].text.contains(part), "{part}: {}", told[0].text);
    }
    let wrong = json!({ "id": id, "token": "nonsense" });
    assert_eq!(guest.data(READ, wrong).await["draftOrder"], Value::Null);
    let opened = guest.data(READ, read.clone()).await["draftOrder"].take();
    assert_eq!(opened["cart"]["total"]["total"]["amount"], "70.50", "{opened}");

    let of_staff = "query ($id: ID!, $token: String) { draftOrder(id: $id, accessToken: $token) { staffNote } }";
    let answer = guest.answer(of_staff, read.clone()).await;
    assert_eq!(answer["data"]["draftOrder"]["staffNote"], Value::Null);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");

    // Whoever pays gives addresses; what it holds, and for how much, they do not change.
    let cart = &sent["cart"];
    let line = json!([{ "lineId": cart["lines"][0]["id"], "quantity": 1 }]);
    for (name, more) in [
        ("cartLinesUpdate", json!({ "lines": line })),
        ("cartLinesRemove", json!({ "lineIds": [cart["lines"][0]["id"]] })),
        (
            "cartLinesAdd",
            json!({ "lines": [{ "variantId": mug, "quantity": 1 }] }),
        ),
        ("cartDiscountCodesAdd", json!({ "codes": ["SUMMER"] })),
    ] {
        let mut input = more;
        input["cartId"] = cart["id"].clone();
        let refused = guest.refusals(&cart_mutation(name), json!({ "input": input })).await;
        assert_eq!(refused, ["DRAFT_ORDER_STATE"], "{name}");
    }
    let elsewhere = json!({ "cartId": cart["id"], "shippingAddress": { "name": "Ada", "line1": "Domplatz 1", "city": "Köln",
        "postalCode": "50667", "countryCode": "DE" } });
    let moved = guest
        .done(&cart_mutation("cartAddressesUpdate"), json!({ "input": elsewhere }))
        .await["cart"]
        .take();
    assert_eq!(moved["cost"]["total"]["amount"], "70.50");
    assert_eq!(amount_left(&staff, &mug).await, 10);
    let placed = guest.place(&moved, "key", "tok_approve").await;
    assert_eq!(placed["userErrors"], json!([]), "{placed}");
    assert_eq!(placed["order"]["cost"]["total"]["amount"], "70.50");
    let again = guest.place(&moved, "key", "tok_approve").await;
    assert_eq!(again["order"]["id"], placed["order"]["id"]);
    let other = guest.place(&moved, "other", "tok_approve").await;
    assert_eq!(other["userErrors"][0]["code"], "CART_COMPLETED", "{other}");
    shop.settle().await;
    assert_eq!(amount_left(&staff, &mug).await, 8);
    let query = "query ($id: ID!) { order(id: $id) { status shippingMethodName lines { sku title weightGrams unitPrice { amount } }
        timeline(first: 1) { nodes { message } } } }";
    let order = staff.data(query, json!({ "id": placed["order"]["id"] })).await["order"].take();
    assert_eq!(
        (&order["status"], &order["shippingMethodName"]),
        (&json!("CONFIRMED"), &json!("By our van"))
    );
    let expected = json!([
        { "sku": "MUG-1", "title": "Test MUG-1", "weightGrams": 0, "unitPrice": { "amount": "25.00" } },
        { "sku": "CUSTOM", "title": "Engraving", "weightGrams": 250, "unitPrice": { "amount": "15.00" } },
    ]);
    assert_eq!(order["lines"], expected);
    let entry = order["timeline"]["nodes"][0]["message"].as_str().unwrap();
    assert!(entry.contains(draft["number"].as_str().unwrap()), "{entry}");

    // It is an order: staff change it no more, and its link says so.
    let opened = guest.data(READ, read).await["draftOrder"].take();
    assert_eq!(opened["status"], "COMPLETED");
    assert_eq!(
        refused(&staff, "Delete", json!({ "id": id })).await,
        ["DRAFT_ORDER_STATE"]
    );
    let change = json!({ "id": id, "draftOrder": { "note": "Hello" } });
    assert_eq!(refused(&staff, "Update", change).await, ["DRAFT_ORDER_STATE"]);
    let copy = did(&staff, "Duplicate", json!({ "id": id })).await;
    assert_eq!(
        (&copy["status"], &copy["total"]["amount"]),
        (&json!("OPEN"), &json!("70.50"))
    );
    shop.close().await;
}
