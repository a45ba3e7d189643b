//! What is Klarna's own, over the stand-in: the shopper agrees on a page of Klarna's, which places the order; it is captured
//! in parts; and its hints are not signed.

mod agreement;
mod hints;

use std::sync::Arc;

use vitrine_adapters::{
    config::{Klarna, Secret},
    payment::klarna::KlarnaProvider,
};
use vitrine_commerce::ports::payment::{Capture, ChargeState, ProviderError, Void};
use vitrine_tests::klarna_stand_in::{Fault, KlarnaStandIn};

use super::{
    bench::{Bench, Means, MovedClock, OtherSide, SHOP},
    calls::{AMOUNT, assert_rejected, euros, new_capture, new_refund, new_void, sums},
};

impl Bench {
    /// Klarna's adapter over its stand-in.
    pub(crate) async fn klarna() -> Self {
        let clock = Arc::<MovedClock>::default();
        let server = KlarnaStandIn::start(clock.clone()).await.unwrap();
        let settings = Klarna {
            username: Some(KlarnaStandIn::USERNAME.to_owned()),
            password: Some(Secret::new(KlarnaStandIn::PASSWORD)),
            api_url: server.url(),
            requests_per_second: 1000,
            ..Klarna::default()
        };
        let provider = KlarnaProvider::new(&settings, "https://shop.example", SHOP, clock.clone()).unwrap();
        Self {
            provider: Arc::new(provider),
            clock,
            other_side: OtherSide::Klarna(Arc::new(server)),
        }
    }

    /// # Panics
    /// When this is not Klarna's stand-in.
    pub(crate) fn klarna_server(&self) -> &KlarnaStandIn {
        match &self.other_side {
            OtherSide::Klarna(server) => server,
            _ => panic!("this is not on Klarna's stand-in"),
        }
    }
}

/// Each parcel takes its part, and the last one releases what is left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_captured_in_parts() {
    let bench = Bench::klarna().await;
    let held = bench.held().await;
    assert!(held.in_parts);
    let part = |minor: i64, releases_rest: bool| Capture {
        releases_rest,
        ..new_capture(&held, minor)
    };
    let first = bench.port().capture(&part(1000, false)).await.unwrap();
    assert_eq!(
        (&first.state, sums(&first)),
        (&ChargeState::Captured, (AMOUNT, 1000, 0))
    );
    assert!(first.in_parts && first.capture_before.is_some());
    bench.refund(&first, 400).await.unwrap();
    let last = bench.port().capture(&part(2000, true)).await.unwrap();
    assert_eq!((last.in_parts, sums(&last)), (false, (AMOUNT, 3000, 400)));
    assert_rejected(&bench.port().capture(&part(1, false)).await);
    // Paid back across its parts.
    bench.refund(&last, 2600).await.unwrap();
    assert_rejected(&bench.port().refund(&new_refund(&last, 1)).await);

    let held = bench.held().await;
    let first = bench
        .port()
        .capture(&Capture {
            releases_rest: false,
            ..new_capture(&held, 1000)
        })
        .await
        .unwrap();
    let released = bench.port().void(&new_void(&first)).await.unwrap();
    assert_eq!((released.in_parts, sums(&released)), (false, (AMOUNT, 1000, 0)));
}

/// An answer that is lost says nothing; the same key does it once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_done_and_not_told_is_found_and_not_done_again() {
    let orders = "POST /ordermanagement/v1/orders/*";
    for fault in [Fault::CutAfterActing, Fault::ErrorAfterActing] {
        let bench = Bench::klarna().await;
        let held = bench.held().await;
        let capture = new_capture(&held, AMOUNT);
        bench.klarna_server().fail(&format!("{orders}/captures"), 1, fault);
        let lost = bench.port().capture(&capture).await;
        assert!(matches!(lost, Err(ProviderError::Unknown(_))), "{lost:?}");
        assert_eq!(sums(&bench.again(&held).await), (AMOUNT, AMOUNT, 0));
        let again = bench.port().capture(&capture).await.unwrap();
        assert_eq!(sums(&again), (AMOUNT, AMOUNT, 0));
        // Under another key there is nothing left to take.
        assert_rejected(&bench.capture(&held, AMOUNT).await);

        let refund = new_refund(&again, 500);
        bench.klarna_server().fail(&format!("{orders}/refunds"), 1, fault);
        assert!(matches!(
            bench.port().refund(&refund).await,
            Err(ProviderError::Unknown(_))
        ));
        let found = bench.find_refund(&refund).await.unwrap();
        assert_eq!(found.amount, euros(500));
        assert_eq!(bench.port().refund(&refund).await.unwrap().reference, found.reference);
        assert_eq!(sums(&bench.again(&held).await), (AMOUNT, AMOUNT, 500));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_and_a_user_who_may_not_are_told_apart() {
    let bench = Bench::klarna().await;
    let asked = bench.new_charge(Means::Good, true);
    for (fault, expected) in [
        (Fault::RateLimited, "RateLimited"),
        (Fault::Forbidden, "Misconfigured"),
        (Fault::ErrorBeforeActing, "Unknown"),
        (Fault::CutBeforeActing, "Unknown"),
    ] {
        bench.klarna_server().fail("POST /payments/v1/sessions", 1, fault);
        let error = format!("{:?}", bench.port().charge(&asked).await.unwrap_err());
        assert!(error.starts_with(expected), "{fault:?}: {error}");
    }
    let nobody = Void {
        reference: "nobody-has-this".to_owned(),
        ..new_void(&bench.held().await)
    };
    assert_rejected(&bench.port().void(&nobody).await);
}
