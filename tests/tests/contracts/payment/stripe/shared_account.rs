//! Two shops that use one account of Stripe: neither takes the other's charges for its own.

use std::collections::HashMap;

use vitrine_commerce::ports::payment::{Charge, ProviderCharge, ProviderEvent, StatementCharge, Subject};
use vitrine_entity::ids::PaymentId;
use vitrine_tests::stripe_stand_in::StripeStandIn;

use crate::payment::bench::{Bench, Means};
use crate::payment::calls::{AMOUNT, new_refund};
use chrono::TimeDelta;

/// All that the books of the last minutes hold, as this shop reads them.
async fn books(bench: &Bench) -> Vec<StatementCharge> {
    let (since, until) = (bench.now() - TimeDelta::minutes(5), bench.now() + TimeDelta::minutes(5));
    bench.port().statement(since, until, None).await.unwrap().charges
}

/// The attempts that these books name, by the charges' references.
async fn named(bench: &Bench) -> HashMap<String, Option<PaymentId>> {
    let books = books(bench).await.into_iter();
    books.map(|charge| (charge.reference, charge.payment)).collect()
}

/// A charge that names an attempt, and not for which shop.
async fn charge_of_nobody(bench: &Bench, payment: PaymentId) {
    let form = [
        ("amount", AMOUNT.to_string()),
        ("currency", "eur".to_owned()),
        ("confirm", "true".to_owned()),
        ("payment_method", "pm_card_visa".to_owned()),
        ("payment_method_types[]", "card".to_owned()),
        ("metadata[vitrine_payment]", payment.to_string()),
    ];
    let request = vitrine_tests::client::http()
        .post(format!("{}/v1/payment_intents", bench.server().url()))
        .bearer_auth(StripeStandIn::KEY)
        .form(&form);
    request.send().await.unwrap().error_for_status().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_intent_and_refund_names_its_shop() {
    let bench = Bench::stand_in().await;
    let other = bench.of_another_shop();
    for shop in [&bench, &other] {
        let charge = shop.captured().await;
        shop.refund(&charge, 1000).await.unwrap();
    }
    let names = |objects: Vec<serde_json::Value>| -> Vec<String> {
        let names = objects.iter().map(|object| &object["metadata"]["vitrine_shop"]);
        names.map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let intents = names(bench.server().intents());
    assert_eq!(intents, names(bench.server().refunds()));
    assert!(intents.iter().all(|name| name.starts_with("inst_")), "{intents:?}");
    assert_ne!(intents[0], intents[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_the_books_the_others_charges_are_foreign() {
    let bench = Bench::stand_in().await;
    let other = bench.of_another_shop();
    let (ours, theirs) = (bench.captured().await, other.captured().await);
    charge_of_nobody(&bench, ours.payment).await;
    let (here, there) = (named(&bench).await, named(&other).await);
    assert_eq!((here.len(), there.len()), (3, 3));
    let ours_only = |books: &HashMap<String, Option<PaymentId>>, own: &ProviderCharge| {
        assert_eq!(books[&own.reference], Some(own.payment));
        assert_eq!(books.values().flatten().count(), 1, "{books:?}");
    };
    ours_only(&here, &ours);
    ours_only(&there, &theirs);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_up_without_a_reference_finds_ours_only() {
    let bench = Bench::stand_in().await;
    let other = bench.of_another_shop();
    let asked = bench.new_charge(Means::Good, true);
    // However it comes to be: the very same attempt's id.
    let copy = Charge {
        key: "of the other shop".to_owned(),
        ..asked.clone()
    };
    let theirs = other.send(&copy).await;
    charge_of_nobody(&bench, asked.payment).await;
    assert_eq!(bench.find_by_id(asked.payment).await, None);
    let ours = bench.send(&asked).await;
    assert_eq!(bench.find_by_id(asked.payment).await.unwrap().reference, ours.reference);
    assert_eq!(
        other.find_by_id(asked.payment).await.unwrap().reference,
        theirs.reference
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_others_webhooks_are_ignored() {
    let bench = Bench::stand_in().await;
    let other = bench.of_another_shop();
    let theirs = other.captured().await;
    other.port().refund(&new_refund(&theirs, 1000)).await.unwrap();
    let webhooks = bench.take_webhooks().await;
    assert!(webhooks.len() > 3, "{webhooks:?}");
    for (headers, body) in &webhooks {
        let here = bench.port().webhook(headers, body.as_bytes()).await.unwrap();
        assert!(matches!(here, ProviderEvent::Ignored { .. }), "{here:?}");
        match other.port().webhook(headers, body.as_bytes()).await.unwrap() {
            ProviderEvent::ChargeChanged { subject, .. } => assert_eq!(subject, Subject::Payment(theirs.payment)),
            missed => panic!("{missed:?}"),
        }
    }
}
