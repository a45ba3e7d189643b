//! The pictures of products, as staff put them together.

use chrono::TimeDelta;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop};

use super::{fetched, pictures, uploaded};

const FIELDS: &str = "product { id version pictures { id url altText width } variants { sku picture { id } } } userErrors { code message field }";
const PRODUCT: &str =
    "query($slug: String!) { product(slug: $slug) { id version featuredPicture { url width height blurHash }
    pictures { id url altText width } variants { id sku picture { id url } } } }";

fn mutation(name: &str) -> String {
    let mut input = name.to_owned();
    input[..1].make_ascii_uppercase();
    format!("mutation($input: {input}Input!) {{ {name}(input: $input) {{ {FIELDS} }} }}")
}

async fn chair(staff: &Client) -> Value {
    let set = "mutation($input: ProductSetInput!) { productSet(input: $input) { userErrors { code message field } } }";
    let variant = |sku: &str, wood: &str| json!({ "sku": sku, "optionValues": [wood], "price": "90.00", "onHand": 5 });
    let input = json!({ "input": { "slug": "chair", "title": "Chair", "active": true, "options": ["Wood"],
        "variants": [variant("CHAIR-OAK", "Oak"), variant("CHAIR-ASH", "Ash")] } });
    staff.done(set, input).await;
    product(staff).await
}

async fn product(client: &Client) -> Value {
    client.data(PRODUCT, json!({ "slug": "chair" })).await["product"].take()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_product_is_given_pictures_that_change_move_and_go() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let before = chair(&staff).await;
    let (id, oak, ash) = (
        &before["id"],
        &before["variants"][0]["id"],
        &before["variants"][1]["id"],
    );
    let front = uploaded(&staff, "front.jpg", "image/jpeg", pictures::jpeg(40, 30)).await;
    let back = uploaded(&staff, "back.png", "image/png", pictures::png(20, 30)).await;

    let add = json!({ "input": { "productId": id, "expectedVersion": before["version"], "pictures": [
        { "mediaId": front["id"], "variantIds": [oak, ash] },
        { "mediaId": back["id"], "altText": "From behind" },
    ] } });
    let added = staff.done(&mutation("productPicturesAdd"), add.clone()).await["product"].take();
    assert_eq!(
        added["version"].as_i64().unwrap(),
        before["version"].as_i64().unwrap() + 1
    );
    let texts: Vec<_> = added["pictures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|picture| picture["altText"].clone())
        .collect();
    assert_eq!(texts, ["Two halves", "From behind"]);
    let (first, second) = (&added["pictures"][0]["id"], &added["pictures"][1]["id"]);
    assert_eq!(
        (
            &added["variants"][0]["picture"]["id"],
            added["variants"][1]["picture"].is_null()
        ),
        (first, false)
    );
    assert_eq!(
        staff.refusals(&mutation("productPicturesAdd"), add).await,
        ["VERSION_CONFLICT"]
    );

    // A variant has one picture.
    let update =
        json!({ "input": { "productId": id, "pictures": [{ "id": second, "altText": null, "variantIds": [ash] }] } });
    let updated = staff.done(&mutation("productPicturesUpdate"), update.clone()).await["product"].take();
    assert_eq!(updated["pictures"][1]["altText"], "");
    assert_eq!(
        (
            &updated["variants"][0]["picture"]["id"],
            &updated["variants"][1]["picture"]["id"]
        ),
        (first, second)
    );
    let same = staff.done(&mutation("productPicturesUpdate"), update).await["product"].take();
    assert_eq!(same["version"], updated["version"], "nothing was changed");

    let reorder = |ids: Value| json!({ "input": { "productId": id, "pictureIds": ids } });
    let turned = staff
        .done(&mutation("productPicturesReorder"), reorder(json!([second, first])))
        .await["product"]
        .take();
    assert_eq!(
        (&turned["pictures"][0]["id"], &turned["pictures"][1]["id"]),
        (second, first)
    );
    for wrong in [
        json!([first]),
        json!([first, first]),
        json!([first, second, second]),
        json!([]),
    ] {
        assert_eq!(
            staff
                .refusals(&mutation("productPicturesReorder"), reorder(wrong))
                .await,
            ["INVALID"]
        );
    }
    let shopper = product(&shop.guest()).await;
    assert_eq!(
        (
            &shopper["featuredPicture"]["width"],
            &shopper["featuredPicture"]["height"]
        ),
        (&json!(20), &json!(30))
    );
    fetched(shopper["featuredPicture"]["url"].as_str().unwrap()).await;

    let remove = json!({ "input": { "productId": id, "pictureIds": [second] } });
    let left = staff.done(&mutation("productPicturesRemove"), remove.clone()).await["product"].take();
    assert_eq!(left["pictures"].as_array().unwrap().len(), 1);
    let again = staff.done(&mutation("productPicturesRemove"), remove).await["product"].take();
    assert_eq!(again, left);

    // The product as a whole is sent again, naming its pictures by their paths.
    let source = front["image"]["url"]
        .as_str()
        .unwrap()
        .strip_prefix(staff.base())
        .unwrap();
    let set = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { pictures { url width } } userErrors { code field } } }";
    let whole = |source: &str| {
        json!({ "input": { "slug": "chair", "title": "Chair", "active": true, "pictures": [{ "source": source }],
        "variants": [{ "sku": "CHAIR-OAK", "price": "90.00" }] } })
    };
    let payload = staff.done(set, whole(source)).await;
    assert_eq!(
        payload["product"]["pictures"][0],
        json!({ "url": front["image"]["url"], "width": 40 })
    );
    for wrong in [
        "/media/",
        "/media/../secret.jpg",
        &source.replace(".jpg", ".svg"),
        &source.replace("/media/", "/media/0"),
    ] {
        let refused = staff.payload(set, whole(wrong)).await;
        assert_eq!(
            refused["userErrors"][0]["field"],
            json!(["input", "pictures", "0", "source"]),
            "{wrong}"
        );
    }
    let unknown = format!("/media/{}/front.jpg", "0".repeat(64));
    let refused = staff.payload(set, whole(&unknown)).await["userErrors"][0].take();
    assert_eq!(
        refused,
        json!({ "code": "NOT_FOUND", "field": ["input", "pictures", "0", "source"] })
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_the_products_is_refused() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let id = chair(&staff).await["id"].take();
    let media = uploaded(&staff, "a.jpg", "image/jpeg", pictures::jpeg(8, 8)).await["id"].take();
    let foreign = staff.variant("alba-dome-lamp", "LMP-ALBA-TER").await;
    let refused = async |pictures: Value| {
        let input = json!({ "input": { "productId": id, "pictures": pictures } });
        staff.payload(&mutation("productPicturesAdd"), input).await["userErrors"].take()
    };
    let errors = refused(json!([{ "mediaId": media, "variantIds": [foreign] }])).await;
    assert_eq!(
        (&errors[0]["code"], &errors[0]["field"]),
        (&json!("NOT_FOUND"), &json!(["input", "pictures", "0", "variantIds"]))
    );
    let errors = refused(json!([{ "mediaId": media }, { "mediaId": "media_01j9zzzzzzzzzzzzzzzzzzzzzz" }])).await;
    assert_eq!(
        (&errors[0]["code"], &errors[0]["field"]),
        (&json!("NOT_FOUND"), &json!(["input", "pictures", "1", "mediaId"]))
    );
    assert_eq!(refused(json!([])).await[0]["code"], "INVALID");
    assert_eq!(
        refused(json!([{ "mediaId": media, "altText": "x".repeat(513) }])).await[0]["code"],
        "INVALID"
    );
    assert_eq!(
        refused(json!(vec![json!({ "mediaId": media }); 251])).await[0]["code"],
        "INVALID"
    );
    assert_eq!(product(&staff).await["pictures"], json!([]));
    let packer = shop.staff(StaffRole::Fulfilment).await;
    let input = json!({ "input": { "productId": id, "pictures": [{ "mediaId": media }] } });
    assert_eq!(
        packer.refusals(&mutation("productPicturesAdd"), input).await,
        ["FORBIDDEN"]
    );
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_goes_when_nothing_shows_it_and_comes_back() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let id = chair(&staff).await["id"].take();
    let media = uploaded(&staff, "a.jpg", "image/jpeg", pictures::jpeg(40, 30)).await;
    let add = json!({ "input": { "productId": id, "pictures": [{ "mediaId": media["id"] }] } });
    let shown = staff.done(&mutation("productPicturesAdd"), add).await["product"]["pictures"][0]["id"].take();

    let delete = "mutation($input: MediaDeleteInput!) { mediaDelete(input: $input) { media { deletedAt version } userErrors { code message field } } }";
    let restore = "mutation($input: MediaRestoreInput!) { mediaRestore(input: $input) { media { deletedAt } userErrors { code } } }";
    let update = "mutation($input: MediaUpdateInput!) { mediaUpdate(input: $input) { media { altText version } userErrors { code } } }";
    let of = |id: &Value| json!({ "input": { "id": id } });
    let refused = staff.payload(delete, of(&media["id"])).await["userErrors"][0].take();
    assert_eq!(
        (
            &refused["code"],
            refused["message"].as_str().unwrap().contains("the product “Chair”")
        ),
        (&json!("INVALID"), true)
    );
    let used = "query($id: ID!) { node(id: $id) { ... on Media { usedBy { kind slug title } } } }";
    let used = staff.data(used, json!({ "id": media["id"] })).await;
    assert_eq!(
        used["node"]["usedBy"],
        json!([{ "kind": "product", "slug": "chair", "title": "Chair" }])
    );

    let text = |text: Value, version: &Value| json!({ "input": { "id": media["id"], "altText": text, "expectedVersion": version } });
    let named = staff.done(update, text(json!("A chair"), &media["version"])).await["media"].take();
    assert_eq!(named["altText"], "A chair");
    assert_eq!(
        staff.refusals(update, text(json!("Other"), &media["version"])).await,
        ["VERSION_CONFLICT"]
    );

    // It was sold with it.
    let variant = staff.variant("chair", "CHAIR-OAK").await;
    let placed = shop.guest().buy(&[(&variant, 1)], "tok_approve").await;
    shop.settle().await;
    let remove = json!({ "input": { "productId": id, "pictureIds": [shown] } });
    staff.done(&mutation("productPicturesRemove"), remove).await;
    let deleted = staff.done(delete, of(&media["id"])).await["media"].take();
    assert!(deleted["deletedAt"].is_string());
    let list = async || staff.data("{ media(first: 5) { nodes { id } } }", json!({})).await["media"]["nodes"].take();
    assert_eq!(list().await, json!([]));
    assert_eq!(
        staff.refusals(update, text(json!("x"), &json!(null))).await,
        ["NOT_FOUND"]
    );
    let again = json!({ "input": { "productId": id, "pictures": [{ "mediaId": media["id"] }] } });
    assert_eq!(
        staff.refusals(&mutation("productPicturesAdd"), again).await,
        ["NOT_FOUND"]
    );
    staff.done(restore, of(&media["id"])).await;
    assert_eq!(list().await, json!([{ "id": media["id"] }]));
    staff.done(delete, of(&media["id"])).await;

    // A month later what nobody names is gone; what an order names is not.
    let other = uploaded(&staff, "b.jpg", "image/jpeg", pictures::jpeg(50, 30)).await;
    staff.done(delete, of(&other["id"])).await;
    let small = other["image"]["url"]
        .as_str()
        .unwrap()
        .replace("/b.jpg", "/32x3840-q80/b.jpg");
    fetched(&small).await;
    shop.advance(TimeDelta::days(31)).await;
    vitrine_commerce::retention::forget_now(shop.shop()).await.unwrap();
    let order =
        "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { lines { picture { url width } } } }";
    let order = shop
        .guest()
        .data(order, json!({ "id": placed.id, "token": placed.access_token }))
        .await;
    let picture = &order["order"]["lines"][0]["picture"];
    assert_eq!(picture, &json!({ "url": media["image"]["url"], "width": 40 }));
    fetched(picture["url"].as_str().unwrap()).await;
    for gone in [other["image"]["url"].as_str().unwrap(), small.as_str()] {
        assert_eq!(reqwest::get(gone).await.unwrap().status(), 404, "{gone}");
    }
    let staff = shop.sign_in(StaffRole::Administrator).await;
    assert_eq!(staff.refusals(restore, of(&other["id"])).await, ["NOT_FOUND"]);
    // Sent again, it is there again.
    let anew = uploaded(&staff, "b.jpg", "image/jpeg", pictures::jpeg(50, 30)).await;
    assert_ne!(anew["id"], other["id"]);
    fetched(anew["image"]["url"].as_str().unwrap()).await;
    shop.close().await;
}
