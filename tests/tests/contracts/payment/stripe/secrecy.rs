//! What every request to Stripe carries, and what no error and no log shows.

use std::{
    error::Error,
    io::{self, Write},
    sync::{Arc, Mutex},
};

use tracing::Level;
use vitrine_adapters::config::Secret;
use vitrine_commerce::ports::payment::ProviderError;
use vitrine_tests::stripe_stand_in::{Fault, StripeStandIn};

use crate::payment::bench::{Bench, Means};
use crate::payment::calls::{AMOUNT, new_capture, new_refund, new_void};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_post_carries_its_key_and_every_request_the_version() {
    let bench = Bench::stand_in().await;
    let asked = bench.new_charge(Means::Good, false);
    let charge = bench.send(&asked).await;
    let (capture, refund) = (new_capture(&charge, AMOUNT), new_refund(&charge, 1000));
    bench.port().capture(&capture).await.unwrap();
    bench.port().refund(&refund).await.unwrap();
    let void = new_void(&bench.held().await);
    bench.port().void(&void).await.unwrap();
    bench.find_by_id(asked.payment).await.unwrap();
    bench.find_refund(&refund).await.unwrap();

    let requests = bench.server().requests();
    for request in &requests {
        assert_eq!(request.key.is_some(), request.method == "POST", "{request:?}");
        assert_eq!(request.version.as_deref(), Some("2025-03-31.basil"), "{request:?}");
    }
    let keys: Vec<_> = requests.iter().filter_map(|request| request.key.as_deref()).collect();
    let expected = [
        &asked.key,
        &capture.key,
        &refund.key,
        &void.payment.to_string(),
        &void.key,
    ];
    assert_eq!(keys, expected.map(String::as_str));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_charge_names_our_attempt_and_its_order() {
    let bench = Bench::stand_in().await;
    let asked = bench.new_charge(Means::Good, true);
    let charge = bench.send(&asked).await;
    let refund = new_refund(&charge, 1000);
    bench.port().refund(&refund).await.unwrap();
    let intent = &bench.server().intents()[0];
    assert_eq!(intent["metadata"]["vitrine_payment"], asked.payment.to_string());
    assert_eq!(intent["metadata"]["vitrine_order_number"], "V-1001");
    assert_eq!(
        (&intent["currency"], &intent["amount"]),
        (&"eur".into(), &AMOUNT.into())
    );
    let booked = &bench.server().refunds()[0];
    assert_eq!(booked["metadata"]["vitrine_refund"], refund.refund.to_string());
    assert_eq!(booked["metadata"]["vitrine_payment"], asked.payment.to_string());
}

/// On one thread, so that all that is logged comes to the one who listens.
#[tokio::test]
async fn no_error_and_no_log_shows_a_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(Level::TRACE)
        .with_writer({
            let log = log.clone();
            move || log.clone()
        })
        .finish();
    let listening = tracing::subscriber::set_default(subscriber);
    tracing::info!("listening");
    let texts = failures().await;
    drop(listening);
    let log = log.text();
    assert!(log.contains("listening"));
    assert!(texts.len() > 20, "{}", texts.len());
    for text in texts.iter().chain([&log]) {
        for secret in [StripeStandIn::KEY, StripeStandIn::WEBHOOK_SECRET, WRONG_KEY, "Bearer"] {
            assert!(!text.contains(secret), "{secret} in: {text}");
        }
    }
}

const WRONG_KEY: &str = "sk_test_of_somebody_else";

/// Every error that every failure brings, in all its forms.
async fn failures() -> Vec<String> {
    let mut texts = Vec::new();
    let bench = Bench::stand_in().await;
    let charge = bench.captured().await;
    let wrong = bench.with_settings(|settings| settings.secret_key = Some(Secret::new(WRONG_KEY)));
    texts.extend(fail(&wrong, &charge).await);
    for fault in [
        Fault::ErrorAfterActing,
        Fault::CutBeforeActing,
        Fault::RateLimited { retry_after: None },
        Fault::Garbled,
    ] {
        bench.server().fail("*", 3, fault);
        texts.extend(fail(&bench, &charge).await);
    }
    bench.server().refuse_connections().await;
    texts.extend(fail(&bench.with_settings(|_| {}), &charge).await);
    texts
}

async fn fail(bench: &Bench, charge: &vitrine_commerce::ports::payment::ProviderCharge) -> Vec<String> {
    let errors = [
        bench.port().charge(&bench.new_charge(Means::Good, true)).await.err(),
        bench.refund(charge, 1).await.err(),
        bench.port().statement(bench.now(), bench.now(), None).await.err(),
    ];
    errors.into_iter().flatten().flat_map(|error| forms(&error)).collect()
}

fn forms(error: &ProviderError) -> Vec<String> {
    let mut forms = vec![format!("{error:?}"), format!("{error:#?}")];
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(error) = cause {
        forms.push(error.to_string());
        cause = error.source();
    }
    forms
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
