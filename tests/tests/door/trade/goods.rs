//! Which goods those who have catalogs are sold.

use serde_json::{Value, json};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::cart_mutation};

use super::{catalog_of, customer, group_of};

const ADD: &str = "mutation ($input: CatalogProductsAddInput!) { catalogProductsAdd(input: $input) {
    catalog { products(first: 5) { nodes { product { slug } exclusive } } } userErrors { code field } } }";
const REMOVE: &str = "mutation ($input: CatalogProductsRemoveInput!) { catalogProductsRemove(input: $input) {
    catalog { id } userErrors { code field } } }";

async fn product_of(staff: &Client, variant: &str) -> Value {
    let query = "query ($id: ID!) { variant(id: $id) { product { id } } }";
    staff.data(query, json!({ "id": variant })).await["variant"]["product"]["id"].take()
}

/// What somebody is shown: in a list and how many it has, on a page, and by a search.
async fn shown(client: &Client) -> (Vec<String>, i64) {
    let list = "{ products(first: 100, sort: TITLE_ASCENDING) { totalCount nodes { slug } } }";
    let list = client.data(list, json!({})).await["products"].take();
    let nodes = list["nodes"].as_array().unwrap().iter();
    let slugs = nodes.map(|node| node["slug"].as_str().unwrap().to_owned()).collect();
    (slugs, list["totalCount"].as_i64().unwrap())
}

/// What a search finds, in its order: the engine's, whoever asks.
async fn found(client: &Client, words: &str, more: &str) -> Vec<String> {
    let query = format!(
        "query ($words: String) {{ productSearch(query: $words, first: 50{more}) {{ nodes {{ slug }} totalCount degraded }} }}"
    );
    let found = client.data(&query, json!({ "words": words })).await["productSearch"].take();
    assert_eq!(found["degraded"], false);
    let nodes = found["nodes"].as_array().unwrap();
    assert_eq!(found["totalCount"], nodes.len());
    nodes
        .iter()
        .map(|node| node["slug"].as_str().unwrap().to_owned())
        .collect()
}

/// Whether a search for these words finds the product with this slug, and perhaps others.
async fn finds(client: &Client, words: &str, slug: &str) -> bool {
    found(client, words, "").await.iter().any(|found| found == slug)
}

async fn opens(client: &Client, slug: &str) -> bool {
    let query = "query ($slug: String!) { product(slug: $slug) { id } }";
    !client.data(query, json!({ "slug": slug })).await["product"].is_null()
}

async fn can_buy(client: &Client, variant: &str) -> bool {
    let input = json!({ "input": { "lines": [{ "variantId": variant, "quantity": 1 }] } });
    client.refusals(&cart_mutation("cartCreate"), input).await.is_empty()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_may_be_sold_to_those_who_have_its_catalog() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let secret = staff.sell("PROTOTYPE", "10.00", 50).await;
    let product = product_of(&staff, &secret).await;
    let draft = "mutation ($input: ProductUpdateInput!) { productUpdate(input: $input) { product { status } userErrors { code message } } }";
    staff
        .done(draft, json!({ "input": { "id": product, "status": "DRAFT" } }))
        .await;
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let group = group_of(&staff, &ada_id).await;
    let catalog = catalog_of(&staff, &group, json!({})).await;
    shop.settle().await;
    let before = shown(&ada).await;
    assert!(!opens(&ada, "prototype").await && !can_buy(&ada, &secret).await);

    // That it stands there is not enough: it has to be said.
    let listed = json!({ "id": catalog, "productIds": [product] });
    staff.done(ADD, json!({ "input": listed })).await;
    assert!(!opens(&ada, "prototype").await);
    let mut exclusive = listed.clone();
    exclusive["exclusive"] = json!(true);
    let added = staff.done(ADD, json!({ "input": exclusive })).await;
    let nodes = json!([{ "product": { "slug": "prototype" }, "exclusive": true }]);
    assert_eq!(added["catalog"]["products"]["nodes"], nodes);

    let guest = shop.guest();
    for (client, sees) in [(&ada, true), (&guest, false)] {
        assert_eq!(opens(client, "prototype").await, sees);
        assert_eq!(can_buy(client, &secret).await, sees);
        let (slugs, count) = shown(client).await;
        assert_eq!(slugs.iter().any(|slug| slug == "prototype"), sees);
        assert_eq!(usize::try_from(count), Ok(slugs.len()));
        assert_eq!(finds(client, "Test PROTOTYPE", "prototype").await, sees);
    }
    assert_eq!(shown(&ada).await.0.len(), before.0.len() + 1);
    // It stands among the others, in the order asked for, within the bounds of a price, and on the page that it is on.
    staff.sell("PROTOTYPICAL", "20.00", 50).await;
    shop.settle().await;
    for (more, expected) in [
        (", sort: NEWEST", &["prototypical", "prototype"][..]),
        (", sort: PRICE_ASCENDING", &["prototype", "prototypical"]),
        (", sort: PRICE_DESCENDING", &["prototypical", "prototype"]),
        (", where: { priceMax: \"15\" }", &["prototype"]),
    ] {
        assert_eq!(found(&ada, "prototyp", more).await, expected, "{more}");
    }
    let page = "query ($after: String) { productSearch(query: \"prototyp\", first: 1, after: $after) {
        nodes { slug } facets { kind } pageInfo { endCursor hasNextPage } } }";
    let first = ada.data(page, json!({})).await["productSearch"].take();
    let after = json!({ "after": first["pageInfo"]["endCursor"] });
    let second = ada.data(page, after).await["productSearch"].take();
    let slugs = [&first["nodes"][0]["slug"], &second["nodes"][0]["slug"]];
    assert_eq!(
        (slugs, &second["pageInfo"]["hasNextPage"]),
        ([&json!("prototype"), &json!("prototypical")], &json!(false))
    );
    assert_ne!(first["facets"], json!([]));
    assert_eq!(found(&guest, "prototyp", "").await, ["prototypical"]);
    let order = ada.buy(&[(&secret, 1)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(ada.order(&order).await["status"], "CONFIRMED");

    staff.done(REMOVE, json!({ "input": listed })).await;
    assert!(!opens(&ada, "prototype").await && !can_buy(&ada, &secret).await);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_catalog_may_sell_nothing_but_what_stands_in_it() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (mug, jar) = (
        staff.sell("MUG-1", "10.00", 50).await,
        staff.sell("JAR-1", "5.00", 50).await,
    );
    let (ada, ada_id) = customer(&shop, "ada@example.com").await;
    let group = group_of(&staff, &ada_id).await;
    let catalog = catalog_of(&staff, &group, json!({ "goods": "LISTED" })).await;
    let product = product_of(&staff, &mug).await;
    staff
        .done(ADD, json!({ "input": { "id": catalog, "productIds": [product] } }))
        .await;
    shop.settle().await;
    assert_eq!(shown(&ada).await, (vec!["mug-1".to_owned()], 1));
    // The engine finds for her, typing errors and all, and nothing else.
    assert_eq!(found(&ada, "Tesst", "").await, ["mug-1"]);
    assert!(found(&ada, "jar", "").await.is_empty());
    assert!(opens(&ada, "mug-1").await && !opens(&ada, "jar-1").await);
    assert!(can_buy(&ada, &mug).await && !can_buy(&ada, &jar).await);
    assert!(can_buy(&shop.guest(), &jar).await);
    // Another catalog that sells all opens all.
    catalog_of(&staff, &group, json!({ "name": "All" })).await;
    assert!(shown(&ada).await.0.len() > 2 && can_buy(&ada, &jar).await);
    shop.settle().await;
    shop.close().await;
}
