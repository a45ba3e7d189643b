//! The shop as a file: what it sells in other currencies, where, and its texts in other languages.

use serde_json::json;
use vitrine_commerce::{
    Context,
    setup::file::{self, Change},
};
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, memory::TestClock};

const FILE: &str = r#"
[settings]
languages = ["en", "de"]

[[price_lists]]
currency = "USD"
rate = "1.10"
rounding = "ending_99"
prices_include_tax = false
fixed = [{ sku = "MUG-1", price = "9.50", compare_at = "12.00" }]

[[markets]]
name = "America"
countries = ["US", "CA"]
currency = "USD"

[[categories]]
path = "garden"
name = "Garden"
description = "Out there."

[[translations]]
of = "category:garden"
language = "de"
texts = { name = "Garten", description = "Da draußen." }
[[translations]]
of = "option:Colour"
language = "de"
texts = { name = "Farbe" }
"#;

const AWAITED: &str = "? price_lists USD | There is no variant `MUG-1` yet: apply the file again once it is there.";

fn told(changes: &[Change]) -> Vec<String> {
    let told = |change: &Change| change.to_string().replace("\n    ", " | ");
    changes.iter().map(told).collect()
}

async fn apply(shop: &TestShop, text: &str, prune: bool) -> Vec<String> {
    let context = Context::system(shop.shop(), "test");
    let applied = file::apply(shop.shop(), &context, text, prune).await;
    told(&applied.unwrap_or_else(|error| panic!("{error}\n{text}")))
}

async fn export(shop: &TestShop) -> String {
    let context = Context::system(shop.shop(), "test");
    file::export(shop.shop(), &context).await.expect("a file")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_has_markets_prices_and_translations() {
    let mut shop = TestShop::open_on(|_| {}, TestClock::default(), async |_| {}).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    // Words can be translated that some product has.
    let file = FILE.split("[[translations]]\nof = \"option").next().unwrap_or_default();
    let context = Context::system(shop.shop(), "test");
    let planned = file::plan(shop.shop(), &context, file, false).await.expect("a plan");
    assert!(shop.shop().profile().markets.is_empty(), "a plan changes nothing");
    let applied = apply(&shop, file, false).await;
    assert_eq!(told(&planned), applied);
    for line in [
        "+ price_lists USD",
        "+ markets America",
        "+ translations category:garden in de",
        AWAITED,
    ] {
        assert!(
            applied.iter().any(|told| told.starts_with(line)),
            "{line}\n{applied:#?}"
        );
    }
    assert_eq!(apply(&shop, file, false).await, [AWAITED], "twice is once");

    shop.work();
    let mug = staff.sell("MUG-1", "5.00", 3).await;
    shop.settle().await;
    let applied = apply(&shop, file, false).await;
    assert!(
        applied.len() == 1 && applied[0].starts_with("~ price_lists USD"),
        "{applied:?}"
    );
    shop.settle().await;
    assert_eq!(apply(&shop, file, true).await, Vec::<String>::new());
    let text = export(&shop).await;
    for part in [
        "sku = \"MUG-1\"",
        "rate = \"1.1\"",
        "name = \"Garten\"",
        "of = \"category:garden\"",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(apply(&shop, &text, true).await, Vec::<String>::new(), "{text}");

    let query =
        "query ($id: ID!) { variant(id: $id) { listPrices { price { amount } compareAtPrice { amount } fixed } } }";
    let prices = async || staff.data(query, json!({ "id": mug })).await["variant"]["listPrices"].take();
    let fixed = json!([{ "price": { "amount": "9.50" }, "compareAtPrice": { "amount": "12.00" }, "fixed": true }]);
    assert_eq!(prices().await, fixed);
    let german = "query @inContext(language: DE) { category(slug: \"garden\") { name description } }";
    let garden = shop.guest().data(german, json!({})).await["category"].take();
    assert_eq!(garden, json!({ "name": "Garten", "description": "Da draußen." }));

    // What the file does not name any more goes with it.
    let less = file
        .replace(
            "fixed = [{ sku = \"MUG-1\", price = \"9.50\", compare_at = \"12.00\" }]\n",
            "",
        )
        .replace(", description = \"Da draußen.\"", "");
    assert_eq!(apply(&shop, &less, true).await.len(), 2);
    shop.settle().await;
    let by_rate = json!([{ "price": { "amount": "5.99" }, "compareAtPrice": null, "fixed": false }]);
    assert_eq!(prices().await, by_rate);
    let removed = apply(&shop, "price_lists = []\nmarkets = []\n", true).await;
    assert_eq!(removed.len(), 2, "{removed:?}");
    assert!(shop.shop().profile().price_lists.is_empty() && shop.shop().profile().markets.is_empty());
    shop.settle().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_file_says_wrong_of_markets_is_told_with_its_line() {
    let shop = TestShop::open_on(|_| {}, TestClock::default(), async |_| {}).await;
    let context = Context::system(shop.shop(), "test");
    for (text, said) in [
        (
            "[[price_lists]]\ncurrency = \"USD\"\nrate = \"cheap\"\n",
            "A rate is a number",
        ),
        (
            "[[price_lists]]\ncurrency = \"USD\"\nrate = \"1\"\nrounding = \"up\"\n",
            "The rounding is one of",
        ),
        (
            "[[markets]]\nname = \"A\"\ncountries = [\"US\"]\ncurrency = \"USD\"\n",
            "make a price list first",
        ),
        (
            "[[translations]]\nof = \"shelf:a\"\nlanguage = \"de\"\ntexts = { name = \"b\" }\n",
            "There is no such thing",
        ),
    ] {
        let refused = file::plan(shop.shop(), &context, text, false).await;
        let refused = refused.expect_err(text).to_string();
        assert!(refused.contains(said) && refused.contains("line 1"), "{refused}");
    }
    shop.abandon().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_says_which_goods_a_market_has() {
    let shop = TestShop::open_on(|_| {}, TestClock::default(), async |_| {}).await;
    let own = shop.shop().profile().currency;
    let file = format!(
        "[[markets]]\nname = \"Neighbours\"\ncountries = [\"CH\"]\ncurrency = \"{own}\"\n\
         [[collections]]\nslug = \"for-export\"\ntitle = \"For export\"\n\
         [[market_goods]]\nmarket = \"Neighbours\"\nonly_collections = [\"later\", \"for-export\"]\n"
    );
    let awaited =
        "? market_goods Neighbours | There is no collection `later` yet: apply the file again once it is there.";
    let applied = apply(&shop, &file, false).await;
    assert!(
        applied.iter().any(|line| line == "+ market_goods Neighbours"),
        "{applied:?}"
    );
    assert!(applied.iter().any(|line| line == awaited), "{applied:?}");
    assert_eq!(apply(&shop, &file, false).await, [awaited], "twice is once");
    let text = export(&shop).await;
    assert!(text.contains("only_collections = [\"for-export\"]"), "{text}");
    assert_eq!(apply(&shop, &text, true).await, Vec::<String>::new(), "{text}");
    let goods = || shop.shop().profile().markets[0].goods.clone();
    assert_eq!(goods().only_collections.len(), 1);
    let removed = apply(&shop, "market_goods = []\n", true).await;
    assert_eq!(removed.len(), 1, "{removed:?}");
    assert!(goods().are_all());
    shop.settle().await;
    shop.close().await;
}
