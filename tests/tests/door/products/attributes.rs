use serde_json::{Value, json};

use super::{chair, errors as product_errors, mutation, open, wrong};
use vitrine_tests::Client;

const DEFINITION: &str =
    "attributeDefinition { id key name kind list unit filterable visible position version deletedAt
    choices { value swatch { colour } } categories { slug } unfitValues }";

fn definition(name: &str) -> String {
    let mut input = name.to_owned();
    input[..1].make_ascii_uppercase();
    format!(
        "mutation($input: {input}Input!) {{ {name}(input: $input) {{ {DEFINITION} userErrors {{ code message field }} }} }}"
    )
}

pub(super) async fn define(staff: &Client, input: Value) -> Value {
    let payload = staff
        .done(&definition("attributeDefinitionCreate"), json!({ "input": input }))
        .await;
    payload["attributeDefinition"].clone()
}

async fn errors(staff: &Client, name: &str, input: Value) -> Vec<(String, String)> {
    let payload = staff.payload(&definition(name), json!({ "input": input })).await;
    let path = |error: &Value| {
        let field = error["field"].as_array().cloned().unwrap_or_default();
        field
            .iter()
            .map(|part| part.as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(".")
    };
    let errors = payload["userErrors"].as_array().unwrap();
    errors
        .iter()
        .map(|error| (path(error), error["code"].as_str().unwrap().to_owned()))
        .collect()
}

const SHOWN: &str =
    "{ product(slug: \"oak-chair\") { attributes { key name value kind numberValue unit booleanValue dateValue colour
    reference { __typename ... on Product { slug } ... on Category { slug } } } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn values_are_typed_by_what_staff_defined() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let chair = chair(&staff).await;
    let lamp = guest
        .data("{ product(slug: \"alba-dome-lamp\") { id } }", json!({}))
        .await["product"]["id"]
        .take();
    for input in [
        json!({ "name": "Seat height", "kind": "NUMBER_WITH_UNIT", "unit": "CM" }),
        json!({ "name": "Stackable", "kind": "BOOLEAN" }),
        json!({ "name": "Made on", "kind": "DATE" }),
        json!({ "name": "Stain", "kind": "TEXT", "list": true, "choices": [{ "value": "Natural", "colour": "#D2B48C" }, { "value": "Black", "colour": "#000000" }] }),
        json!({ "name": "Goes with", "kind": "REFERENCE", "referenceKind": "PRODUCT" }),
        json!({ "name": "Cost class", "kind": "NUMBER", "visible": false }),
    ] {
        define(&staff, input).await;
    }
    let attributes = json!([
        { "key": "seat_height", "values": ["455 mm"] },
        { "key": "stackable", "values": ["yes"] },
        { "key": "made_on", "values": ["2026-01-31"] },
        { "name": "Stain", "values": ["Black", "Natural"] },
        { "key": "goes_with", "values": [lamp] },
        { "key": "cost_class", "values": ["3.50"] },
        { "name": "Joints", "values": ["Mortise and tenon"] }]);
    let input = json!({ "productId": chair["id"], "expectedVersion": chair["version"], "attributes": attributes });
    let after = staff
        .done(&mutation("productAttributesSet"), json!({ "input": input }))
        .await["product"]
        .take();
    assert_eq!(after["version"], chair["version"].as_i64().unwrap() + 1);
    let shown = guest.data(SHOWN, json!({})).await["product"]["attributes"].take();
    assert_eq!(shown[5]["value"], lamp);
    insta::assert_json_snapshot!("typed_attributes", shown, { "[5].value" => "[product]" });
    let seen = staff.data(SHOWN, json!({})).await["product"]["attributes"].to_string();
    assert!(seen.contains("Cost class") && seen.contains("\"3.5\""), "{seen}");

    // Only what is named changes, and null takes away.
    let less = json!({ "productId": chair["id"], "attributes": [{ "key": "stain", "values": null }, { "key": "stackable", "values": ["false"] }] });
    staff
        .done(&mutation("productAttributesSet"), json!({ "input": less }))
        .await;
    let shown = guest.data(SHOWN, json!({})).await["product"]["attributes"].to_string();
    assert!(
        !shown.contains("Stain") && shown.contains("\"booleanValue\":false") && shown.contains("45.5 cm"),
        "{shown}"
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_that_is_not_what_it_must_be_is_told_at_its_place() {
    let (shop, staff) = open().await;
    let chair = chair(&staff).await;
    define(
        &staff,
        json!({ "name": "Seat height", "kind": "NUMBER_WITH_UNIT", "unit": "CM" }),
    )
    .await;
    define(
        &staff,
        json!({ "name": "Stain", "kind": "TEXT", "choices": [{ "value": "Natural" }] }),
    )
    .await;
    define(
        &staff,
        json!({ "name": "Goes with", "kind": "REFERENCE", "referenceKind": "PRODUCT" }),
    )
    .await;
    let lamps = "{ category(slug: \"table-lamps\") { id } }";
    let lamps = staff.data(lamps, json!({})).await["category"]["id"].take();
    define(
        &staff,
        json!({ "name": "Watts", "kind": "NUMBER_WITH_UNIT", "unit": "W", "categoryIds": [lamps] }),
    )
    .await;
    let attributes = json!([
        { "key": "seat_height", "values": ["tall"] },
        { "key": "stain", "values": ["Natural", "Green"] },
        { "key": "goes_with", "values": ["prod_00000000000000000000000007"] },
        { "key": "nothing", "values": ["1"] },
        { "key": "watts", "values": ["5 W"] },
        { "values": [] }]);
    let told = product_errors(
        &staff,
        "productAttributesSet",
        json!({ "productId": chair["id"], "attributes": attributes }),
    )
    .await;
    assert_eq!(
        told,
        [
            wrong("input.attributes.0.values.0", "INVALID"),
            wrong("input.attributes.1.values", "INVALID"),
            wrong("input.attributes.1.values.1", "INVALID"),
            wrong("input.attributes.2.values.0", "NOT_FOUND"),
            wrong("input.attributes.3.key", "NOT_FOUND"),
            wrong("input.attributes.4", "INVALID"),
            wrong("input.attributes.5", "INVALID"),
        ]
    );
    assert_eq!(
        errors(
            &staff,
            "attributeDefinitionCreate",
            json!({ "name": "Stain", "kind": "NUMBER", "unit": "KG" })
        )
        .await,
        [
            wrong("input.unit", "INVALID"),
            wrong("input.key", "TAKEN"),
            wrong("input.name", "TAKEN")
        ]
    );
    assert_eq!(
        errors(
            &staff,
            "attributeDefinitionCreate",
            json!({ "key": "No Key", "name": "N", "kind": "DATE", "choices": [{ "value": "soon" }] })
        )
        .await,
        [wrong("input.choices.0.value", "INVALID"), wrong("input.key", "INVALID")]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn free_text_becomes_typed_follows_its_definition_and_is_free_again() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    let chair = chair(&staff).await;
    let values = json!([{ "name": "Weight", "values": ["4500 g"] }, { "name": "Wood", "values": ["oak"] }]);
    staff
        .done(
            &mutation("productAttributesSet"),
            json!({ "input": { "productId": chair["id"], "attributes": values } }),
        )
        .await;
    let weight = define(
        &staff,
        json!({ "name": "Weight", "kind": "NUMBER_WITH_UNIT", "unit": "KG" }),
    )
    .await;
    let wood = define(
        &staff,
        json!({ "name": "Wood", "kind": "TEXT", "choices": [{ "value": "Oak" }, { "value": "Ash" }] }),
    )
    .await;
    assert_eq!(
        (&weight["unfitValues"], &wood["unfitValues"]),
        (&json!([]), &json!(["oak"]))
    );
    let shown = async || guest.data(SHOWN, json!({})).await["product"]["attributes"].take();
    assert_eq!(shown().await[0]["value"], "4.5 kg");

    let better = json!({ "productId": chair["id"], "attributes": [{ "key": "wood", "values": ["Oak"] }] });
    staff
        .done(&mutation("productAttributesSet"), json!({ "input": better }))
        .await;
    let update = json!({ "id": wood["id"], "expectedVersion": wood["version"], "name": "Timber", "filterable": true,
        "choices": [{ "value": "Ash" }, { "value": "Oak", "newValue": "European oak" }] });
    let after = staff
        .done(&definition("attributeDefinitionUpdate"), json!({ "input": update }))
        .await["attributeDefinition"]
        .take();
    assert_eq!(
        (&after["name"], &after["choices"][1]["value"]),
        (&json!("Timber"), &json!("European oak"))
    );
    let named = shown().await;
    assert_eq!(
        (&named[1]["name"], &named[1]["value"], &named[1]["key"]),
        (&json!("Timber"), &json!("European oak"), &json!("wood"))
    );
    let gone = json!({ "id": wood["id"], "choices": [{ "value": "Ash" }] });
    assert_eq!(
        errors(&staff, "attributeDefinitionUpdate", gone).await,
        [wrong("input.choices", "INVALID")]
    );
    let stale = json!({ "id": wood["id"], "expectedVersion": 1, "position": 9 });
    assert_eq!(
        errors(&staff, "attributeDefinitionUpdate", stale).await,
        [wrong("input.expectedVersion", "VERSION_CONFLICT")]
    );

    staff
        .done(
            &definition("attributeDefinitionDelete"),
            json!({ "input": { "id": weight["id"] } }),
        )
        .await;
    let free = shown().await;
    let free = free
        .as_array()
        .unwrap()
        .iter()
        .find(|value| value["name"] == "Weight")
        .unwrap();
    assert_eq!(
        (&free["value"], &free["kind"], &free["key"]),
        (&json!("4.5 kg"), &json!("TEXT"), &Value::Null)
    );
    let deleted = staff
        .data("{ attributeDefinitions(deleted: true) { name } }", json!({}))
        .await;
    assert_eq!(deleted["attributeDefinitions"], json!([{ "name": "Weight" }]));
    define(&staff, json!({ "key": "other", "name": "Weight", "kind": "TEXT" })).await;
    assert_eq!(
        errors(&staff, "attributeDefinitionRestore", json!({ "id": weight["id"] })).await,
        [wrong("input.name", "TAKEN")]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_are_filtered_by_range_and_facets_are_those_that_staff_chose() {
    let (shop, staff) = open().await;
    let guest = shop.guest();
    define(
        &staff,
        json!({ "name": "Net weight", "kind": "NUMBER_WITH_UNIT", "unit": "KG" }),
    )
    .await;
    define(&staff, json!({ "name": "Secret", "kind": "TEXT", "filterable": false })).await;
    define(
        &staff,
        json!({ "name": "Finish", "kind": "TEXT", "choices": [{ "value": "Waxed" }, { "value": "Bare" }] }),
    )
    .await;
    for (title, weight, finish) in [
        ("Zolquin one", "900 g", "Bare"),
        ("Zolquin two", "1.5 kg", "Waxed"),
        ("Zolquin three", "2000 g", "Bare"),
    ] {
        let input = json!({ "title": title, "status": "ACTIVE", "variants": [{ "price": "5.00", "onHand": 1 }] });
        let made = staff.done(&mutation("productCreate"), json!({ "input": input })).await["product"].take();
        let values = json!([{ "key": "net_weight", "values": [weight] }, { "key": "secret", "values": ["x"] }, { "key": "finish", "values": [finish] }]);
        staff
            .done(
                &mutation("productAttributesSet"),
                json!({ "input": { "productId": made["id"], "attributes": values } }),
            )
            .await;
    }
    shop.settle().await;
    let query = "query($where: ProductWhere) {
        products(first: 10, where: $where, sort: TITLE_ASCENDING) { nodes { slug } }
        productSearch(query: \"zolquin\", where: $where, first: 10) { degraded nodes { slug } facets { name values { value } } } }";
    let slugs = |list: &Value| {
        let nodes = list["nodes"].as_array().unwrap();
        let mut slugs: Vec<_> = nodes
            .iter()
            .map(|node| node["slug"].as_str().unwrap().to_owned())
            .collect();
        slugs.sort();
        slugs
    };
    for (range, expected) in [
        (json!({ "min": "1" }), vec!["zolquin-three", "zolquin-two"]),
        (
            json!({ "max": "1500", "unit": "G" }),
            vec!["zolquin-one", "zolquin-two"],
        ),
        (json!({ "min": "0.9", "max": "0.9" }), vec!["zolquin-one"]),
        (json!({ "min": "100" }), vec![]),
        (json!({ "values": ["2 kg"] }), vec!["zolquin-three"]),
    ] {
        let mut attribute = range.clone();
        attribute["name"] = json!("Net weight");
        let found = guest
            .data(query, json!({ "where": { "attributes": [attribute] } }))
            .await;
        assert_eq!(found["productSearch"]["degraded"], false);
        assert_eq!(slugs(&found["products"]), expected, "{range}");
        assert_eq!(slugs(&found["productSearch"]), expected, "{range}");
    }
    let facets = guest.data(query, json!({})).await["productSearch"]["facets"].take();
    // The shop's own facets come first; what nobody defined comes after those that staff chose.
    let names = facets
        .as_array()
        .unwrap()
        .iter()
        .map(|facet| facet["name"].as_str().unwrap());
    let names: Vec<_> = names.collect();
    assert!(!names.contains(&"Secret"), "{names:?}");
    let first = names.iter().position(|name| *name == "Net weight").unwrap();
    assert_eq!(names[first + 1], "Finish", "{names:?}");
    let finish = facets
        .as_array()
        .unwrap()
        .iter()
        .find(|facet| facet["name"] == "Finish")
        .unwrap();
    assert_eq!(
        finish["values"],
        json!([{ "value": "Waxed" }, { "value": "Bare" }]),
        "choices in their own order"
    );
    for attribute in [
        json!({ "name": "Finish", "min": "1" }),
        json!({ "name": "Net weight", "min": "light" }),
        json!({ "name": "Net weight", "min": "1", "unit": "L" }),
    ] {
        let answer = guest
            .answer(query, json!({ "where": { "attributes": [attribute] } }))
            .await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
            "{attribute}: {answer}"
        );
    }
    shop.close().await;
}
