use serde_json::{Value, json};

use super::{chair, errors, mutation, open, wrong};

fn operator(name: &str) -> String {
    let mut input = name.to_owned();
    input[..1].make_ascii_uppercase();
    format!(
        "mutation($input: {input}Input!) {{ {name}(input: $input) {{ economicOperator {{ id name version deletedAt }} userErrors {{ code field message }} }} }}"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn buyers_are_told_who_answers_for_a_product() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let chair = chair(&staff).await;
    let maker = json!({ "name": "Chairs Ltd", "postalAddress": "1 Wood Lane\nLeeds", "electronicAddress": "Safety@Chairs.example" });
    let maker = staff
        .done(&operator("economicOperatorCreate"), json!({ "input": maker }))
        .await["economicOperator"]
        .take();
    let person = json!({ "name": "EU Rep GmbH", "postalAddress": "Hauptstr. 1\n10117 Berlin", "electronicAddress": "https://rep.example/contact" });
    let person = staff
        .done(&operator("economicOperatorCreate"), json!({ "input": person }))
        .await["economicOperator"]
        .take();
    let set = json!({ "productId": chair["id"], "expectedVersion": chair["version"], "manufacturerId": maker["id"],
        "responsiblePersonId": person["id"], "warnings": "Do not stand on it.\nKeep away from fire." });
    let after = staff.done(&mutation("productSafetySet"), json!({ "input": set })).await["product"].take();
    assert_eq!(after["version"], chair["version"].as_i64().unwrap() + 1);
    let query = "{ product(slug: \"oak-chair\") { safety { warnings manufacturer { name electronicAddress } responsiblePerson { name postalAddress } } } }";
    let told = guest.data(query, json!({})).await["product"]["safety"].take();
    assert_eq!(told["warnings"], "Do not stand on it.\nKeep away from fire.");
    assert_eq!(
        told["manufacturer"],
        json!({ "name": "Chairs Ltd", "electronicAddress": "safety@chairs.example" })
    );
    assert_eq!(told["responsiblePerson"]["postalAddress"], "Hauptstr. 1\n10117 Berlin");

    // Only what is named changes, and what changes in one place changes on all products.
    let less = json!({ "productId": chair["id"], "responsiblePersonId": null });
    staff
        .done(&mutation("productSafetySet"), json!({ "input": less }))
        .await;
    let renamed = json!({ "id": maker["id"], "expectedVersion": maker["version"], "name": "Chairs plc" });
    staff
        .done(&operator("economicOperatorUpdate"), json!({ "input": renamed }))
        .await;
    let told = guest.data(query, json!({})).await["product"]["safety"].take();
    assert_eq!(
        (&told["manufacturer"]["name"], &told["responsiblePerson"]),
        (&json!("Chairs plc"), &Value::Null)
    );

    assert_eq!(
        staff
            .refusals(
                &operator("economicOperatorDelete"),
                json!({ "input": { "id": maker["id"] } })
            )
            .await,
        ["INVALID"],
        "a product names it"
    );
    staff
        .done(
            &operator("economicOperatorDelete"),
            json!({ "input": { "id": person["id"] } }),
        )
        .await;
    let again = json!({ "productId": chair["id"], "responsiblePersonId": person["id"] });
    assert_eq!(
        errors(&staff, "productSafetySet", again.clone()).await,
        [wrong("input.responsiblePersonId", "NOT_FOUND")]
    );
    staff
        .done(
            &operator("economicOperatorRestore"),
            json!({ "input": { "id": person["id"] } }),
        )
        .await;
    staff
        .done(&mutation("productSafetySet"), json!({ "input": again }))
        .await;
    let listed = staff.data("{ economicOperators { name } }", json!({})).await;
    assert_eq!(
        listed["economicOperators"],
        json!([{ "name": "Chairs plc" }, { "name": "EU Rep GmbH" }])
    );
    let bad = json!({ "name": "", "postalAddress": " ", "electronicAddress": "by pigeon" });
    assert_eq!(
        staff
            .refusals(&operator("economicOperatorCreate"), json!({ "input": bad }))
            .await,
        ["INVALID", "INVALID", "INVALID"]
    );
    shop.close().await;
}
