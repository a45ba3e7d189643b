//! How old an answer may be: on the server that changes something not at all; on another a second where the bus is cut, as
//! it is between the processes of an embedded shop, and a tenth of that where it is heard.

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
use vitrine_adapters::config::{Meilisearch, Secret};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{
    client::Client,
    meilisearch_stand_in::MeilisearchStandIn,
    patience::{out_of_patience, sooner_than, until, within},
    shop::TestShop,
};

use super::hits;

/// How often something is changed.
const CHANGES: usize = 16;

const READERS: usize = 4;

/// How long each waits before it looks again. Without it they leave no time to those who change something, nor to the
/// tests beside them.
const PAUSE: Duration = Duration::from_millis(20);

const PAGE: &str = "query Page($slug: String!) { product(slug: $slug) { title category { slug } \
                    variants { price { amount } availableQuantity } } }";
const LIST: &str = "{ found: products(first: 12, sort: TITLE_ASCENDING) { nodes { slug title category { slug } variants { price { amount } availableQuantity } } } }";
const SEARCH: &str = "{ found: productSearch(query: \"ageless\", first: 5) { degraded nodes { slug title category { slug } variants { price { amount } availableQuantity } } } }";

/// Where the product is looked at.
#[derive(Clone, Copy)]
enum Look {
    Page,
    List,
    Search,
}

/// What is to be seen of the product, by what it is.
type Seen = BTreeMap<&'static str, Value>;

/// What was to be seen since when.
type History = BTreeMap<&'static str, Vec<(Instant, Value)>>;

/// A product that staff change while others look at it.
struct Trial {
    staff: Client,
    here: Client,
    there: Client,
    looks: &'static [Look],
    variant: String,
    product: Value,
    categories: Vec<Value>,
    stock: i64,
    history: Arc<Mutex<History>>,
}

impl Trial {
    async fn begin(shop: &TestShop, there: Client, looks: &'static [Look]) -> Self {
        let staff = shop.staff(StaffRole::Administrator).await;
        let variant = staff.sell("AGE-1", "10.00", 50).await;
        let here = shop.guest();
        let found = "{ product(slug: \"age-1\") { id } categories { id slug } }";
        let found = here.data(found, json!({})).await;
        let product = found["product"]["id"].clone();
        update(&staff, &json!({ "id": product, "title": "Ageless" })).await;
        shop.settle().await;
        // Whoever looked before it was indexed was shown that nothing is found.
        if looks.iter().any(|look| matches!(look, Look::Search)) {
            until("it is found", async || {
                there.data(SEARCH, json!({})).await["found"]["nodes"] != json!([])
            })
            .await;
        }
        let first = see(&here, Look::Page).await.into_iter();
        let history: History = first
            .map(|(kind, shown)| (kind, vec![(Instant::now(), shown)]))
            .collect();
        Self {
            staff,
            here,
            there,
            looks,
            variant,
            product,
            categories: found["categories"].as_array().unwrap().clone(),
            stock: 50,
            history: Arc::new(Mutex::new(history)),
        }
    }

    /// Changes one thing after another, and requires that it is seen here at once. Gives how old that was what was seen
    /// there.
    async fn run(&mut self) -> Vec<Duration> {
        let is_over = Arc::new(AtomicBool::new(false));
        let readers: Vec<_> = (0..READERS).map(|number| self.reader(number, &is_over)).collect();
        let mut random = StdRng::seed_from_u64(7);
        for number in 1..=CHANGES {
            let kind = ["title", "price", "stock", "category"][random.random_range(0..4)];
            self.change(kind, number).await;
            let asked_at = Instant::now();
            for look in self.looks {
                let seen = see(&self.here, *look).await;
                assert_eq!(age(&*self.history.lock().await, &seen, asked_at), Duration::ZERO);
            }
            tokio::time::sleep(Duration::from_millis(random.random_range(0..60))).await;
        }
        // What was changed last is seen everywhere in the end, and again and again.
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        is_over.store(true, Ordering::Relaxed);
        let ages = join_all(readers).await.into_iter().map(Result::unwrap);
        ages.flatten().collect()
    }

    fn reader(&self, number: usize, is_over: &Arc<AtomicBool>) -> tokio::task::JoinHandle<Vec<Duration>> {
        let look = self.looks[number % self.looks.len()];
        let (there, history, is_over) = (self.there.clone(), self.history.clone(), is_over.clone());
        tokio::spawn(async move {
            let mut ages = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                let asked_at = Instant::now();
                let seen = see(&there, look).await;
                ages.push(age(&*history.lock().await, &seen, asked_at));
                tokio::time::sleep(PAUSE).await;
            }
            ages
        })
    }

    async fn change(&mut self, kind: &'static str, number: usize) {
        if kind == "category" {
            // It was shown before: what is under way is known before it is done, to be seen at any time.
            let next = self.categories[number % self.categories.len()]["slug"].clone();
            let far = Instant::now() + Duration::from_secs(3_600);
            self.history.lock().await.get_mut(kind).unwrap().push((far, next));
        }
        let shown = match kind {
            "title" => {
                let title = format!("Ageless {number}");
                update(&self.staff, &json!({ "id": self.product, "title": title })).await;
                json!(title)
            }
            "price" => {
                let price = format!("{}.00", 100 + number);
                let mutation = "mutation($input: VariantPriceUpdateInput!) { variantPriceUpdate(input: $input) { userErrors { code } } }";
                let input = json!({ "variantId": self.variant, "price": price });
                self.staff.done(mutation, json!({ "input": input })).await;
                json!(price)
            }
            "stock" => {
                self.stock += 1;
                let mutation = "mutation($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) { userErrors { code } } }";
                let input = json!({ "variantId": self.variant, "delta": 1, "reason": "found one" });
                self.staff.done(mutation, json!({ "input": input })).await;
                json!(self.stock)
            }
            _ => {
                let category = &self.categories[number % self.categories.len()];
                update(
                    &self.staff,
                    &json!({ "id": self.product, "categoryId": category["id"] }),
                )
                .await;
                category["slug"].clone()
            }
        };
        let mut history = self.history.lock().await;
        let changes = history.get_mut(kind).unwrap();
        changes.retain(|(at, _)| *at <= Instant::now());
        changes.push((Instant::now(), shown));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_is_older_than_a_second_where_the_bus_is_cut() {
    let mut shop = TestShop::open().await;
    let there = shop.another_server(|_| {}).await;
    let mut trial = Trial::begin(&shop, there, &[Look::Page, Look::List]).await;
    let ages = trial.run().await;
    assert_young(&ages);
    let before = hits(&shop);
    see(&trial.here, Look::Page).await;
    see(&trial.here, Look::Page).await;
    assert!(hits(&shop) > before, "nothing is kept");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_than_a_moment_where_the_bus_is_heard() {
    let engine = MeilisearchStandIn::start().await.unwrap();
    let mut shop = TestShop::open_with(|config| {
        config.search.meilisearch = Some(Meilisearch {
            url: engine.url(),
            api_key: Some(Secret::new(MeilisearchStandIn::KEY)),
            index: "products".to_owned(),
        });
        config.worker.search_check_seconds = 1;
    })
    .await;
    let there = shop.another_server_on_the_bus(|_| {}).await;
    until("the engine is filled", async || {
        there.data(SEARCH, json!({})).await["found"]["degraded"] == false
    })
    .await;
    let mut trial = Trial::begin(&shop, there.clone(), &[Look::Page, Look::List, Look::Search]).await;
    let ages = trial.run().await;
    assert_young(&ages);
    // But for what a machine with much else to do puts off.
    let late = ages.iter().filter(|age| **age > Duration::from_millis(100)).count();
    if late * 20 > ages.len() {
        out_of_patience(format_args!("{late} of {} are late", ages.len()));
    }

    // What a worker has indexed is found there, though nobody found it a moment ago.
    let mut late = 0;
    for word in ["zephyr", "quokka", "walrus", "bamboo", "cobalt", "juniper"] {
        let looking = tokio::spawn(until_found(there.clone(), word));
        update(&trial.staff, &json!({ "id": trial.product, "title": word })).await;
        shop.settle().await;
        let indexed_at = Instant::now();
        let found_at = within(word, looking).await.unwrap();
        let after = found_at.saturating_duration_since(indexed_at);
        sooner_than(Duration::from_millis(1_500), after, word);
        // Somebody was just asking when it was indexed, and asked once more.
        let asked_at = Instant::now();
        there.data(&finds(&format!("no {word}")), json!({})).await;
        let on_time = Duration::from_millis(200) + 2 * asked_at.elapsed();
        late += usize::from(after > on_time);
    }
    // Where nobody is told, what was found holds for 900 ms, and most would be late.
    if late > 3 {
        out_of_patience(format_args!("{late} of 6 were found late"));
    }
    shop.close().await;
}

/// Some were read, and none was older than a second, as far as the machine had time to look.
fn assert_young(ages: &[Duration]) {
    let oldest = ages.iter().max().copied().unwrap_or_default();
    sooner_than(
        Duration::from_secs(1) + Duration::from_nanos(1),
        oldest,
        "what is seen elsewhere",
    );
    if ages.len() <= 100 {
        out_of_patience(format_args!("{} reads", ages.len()));
    }
}

/// When a search for a word finds something.
fn finds(words: &str) -> String {
    format!("{{ productSearch(query: \"{words}\", first: 5) {{ nodes {{ slug }} }} }}")
}

async fn until_found(client: Client, word: &'static str) -> Instant {
    loop {
        let found = client.data(&finds(word), json!({})).await["productSearch"]["nodes"].take();
        if found != json!([]) {
            return Instant::now();
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_is_seen_at_once_and_drops_no_other_page() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let variant = staff.sell("AGE-1", "10.00", 50).await;
    shop.settle().await;
    let here = shop.guest();
    let found = here.data("{ products(first: 2) { nodes { slug } } }", json!({})).await;
    let mut others = found["products"]["nodes"].as_array().unwrap().iter();
    let slug = others.find(|node| node["slug"] != "age-1").unwrap()["slug"].clone();
    let other = || here.data(PAGE, json!({ "slug": slug }));
    for _ in 0..2 {
        other().await;
        see(&here, Look::Page).await;
    }
    here.buy(&[(&variant, 1)], "tok_approve").await;
    assert_eq!(see(&here, Look::Page).await["stock"], 49);
    shop.settle().await;
    assert_eq!(see(&here, Look::Page).await["stock"], 49);
    let before = hits(&shop);
    other().await;
    assert_eq!(hits(&shop), before + 1, "another product was sold");
    shop.close().await;
}

async fn update(staff: &Client, input: &Value) {
    let mutation = "mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { code } } }";
    staff.done(mutation, json!({ "input": input })).await;
}

async fn see(client: &Client, look: Look) -> Seen {
    let in_a_list = async |query| {
        loop {
            let mut found = client.data(query, json!({})).await["found"].take();
            // An engine that did not answer in time is not what is tried here.
            if found["degraded"] != true {
                let nodes = found["nodes"].take();
                let mut nodes = nodes.as_array().unwrap().clone().into_iter();
                return nodes.find(|node| node["slug"] == "age-1").unwrap();
            }
        }
    };
    let product = match look {
        Look::Page => client.data(PAGE, json!({ "slug": "age-1" })).await["product"].take(),
        Look::List => in_a_list(LIST).await,
        Look::Search => in_a_list(SEARCH).await,
    };
    BTreeMap::from([
        ("title", product["title"].clone()),
        ("category", product["category"]["slug"].clone()),
        ("price", product["variants"][0]["price"]["amount"].clone()),
        ("stock", product["variants"][0]["availableQuantity"].clone()),
    ])
}

/// For how long something newer was to be seen when somebody asked and was shown this.
fn age(history: &History, seen: &Seen, asked_at: Instant) -> Duration {
    let ages = history.iter().map(|(kind, changes)| {
        // A change that has just been made is written down a little later.
        let shown = changes.iter().rposition(|(_, shown)| *shown == seen[kind]);
        let newer = shown.and_then(|shown| changes.get(shown + 1));
        newer.map_or(Duration::ZERO, |(at, _)| asked_at.saturating_duration_since(*at))
    });
    ages.max().unwrap_or_default()
}
