//! The pictures of categories and collections.

use reqwest::StatusCode;
use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::{fetched, pictures, uploaded};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_of_the_store_stands_above_a_category_and_a_collection() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let media = uploaded(&staff, "wide.jpg", "image/jpeg", pictures::jpeg(400, 300)).await;
    let shown = "picture { altText width url(transform: { maxWidth: 200, format: WEBP }) }";
    let picture = json!({ "mediaId": media["id"], "alt": "A garden" });
    let mut seen = Vec::new();
    for (noun, name, input) in [
        (
            "category",
            "name",
            json!({ "name": "Gravel garden", "picture": picture }),
        ),
        (
            "collection",
            "title",
            json!({ "title": "Summer", "published": true, "picture": { "mediaId": media["id"] } }),
        ),
    ] {
        let kind = format!("{}{}", noun[..1].to_uppercase(), &noun[1..]);
        let create = format!(
            "mutation($input: {kind}CreateInput!) {{ {noun}Create(input: $input) {{ {noun} {{ id {name} {shown} }} userErrors {{ code message field }} }} }}"
        );
        let made = staff.done(&create, json!({ "input": input })).await[noun].take();
        assert_eq!(made["picture"]["width"], 400);
        assert!(!fetched(made["picture"]["url"].as_str().unwrap()).await.is_empty());
        seen.push(made);
    }
    assert_eq!(seen[0]["picture"]["altText"], "A garden");
    assert_eq!(seen[1]["picture"]["altText"], "Two halves", "the picture's own text");

    let uses = "query($id: ID!) { node(id: $id) { ... on Media { usedBy { kind slug title } } } }";
    let used = staff.data(uses, json!({ "id": media["id"] })).await["node"]["usedBy"].take();
    assert_eq!(
        used,
        json!([{ "kind": "category", "slug": "gravel-garden", "title": "Gravel garden" },
            { "kind": "collection", "slug": "summer", "title": "Summer" }])
    );
    let delete = "mutation($input: MediaDeleteInput!) { mediaDelete(input: $input) { userErrors { code } } }";
    let refused = staff.payload(delete, json!({ "input": { "id": media["id"] } })).await["userErrors"].take();
    assert_eq!(refused.as_array().unwrap().len(), 1, "it is shown");
    let update = "mutation($input: CategoryUpdateInput!) { categoryUpdate(input: $input) { category { picture { url } } userErrors { code field } } }";
    for (picture, path) in [
        (json!({ "alt": "?" }), json!(["input", "picture"])),
        (
            json!({ "mediaId": seen[0]["id"] }),
            json!(["input", "picture", "mediaId"]),
        ),
    ] {
        let input = json!({ "input": { "id": seen[0]["id"], "picture": picture } });
        assert_eq!(staff.payload(update, input).await["userErrors"][0]["field"], path);
    }
    let elsewhere = json!({ "input": { "id": seen[0]["id"], "picture": { "source": "https://cdn.example/b.jpg" } } });
    let changed = staff.done(update, elsewhere).await["category"].take();
    assert_eq!(changed["picture"]["url"], "https://cdn.example/b.jpg");
    let gone: Value = staff.data(uses, json!({ "id": media["id"] })).await["node"]["usedBy"].take();
    assert_eq!(gone.as_array().unwrap().len(), 1);
    let answer = reqwest::get(seen[0]["picture"]["url"].as_str().unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    shop.close().await;
}
