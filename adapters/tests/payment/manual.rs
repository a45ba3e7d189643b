//! The providers that staff settle: they remember nothing, and know what they are told.

use std::{collections::HashMap, sync::Arc};

use vitrine_adapters::payment::manual::{BankTransferProvider, CashOnDeliveryProvider};
use vitrine_commerce::{
    money::Money,
    ports::{
        PaymentProvider,
        payment::{Capture, Charge, ChargeState, Refund, RefundState, Settlement, Void, WebhookError},
    },
};
use vitrine_entity::ids::PaymentId;

use crate::support::{
    by_payment, by_refund, capture, charge, eur, is_rejected, refund, start, sums, unguessable, void,
};

const INSTRUCTIONS: &str = "Please pay {amount} to DE02 1203 0000 0000 2020 51, for order {number} ({number}).";

fn providers() -> [Arc<dyn PaymentProvider>; 2] {
    [
        Arc::new(BankTransferProvider::new(INSTRUCTIONS.to_owned())),
        Arc::new(CashOnDeliveryProvider::new()),
    ]
}

#[tokio::test]
async fn a_shopper_is_told_where_to_pay() {
    let [bank, cash] = providers();
    let charge = charge("", true);
    let answer = bank.charge(&charge).await.expect("an answer");
    let ChargeState::ActionRequired { client } = &answer.state else {
        panic!("{answer:?}")
    };
    let text = "Please pay 49.99 EUR to DE02 1203 0000 0000 2020 51, for order 1001 (1001).";
    assert_eq!(*client, serde_json::json!({ "type": "instructions", "text": text }));
    assert_eq!((answer.payment, sums(&answer)), (charge.payment, (4999, 0, 0)));
    assert_eq!(bank.charge(&charge).await.expect("an answer"), answer, "again");

    let answer = cash.charge(&charge).await.expect("an answer");
    assert_eq!((&answer.state, sums(&answer)), (&ChargeState::Authorized, (4999, 0, 0)));
    assert_eq!(cash.charge(&charge).await.expect("an answer"), answer, "again");
}

#[tokio::test]
async fn staff_settle_what_was_asked_for() {
    for provider in providers() {
        let charge = provider.charge(&charge("", false)).await.expect("an answer");
        let answer = provider.capture(&capture(&charge, 4000)).await.expect("captured");
        assert_eq!(
            (&answer.state, sums(&answer)),
            (&ChargeState::Captured, (4999, 4000, 0))
        );
        assert_eq!((&answer.reference, answer.payment), (&charge.reference, charge.payment));
        let answer = provider.void(&void(&charge)).await.expect("voided");
        assert_eq!((&answer.state, sums(&answer)), (&ChargeState::Voided, (4999, 0, 0)));
        let refund = refund(&charge, 4999);
        let answer = provider.refund(&refund).await.expect("noted");
        assert_eq!((&answer.state, answer.amount), (&RefundState::Pending, eur(4999)));
        assert_eq!(provider.refund(&refund).await.expect("noted"), answer, "again");
    }
}

#[tokio::test]
async fn no_more_is_settled_than_was_asked_for() {
    let dollars = |minor| Money::new(minor, "USD".parse().expect("a currency"));
    for provider in providers() {
        let nothing = Charge {
            amount: eur(0),
            ..charge("", false)
        };
        is_rejected(provider.charge(&nothing).await);
        let charge = provider.charge(&charge("", false)).await.expect("an answer");
        for amount in [eur(5000), eur(0), eur(-1), dollars(1)] {
            let capture = Capture {
                amount,
                ..capture(&charge, 1)
            };
            is_rejected(provider.capture(&capture).await);
            let refund = Refund {
                amount,
                ..refund(&charge, 1)
            };
            is_rejected(provider.refund(&refund).await);
        }
        let foreign = Void {
            payment: PaymentId(unguessable()),
            ..void(&charge)
        };
        is_rejected(provider.void(&foreign).await);
        let whole = format!("{}/1", charge.reference);
        for reference in ["", "sim_1", &charge.payment.to_string(), &whole] {
            let void = Void {
                reference: reference.to_owned(),
                ..void(&charge)
            };
            is_rejected(provider.void(&void).await);
        }
    }
}

#[tokio::test]
async fn they_remember_nothing() {
    let mut names = Vec::new();
    for provider in providers() {
        let charge = provider.charge(&charge("", false)).await.expect("an answer");
        let found = provider.find(&by_payment(charge.payment)).await;
        assert_eq!(found.expect("an answer"), None);
        let found = provider.find_refund(&by_refund(&refund(&charge, 1))).await;
        assert_eq!(found.expect("an answer"), None);
        let page = provider.statement(start(), start(), None).await.expect("a page");
        assert_eq!((page.charges, page.next), (Vec::new(), None));
        let webhook = provider.webhook(&HashMap::new(), b"{}");
        assert!(matches!(webhook, Err(WebhookError::Unexpected)), "{webhook:?}");
        assert_eq!(provider.settlement(), Settlement::ByStaff);
        assert!(!provider.offer().needs_token);
        names.push(provider.name());
    }
    assert_eq!(names, ["bank_transfer", "cash_on_delivery"]);
}
