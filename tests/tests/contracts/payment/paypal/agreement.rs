//! An order that the shopper agrees to on PayPal's pages, and that is taken only by a second call.

use vitrine_commerce::{
    money::Money,
    ports::payment::{ChargeState, ProviderError},
};
use vitrine_tests::paypal_stand_in::Fault;

use crate::payment::{
    bench::{Bench, Means},
    calls::{AMOUNT, agreed, assert_rejected, new_refund, new_void, sums},
};

const ORDERS: &str = "POST /v2/checkout/orders";
const CAPTURE: &str = "POST /v2/checkout/orders/*/capture";
const LOSSES: [Fault; 2] = [Fault::CutAfterActing, Fault::ErrorAfterActing];

fn assert_unknown<T: std::fmt::Debug>(outcome: &Result<T, ProviderError>) {
    assert!(matches!(outcome, Err(ProviderError::Unknown(_))), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_agreed_to_is_taken_when_it_is_asked_for_and_not_before() {
    let bench = Bench::paypal().await;
    let asked = bench.new_charge(Means::SecondFactor, true);
    let told = bench.port().charge(&asked).await.unwrap();
    bench.answer_second_factor(&told.reference, true).await;
    let found = bench.again(&told).await;
    assert_eq!((&found.state, sums(&found)), (&ChargeState::Approved, (AMOUNT, 0, 0)));
    let taken = bench.port().charge(&agreed(&asked, &told)).await.unwrap();
    assert_eq!(
        (&taken.state, sums(&taken)),
        (&ChargeState::Captured, (AMOUNT, AMOUNT, 0))
    );
    assert_eq!((taken.reference, taken.payment), (told.reference, asked.payment));
}

/// Asked for before they agree, by whatever mistake, it is not taken, and still waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_agreed_to_is_not_taken() {
    let bench = Bench::paypal().await;
    let asked = bench.new_charge(Means::SecondFactor, true);
    let told = bench.port().charge(&asked).await.unwrap();
    let taken = bench.port().charge(&agreed(&asked, &told)).await.unwrap();
    assert!(matches!(taken.state, ChargeState::ActionRequired { .. }), "{taken:?}");
    assert_eq!(
        bench.port().void(&new_void(&told)).await.unwrap().state,
        ChargeState::Voided
    );
    assert_eq!(sums(&bench.again(&told).await), (AMOUNT, 0, 0));
}

/// Its means of payment give no money: the order waits for others, which we never ask for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_declined_can_be_given_up() {
    let bench = Bench::paypal().await;
    let declined = bench.charged(Means::WithoutFunds, true).await;
    let code = "card_declined".to_owned();
    assert_eq!(declined.state, ChargeState::Declined { code });
    assert_eq!(bench.again(&declined).await.state, ChargeState::Approved);
    assert_eq!(bench.void(&declined).await.unwrap().state, ChargeState::Voided);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_currency_that_paypal_does_not_take_is_declined() {
    let bench = Bench::paypal().await;
    let mut asked = bench.new_charge(Means::Good, true);
    asked.amount = Money::new(5000, "KWD".parse().unwrap());
    let code = "currency_not_supported".to_owned();
    let told = bench.port().charge(&asked).await.unwrap();
    assert_eq!(told.state, ChargeState::Declined { code });
    assert!(bench.paypal_server().orders().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_order_is_made_once_and_holds_no_money() {
    for fault in LOSSES {
        let bench = Bench::paypal().await;
        let asked = bench.new_charge(Means::Good, true);
        bench.paypal_server().fail(ORDERS, 1, fault);
        assert_unknown(&bench.port().charge(&asked).await);
        assert_eq!(
            bench.find_by_id(asked.payment).await,
            None,
            "nothing can have been taken"
        );
        let told = bench.send(&asked).await;
        assert_eq!(told.state, ChargeState::Captured);
        assert_eq!(bench.paypal_server().orders().len(), 1, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_taken_and_not_told_is_found_and_not_taken_again() {
    for fault in LOSSES {
        let bench = Bench::paypal().await;
        let asked = bench.new_charge(Means::SecondFactor, true);
        let told = bench.port().charge(&asked).await.unwrap();
        bench.answer_second_factor(&told.reference, true).await;
        bench.paypal_server().fail(CAPTURE, 1, fault);
        let take = agreed(&asked, &told);
        assert_unknown(&bench.port().charge(&take).await);
        assert_eq!(sums(&bench.again(&told).await), (AMOUNT, AMOUNT, 0), "{fault:?}");
        // Under its key, and under another one, too: an order is taken once.
        let mut other = take.clone();
        other.key = format!("{}:2", take.key);
        for again in [take, other] {
            let taken = bench.port().charge(&again).await.unwrap();
            assert_eq!(
                (&taken.state, sums(&taken)),
                (&ChargeState::Captured, (AMOUNT, AMOUNT, 0))
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_capture_is_found_and_a_limit_is_told() {
    let bench = Bench::paypal().await;
    let held = bench.held().await;
    let look = format!("GET /v2/checkout/orders/{}", held.reference);
    let authorization = bench.paypal_server().orders()[0]["purchase_units"][0]["payments"]["authorizations"][0].clone();
    let path = format!(
        "POST /v2/payments/authorizations/{}/capture",
        authorization["id"].as_str().unwrap()
    );
    bench.paypal_server().fail(&path, 1, Fault::CutAfterActing);
    assert_unknown(&bench.capture(&held, 1000).await);
    assert_eq!(sums(&bench.again(&held).await), (AMOUNT, 1000, 0));
    assert_rejected(&bench.void(&held).await);
    // Before anything was done, PayPal's own limit is told as that.
    bench.paypal_server().fail(&look, 1, Fault::RateLimited);
    let limited = bench.port().refund(&new_refund(&held, 500)).await;
    assert!(matches!(limited, Err(ProviderError::RateLimited { .. })), "{limited:?}");
    assert_eq!(sums(&bench.again(&held).await), (AMOUNT, 1000, 0));
}
