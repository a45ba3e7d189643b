//! SQLite on a disk that fails, with a real process. What was acknowledged is there afterwards, and what
//! could not be written was not acknowledged.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use futures::future::join_all;
use sea_orm::{ConnectionTrait, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait};
use serde_json::json;
use tempfile::TempDir;
use vitrine_tests::{Client, patience::sooner_than, worker::leases_run_out};

use crate::{
    fleet::Fleet,
    history::{Outcome, Purchase},
    shopper, verdict,
};

/// The one process on SQLite, with its disk in the test's hands.
struct Shop {
    fleet: Fleet,
    disk: PathBuf,
    guest: Client,
    variant: String,
    history: Vec<Purchase>,
}

impl Shop {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (library, disk) = (build_bad_disk(&folder), folder.path().join("disk"));
        let environment = [
            ("LD_PRELOAD", library.display().to_string()),
            ("VITRINE_BAD_DISK", disk.display().to_string()),
        ];
        let fleet = Fleet::launch_embedded(folder, &environment).await;
        let variant = fleet.stock_up(1, 100).await.remove(0);
        let guest = Client::guest(fleet.bases().remove(0));
        Self {
            fleet,
            disk,
            guest,
            variant,
            history: Vec::new(),
        }
    }

    /// A cart that is ready to become an order.
    async fn fill_cart(&self) -> String {
        let cart = self.guest.cart_with(&[(&self.variant, 1)]).await;
        self.guest.check_out(&cart).await["id"].as_str().unwrap().to_owned()
    }

    /// Tries once to make an order of the cart, and keeps what came of it.
    async fn try_to_buy(&mut self, cart: &str) -> Outcome<String> {
        let place = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
            order { id } userErrors { code message } } }";
        let input = json!({ "cartId": cart, "idempotencyKey": cart, "paymentMethod": { "token": "tok_approve" } });
        let data = self.guest.try_data(place, json!({ "input": input })).await;
        let outcome = shopper::outcome(data.as_ref().map(|data| &data["orderPlace"]));
        match self.history.iter_mut().find(|purchase| purchase.cart == cart) {
            Some(purchase) => purchase.placements.push(outcome.clone()),
            None => self.history.push(Purchase {
                cart: cart.to_owned(),
                placements: vec![outcome.clone()],
                cancellation: None,
            }),
        }
        outcome
    }

    async fn buy(&mut self) {
        let cart = self.fill_cart().await;
        let outcome = self.try_to_buy(&cart).await;
        assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    }

    /// Refuses and sells again and again, on every connection that it has.
    async fn is_busy(&mut self) {
        let bought = self.history[0].cart.clone();
        for _ in 0..5 {
            self.is_refused(&bought).await;
            self.buy().await;
        }
    }

    /// Refuses what was bought before.
    async fn is_refused(&self, bought: &str) {
        let place = "mutation($input: OrderPlaceInput!) { orderPlace(input: $input) {
            order { id } userErrors { code message } } }";
        let refusals = (0..60).map(|number| {
            let key = format!("refused {number}");
            let input = json!({ "cartId": bought, "idempotencyKey": key, "paymentMethod": { "token": "tok_approve" } });
            self.guest.payload(place, json!({ "input": input }))
        });
        for payload in join_all(refusals).await {
            assert_eq!(payload["userErrors"][0]["code"], "CART_COMPLETED", "{payload}");
        }
    }

    /// Has the disk fail in this way from now on.
    fn fails(&self, how: &str) {
        fs::write(self.disk.with_extension(how), "").unwrap();
    }

    fn is_well_again(&self) {
        for how in ["full", "broken", "stuck"] {
            match fs::remove_file(self.disk.with_extension(how)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => panic!("{error}"),
                _ => {}
            }
        }
    }

    /// The catalogue can still be read.
    async fn is_browsed(&self) -> bool {
        self.is_browsed_anew(1).await
    }

    /// So many products of it: another number was not kept from another reading.
    async fn is_browsed_anew(&self, first: u32) -> bool {
        let query = "query($first: Int!) { products(first: $first) { nodes { title variants { sku } } } }";
        self.guest.try_data(query, json!({ "first": first })).await.is_some()
    }

    /// Tries to make an order of the cart, and gives the whole answer.
    async fn place(&self, cart: &str) -> serde_json::Value {
        self.guest.post("/graphql", placement(cart)).await.json().await.unwrap()
    }

    /// Whether a load balancer would send shoppers here, once it asks anew, and what it reads.
    async fn readiness(&self) -> (u16, String) {
        // An answer holds for a second.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        let answer = reqwest::get(format!("{}/health/ready", self.fleet.bases()[0]))
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Everything that was tried is bought in the end, and the books balance.
    async fn close(mut self, kills: usize) {
        self.fleet.heal().await;
        if kills > 0 {
            leases_run_out(&self.fleet.books.shop).await;
        }
        let carts: Vec<_> = self.history.iter().map(|purchase| purchase.cart.clone()).collect();
        for cart in carts {
            let outcome = self.try_to_buy(&cart).await;
            assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
        }
        let verdict = verdict::reach(&self.fleet, &self.history, kills).await;
        println!("{verdict}");
        assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
        let db = &self.fleet.books.shop.db;
        let check = Statement::from_string(db.get_database_backend(), "pragma integrity_check");
        let checked = db.query_one_raw(check).await.unwrap().unwrap();
        assert_eq!(checked.try_get::<String>("", "integrity_check").unwrap(), "ok");
        self.fleet.retire().await;
    }
}

fn placement(cart: &str) -> serde_json::Value {
    json!({ "query": format!(
        "mutation {{ orderPlace(input: {{ cartId: \"{cart}\", idempotencyKey: \"{cart}\", paymentMethod: {{ token: \"tok_approve\" }} }}) \
         {{ order {{ id }} }} }}"
    ) })
}

/// `bad_disk.c`, as a library that a process can be started with.
fn build_bad_disk(folder: &TempDir) -> PathBuf {
    let library = folder.path().join("bad_disk.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/survival/bad_disk.c");
    let mut compiler = Command::new("cc");
    compiler
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(source)
        .arg("-ldl");
    let status = compiler
        .status()
        .expect("a C compiler, which building Vitrine needs as well");
    assert!(status.success(), "bad_disk.c does not compile");
    library
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_acknowledges_nothing_and_loses_nothing() {
    let mut shop = Shop::open().await;
    shop.buy().await;
    let carts = [shop.fill_cart().await, shop.fill_cart().await];
    shop.fails("full");
    let (status, said) = shop.readiness().await;
    assert_eq!(status, 503, "{said}");
    assert!(said.contains("its storage is full"), "{said}");
    let refused = shop.place(&carts[0]).await;
    assert_eq!(
        refused["errors"][0]["extensions"]["code"], "SERVICE_UNAVAILABLE",
        "{refused}"
    );
    let why = refused["errors"][0]["message"].as_str().unwrap();
    assert!(why.contains("storage is full"), "{refused}");
    for cart in &carts {
        let started = Instant::now();
        assert_eq!(shop.try_to_buy(cart).await, Outcome::Unknown, "it cannot be written");
        sooner_than(
            Duration::from_secs(8),
            started.elapsed(),
            "to be told that it cannot be written",
        );
    }
    assert!(shop.is_browsed().await, "the catalogue is still there");
    // As it is, and as whoever restarts the process finds it.
    shop.is_well_again();
    shop.is_busy().await;
    assert_eq!(shop.readiness().await.0, 200);
    shop.fails("full");
    assert_eq!(shop.try_to_buy(&carts[0]).await, Outcome::Unknown);
    shop.fleet.kill(0).await;
    shop.is_well_again();
    shop.close(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_disk_did_not_keep_is_not_acknowledged() {
    let mut shop = Shop::open().await;
    shop.buy().await;
    let carts = [shop.fill_cart().await, shop.fill_cart().await];
    shop.fails("broken");
    let (status, said) = shop.readiness().await;
    assert_eq!(status, 503, "{said}");
    for cart in &carts {
        assert_eq!(
            shop.try_to_buy(cart).await,
            Outcome::Unknown,
            "it may be gone after a power cut"
        );
    }
    assert!(shop.is_browsed().await, "the catalogue is still there");
    shop.is_well_again();
    shop.is_busy().await;
    shop.fails("broken");
    assert_eq!(shop.try_to_buy(&carts[0]).await, Outcome::Unknown);
    shop.fleet.kill(0).await;
    shop.is_well_again();
    shop.close(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_does_not_answer_is_told() {
    let mut shop = Shop::open().await;
    shop.buy().await;
    let carts = [shop.fill_cart().await, shop.fill_cart().await];
    shop.fails("stuck");
    let others = async {
        shop.readiness().await;
        let started = Instant::now();
        let refused = shop.place(&carts[1]).await;
        sooner_than(
            Duration::from_secs(7),
            started.elapsed(),
            "to be told that the disk does not answer",
        );
        assert_eq!(
            refused["errors"][0]["extensions"]["code"], "SERVICE_UNAVAILABLE",
            "{refused}"
        );
        let (status, said) = shop.readiness().await;
        assert_eq!(status, 503, "{said}");
        assert!(shop.is_browsed().await, "the catalogue is still there");
        shop.is_well_again();
    };
    tokio::join!(shop.place(&carts[0]), others);
    for cart in &carts {
        let outcome = shop.try_to_buy(cart).await;
        assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    }
    assert_eq!(shop.readiness().await.0, 200);
    shop.close(0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_writer_costs_a_bounded_wait() {
    let mut shop = Shop::open().await;
    shop.buy().await;
    let cart = shop.fill_cart().await;
    let at_once = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let other = shop.fleet.books.shop.db.begin_with_options(at_once).await.unwrap();
    let started = Instant::now();
    // More than there are connections.
    let writers = async { join_all((0..24).map(|_| shop.guest.post("/graphql", placement(&cart)))).await };
    let readers = async {
        // They wait by now.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let reading = Instant::now();
        let browsed = join_all((1..=20).map(|first| shop.is_browsed_anew(first))).await;
        assert!(
            browsed.into_iter().all(|there| there),
            "readers do not wait for writers"
        );
        let reading = reading.elapsed();
        assert_eq!(shop.readiness().await.0, 200, "somebody else writes: nothing is broken");
        reading
    };
    let (answers, reading) = tokio::join!(writers, readers);
    sooner_than(Duration::from_secs(10), started.elapsed(), "the end of the wait");
    // Sooner than any writer has come to an end.
    sooner_than(Duration::from_secs(3), reading, "what readers ask");
    for answer in answers {
        assert_eq!(answer.headers()["retry-after"], "1");
        let answer: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "SERVICE_UNAVAILABLE",
            "{answer}"
        );
    }
    other.rollback().await.unwrap();
    let outcome = shop.try_to_buy(&cart).await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    shop.close(0).await;
}
