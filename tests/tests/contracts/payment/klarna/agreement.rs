//! From a page to an order.

use serde_json::json;
use vitrine_commerce::{
    money::Money,
    ports::payment::{Charge, ChargeState, ProviderError},
};
use vitrine_tests::klarna_stand_in::Fault;

use crate::payment::{
    bench::{Bench, Means},
    calls::{AMOUNT, agreed, new_void, sums},
};

const PAGES: &str = "POST /hpp/v1/sessions";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_shopper_is_led_to_a_page_and_the_order_is_found_by_it() {
    let bench = Bench::klarna().await;
    let asked = bench.new_charge(Means::SecondFactor, false);
    let told = bench.port().charge(&asked).await.unwrap();
    let ChargeState::ActionRequired { client } = &told.state else {
        panic!("{told:?}");
    };
    assert_eq!(client["type"], "redirect");
    assert!(client["url"].as_str().unwrap().starts_with("https://pay."), "{client}");
    assert!(matches!(
        bench.again(&told).await.state,
        ChargeState::ActionRequired { .. }
    ));
    let session = bench
        .klarna_server()
        .requests_to("POST /payments/v1/sessions")
        .remove(0)
        .body;
    assert_eq!(
        (&session["order_amount"], &session["order_tax_amount"]),
        (&json!(4999), &json!(798))
    );

    bench.answer_second_factor(&told.reference, true).await;
    let found = bench.again(&told).await;
    assert_eq!((&found.state, sums(&found)), (&ChargeState::Authorized, (AMOUNT, 0, 0)));
    let order = bench.klarna_server().orders().remove(0);
    assert_eq!(order["order_id"], found.reference.as_str());
    assert_eq!(order["merchant_reference1"], "V-1001");
    // By its page and by its order, and asked for once more: it is the same.
    assert_eq!(bench.again(&found).await.reference, found.reference);
    let taken = bench.port().charge(&agreed(&asked, &told)).await.unwrap();
    assert_eq!((taken.reference, taken.state), (found.reference, found.state));
    assert_eq!(bench.klarna_server().orders().len(), 1);
}

/// Its page's address was told to nobody, so that nothing can come of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_whose_answer_is_lost_holds_nothing() {
    for fault in [Fault::CutAfterActing, Fault::ErrorAfterActing] {
        let bench = Bench::klarna().await;
        let asked = bench.new_charge(Means::Good, true);
        bench.klarna_server().fail(PAGES, 1, fault);
        let lost = bench.port().charge(&asked).await;
        assert!(matches!(lost, Err(ProviderError::Unknown(_))), "{lost:?}");
        assert_eq!(bench.find_by_id(asked.payment).await, None);
        assert_eq!(bench.send(&asked).await.state, ChargeState::Captured);
        let server = bench.klarna_server();
        assert_eq!((server.pages().len(), server.orders().len()), (1, 1), "{fault:?}");
    }
}

/// Whoever is not taken, or gives it up, cannot agree on the same page later.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_over_stays_over() {
    let bench = Bench::klarna().await;
    let declined = bench.charged(Means::WithoutFunds, true).await;
    assert!(matches!(declined.state, ChargeState::Declined { .. }), "{declined:?}");
    assert_eq!(sums(&declined), (AMOUNT, 0, 0));
    let waits = bench.charged(Means::SecondFactor, true).await;
    let voided = bench.port().void(&new_void(&waits)).await.unwrap();
    assert_eq!((voided.state, voided.reference), (ChargeState::Voided, waits.reference));
    let pages = bench.klarna_server().pages();
    assert!(pages.iter().all(|page| page["status"] == "DISABLED"), "{pages:?}");

    // They have agreed just before: it is the order that is given up.
    let waits = bench.charged(Means::SecondFactor, true).await;
    bench.answer_second_factor(&waits.reference, true).await;
    let voided = bench.port().void(&new_void(&waits)).await.unwrap();
    assert_eq!((&voided.state, sums(&voided)), (&ChargeState::Voided, (AMOUNT, 0, 0)));
    let order = bench.klarna_server().orders().remove(0);
    assert_eq!(order["status"], "CANCELLED");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_klarna_looks_at_is_pending_until_it_vouches() {
    let bench = Bench::klarna().await;
    bench.klarna_server().look_at_orders();
    for (trusted, expected) in [
        (true, ChargeState::Authorized),
        (
            false,
            ChargeState::Declined {
                code: "declined_by_provider".to_owned(),
            },
        ),
    ] {
        let pending = bench.charged(Means::Good, true).await;
        assert_eq!(pending.state, ChargeState::Pending);
        bench.klarna_server().decide(&pending.reference, trusted);
        assert_eq!(bench.again(&pending).await.state, expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_klarna_does_not_pay_it_is_declined() {
    let bench = Bench::klarna().await;
    let asked = bench.new_charge(Means::Good, true);
    let elsewhere = Charge {
        country: "JP".to_owned(),
        ..asked.clone()
    };
    let other_money = Charge {
        amount: Money::new(5000, "SEK".parse().unwrap()),
        ..asked
    };
    for asked in [elsewhere, other_money] {
        let told = bench.port().charge(&asked).await.unwrap();
        let code = "currency_not_supported".to_owned();
        assert_eq!(told.state, ChargeState::Declined { code });
    }
    assert!(bench.klarna_server().requests_to("*").is_empty());
}
