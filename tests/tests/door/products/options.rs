use serde_json::{Value, json};

use super::{chair, each, errors, mutation, open, wrong};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn options_are_renamed_added_and_reordered_and_the_variants_follow() {
    let (shop, staff) = open().await;
    let chair = chair(&staff).await;
    let options = json!([
        { "name": "Size", "values": [{ "value": "Small" }, { "value": "Large" }] },
        { "name": "Color", "newName": "Wood", "values": [{ "value": "Ash", "newValue": "White ash" }, { "value": "Oak" }, { "value": "Elm" }] }]);
    let input = json!({ "productId": chair["id"], "expectedVersion": chair["version"], "options": options });
    let after = staff
        .done(&mutation("productOptionsUpdate"), json!({ "input": input }))
        .await["product"]
        .take();
    assert_eq!(
        after["options"],
        json!([{ "name": "Size", "values": ["Small", "Large"] }, { "name": "Wood", "values": ["White ash", "Oak", "Elm"] }])
    );
    assert_eq!(each(&after, "title"), ["Small / Oak", "Small / White ash"]);
    assert_eq!(after["version"], chair["version"].as_i64().unwrap() + 1);
    shop.settle().await;
    let facets = "{ productSearch(query: \"oak chair\", first: 1) { facets { name values { value } } } }";
    let facets = shop.guest().data(facets, json!({})).await["productSearch"]["facets"].take();
    let wood = facets
        .as_array()
        .unwrap()
        .iter()
        .find(|facet| facet["name"] == "Wood")
        .unwrap()
        .to_string();
    assert!(
        wood.contains("White ash") && !wood.contains("Elm"),
        "what no variant has is no facet: {wood}"
    );

    let first = json!({ "productId": chair["id"], "options": [{ "name": "Wood" }] });
    let fewer = staff
        .done(&mutation("productOptionsUpdate"), json!({ "input": first }))
        .await["product"]
        .take();
    assert_eq!(each(&fewer, "title"), ["Oak", "White ash"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_variants_need_is_not_taken_away() {
    let (shop, staff) = open().await;
    let chair = chair(&staff).await;
    let id = &chair["id"];
    assert_eq!(
        errors(
            &staff,
            "productOptionsUpdate",
            json!({ "productId": id, "options": [] })
        )
        .await,
        [wrong("input.options", "TAKEN")]
    );
    let values = json!([{ "name": "Color", "values": [{ "value": "Oak" }] }]);
    assert_eq!(
        errors(
            &staff,
            "productOptionsUpdate",
            json!({ "productId": id, "options": values })
        )
        .await,
        [wrong("input.options.0.values", "INVALID")]
    );
    let bare = json!([{ "name": "Color" }, { "name": "Size" }]);
    assert_eq!(
        errors(
            &staff,
            "productOptionsUpdate",
            json!({ "productId": id, "options": bare })
        )
        .await,
        [wrong("input.options.1.values", "INVALID")]
    );
    let twice = json!([{ "name": "Color", "values": [{ "value": "Oak", "newValue": "Ash" }, { "value": "Ash" }] }]);
    assert_eq!(
        errors(
            &staff,
            "productOptionsUpdate",
            json!({ "productId": id, "options": twice })
        )
        .await,
        [
            wrong("input.options.0.values.1", "INVALID"),
            wrong("input.options", "TAKEN")
        ]
    );
    let four = json!([{ "name": "A" }, { "name": "B" }, { "name": "C" }, { "name": "D" }]);
    let told = errors(
        &staff,
        "productOptionsUpdate",
        json!({ "productId": id, "options": four }),
    )
    .await;
    assert_eq!(told[0], wrong("input.options", "INVALID"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_is_shown_as_a_colour_or_a_picture() {
    let (shop, staff) = open().await;
    let chair = chair(&staff).await;
    let id = &chair["id"];
    let values = json!([{ "value": "Oak", "swatch": { "colour": "#C8A165" } }, { "value": "Ash", "swatch": { "imageSource": "/pictures/ash.svg" } }]);
    let input = json!({ "productId": id, "options": [{ "name": "Color", "values": values }] });
    staff
        .done(&mutation("productOptionsUpdate"), json!({ "input": input }))
        .await;
    let query =
        "{ product(slug: \"oak-chair\") { options { name optionValues { name swatch { colour image { url } } } } } }";
    let shown = async || shop.guest().data(query, json!({})).await["product"]["options"][0].take();
    let first = shown().await;
    assert_eq!(
        first["optionValues"][0],
        json!({ "name": "Oak", "swatch": { "colour": "#c8a165", "image": null } })
    );
    assert!(
        first["optionValues"][1]["swatch"]["image"]["url"]
            .as_str()
            .unwrap()
            .ends_with("/pictures/ash.svg")
    );

    // It follows its value's name, and is kept by whoever says nothing of it.
    let values = json!([{ "value": "Oak", "newValue": "Old oak" }, { "value": "Ash", "swatch": null }]);
    let input = json!({ "productId": id, "options": [{ "name": "Color", "newName": "Wood", "values": values }] });
    staff
        .done(&mutation("productOptionsUpdate"), json!({ "input": input }))
        .await;
    let second = shown().await;
    assert_eq!(
        second["optionValues"][0],
        json!({ "name": "Old oak", "swatch": { "colour": "#c8a165", "image": null } })
    );
    assert_eq!(second["optionValues"][1]["swatch"], Value::Null);
    for swatch in [
        json!({ "colour": "red" }),
        json!({ "imageSource": "javascript:alert(1)" }),
        json!({}),
    ] {
        let values = json!([{ "value": "Old oak", "swatch": swatch }, { "value": "Ash" }]);
        let input = json!({ "productId": id, "options": [{ "name": "Wood", "values": values }] });
        assert_eq!(
            errors(&staff, "productOptionsUpdate", input).await,
            [wrong("input.options.0.values.0.swatch", "INVALID")],
            "{swatch}"
        );
    }
    shop.close().await;
}
