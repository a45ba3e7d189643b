//! The simulated payment provider keeps a provider's rules, and misbehaves as its tokens say. On
//! SQLite, and on PostgreSQL where `VITRINE_TEST_DATABASE_URL` names one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use vitrine_adapters::{
    boot,
    config::{Config, Secret},
    payment::simulated::{SIGNATURE_HEADER, SignedWebhook, SimulatedProvider, SimulatedSettings},
};
use vitrine_commerce::{
    money::{Currency, Money},
    ports::{
        Clock, IdSource, PaymentProvider,
        ids::SystemIds,
        payment::{Charge, ChargeState, ProviderCharge, ProviderError, ProviderEvent, WebhookError},
    },
};
use vitrine_entity::ids::{PaymentId, RefundId};

/// A provider on a database of its own, and the hands on its clock.
struct Bench {
    provider: Arc<SimulatedProvider>,
    clock: Arc<TestClock>,
    _folder: Option<tempfile::TempDir>,
}

struct TestClock(Mutex<DateTime<Utc>>);

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("a clock")
    }
}

impl Bench {
    fn pass(&self, time: TimeDelta) {
        *self.clock.0.lock().expect("a clock") += time;
    }

    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("books.db").display());
        Self::at(&url, Some(folder)).await
    }

    /// `None` without a PostgreSQL.
    async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("VITRINE_TEST_DATABASE_URL") else {
            println!("VITRINE_TEST_DATABASE_URL is not set: not tried on PostgreSQL");
            return None;
        };
        let name = format!("books_{}", SystemIds::default().unguessable().simple());
        let admin: DatabaseConnection = sea_orm::Database::connect(&server).await.expect("a PostgreSQL");
        admin
            .execute_unprepared(&format!("create database {name}"))
            .await
            .expect("a database");
        let (base, _) = server.rsplit_once('/').expect("a database's name");
        Some(Self::at(&format!("{base}/{name}"), None).await)
    }

    async fn at(url: &str, folder: Option<tempfile::TempDir>) -> Self {
        let mut config = Config::default();
        config.database.url = Secret::new(url);
        boot::migrate(&config).await.expect("a schema");
        let db = boot::open_database(&config).await.expect("a database");
        let clock = Arc::new(TestClock(Mutex::new("2026-03-01T12:00:00Z".parse().expect("a time"))));
        let settings = SimulatedSettings {
            public_url: "http://shop.example".to_owned(),
            slow: Duration::from_millis(1),
            pending: TimeDelta::seconds(3),
            webhook_secret: b"secret".to_vec(),
        };
        let provider = Arc::new(SimulatedProvider::new(
            db,
            clock.clone(),
            Arc::new(SystemIds::default()),
            settings,
        ));
        Self {
            provider,
            clock,
            _folder: folder,
        }
    }
}

fn charge(token: &str, capture: bool) -> Charge {
    Charge {
        payment: PaymentId(SystemIds::default().unguessable()),
        order_number: "1001".to_owned(),
        amount: Money::new(4999, Currency::EUR),
        method_token: token.to_owned(),
        capture,
    }
}

fn sums(charge: &ProviderCharge) -> (i64, i64, i64) {
    (charge.amount.minor, charge.captured_minor, charge.refunded_minor)
}

fn declined(code: &str) -> ChargeState {
    ChargeState::Declined { code: code.to_owned() }
}

macro_rules! on_every_database {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(super::Bench::sqlite().await).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(bench) = super::Bench::postgres().await {
                    super::$name(bench).await;
                }
            })*
        }
    };
}

on_every_database![
    tokens_decide,
    a_second_factor_decides_later,
    what_is_pending_is_decided_later,
    failures_before_the_charge_leave_nothing,
    a_lost_answer_is_found,
    a_repetition_gets_the_first_answer,
    the_same_key_with_another_request_is_refused,
    twenty_at_once_charge_once,
    an_authorization_is_captured_once_or_voided,
    no_more_is_refunded_than_was_captured,
    refunds_at_once_do_not_exceed_the_capture,
    webhooks_come_until_they_are_taken,
    webhooks_come_twice_and_out_of_order,
    a_webhook_is_believed_only_with_its_signature,
];

async fn tokens_decide(bench: Bench) {
    let cases = [
        ("tok_approve", ChargeState::Captured),
        ("tok_slow", ChargeState::Captured),
        ("tok_decline", declined("card_declined")),
        ("tok_decline_insufficient_funds", declined("insufficient_funds")),
        ("tok_decline_expired_card", declined("expired_card")),
        ("tok_decline_lost_card", declined("lost_card")),
        ("tok_pending", ChargeState::Pending),
        ("4242 4242 4242 4242", declined("invalid_token")),
    ];
    for (token, state) in &cases {
        let charge = charge(token, true);
        let answer = bench.provider.charge(&charge).await.expect(token);
        assert_eq!(&answer.state, state, "{token}");
        assert_eq!(answer.payment, charge.payment);
        assert_eq!(
            answer.captured_minor,
            if *state == ChargeState::Captured { 4999 } else { 0 },
            "{token}"
        );
        assert_eq!(
            bench.provider.find(charge.payment).await.expect("an answer"),
            Some(answer)
        );
    }
    assert_eq!(
        bench
            .provider
            .find(PaymentId(SystemIds::default().unguessable()))
            .await
            .expect("an answer"),
        None
    );
    assert_eq!(bench.provider.ledger().await.expect("a ledger").len(), cases.len());
    let nothing = Charge {
        amount: Money::new(0, Currency::EUR),
        ..charge("tok_approve", true)
    };
    assert!(matches!(
        bench.provider.charge(&nothing).await,
        Err(ProviderError::Rejected(_))
    ));
}

async fn a_second_factor_decides_later(bench: Bench) {
    for (capture, approve, state) in [
        (true, true, ChargeState::Captured),
        (false, true, ChargeState::Authorized),
        (true, false, declined("authentication_failed")),
    ] {
        let charge = charge("tok_second_factor", capture);
        let answer = bench.provider.charge(&charge).await.expect("an answer");
        let ChargeState::ActionRequired { client } = &answer.state else {
            panic!("{answer:?}")
        };
        assert_eq!(
            client["url"],
            format!("http://shop.example/dev/payments/simulated/{}", answer.reference)
        );
        let decided = bench
            .provider
            .complete_second_factor(&answer.reference, approve)
            .await
            .expect("an answer");
        assert_eq!(decided.state, state);
        assert_eq!(
            bench
                .provider
                .find_by_reference(&answer.reference)
                .await
                .expect("an answer"),
            Some(decided)
        );
        let again = bench.provider.complete_second_factor(&answer.reference, true).await;
        assert!(matches!(again, Err(ProviderError::Rejected(_))), "{again:?}");
    }
}

async fn what_is_pending_is_decided_later(bench: Bench) {
    let (captured, authorized) = (charge("tok_pending", true), charge("tok_pending", false));
    for charge in [&captured, &authorized] {
        assert_eq!(
            bench.provider.charge(charge).await.expect("an answer").state,
            ChargeState::Pending
        );
    }
    bench.pass(TimeDelta::seconds(2));
    assert_eq!(find(&bench, captured.payment).await.state, ChargeState::Pending);
    bench.pass(TimeDelta::seconds(2));
    assert_eq!(find(&bench, captured.payment).await.state, ChargeState::Captured);
    assert_eq!(find(&bench, authorized.payment).await.state, ChargeState::Authorized);
    // The first answer, whatever has become of it.
    assert_eq!(
        bench.provider.charge(&captured).await.expect("an answer").state,
        ChargeState::Pending
    );
}

async fn failures_before_the_charge_leave_nothing(bench: Bench) {
    let unavailable = charge("tok_unavailable", true);
    for _ in 0..2 {
        let outcome = bench.provider.charge(&unavailable).await;
        assert!(matches!(outcome, Err(ProviderError::Unavailable(_))), "{outcome:?}");
        assert_eq!(bench.provider.find(unavailable.payment).await.expect("an answer"), None);
    }
    assert_eq!(
        bench.provider.charge(&unavailable).await.expect("the third time").state,
        ChargeState::Captured
    );

    let silent = charge("tok_timeout_before", true);
    let outcome = bench.provider.charge(&silent).await;
    assert!(matches!(outcome, Err(ProviderError::Unknown(_))), "{outcome:?}");
    assert_eq!(bench.provider.find(silent.payment).await.expect("an answer"), None);
    assert_eq!(
        bench.provider.charge(&silent).await.expect("the second time").state,
        ChargeState::Captured
    );
}

async fn a_lost_answer_is_found(bench: Bench) {
    for token in ["tok_timeout_after", "tok_error_after"] {
        let charge = charge(token, true);
        let outcome = bench.provider.charge(&charge).await;
        assert!(matches!(outcome, Err(ProviderError::Unknown(_))), "{outcome:?}");
        assert_eq!(sums(&find(&bench, charge.payment).await), (4999, 4999, 0));
        assert_eq!(
            bench.provider.charge(&charge).await.expect("the second time").state,
            ChargeState::Captured
        );
    }
    assert_eq!(bench.provider.ledger().await.expect("a ledger").len(), 2);
}

async fn a_repetition_gets_the_first_answer(bench: Bench) {
    let charge = charge("tok_approve", false);
    let first = bench.provider.charge(&charge).await.expect("an answer");
    bench
        .provider
        .capture(&first.reference, charge.payment, 4999)
        .await
        .expect("captured");
    assert_eq!(bench.provider.charge(&charge).await.expect("an answer"), first);
    assert_eq!(find(&bench, charge.payment).await.state, ChargeState::Captured);
}

async fn the_same_key_with_another_request_is_refused(bench: Bench) {
    let first = charge("tok_approve", false);
    let answer = bench.provider.charge(&first).await.expect("an answer");
    for other in [
        Charge {
            amount: Money::new(1, Currency::EUR),
            ..first.clone()
        },
        Charge {
            amount: Money::new(4999, "USD".parse().expect("a currency")),
            ..first.clone()
        },
        Charge {
            method_token: "tok_slow".to_owned(),
            ..first.clone()
        },
        Charge {
            capture: true,
            ..first.clone()
        },
    ] {
        let outcome = bench.provider.charge(&other).await;
        assert!(
            matches!(outcome, Err(ProviderError::Rejected(_))),
            "{other:?}: {outcome:?}"
        );
    }
    bench
        .provider
        .capture(&answer.reference, first.payment, 1000)
        .await
        .expect("captured");
    let more = bench.provider.capture(&answer.reference, first.payment, 2000).await;
    assert!(matches!(more, Err(ProviderError::Rejected(_))), "{more:?}");
    let refund = RefundId(SystemIds::default().unguessable());
    bench
        .provider
        .refund(&answer.reference, refund, 100)
        .await
        .expect("refunded");
    let other = bench.provider.refund(&answer.reference, refund, 200).await;
    assert!(matches!(other, Err(ProviderError::Rejected(_))), "{other:?}");
}

async fn twenty_at_once_charge_once(bench: Bench) {
    let charge = charge("tok_approve", true);
    let calls = (0..20).map(|_| {
        let (provider, charge) = (bench.provider.clone(), charge.clone());
        tokio::spawn(async move { provider.charge(&charge).await })
    });
    let mut references = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        references.push(call.await.expect("no panic").expect("an answer").reference);
    }
    references.dedup();
    assert_eq!(references.len(), 1);
    assert_eq!(bench.provider.ledger().await.expect("a ledger").len(), 1);
}

async fn an_authorization_is_captured_once_or_voided(bench: Bench) {
    let provider = &bench.provider;
    let captured = charge("tok_approve", false);
    let reference = provider.charge(&captured).await.expect("an answer").reference;
    for amount in [5000, 0, -1] {
        let outcome = provider.capture(&reference, captured.payment, amount).await;
        assert!(
            matches!(outcome, Err(ProviderError::Rejected(_))),
            "{amount}: {outcome:?}"
        );
    }
    for _ in 0..2 {
        let answer = provider
            .capture(&reference, captured.payment, 4000)
            .await
            .expect("captured, and repeated");
        assert_eq!(
            (answer.state.clone(), sums(&answer)),
            (ChargeState::Captured, (4999, 4000, 0))
        );
    }
    let late = provider.void(&reference, captured.payment).await;
    assert!(matches!(late, Err(ProviderError::Rejected(_))), "{late:?}");

    let voided = charge("tok_approve", false);
    let reference = provider.charge(&voided).await.expect("an answer").reference;
    for _ in 0..2 {
        assert_eq!(
            provider
                .void(&reference, voided.payment)
                .await
                .expect("voided, and repeated")
                .state,
            ChargeState::Voided
        );
    }
    let late = provider.capture(&reference, voided.payment, 4999).await;
    assert!(matches!(late, Err(ProviderError::Rejected(_))), "{late:?}");

    let waiting = charge("tok_second_factor", true);
    let reference = provider.charge(&waiting).await.expect("an answer").reference;
    assert_eq!(
        provider.void(&reference, waiting.payment).await.expect("voided").state,
        ChargeState::Voided
    );
    let foreign = provider.void(&reference, captured.payment).await;
    assert!(foreign.is_err(), "{foreign:?}");
}

async fn no_more_is_refunded_than_was_captured(bench: Bench) {
    let provider = &bench.provider;
    let charge = charge("tok_approve", true);
    let reference = provider.charge(&charge).await.expect("an answer").reference;
    let refund = RefundId(SystemIds::default().unguessable());
    for _ in 0..2 {
        let answer = provider
            .refund(&reference, refund, 3000)
            .await
            .expect("refunded, and repeated");
        assert_eq!(sums(&answer), (4999, 4999, 3000));
    }
    for amount in [2000, 0, -1] {
        let outcome = provider
            .refund(&reference, RefundId(SystemIds::default().unguessable()), amount)
            .await;
        assert!(
            matches!(outcome, Err(ProviderError::Rejected(_))),
            "{amount}: {outcome:?}"
        );
    }
    let rest = provider
        .refund(&reference, RefundId(SystemIds::default().unguessable()), 1999)
        .await
        .expect("refunded");
    assert_eq!(sums(&rest), (4999, 4999, 4999));
    let nowhere = provider
        .refund("sim_nowhere", RefundId(SystemIds::default().unguessable()), 1)
        .await;
    assert!(matches!(nowhere, Err(ProviderError::Rejected(_))), "{nowhere:?}");
}

async fn refunds_at_once_do_not_exceed_the_capture(bench: Bench) {
    let charge = charge("tok_approve", true);
    let reference = bench.provider.charge(&charge).await.expect("an answer").reference;
    let calls: Vec<_> = (0..12)
        .map(|_| {
            let (provider, reference) = (bench.provider.clone(), reference.clone());
            tokio::spawn(async move {
                provider
                    .refund(&reference, RefundId(SystemIds::default().unguessable()), 1000)
                    .await
            })
        })
        .collect();
    let mut refunded = 0;
    for call in calls {
        match call.await.expect("no panic") {
            Ok(_) => refunded += 1,
            Err(error) => assert!(matches!(error, ProviderError::Rejected(_)), "{error:?}"),
        }
    }
    assert_eq!(refunded, 4);
    assert_eq!(sums(&find(&bench, charge.payment).await), (4999, 4999, 4000));
}

async fn webhooks_come_until_they_are_taken(bench: Bench) {
    let charge = charge("tok_approve", false);
    let reference = bench.provider.charge(&charge).await.expect("an answer").reference;
    let refusing = Mutex::new(Vec::new());
    let refused = bench
        .provider
        .deliver_due(|webhook| async {
            refusing.lock().expect("a list").push(webhook);
            false
        })
        .await;
    assert_eq!(refused.expect("no error"), 0);
    assert_eq!(take(&bench).await.len(), 0, "not before the pause is over");
    bench.pass(TimeDelta::seconds(2));
    let again = take(&bench).await;
    let refused = refusing.into_inner().expect("a list");
    assert_eq!((again.len(), &again[0].body), (1, &refused[0].body));
    assert_eq!((refused[0].attempt, again[0].attempt), (1, 2));
    bench.pass(TimeDelta::hours(1));
    assert_eq!(take(&bench).await.len(), 0, "what was taken does not come again");

    bench
        .provider
        .capture(&reference, charge.payment, 4999)
        .await
        .expect("captured");
    bench
        .provider
        .refund(&reference, RefundId(SystemIds::default().unguessable()), 1)
        .await
        .expect("refunded");
    assert_eq!(
        kinds(&bench, &take(&bench).await),
        ["charge.captured", "charge.refunded"]
    );

    // Taken by a process that then dies.
    bench
        .provider
        .void(&reference, charge.payment)
        .await
        .expect_err("captured already");
    bench
        .provider
        .charge(&self::charge("tok_approve", true))
        .await
        .expect("an answer");
    assert_eq!(bench.provider.due_webhooks().await.expect("webhooks").len(), 1);
    assert_eq!(take(&bench).await.len(), 0);
    bench.pass(TimeDelta::seconds(31));
    assert_eq!(take(&bench).await.len(), 1);
}

async fn webhooks_come_twice_and_out_of_order(bench: Bench) {
    bench
        .provider
        .charge(&charge("tok_webhook_twice", true))
        .await
        .expect("an answer");
    let twice = take(&bench).await;
    assert_eq!(twice.len(), 2);
    assert_eq!(twice[0].body, twice[1].body, "the same event");

    bench
        .provider
        .charge(&charge("tok_webhook_out_of_order", true))
        .await
        .expect("an answer");
    let mut order = take(&bench).await;
    bench.pass(TimeDelta::seconds(1));
    order.extend(take(&bench).await);
    assert_eq!(kinds(&bench, &order), ["charge.captured", "charge.pending"]);

    let pending = charge("tok_pending", true);
    bench.provider.charge(&pending).await.expect("an answer");
    assert_eq!(kinds(&bench, &take(&bench).await), ["charge.pending"]);
    bench.pass(TimeDelta::seconds(3));
    assert_eq!(kinds(&bench, &take(&bench).await), ["charge.captured"]);
}

async fn a_webhook_is_believed_only_with_its_signature(bench: Bench) {
    let charge = charge("tok_approve", true);
    bench.provider.charge(&charge).await.expect("an answer");
    let webhook = take(&bench).await.remove(0);
    let headers: HashMap<String, String> = webhook
        .headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    let body = webhook.body.as_bytes();
    let verify = |headers: &HashMap<String, String>, body: &[u8]| bench.provider.webhook(headers, body);

    match verify(&headers, body).expect("our own") {
        ProviderEvent::ChargeChanged {
            payment,
            amount,
            event_id,
            ..
        } => {
            assert_eq!((payment, amount), (charge.payment, charge.amount));
            assert!(event_id.starts_with("evt_"));
        }
        other => panic!("{other:?}"),
    }

    let spaced = webhook.body.replace(':', ": ");
    assert!(
        matches!(verify(&headers, spaced.as_bytes()), Err(WebhookError::Signature)),
        "written anew"
    );
    assert!(
        matches!(verify(&HashMap::new(), body), Err(WebhookError::Signature)),
        "unsigned"
    );
    let signature = &headers[SIGNATURE_HEADER];
    let (_, v1) = signature.split_once(",v1=").expect("a signature");
    for forged in [
        "",
        "t=1,v1=",
        "v1=00",
        &signature.replace("t=", "t=1"),
        &format!("{signature}0"),
        &format!("t=x,v1={v1}"),
    ] {
        let headers = HashMap::from([(SIGNATURE_HEADER.to_owned(), forged.to_owned())]);
        assert!(
            matches!(verify(&headers, body), Err(WebhookError::Signature)),
            "{forged}"
        );
    }

    bench.pass(TimeDelta::seconds(300));
    assert!(verify(&headers, body).is_ok(), "five minutes old");
    bench.pass(TimeDelta::seconds(1));
    assert!(matches!(verify(&headers, body), Err(WebhookError::Timestamp)), "older");
    bench.pass(TimeDelta::seconds(-301 - 61));
    assert!(
        matches!(verify(&headers, body), Err(WebhookError::Timestamp)),
        "from the future"
    );
}

async fn find(bench: &Bench, payment: PaymentId) -> ProviderCharge {
    bench
        .provider
        .find(payment)
        .await
        .expect("an answer")
        .expect("a charge")
}

/// Takes what is due.
async fn take(bench: &Bench) -> Vec<SignedWebhook> {
    let due = bench.provider.due_webhooks().await.expect("webhooks");
    for webhook in &due {
        bench.provider.mark_delivered(&webhook.id).await.expect("no error");
    }
    due
}

fn kinds(bench: &Bench, webhooks: &[SignedWebhook]) -> Vec<String> {
    let kind = |webhook: &SignedWebhook| {
        let headers = webhook
            .headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        // Late ones are told by their bodies: their signatures are as old as they are.
        match bench
            .provider
            .webhook(&headers, webhook.body.as_bytes())
            .expect("our own")
        {
            ProviderEvent::ChargeChanged { kind, .. } | ProviderEvent::Ignored { kind, .. } => kind,
        }
    };
    webhooks.iter().map(kind).collect()
}
