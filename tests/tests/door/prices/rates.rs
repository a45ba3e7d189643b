//! Exchange rates of a bank, and of files.

use std::sync::{Arc, Mutex};

use axum::{Router, extract::State, http::StatusCode, routing::get};
use chrono::TimeDelta;
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};
use vitrine_adapters::exchange_rates;
use vitrine_commerce::{
    Context,
    settings::rates::{self, RateOutcome},
};
use vitrine_entity::{price_list::RateSource, staff_member::StaffRole};
use vitrine_tests::{client::Client, shop::TestShop};

use super::{LIST_SET, shown};

/// Stands in for the bank: gives what it was told to.
struct Bank {
    url: String,
    sheet: Arc<Mutex<String>>,
    task: JoinHandle<()>,
}

impl Bank {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/eurofxref-daily.xml", listener.local_addr().unwrap());
        let sheet = Arc::<Mutex<String>>::default();
        let answer = |State(sheet): State<Arc<Mutex<String>>>| async move {
            match sheet.lock().unwrap().clone() {
                text if text.is_empty() => (StatusCode::SERVICE_UNAVAILABLE, text),
                text => (StatusCode::OK, text),
            }
        };
        let routes = Router::new().route("/eurofxref-daily.xml", get(answer).with_state(sheet.clone()));
        let task = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { url, sheet, task }
    }

    fn tell(&self, day: &str, dollars: &str) {
        *self.sheet.lock().unwrap() = format!(
            "<?xml version=\"1.0\"?><gesmes:Envelope xmlns:gesmes=\"a\" xmlns=\"b\"><Cube><Cube time='{day}'>\
             <Cube currency='USD' rate='{dollars}'/><Cube currency='JPY' rate='160'/></Cube></Cube></gesmes:Envelope>"
        );
    }
}

impl Drop for Bank {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A price list, as staff see it.
async fn list(staff: &Client, code: &str) -> Value {
    let query = "{ priceLists { currencyCode rate appliedRate rateSource rateOn rateTakenAt refusedRate refusedAt followsRates version } }";
    let lists = staff.data(query, json!({})).await["priceLists"].take();
    let found = lists
        .as_array()
        .unwrap()
        .iter()
        .find(|list| list["currencyCode"] == code);
    found.unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_follows_rates_gets_those_of_the_bank() {
    let bank = Bank::open().await;
    let shop = TestShop::open_with(|config| {
        config.rates.ecb = true;
        config.rates.ecb_url = bank.url.clone();
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let variant = staff.sell("POSTER", "100.00", 10).await;
    for input in [
        json!({ "currencyCode": "USD", "rate": "1.1", "marginPercent": "2.5", "followsRates": true }),
        json!({ "currencyCode": "JPY", "rate": "162" }),
        json!({ "currencyCode": "GBP", "rate": "0.85", "followsRates": true }),
    ] {
        let set = staff.done(LIST_SET, json!({ "input": input })).await["priceList"].take();
        assert_eq!(set["rateSource"], "MANUAL", "{set}");
    }
    assert_eq!(
        list(&staff, "USD").await["appliedRate"],
        "1.1275",
        "the margin is upon the rate"
    );

    // The bank is away: all stays.
    assert_eq!(rates::fetch(shop.shop()).await.unwrap(), []);
    bank.tell("2030-04-30", "1.15");
    let changes = rates::fetch(shop.shop()).await.unwrap();
    let outcomes: Vec<_> = changes
        .iter()
        .map(|change| (change.currency.code(), change.outcome))
        .collect();
    let expected = [
        ("GBP", RateOutcome::Missing),
        ("JPY", RateOutcome::ByHand),
        ("USD", RateOutcome::Taken),
    ];
    assert_eq!(outcomes, expected);
    shop.settle().await;
    let usd = list(&staff, "USD").await;
    assert_eq!(
        (&usd["rate"], &usd["rateSource"], &usd["rateOn"]),
        (&json!("1.15"), &json!("FETCHED"), &json!("2030-04-30"))
    );
    assert_eq!(list(&staff, "JPY").await["rate"], "162", "it is set by hand");
    let query = "query ($id: ID!) { variant(id: $id) { listPrices { price { amount currencyCode } } } }";
    let prices = staff.data(query, json!({ "id": variant })).await["variant"]["listPrices"].take();
    assert!(
        prices.to_string().contains("117.88"),
        "100.00 at 1.15 and 2.5 %: {prices}"
    );

    // The same day again writes nothing; an older one is not taken.
    assert_eq!(rates::fetch(shop.shop()).await.unwrap()[2].outcome, RateOutcome::Same);
    assert_eq!(list(&staff, "USD").await["version"], usd["version"]);
    bank.tell("2030-04-29", "1.12");
    assert_eq!(rates::fetch(shop.shop()).await.unwrap()[2].outcome, RateOutcome::Older);

    // Too far: it is told, and nothing else.
    bank.tell("2030-05-01", "11.5");
    assert_eq!(
        rates::fetch(shop.shop()).await.unwrap()[2].outcome,
        RateOutcome::Refused
    );
    let usd = list(&staff, "USD").await;
    assert_eq!((&usd["rate"], &usd["refusedRate"]), (&json!("1.15"), &json!("11.5")));
    assert!(!usd["refusedAt"].is_null());
    // Staff say that it is right.
    let right = json!({ "currencyCode": "USD", "rate": "11.5" });
    staff.done(LIST_SET, json!({ "input": right })).await;
    let usd = list(&staff, "USD").await;
    assert_eq!(
        (&usd["rateSource"], &usd["refusedRate"]),
        (&json!("MANUAL"), &Value::Null)
    );
    assert_eq!(usd["followsRates"], true);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bank_is_asked_by_the_clock() {
    let bank = Bank::open().await;
    bank.tell("2030-04-30", "1.15");
    let shop = TestShop::open_with(|config| {
        config.rates.ecb = true;
        config.rates.ecb_url = bank.url.clone();
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let input = json!({ "currencyCode": "USD", "rate": "1.1", "followsRates": true });
    staff.done(LIST_SET, json!({ "input": input })).await;
    // The first look begins the period.
    rates::fetch_if_due(shop.shop()).await.unwrap();
    assert_eq!(list(&staff, "USD").await["rate"], "1.1");
    shop.advance(TimeDelta::hours(3)).await;
    let staff = shop.sign_in(StaffRole::Administrator).await;
    rates::fetch_if_due(shop.shop()).await.unwrap();
    assert_eq!(list(&staff, "USD").await["rate"], "1.15");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_taken_where_the_list_follows_rates_and_what_is_fixed_stays() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let variant = staff.sell("POSTER", "100.00", 10).await;
    let input = json!({ "currencyCode": "USD", "rate": "1.1", "followsRates": true, "pricesIncludeTax": true });
    staff.done(LIST_SET, json!({ "input": input })).await;
    let market = json!({ "name": "America", "countries": ["US"], "currencyCode": "USD" });
    staff.done(super::MARKET_CREATE, json!({ "input": market })).await;
    let other = staff.sell("FRAME", "10.00", 10).await;
    let fix = "mutation ($input: PriceListPricesSetInput!) { priceListPricesSet(input: $input) { pricesSet userErrors { code message } } }";
    let prices = json!([{ "variantId": other, "price": "12.34" }]);
    staff
        .done(fix, json!({ "input": { "currencyCode": "USD", "prices": prices } }))
        .await;
    let context = Context::system(shop.shop(), "test");
    let own = shop.shop().profile().currency;
    let sheet = exchange_rates::read("currency;rate\nUSD;1,2\n", own).unwrap();
    let changes = rates::take(shop.shop(), &context, &sheet, RateSource::File, 10)
        .await
        .unwrap();
    assert_eq!(changes[0].outcome, RateOutcome::Taken);
    shop.settle().await;
    assert_eq!(shown(&shop.guest(), "US", &variant).await[0], "120.00");
    assert_eq!(shown(&shop.guest(), "US", &other).await[0], "12.34");
    assert_eq!(list(&staff, "USD").await["rateSource"], "FILE");

    for (input, field) in [
        (
            json!({ "currencyCode": "USD", "marginPercent": "-95" }),
            "marginPercent",
        ),
        (
            json!({ "currencyCode": "USD", "marginPercent": "1.234" }),
            "marginPercent",
        ),
    ] {
        let refused = staff.payload(LIST_SET, json!({ "input": input })).await;
        assert_eq!(refused["userErrors"][0]["field"], json!(["input", field]), "{refused}");
    }
    shop.close().await;
}
