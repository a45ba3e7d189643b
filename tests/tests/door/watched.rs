//! What those who watch the machines are told of a purchase, and that whatever a dashboard or an alert goes by is told.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, patience::within};

/// Where Prometheus' and Grafana's files lie.
fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy")
}

/// What `/metrics` says, by series. What a process counts it counts for all shops of this test program: only what is
/// more than before is this one's.
pub async fn scrape(shop: &TestShop) -> BTreeMap<String, f64> {
    let text = shop.metrics().await.text().await.unwrap();
    let samples = text.lines().filter(|line| !line.starts_with('#'));
    let sample = |line: &str| {
        let (series, value) = line.rsplit_once(' ').unwrap();
        (series.to_owned(), value.parse().unwrap())
    };
    samples.map(sample).collect()
}

pub fn of(samples: &BTreeMap<String, f64>, series: &str) -> f64 {
    samples.get(series).copied().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_is_seen_by_those_who_watch() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 1).await;
    let before = scrape(&shop).await;
    let guest = shop.guest();
    let cart = guest.cart_with(&[(&mug, 1)]).await;
    let late = guest.cart_with(&[(&mug, 1)]).await;
    let (cart, late) = (guest.check_out(&cart).await, guest.check_out(&late).await);
    guest.place(&cart, "watched", "tok_approve").await;
    // The same again, and one that comes too late.
    guest.place(&cart, "watched", "tok_approve").await;
    let place = "mutation($id: ID!) { orderPlace(input: {cartId: $id, idempotencyKey: \"late\",
        paymentMethod: {token: \"tok_approve\"}}) { order { id } userErrors { code message field } } }";
    assert_eq!(
        guest.refusals(place, json!({ "id": late["id"] })).await,
        ["INSUFFICIENT_STOCK"]
    );
    guest.answer("{ noSuchField }", json!({})).await;
    assert_eq!(guest.get("/api/products/no-such-product").await.status(), 404);
    guest
        .answer(
            "mutation { customerLogin(input: {email: \"nobody@example.com\", password: \"wrong password\"}) { userErrors { code } } }",
            json!({}),
        )
        .await;
    shop.settle().await;
    // An answer is a second old at most.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let after = scrape(&shop).await;
    for series in [
        "vitrine_checkouts_total{outcome=\"placed\"}",
        "vitrine_checkouts_total{outcome=\"replayed\"}",
        "vitrine_checkouts_total{outcome=\"refused\"}",
        "vitrine_checkout_seconds_count{outcome=\"placed\"}",
        "vitrine_payments_total{provider=\"simulated\",status=\"captured\"}",
        "vitrine_payment_seconds_count{provider=\"simulated\"}",
        "vitrine_provider_calls_total{provider=\"simulated\",outcome=\"ok\"}",
        "vitrine_job_runs_total{queue=\"payment\",name=\"process_payment\",outcome=\"done\"}",
        "vitrine_job_runs_total{queue=\"mail\",name=\"send_order_mail\",outcome=\"done\"}",
        "vitrine_job_seconds_count{queue=\"mail\"}",
        "vitrine_sign_ins_total{account=\"customer\",outcome=\"refused\"}",
        "vitrine_database_statement_seconds_count{outcome=\"ok\"}",
        "vitrine_operations_total{kind=\"mutation\",operation=\"orderPlace\",code=\"OK\"}",
        "vitrine_operation_seconds_count{kind=\"mutation\",operation=\"orderPlace\"}",
        "vitrine_operation_cost_points_count{kind=\"mutation\"}",
        "vitrine_operations_total{kind=\"none\",operation=\"none\",code=\"GRAPHQL_VALIDATION_FAILED\"}",
        "vitrine_http_requests_total{method=\"GET\",route=\"/api/products/{product}\",status=\"404\"}",
        "vitrine_http_request_seconds_count{route=\"/api/products/{product}\"}",
    ] {
        assert!(
            of(&after, series) > of(&before, series),
            "{series}: {:#?}",
            after.keys()
        );
    }
    assert_eq!(of(&after, "vitrine_jobs_oldest_due_seconds{queue=\"payment\"}"), 0.0);
    assert_eq!(of(&after, "vitrine_payment_findings_open{kind=\"missing_here\"}"), 0.0);
    assert!(of(&after, "vitrine_places{place=\"request\"}") > 0.0);
    assert!(of(&after, "process_resident_memory_bytes") > 1e6);
    shop.close().await;
    assert_told(&after);
    assert_a_worker_tells_its_own().await;
}

/// A worker answers on a port of its own, until it stops, and asks no database.
async fn assert_a_worker_tells_its_own() {
    let address = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let stop = CancellationToken::new();
    let routes = vitrine_worker::metrics::routes();
    let serving = tokio::spawn(vitrine_worker::metrics::serve(
        routes,
        address,
        "metrics.worker_address",
        stop.clone(),
    ));
    let url = format!("http://{address}/metrics");
    let asked = async {
        loop {
            match vitrine_tests::client::http().get(&url).send().await {
                Ok(answer) => return answer.text().await.unwrap(),
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    };
    let text = within(&url, asked).await;
    assert!(
        text.contains("vitrine_job_runs_total{") && text.contains("process_open_fds "),
        "{text}"
    );
    assert!(!text.contains("vitrine_jobs{"), "{text}");
    stop.cancel();
    serving.await.unwrap();
}

/// Whatever a dashboard or an alert names is told, be it as a histogram's part, and has the labels that are asked for.
fn assert_told(samples: &BTreeMap<String, f64>) {
    let told: BTreeSet<_> = samples.keys().map(|series| series.split('{').next().unwrap()).collect();
    // What happens to some shops alone.
    let seldom = BTreeSet::from([
        "vitrine_database_replica_lag_milliseconds",
        "vitrine_database_replica_reads_total",
        "vitrine_database_replica_statement_seconds_bucket",
        "vitrine_database_replica_statement_seconds_count",
        "vitrine_provider_notices_total",
    ]);
    let mut asked = 0;
    for (file, expression) in expressions() {
        for name in expression.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
            if name.starts_with("vitrine_") || name.starts_with("process_") {
                asked += 1;
                assert!(
                    told.contains(name) || seldom.contains(name),
                    "{file} goes by {name}, which nobody tells"
                );
            }
        }
    }
    assert!(asked > 100, "{asked}");
}

/// What Prometheus is asked, by the file that asks it.
fn expressions() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(deploy().join("grafana")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let dashboard: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let panels = dashboard["panels"].as_array().unwrap();
            let targets = panels.iter().filter_map(|panel| panel["targets"].as_array()).flatten();
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            found.extend(targets.map(|target| (file.clone(), target["expr"].as_str().unwrap().to_owned())));
        }
    }
    assert!(found.len() > 40, "{}", found.len());
    let alerts = fs::read_to_string(deploy().join("prometheus/alerts.yml")).unwrap();
    let lines = alerts.lines().filter(|line| !line.trim_start().starts_with('#'));
    found.extend(lines.map(|line| ("alerts.yml".to_owned(), line.to_owned())));
    found
}

#[test]
fn every_alert_leads_to_a_runbook() {
    let alerts = fs::read_to_string(deploy().join("prometheus/alerts.yml")).unwrap();
    let runbooks = deploy().join("../docs/runbooks");
    let mut led = 0;
    let mut alert = "";
    for line in alerts.lines() {
        if let Some((_, name)) = line.split_once("- alert: ") {
            alert = name.trim();
        }
        let Some(place) = line.split_once("runbook_url: \"{{ $externalLabels.runbooks }}/") else {
            continue;
        };
        let (file, chapter) = match place.1.trim_end_matches('"').split_once('#') {
            Some((file, chapter)) => (file, Some(chapter)),
            None => (place.1.trim_end_matches('"'), None),
        };
        let text = fs::read_to_string(runbooks.join(file)).unwrap_or_else(|_| panic!("there is no runbook {file}"));
        assert!(
            text.contains(&format!("`{alert}`")),
            "{file} does not say what {alert} is"
        );
        if let Some(chapter) = chapter {
            let headings = text.lines().filter_map(|line| line.strip_prefix('#'));
            let anchors: Vec<_> = headings.map(anchor).collect();
            assert!(
                anchors.iter().any(|found| found == chapter),
                "{file} has {anchors:?}, and not {chapter}"
            );
        }
        led += 1;
    }
    assert_eq!(led, alerts.matches("- alert: ").count());
    for entry in fs::read_dir(runbooks).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let lines = text
            .lines()
            .filter(|line| line.starts_with("Alert ") || line.starts_with("Alerts "));
        for named in lines.filter_map(|line| line.split(['.', ':']).next()) {
            for alert in named.split('`').skip(1).step_by(2) {
                assert!(alerts.contains(&format!("- alert: {alert}\n")), "{named}");
            }
        }
    }
}

/// As those who show Markdown name a heading.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    kept.collect::<String>().replace(' ', "-")
}

/// Every GraphQL document of the guides, the runbooks and the README, with the file that it stands in: those in fences, and those
/// within a line.
fn documents() -> Vec<(String, String)> {
    let root = deploy().join("..");
    let folders = ["docs", "docs/runbooks"].map(|folder| fs::read_dir(root.join(folder)).unwrap());
    let files = folders.into_iter().flatten().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let mut found = Vec::new();
    for path in files.chain([root.join("README.md")]) {
        let (file, text) = (
            path.file_name().unwrap().to_string_lossy().into_owned(),
            fs::read_to_string(&path).unwrap(),
        );
        let fenced = text.split("```graphql\n").skip(1);
        for block in fenced.filter_map(|rest| rest.split("```").next()) {
            found.extend(operations(block).into_iter().map(|one| (file.clone(), one)));
        }
        let inline = text
            .split('`')
            .filter(|part| part.starts_with("{ ") && part.ends_with(" }"));
        found.extend(inline.map(|one| (file.clone(), one.to_owned())));
    }
    found
}

/// One after another, as they stand in a block.
fn operations(block: &str) -> Vec<String> {
    let (mut found, mut current) = (Vec::new(), String::new());
    let (mut depth, mut in_text) = (0, false);
    for c in block.chars() {
        current.push(c);
        match c {
            '"' => in_text = !in_text,
            '{' if !in_text => depth += 1,
            '}' if !in_text => {
                depth -= 1;
                if depth == 0 {
                    found.push(std::mem::take(&mut current));
                }
            }
            _ => {}
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_guides_ask_is_answered() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let documents = documents();
    assert!(documents.len() > 12, "{}", documents.len());
    for (file, document) in documents {
        let answer = staff.answer(&document, json!({})).await;
        for error in answer["errors"].as_array().into_iter().flatten() {
            // Placeholders for ids are no ids.
            assert_eq!(
                error["extensions"]["code"], "BAD_USER_INPUT",
                "{file}: {document}\n{answer}"
            );
        }
    }
    shop.settle().await;
    shop.close().await;
}
