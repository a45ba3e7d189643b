//! What a collector sees of a purchase, through every process that has part in it; and a collector that is away.

use std::collections::{HashMap, HashSet};

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    sync::oneshot,
};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use vitrine_tests::{
    Client,
    client::http,
    collector::{Collector, TracedSpan},
};

use crate::{fleet::Fleet, log, shopper::PLACE};

const AUTHORIZATION: &str = "Bearer what-the-collector-knows";
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SOCKET_TRACE: &str = "5cf92f3577b34da6a3ce929d0e0e4737";

/// An operation over a WebSocket.
const ASKED: &str = "WebSocket /graphql";
const CALLER: &str = "00f067aa0ba902b7";
const ID: &str = "a-traced-purchase";

/// What the log says of a collector that is away.
const LOST: &str = "traces are lost";

/// Places the order of `cart` in a trace that its caller records.
async fn place(base: &str, cart: &Value) -> Value {
    let input =
        json!({ "cartId": cart["id"], "idempotencyKey": "a secret key", "paymentMethod": { "token": "tok_approve" } });
    let answer = http()
        .post(format!("{base}/graphql"))
        .header("traceparent", format!("00-{TRACE}-{CALLER}-01"))
        .header("x-request-id", ID)
        .json(&json!({ "query": PLACE, "variables": { "input": input } }))
        .send();
    let mut answer: Value = answer.await.unwrap().json().await.unwrap();
    let placed = answer["data"]["orderPlace"].take();
    assert_eq!(placed["userErrors"], json!([]), "{answer}");
    placed
}

/// Asks over a socket that was opened in a trace of its own, and waits for the answer.
async fn ask_by_socket(base: &str) {
    let url = format!("{}/graphql/ws", base.replacen("http", "ws", 1));
    let mut request = url.into_client_request().unwrap();
    let traceparent = format!("00-{SOCKET_TRACE}-{CALLER}-01");
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
    headers.insert("traceparent", traceparent.parse().unwrap());
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    let asked = json!({ "id": "1", "type": "subscribe", "payload": { "query": "{ shop { name } }" } });
    for message in [json!({ "type": "connection_init" }), asked] {
        socket.send(Message::text(message.to_string())).await.unwrap();
    }
    while let Some(message) = socket.next().await {
        if message.unwrap().into_text().is_ok_and(|text| text.contains("complete")) {
            return;
        }
    }
    panic!("the socket was closed");
}

/// Nothing is recorded but what a caller records, and of that everything, up to the mails that the order leads to.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purchase_is_one_trace_from_the_request_to_its_mails() {
    let collector = Collector::start(AUTHORIZATION).await;
    let environment = [
        ("VITRINE_TELEMETRY__OTLP_ENDPOINT", collector.endpoint()),
        (
            "VITRINE_TELEMETRY__OTLP_HEADERS",
            format!("authorization={AUTHORIZATION}"),
        ),
        ("VITRINE_TELEMETRY__SAMPLING", "0".to_owned()),
    ];
    let fleet = Fleet::launch_with(1, 1, &environment).await;
    let variant = fleet.stock_up(1, 10).await.remove(0);
    let base = fleet.bases().remove(0);
    let guest = Client::guest(base.clone());
    let cart = guest.cart_with(&[(&variant, 1)]).await;
    let cart = guest.check_out(&cart).await;
    let placed = place(&base, &cart).await;
    ask_by_socket(&base).await;

    let all_is_there = |spans: &[TracedSpan]| {
        let ids: HashSet<_> = spans.iter().map(|span| &span.id).collect();
        let is_whole = |span: &TracedSpan| span.parent == CALLER || ids.contains(&span.parent);
        let mails = spans.iter().filter(|span| span.name == "send mail").count();
        mails >= 2 && spans.iter().any(|span| span.name == ASKED) && spans.iter().all(is_whole)
    };
    let spans = collector.wait_until(all_is_there).await;
    fleet.retire().await;
    let (spans, of_socket): (Vec<_>, Vec<_>) = spans.into_iter().partition(|span| span.trace == TRACE);
    let names: Vec<_> = of_socket.iter().map(|span| (&*span.trace, &*span.name)).collect();
    for name in [ASKED, "query shop"] {
        assert!(names.contains(&(SOCKET_TRACE, name)), "{name}: {names:#?}");
    }
    let order = placed["order"]["id"].as_str().unwrap();
    is_one_trace(&spans, order);
    is_one_story(&spans);
    tells_nothing_of_anybody(&spans, &placed, fleet.sink.mails().len());
}

fn is_one_trace(spans: &[TracedSpan], order: &str) {
    for span in spans {
        assert_eq!(
            (span.trace.as_str(), span.failed, span.events),
            (TRACE, false, 0),
            "{span:#?}"
        );
    }
    let roots: Vec<_> = spans.iter().filter(|span| span.parent == CALLER).collect();
    assert_eq!(roots.len(), 1, "{roots:#?}");
    assert_eq!(roots[0].name, "POST /graphql");
    assert_eq!(roots[0].attribute("http.response.status_code"), Some("200"));
    for span in spans {
        if span.name == "mutation orderPlace" || span.name.starts_with("job send_order_mail") {
            assert_eq!(span.attribute("order.id"), Some(order), "{span:#?}");
        }
        if span.name.starts_with("job ") || span.name == "POST /graphql" {
            assert_eq!(span.attribute("correlation_id"), Some(ID), "{span:#?}");
        }
    }
}

/// A mail was sent by a job, which the payment's job left, which the placement left; and each wrote, and called whom it had to.
fn is_one_story(spans: &[TracedSpan]) {
    let by_id: HashMap<_, _> = spans.iter().map(|span| (span.id.as_str(), span)).collect();
    let ways: Vec<Vec<&str>> = spans.iter().map(|span| way(span, &by_id)).collect();
    let request = ["POST /graphql", "mutation orderPlace", "transaction"];
    let paying = "job process_payment.v1";
    for (wanted, why) in [
        (vec!["commit"], "what the request writes"),
        (vec!["hand over"], "the queue"),
        (vec![paying, "call provider"], "the provider"),
        (vec![paying, "transaction", "at once"], "the stock"),
        (vec!["job send_order_mail.v1", "send mail"], "the mail that it has come"),
        (
            vec![paying, "transaction", "job send_order_mail.v1", "send mail"],
            "the mail that it is confirmed",
        ),
    ] {
        let is_it = |way: &&Vec<&str>| {
            let mut rest = wanted.iter().peekable();
            way.starts_with(&request[..2]) && {
                for name in *way {
                    rest.next_if(|wanted| *wanted == name);
                }
                rest.peek().is_none() && way.last() == wanted.last()
            }
        };
        assert!(ways.iter().any(|way| is_it(&way)), "{why}: {wanted:?} in {ways:#?}");
    }
    let mut statements = spans.iter().filter(|span| span.attribute("db.system.name").is_some());
    assert!(
        statements.any(|span| way(span, &by_id).starts_with(&request)),
        "statements: {ways:#?}"
    );
    // Where a worker stands beside the server, the trace goes through both.
    let services: HashSet<_> = spans.iter().map(|span| span.service.as_str()).collect();
    let is_alone = std::env::var_os("VITRINE_TEST_REDIS_URL").is_none();
    let wanted = if is_alone {
        vec!["vitrine"]
    } else {
        vec!["vitrine", "vitrine-worker"]
    };
    assert_eq!(services, HashSet::from_iter(wanted));
}

/// The names from the trace's beginning to this span.
fn way<'a>(span: &'a TracedSpan, by_id: &HashMap<&str, &'a TracedSpan>) -> Vec<&'a str> {
    let mut way = vec![span.name.as_str()];
    let mut parent = by_id.get(span.parent.as_str());
    while let Some(span) = parent {
        way.insert(0, &span.name);
        parent = by_id.get(span.parent.as_str());
    }
    way
}

fn tells_nothing_of_anybody(spans: &[TracedSpan], placed: &Value, mails: usize) {
    assert!(mails >= 2);
    let told = format!("{spans:?}").to_lowercase();
    for secret in [
        placed["orderAccessToken"].as_str().unwrap(),
        "ada@example.com",
        "Ada Lovelace",
        "Unter den Linden",
        "tok_approve",
        "a secret key",
        "what-the-collector-knows",
        vitrine_tests::backend::SECRET,
        // The text of a statement.
        "select *",
        " from ",
        "values (",
        "where ",
        "$1",
    ] {
        let at = told.find(&secret.to_lowercase());
        let around = at.map(|at| &told[at.saturating_sub(200)..(at + 100).min(told.len())]);
        assert!(around.is_none(), "{secret:?} in {around:?}");
    }
}

/// The shop neither waits for it nor says more than a line; and a request's lines in the log name its trace.
#[tokio::test]
async fn nobody_misses_a_collector_that_is_away() {
    // Nobody takes what comes here.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}", taken.local_addr().unwrap());
    drop(taken);
    let mut shop = log::Shop::open_with(&[
        ("VITRINE_TELEMETRY__OTLP_ENDPOINT", &nobody),
        ("VITRINE_LOG__FORMAT", "json"),
        ("VITRINE_LOG__ACCESS", "true"),
    ])
    .await;
    let mut lines = BufReader::new(shop.process.stderr.take().unwrap()).lines();
    let (lost, is_lost) = oneshot::channel();
    let reading = tokio::spawn(async move {
        let (mut log, mut lost) = (Vec::new(), Some(lost));
        while let Ok(Some(line)) = lines.next_line().await {
            if line.contains(LOST)
                && let Some(lost) = lost.take()
            {
                lost.send(()).unwrap();
            }
            log.push(line);
        }
        log
    });
    shop.is_open().await;
    shop.answers().await;
    let asked = http()
        .get(format!("{}/api/docs", shop.base))
        .header("traceparent", format!("00-{TRACE}-{CALLER}-01"));
    assert!(asked.send().await.unwrap().status().is_success());
    is_lost.await.unwrap();
    shop.stops().await;
    let log = reading.await.unwrap();
    assert_eq!(log.iter().filter(|line| line.contains(LOST)).count(), 1, "{log:#?}");
    let lines: Vec<Value> = log.iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let of_trace: Vec<_> = lines.iter().filter(|line| line["span"]["trace_id"] == TRACE).collect();
    assert_eq!(of_trace.len(), 1, "{log:#?}");
    assert_eq!(of_trace[0]["span"]["path"], "/api/docs");
    // Every other request has a trace of its own.
    let traces: HashSet<_> = lines
        .iter()
        .filter_map(|line| line["span"]["trace_id"].as_str())
        .collect();
    assert!(traces.len() > 100, "{traces:?}");
}
