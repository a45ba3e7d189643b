//! Which goods come back, and for how long.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::{complete, done, line_of, refusal, returnable};
use crate::purchase::dispatch;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shop_says_what_comes_back_and_for_how_long() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let ada = shop.customer("ada@example.com").await;
    let mug = staff.sell("MUG-1", "10.00", 10).await;
    let soap = staff.sell("SOAP-1", "5.00", 10).await;
    let policy = "mutation($input: ReturnPolicyUpdateInput!) { returnPolicyUpdate(input: $input) {
        returnPolicy { days version instructions approvesAtOnce } userErrors { code message field } } }";
    let now = staff
        .done(
            policy,
            json!({ "input": { "days": 14, "instructions": "To Dock 4, Hamburg." } }),
        )
        .await;
    assert_eq!(
        (&now["returnPolicy"]["days"], &now["returnPolicy"]["version"]),
        (&json!(14), &json!(2))
    );
    for (input, code) in [
        (json!({ "days": -1 }), "INVALID"),
        (json!({ "feeBasisPoints": 10_001 }), "INVALID"),
        (json!({ "days": 20, "expectedVersion": 1 }), "VERSION_CONFLICT"),
    ] {
        assert_eq!(staff.refusals(policy, json!({ "input": input })).await, [code]);
    }
    assert_eq!(
        ada.refusals(policy, json!({ "input": { "days": 99 } })).await,
        ["FORBIDDEN"]
    );
    let product = "query($slug: String!) { product(slug: $slug) { id returnExemption } }";
    let id = staff.data(product, json!({ "slug": "soap-1" })).await["product"]["id"].take();
    let exempt = "mutation($input: ProductReturnExemptionSetInput!) { productReturnExemptionSet(input: $input) {
        product { returnExemption } userErrors { code message } } }";
    let set = staff
        .done(exempt, json!({ "input": { "productId": id, "reason": "HYGIENE" } }))
        .await;
    assert_eq!(set["product"]["returnExemption"], "HYGIENE");

    let placed = ada.buy(&[(&mug, 2), (&soap, 1)], "tok_approve").await;
    shop.settle().await;
    dispatch(&staff, &placed.id).await;
    complete(&staff, &placed.id).await;
    assert_eq!(returnable(&ada, &placed, "SOAP-1").await, (0, json!("EXEMPT")));
    let (mugs, soaps) = (
        line_of(&ada, &placed, "MUG-1").await,
        line_of(&ada, &placed, "SOAP-1").await,
    );
    let asked = |line: &Value, key: &str| {
        json!({
            "orderId": placed.id, "idempotencyKey": key,
            "lines": [{ "lineId": line, "quantity": 1, "reason": "CHANGED_MIND" }],
        })
    };
    let told = refusal(&ada, "returnRequest", asked(&soaps, "s1")).await;
    assert!(told.1.contains("hygiene"), "{told:?}");
    // Staff may make an exception, and refuse with words that the shopper reads.
    let exception = done(&staff, "returnRequest", asked(&soaps, "s1")).await;
    let refuse = json!({ "id": exception["id"], "reason": "The seal is broken." });
    for _ in 0..2 {
        let refused = done(&staff, "returnRefuse", refuse.clone()).await;
        assert_eq!(
            (&refused["status"], &refused["refusal"]),
            (&json!("REFUSED"), &json!("The seal is broken."))
        );
    }
    assert_eq!(
        refusal(&staff, "returnApprove", json!({ "id": exception["id"] }))
            .await
            .0,
        "ORDER_STATE"
    );

    // One that is given up frees its units; one that is approved at once tells where to send them.
    let given_up = done(&ada, "returnRequest", asked(&mugs, "m1")).await;
    for _ in 0..2 {
        let cancelled = done(&ada, "returnCancel", json!({ "id": given_up["id"] })).await;
        assert_eq!(cancelled["status"], "CANCELLED");
    }
    staff.done(policy, json!({ "input": { "approvesAtOnce": true } })).await;
    let approved = done(&ada, "returnRequest", asked(&mugs, "m2")).await;
    assert_eq!(
        (&approved["status"], &approved["instructions"]),
        (&json!("APPROVED"), &json!("To Dock 4, Hamburg."))
    );
    let mine = "{ viewer { returns(first: 5) { totalCount nodes { status order { number } } } } }";
    let mine = ada.data(mine, json!({})).await["viewer"]["returns"].take();
    assert_eq!(
        (&mine["totalCount"], &mine["nodes"][0]["status"]),
        (&json!(3), &json!("APPROVED"))
    );

    // In time is in time.
    shop.advance(TimeDelta::days(15)).await;
    let holder = shop.guest();
    assert_eq!(returnable(&holder, &placed, "MUG-1").await, (0, json!("TOO_LATE")));
    let mut late = asked(&mugs, "m3");
    late["accessToken"] = json!(placed.access_token);
    let told = refusal(&holder, "returnRequest", late).await;
    assert!(told.1.contains("could be sent back until"), "{told:?}");
    shop.close().await;
}
