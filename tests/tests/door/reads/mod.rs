//! What the main reads cost a shop's database: how many statements, and whether each of them goes by an index.

mod plans;
mod references;
mod statements;
mod totals;

use chrono::TimeDelta;
use serde_json::Value;
use vitrine_commerce::{Context, catalog::index};
use vitrine_tests::{Client, TestShop, memory::TestClock};

/// The demo shop in which nobody works, so that every statement is of who asks; nor is any answer kept, which would cost
/// none.
async fn open() -> TestShop {
    let shop = TestShop::open_on(
        |config| config.answers.enabled = false,
        TestClock::default(),
        async |_| {},
    )
    .await;
    let context = Context::system(shop.shop(), "test");
    vitrine_demo::seed(shop.shop(), &context, |_, _| {}).await.unwrap();
    index::fill(shop.shop()).await.unwrap();
    // What is read once an hour is read before anything is counted.
    shop.clock.advance(TimeDelta::seconds(1));
    shop
}

/// What an answer took, by statement: the least of several tries, for the server reads some things by its own clock.
async fn statements_of(shop: &TestShop, client: &Client, query: &str, variables: &Value) -> Vec<(String, usize)> {
    let mut least: Option<Vec<(String, usize)>> = None;
    for _ in 0..4 {
        shop.statements.take();
        client.data(query, variables.clone()).await;
        let found: Vec<_> = shop.statements.take().into_iter().collect();
        if least.as_ref().is_none_or(|least| number(&found) < number(least)) {
            least = Some(found);
        }
    }
    least.unwrap_or_default()
}

fn number(statements: &[(String, usize)]) -> usize {
    statements.iter().map(|(_, times)| times).sum()
}
