//! What stands together, and what a search finds: collections by rule, synonyms, and rules of search.

use reqwest::StatusCode;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, shopper::Shopper};

use super::at_work;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn goods_are_gathered_and_found_by_rules() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    collection(&mut staff, &client).await;
    synonyms(&mut staff, &client).await;
    search_rules(&mut staff, &client).await;
    shop.close().await;
}

async fn collection(staff: &mut Shopper, client: &Client) {
    staff.open("/admin/collections").await;
    staff.submit("/admin/collections", &[("title", "For the hall")]).await;
    let editor = staff.path.clone();
    let rule = format!("{editor}/rule");
    let rows = [
        ("match", "ALL"),
        ("0.kind", "categoryId"),
        ("0.text", "lighting"),
        ("1.kind", "inStock"),
    ];
    let wrong: Vec<_> = rows.into_iter().chain([("1.text", "perhaps")]).collect();
    staff.submit(&rule, &wrong).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"rule-1.text-error\"");
    let right: Vec<_> = rows.into_iter().chain([("1.text", "yes")]).collect();
    staff.submit(&rule, &right).await;
    staff.expect("The rule is saved.");
    staff.expect("value=\"Lighting\"");
    let asked = "query($id: ID!) { collection(id: $id) { rule { match conditions { inStock } } } }";
    let id = editor.rsplit('/').next().unwrap();
    let found = client.data(asked, json!({ "id": id })).await["collection"]["rule"].take();
    let expected = json!({ "match": "ALL", "conditions": [{ "inStock": null }, { "inStock": true }] });
    assert_eq!(found, expected);

    // Made by hand from now on.
    staff.submit(&rule, &[("match", "")]).await;
    // A product is found by words, and chosen; without scripts that is a step of the form, which does nothing.
    let add = format!("{editor}/add");
    staff.submit(&add, &[("find.productId", "dome")]).await;
    assert_eq!(staff.status, StatusCode::OK);
    staff.expect("Alba Dome Lamp");
    staff.expect("Nothing is saved yet.");
    let found = staff.html.split("name=\"productId\" value=\"").nth(1);
    let lamp = found
        .and_then(|rest| rest.split('"').next())
        .expect("a product to choose")
        .to_owned();
    // What is ticked stays while the next is searched for, whatever comes of that.
    let next = [("productId", lamp.as_str()), ("find.productId", "no such thing")];
    staff
        .submit(&add, &next)
        .await
        .expect("Nothing was found for “no such thing”.");
    staff.expect(&format!("value=\"{lamp}\" checked"));
    staff.submit(&add, &[]).await.expect("id=\"add-productId-error\"");
    // The next is typed in full.
    let both = [("productId", lamp.as_str()), ("find.productId", "dipped-mug")];
    staff.submit(&add, &both).await.expect("The product is added.");
    staff.expect("Alba Dome Lamp");
    staff.expect("Dipped Mug");
    // A script asks for the same rows.
    let rows = "/admin/goods?kind=variants&name=lines&numbered=Quantity&q=alba";
    staff.open(rows).await.expect("LMP-ALBA-TER");
    staff.expect("name=\"lines.number.var_");
    staff.open(&editor).await;
    let found = client.data(asked, json!({ "id": id })).await["collection"].take();
    assert_eq!(found["rule"], json!(null));
}

async fn synonyms(staff: &mut Shopper, client: &Client) {
    const LIST: &str = "/admin/searches/synonyms";
    staff.open(LIST).await;
    staff.submit(&format!("{LIST}/create"), &[("synonyms", "settee")]).await;
    staff.expect("id=\"create-synonyms-error\"");
    staff
        .submit(&format!("{LIST}/create"), &[("synonyms", "settee, sofa")])
        .await;
    staff.expect("The group is added.");
    let saved = [("synonyms", "settee, sofa, couch"), ("term", "")];
    staff.submit(&format!("{LIST}/save"), &saved).await;
    staff.expect("settee, sofa, couch");
    staff.submit(&format!("{LIST}/delete"), &[]).await;
    staff.expect("The group is deleted.");
    staff.submit(&format!("{LIST}/restore"), &[]).await;
    staff.expect("The group is restored.");
    let found = client
        .data("{ synonymGroups(first: 1) { nodes { synonyms term } } }", json!({}))
        .await;
    assert_eq!(
        found["synonymGroups"]["nodes"][0],
        json!({ "synonyms": ["settee", "sofa", "couch"], "term": null })
    );
}

async fn search_rules(staff: &mut Shopper, client: &Client) {
    const LIST: &str = "/admin/searches/rules";
    let create = format!("{LIST}/create");
    let typed = [("term", "Light"), ("match", "EXACT"), ("active", "yes")];
    let wrong: Vec<_> = typed.into_iter().chain([("pins", "no-such-lamp")]).collect();
    staff.open(LIST).await.submit(&create, &wrong).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"create-pins-error\"");
    let right: Vec<_> = typed
        .into_iter()
        .chain([("pins", "dipped-mug\nalba-dome-lamp"), ("pins.number.dipped-mug", "2")])
        .collect();
    staff.submit(&create, &right).await;
    staff.expect("The rule is added.");
    let asked = "{ searchRules(first: 1) { nodes { term active pins { position product { slug } } } } }";
    let found = client.data(asked, json!({})).await["searchRules"]["nodes"][0].take();
    let expected = json!({ "term": "light", "active": true, "pins": [
        { "position": 1, "product": { "slug": "alba-dome-lamp" } },
        { "position": 2, "product": { "slug": "dipped-mug" } },
    ] });
    assert_eq!(found, expected);
}
