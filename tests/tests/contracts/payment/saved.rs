//! Cards that are kept for shoppers who come back.

use vitrine_commerce::ports::{
    IdSource,
    ids::SystemIds,
    payment::{Charge, ChargeState, NewCustomer, ProviderCharge, ProviderError, SavedMethod, SavedMethods},
};
use vitrine_entity::ids::ProviderCustomerId;

use super::bench::{Bench, Means};
use super::calls::{AMOUNT, sums};

fn port(bench: &Bench) -> &dyn SavedMethods {
    bench.port().saved_methods().expect("a provider that keeps cards")
}

async fn new_customer(bench: &Bench) -> String {
    let customer = ProviderCustomerId(SystemIds::default().unguessable());
    let new = NewCustomer {
        customer,
        key: customer.to_string(),
    };
    let made = port(bench).create_customer(&new).await.unwrap();
    assert_eq!(port(bench).create_customer(&new).await.unwrap(), made, "twice is once");
    made
}

async fn save(bench: &Bench, customer: &str) -> SavedMethod {
    let charge = Charge {
        customer: Some(customer.to_owned()),
        saves_method: true,
        ..bench.new_charge(Means::Good, true)
    };
    let told = bench.send(&charge).await;
    assert_eq!(bench.again(&told).await.saved, told.saved);
    told.saved.expect("a card")
}

async fn pay_with(bench: &Bench, saved: &SavedMethod, customer: &str) -> Result<ProviderCharge, ProviderError> {
    let charge = Charge {
        customer: Some(customer.to_owned()),
        method_token: saved.reference.clone(),
        ..bench.new_charge(Means::Good, true)
    };
    bench.port().charge(&charge).await
}

/// Providers say it in one way or the other.
fn assert_took_nothing(outcome: &Result<ProviderCharge, ProviderError>) {
    match outcome {
        Err(ProviderError::Rejected(_)) => {}
        Ok(told) => assert!(matches!(told.state, ChargeState::Declined { .. }), "{told:?}"),
        Err(error) => panic!("{error:?}"),
    }
}

pub(crate) async fn a_saved_card_pays_again(bench: Bench) {
    let customer = new_customer(&bench).await;
    let saved = save(&bench, &customer).await;
    assert_eq!((saved.brand.as_str(), saved.last_four.len()), ("visa", 4));
    assert!(
        (1..=12).contains(&saved.expiry_month) && saved.expiry_year > 2025,
        "{saved:?}"
    );
    let told = pay_with(&bench, &saved, &customer).await.unwrap();
    assert_eq!(
        (&told.state, sums(&told)),
        (&ChargeState::Captured, (AMOUNT, AMOUNT, 0))
    );
    assert_eq!(told.saved, None, "it is saved already");
}

pub(crate) async fn what_is_not_saved_is_not_told(bench: Bench) {
    assert_eq!(bench.charged(Means::Good, true).await.saved, None);
}

pub(crate) async fn anothers_card_pays_nothing(bench: Bench) {
    let (customer, other) = (new_customer(&bench).await, new_customer(&bench).await);
    let saved = save(&bench, &customer).await;
    assert_took_nothing(&pay_with(&bench, &saved, &other).await);
}

pub(crate) async fn a_detached_card_pays_nothing(bench: Bench) {
    let customer = new_customer(&bench).await;
    let saved = save(&bench, &customer).await;
    for _ in 0..2 {
        port(&bench).detach(&saved.reference).await.unwrap();
    }
    assert_took_nothing(&pay_with(&bench, &saved, &customer).await);
}

pub(crate) async fn a_deleted_customer_has_no_cards(bench: Bench) {
    let customer = new_customer(&bench).await;
    let saved = save(&bench, &customer).await;
    for _ in 0..2 {
        port(&bench).delete_customer(&customer).await.unwrap();
    }
    assert_took_nothing(&pay_with(&bench, &saved, &customer).await);
    port(&bench).detach(&saved.reference).await.unwrap();
}

pub(crate) async fn what_is_kept_is_shown(bench: Bench) {
    let (customer, other) = (new_customer(&bench).await, new_customer(&bench).await);
    let (saved, second) = (save(&bench, &customer).await, save(&bench, &customer).await);
    let find = async |customer: &str, saved: &SavedMethod| {
        let found = port(&bench).find_method(customer, &saved.reference).await;
        found.unwrap()
    };
    assert_eq!(find(customer.as_str(), &saved).await, Some(saved.clone()));
    assert_eq!(find(other.as_str(), &saved).await, None, "it is another's");
    port(&bench).detach(&saved.reference).await.unwrap();
    assert_eq!(find(customer.as_str(), &saved).await, None);
    assert_eq!(find(customer.as_str(), &second).await, Some(second.clone()));
    assert!(port(&bench).has_customer(&customer).await.unwrap());
    port(&bench).delete_customer(&customer).await.unwrap();
    assert!(!port(&bench).has_customer(&customer).await.unwrap());
    assert_eq!(find(customer.as_str(), &second).await, None);
    assert!(!port(&bench).has_customer("cus_of_nobody").await.unwrap());
}
