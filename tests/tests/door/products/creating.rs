use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use vitrine_entity::{staff_audit, staff_member::StaffRole};
use vitrine_tests::Client;

use super::{chair, each, errors, mutation, open, wrong};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_product_begins_with_a_title_and_grows() {
    let (shop, staff) = open().await;
    let made = staff
        .done(
            &mutation("productCreate"),
            json!({ "input": { "title": "Würfel & Becher" } }),
        )
        .await["product"]
        .take();
    assert_eq!(
        (&made["slug"], &made["status"]),
        (&json!("wurfel-becher"), &json!("DRAFT"))
    );
    assert_eq!(each(&made, "sku").len(), 0);
    let again = staff
        .done(
            &mutation("productCreate"),
            json!({ "input": { "title": "Würfel & Becher" } }),
        )
        .await["product"]
        .take();
    assert_eq!(again["slug"], "wurfel-becher-2");

    let input = json!({ "productId": made["id"], "expectedVersion": made["version"], "variants": [{ "price": "12.00", "onHand": 3 }] });
    let grown = staff.done(&mutation("variantsCreate"), json!({ "input": input })).await["product"].take();
    assert_eq!(each(&grown, "sku"), ["WURFEL-BECHER"]);
    assert_eq!(each(&grown, "title"), ["Default"]);

    let guest = shop.guest();
    let query = "query($slug: String!) { product(slug: $slug) { title variants { sku availableForSale } allVariants { sku } } }";
    assert_eq!(
        guest.data(query, json!({ "slug": "wurfel-becher" })).await["product"],
        Value::Null
    );
    let update = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code } } }";
    staff
        .done(update, json!({ "input": { "id": made["id"], "status": "ACTIVE" } }))
        .await;
    let seen = guest.answer(query, json!({ "slug": "wurfel-becher" })).await;
    assert_eq!(
        seen["data"]["product"]["variants"],
        json!([{ "sku": "WURFEL-BECHER", "availableForSale": true }])
    );
    assert_eq!(
        seen["errors"][0]["extensions"]["code"], "UNAUTHENTICATED",
        "what only staff see: {seen}"
    );
    shop.settle().await;
    let found = guest
        .data(
            "{ productSearch(query: \"becher\", first: 5) { nodes { slug } } }",
            json!({}),
        )
        .await;
    assert_eq!(found["productSearch"]["nodes"], json!([{ "slug": "wurfel-becher" }]));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_with_a_new_product_is_told_at_its_place() {
    let (shop, staff) = open().await;
    let input = json!({ "title": " ", "slug": "Not A Slug", "tags": ["ok"], "options": [{ "name": "Size" }, { "name": "Size" }] });
    assert_eq!(
        errors(&staff, "productCreate", input).await,
        [
            wrong("input.title", "INVALID"),
            wrong("input.options.1.name", "INVALID")
        ]
    );
    assert_eq!(
        errors(&staff, "productCreate", json!({ "title": "T", "slug": "Not A Slug" })).await,
        [wrong("input.slug", "INVALID")]
    );
    assert_eq!(
        errors(
            &staff,
            "productCreate",
            json!({ "title": "T", "slug": "alba-dome-lamp" })
        )
        .await,
        [wrong("input.slug", "TAKEN")]
    );
    let input = json!({ "title": "T", "options": [{ "name": "Size" }], "variants": [
        { "options": [{ "name": "Size", "value": "S" }], "price": "1.00" },
        { "options": [{ "name": "Size", "value": "S" }], "price": "1.00", "weightGrams": -1, "onHand": -1 },
        { "options": [{ "name": "Colour", "value": "S" }], "compareAt": "1.00", "sku": "LMP-ORRN" }] });
    assert_eq!(
        errors(&staff, "productCreate", input).await,
        [
            wrong("input.variants.1.weightGrams", "INVALID"),
            wrong("input.variants.1.onHand", "INVALID"),
            wrong("input.variants.2.options", "INVALID"),
            wrong("input.variants.2.compareAt", "INVALID"),
            wrong("input.variants.2.options", "INVALID"),
            wrong("input.variants.1.options", "TAKEN"),
            wrong("input.variants.2.sku", "TAKEN"),
        ]
    );
    let left = staff.data("{ product(slug: \"t\") { id } }", json!({})).await;
    assert_eq!(left["product"], Value::Null, "nothing is left of what was refused");
    let packer = shop.staff(StaffRole::Fulfilment).await;
    assert_eq!(
        errors(&packer, "productCreate", json!({ "title": "T" })).await,
        [wrong("", "FORBIDDEN")]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_is_a_product_of_its_own() {
    let (shop, staff) = open().await;
    let chair = chair(&staff).await;
    let copy = staff
        .done(&mutation("productDuplicate"), json!({ "input": { "id": chair["id"] } }))
        .await["product"]
        .take();
    assert_eq!(
        (&copy["slug"], &copy["title"]),
        (&json!("oak-chair-copy"), &json!("Oak chair (copy)"))
    );
    assert_eq!(copy["status"], "DRAFT");
    assert_eq!(each(&copy, "sku"), ["OAK-CHAIR-OAK-COPY", "OAK-CHAIR-ASH-COPY"]);
    assert_eq!(each(&copy, "price"), each(&chair, "price"));
    assert_eq!(
        (&copy["options"], each(&copy, "title")),
        (&chair["options"], each(&chair, "title"))
    );
    copy_has_what_belongs_to_it(&staff, &chair).await;
    let pictures = "query($slug: String!) { product(slug: $slug) { id attributes { name value } pictures { altText }
        variants { picture { altText } availableQuantity } } }";
    let lamp = staff.data(pictures, json!({ "slug": "alba-dome-lamp" })).await["product"].take();
    let input = json!({ "input": { "id": lamp["id"], "slug": "alba-two", "title": "Alba two" } });
    staff.done(&mutation("productDuplicate"), input).await;
    let two = staff.data(pictures, json!({ "slug": "alba-two" })).await["product"].take();
    assert_eq!(
        (&two["attributes"], &two["pictures"]),
        (&lamp["attributes"], &lamp["pictures"])
    );
    assert_eq!(two["variants"][1]["picture"], lamp["variants"][1]["picture"]);
    assert_eq!(two["variants"][0]["availableQuantity"], 0);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_staff_did_stands_in_the_audit_log() {
    let (shop, staff) = open().await;
    let chair = chair(&staff).await;
    let ids = each(&chair, "id");
    let select = json!({ "productId": chair["id"], "variantIds": [ids[0]] });
    staff
        .done(&mutation("variantsDelete"), json!({ "input": select }))
        .await;
    staff
        .done(&mutation("variantsRestore"), json!({ "input": select }))
        .await;
    let query = staff_audit::Entity::find()
        .filter(staff_audit::Column::Object.eq(chair["id"].as_str().unwrap()))
        .order_by_asc(staff_audit::Column::Id);
    let rows = query.all(&shop.shop().db).await.unwrap();
    let actions: Vec<_> = rows.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["product.create", "variants.delete", "variants.restore"]);
    shop.close().await;
}

/// What apps keep with a product, its variants' own values, what stands beside it and where it stands.
async fn copy_has_what_belongs_to_it(staff: &Client, chair: &Value) {
    let (id, variant) = (&chair["id"], &chair["allVariants"][0]["id"]);
    let lamp = staff
        .data("{ product(slug: \"alba-dome-lamp\") { id } }", json!({}))
        .await["product"]["id"]
        .take();
    let field =
        |owner: &Value| json!({ "ownerId": owner, "namespace": "erp", "key": "no", "kind": "TEXT", "value": "7" });
    for (name, kind, input) in [
        (
            "metafieldsSet",
            "MetafieldsSetInput",
            json!({ "metafields": [field(id), field(variant)] }),
        ),
        (
            "variantAttributesSet",
            "VariantAttributesSetInput",
            json!({ "variantId": variant, "attributes": [{ "name": "Size code", "values": ["S2"] }] }),
        ),
        (
            "productRelationsSet",
            "ProductRelationsSetInput",
            json!({ "productId": id, "kind": "COMPLEMENTARY", "productIds": [lamp] }),
        ),
    ] {
        let mutation =
            format!("mutation($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code message field }} }} }}");
        staff.done(&mutation, json!({ "input": input })).await;
    }
    let create = "mutation($input: CollectionCreateInput!) { collectionCreate(input: $input) { collection { id } userErrors { code } } }";
    let collection = staff
        .done(create, json!({ "input": { "title": "Seats", "published": true } }))
        .await["collection"]["id"]
        .take();
    let add = "mutation($input: CollectionProductsAddInput!) { collectionProductsAdd(input: $input) { userErrors { code message } } }";
    staff
        .done(add, json!({ "input": { "id": collection, "productIds": [id] } }))
        .await;
    let input = json!({ "input": { "id": id, "slug": "chair-two" } });
    staff.done(&mutation("productDuplicate"), input).await;
    let query = "query($slug: String!) { product(slug: $slug) { metafields(first: 5) { nodes { key value version } }
        relatedProducts(kind: COMPLEMENTARY, first: 5) { slug } collections { slug }
        allVariants { attributes { name value } metafields(first: 5) { nodes { key value } } } } }";
    let of = async |slug: &str| staff.data(query, json!({ "slug": slug })).await["product"].take();
    let copy = of("chair-two").await;
    assert_eq!(
        copy["metafields"]["nodes"],
        json!([{ "key": "no", "value": "7", "version": 1 }])
    );
    assert_eq!(copy, of("oak-chair").await);
}
