//! How old an answer may be: on the server that changes something not at all, on another a second where the bus is cut, as it
//! is between the processes of an embedded shop.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use futures::future::join_all;
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use tokio::sync::Mutex;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{client::Client, shop::TestShop};

use super::hits;

/// For how long things are changed.
const CHANGES: usize = 40;

const READERS: usize = 6;

const PAGE: &str = "query Page($slug: String!) { product(slug: $slug) { title category { slug } \
                    variants { price { amount } availableQuantity } } }";
const LIST: &str = "{ products(first: 100, sort: TITLE_ASCENDING) { nodes { slug title category { slug } variants { price { amount } availableQuantity } } } }";

/// What was to be seen since when, by what it is.
type History = BTreeMap<&'static str, Vec<(Instant, Value)>>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_is_older_than_promised() {
    let mut shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let variant = staff.sell("AGE-1", "10.00", 50).await;
    shop.settle().await;
    let there = shop.another_server(|_| {}).await;
    let here = shop.guest();
    let found = here
        .data(
            "{ product(slug: \"age-1\") { id category { slug } } categories { id slug } }",
            json!({}),
        )
        .await;
    let product = found["product"]["id"].clone();
    let categories = found["categories"].as_array().unwrap().clone();
    let first = see(&here, true).await.into_iter();
    let history: History = first
        .map(|(kind, shown)| (kind, vec![(Instant::now(), shown)]))
        .collect();
    let history = Arc::new(Mutex::new(history));
    let is_over = Arc::new(AtomicBool::new(false));
    let readers = (0..READERS).map(|number| {
        let (there, history, is_over) = (there.clone(), Arc::clone(&history), Arc::clone(&is_over));
        tokio::spawn(async move {
            let mut reads = 0;
            while !is_over.load(Ordering::Relaxed) {
                let asked_at = Instant::now();
                let seen = see(&there, number % 2 == 0).await;
                accuse(&*history.lock().await, &seen, asked_at, Duration::from_secs(1));
                reads += 1;
            }
            reads
        })
    });
    let readers: Vec<_> = readers.collect();
    let mut random = StdRng::seed_from_u64(7);
    let (mut stock, mut number) = (50, 0);
    for _ in 0..CHANGES {
        number += 1;
        let kind = ["title", "price", "stock", "category"][random.random_range(0..4)];
        if kind == "category" {
            // It was shown before: what is under way is known before it is done, to be seen at any time.
            let next = categories[number % categories.len()]["slug"].clone();
            let far = Instant::now() + Duration::from_secs(3_600);
            history.lock().await.get_mut(kind).unwrap().push((far, next));
        }
        let shown = match kind {
            "title" => {
                update(&staff, &json!({ "id": product, "title": format!("Title {number}") })).await;
                json!(format!("Title {number}"))
            }
            "price" => {
                let price = format!("{}.00", 100 + number);
                let mutation = "mutation($input: VariantPriceUpdateInput!) { variantPriceUpdate(input: $input) { userErrors { code } } }";
                staff
                    .done(mutation, json!({ "input": { "variantId": variant, "price": price } }))
                    .await;
                json!(price)
            }
            "stock" => {
                stock += 1;
                let mutation = "mutation($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) { userErrors { code } } }";
                let input = json!({ "variantId": variant, "delta": 1, "reason": "found one" });
                staff.done(mutation, json!({ "input": input })).await;
                json!(stock)
            }
            _ => {
                let category = &categories[number % categories.len()];
                update(&staff, &json!({ "id": product, "categoryId": category["id"] })).await;
                category["slug"].clone()
            }
        };
        let mut told = history.lock().await;
        let changes = told.get_mut(kind).unwrap();
        changes.retain(|(at, _)| *at <= Instant::now());
        changes.push((Instant::now(), shown));
        drop(told);
        // Where it was changed it is seen at once.
        let asked_at = Instant::now();
        for by_page in [true, false] {
            let seen = see(&here, by_page).await;
            accuse(&*history.lock().await, &seen, asked_at, Duration::ZERO);
        }
        tokio::time::sleep(Duration::from_millis(random.random_range(0..60))).await;
    }
    // What was changed last is seen everywhere in the end, and again and again.
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    is_over.store(true, Ordering::Relaxed);
    let reads: usize = join_all(readers).await.into_iter().map(|reads| reads.unwrap()).sum();
    assert!(reads > 100, "{reads} reads");
    let before = hits(&shop);
    see(&here, true).await;
    see(&here, true).await;
    assert!(hits(&shop) > before, "nothing is kept");

    // A purchase is seen at once, too, and drops no other product's page.
    let other = "query Page($slug: String!) { product(slug: $slug) { title variants { availableQuantity } } }";
    let found = here.data("{ products(first: 2) { nodes { slug } } }", json!({})).await;
    let mut others = found["products"]["nodes"].as_array().unwrap().iter();
    let slug = others.find(|node| node["slug"] != "age-1").unwrap()["slug"].clone();
    for _ in 0..2 {
        here.data(other, json!({ "slug": slug })).await;
    }
    here.buy(&[(&variant, 1)], "tok_approve").await;
    assert_eq!(see(&here, true).await["stock"], stock - 1);
    shop.settle().await;
    assert_eq!(see(&here, true).await["stock"], stock - 1);
    let before = hits(&shop);
    here.data(other, json!({ "slug": slug })).await;
    assert_eq!(hits(&shop), before + 1, "another product was sold");
    shop.close().await;
}

async fn update(staff: &Client, input: &Value) {
    let mutation = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code } } }";
    staff.done(mutation, json!({ "input": input })).await;
}

/// What is to be seen of the product.
async fn see(client: &Client, by_page: bool) -> BTreeMap<&'static str, Value> {
    let product = match by_page {
        true => client.data(PAGE, json!({ "slug": "age-1" })).await["product"].take(),
        false => {
            let nodes = client.data(LIST, json!({})).await["products"]["nodes"].take();
            let mut nodes = nodes.as_array().unwrap().clone().into_iter();
            nodes.find(|node| node["slug"] == "age-1").unwrap()
        }
    };
    BTreeMap::from([
        ("title", product["title"].clone()),
        ("category", product["category"]["slug"].clone()),
        ("price", product["variants"][0]["price"]["amount"].clone()),
        ("stock", product["variants"][0]["availableQuantity"].clone()),
    ])
}

/// Whatever was done `bound` before somebody asked is seen, or something later.
fn accuse(history: &History, seen: &BTreeMap<&'static str, Value>, asked_at: Instant, bound: Duration) {
    for (kind, changes) in history {
        let must = changes.iter().rposition(|(at, _)| *at + bound <= asked_at);
        let Some(must) = must else { continue };
        // A change that has just been made is written down a little later.
        let is_fresh = changes[must..].iter().any(|(_, shown)| *shown == seen[kind]);
        let is_to_come = !changes.iter().any(|(_, shown)| *shown == seen[kind]);
        assert!(
            is_fresh || is_to_come,
            "{kind}: {} after {:?}",
            seen[kind],
            &changes[must..]
        );
    }
}
