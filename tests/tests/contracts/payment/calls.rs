//! Calls as commerce makes them, and what is read of their answers.

use chrono::TimeDelta;
use vitrine_commerce::{
    money::{Currency, Money},
    ports::{
        IdSource,
        ids::SystemIds,
        payment::{
            Capture, Charge, ChargeLookup, ChargeState, ProviderCharge, ProviderError, ProviderRefund, Refund,
            RefundLookup, Void,
        },
    },
};
use vitrine_entity::ids::{PaymentId, RefundId};

use super::bench::{Bench, Means, OtherSide};

/// What every charge is for, unless a test says otherwise.
pub(crate) const AMOUNT: i64 = 4999;

impl Bench {
    /// A charge of an attempt of its own.
    pub(crate) fn new_charge(&self, means: Means, capture: bool) -> Charge {
        let payment = PaymentId(SystemIds::default().unguessable());
        Charge {
            payment,
            key: payment.to_string(),
            order_number: "V-1001".to_owned(),
            amount: euros(AMOUNT),
            tax_basis_points: 1900,
            country: "DE".to_owned(),
            locale: "de".to_owned(),
            method_token: self.token(means).to_owned(),
            capture,
            return_url: "https://shop.example/orders/V-1001".to_owned(),
            customer: None,
            saves_method: false,
            approved: None,
        }
    }

    pub(crate) async fn charged(&self, means: Means, capture: bool) -> ProviderCharge {
        self.send(&self.new_charge(means, capture)).await
    }

    pub(crate) async fn captured(&self) -> ProviderCharge {
        self.charged(Means::Good, true).await
    }

    pub(crate) async fn held(&self) -> ProviderCharge {
        self.charged(Means::Good, false).await
    }

    /// Where the shopper has to agree first, they do; but for a second factor, which waits.
    pub(crate) async fn send(&self, charge: &Charge) -> ProviderCharge {
        let answer = self.port().charge(charge).await;
        let told = answer.unwrap_or_else(|error| panic!("{charge:?}: {error:?}"));
        let waits = matches!(told.state, ChargeState::ActionRequired { .. });
        let agrees_first = matches!(self.other_side, OtherSide::PayPal(_) | OtherSide::Klarna(_));
        if !agrees_first || !waits || self.is(charge, Means::SecondFactor) {
            return told;
        }
        let is_good = self.is(charge, Means::Good);
        self.answer_second_factor(&told.reference, is_good).await;
        if matches!(self.other_side, OtherSide::Klarna(_)) {
            return self.taken(charge, &told).await;
        }
        let answer = self.port().charge(&agreed(charge, &told)).await;
        answer.unwrap_or_else(|error| panic!("{charge:?}: {error:?}"))
    }

    /// What was agreed to is held, and taken by another call if it is to be taken at once.
    async fn taken(&self, charge: &Charge, told: &ProviderCharge) -> ProviderCharge {
        let found = self.again(told).await;
        if !charge.capture || found.state != ChargeState::Authorized {
            return found;
        }
        let asked = Capture {
            key: format!("{}:capture", charge.key),
            amount: charge.amount,
            ..new_capture(&found, AMOUNT)
        };
        self.port().capture(&asked).await.unwrap()
    }

    fn is(&self, charge: &Charge, means: Means) -> bool {
        charge.method_token == self.token(means)
    }

    pub(crate) async fn capture(&self, of: &ProviderCharge, minor: i64) -> Result<ProviderCharge, ProviderError> {
        self.port().capture(&new_capture(of, minor)).await
    }

    pub(crate) async fn void(&self, of: &ProviderCharge) -> Result<ProviderCharge, ProviderError> {
        self.port().void(&new_void(of)).await
    }

    pub(crate) async fn refund(&self, of: &ProviderCharge, minor: i64) -> Result<ProviderRefund, ProviderError> {
        self.port().refund(&new_refund(of, minor)).await
    }

    pub(crate) async fn find(&self, reference: &str, payment: PaymentId) -> Option<ProviderCharge> {
        let lookup = ChargeLookup {
            payment,
            reference: Some(reference.to_owned()),
            sent_after: self.now(),
            sent_before: None,
        };
        self.port().find(&lookup).await.unwrap()
    }

    /// Without knowing its reference.
    pub(crate) async fn find_by_id(&self, payment: PaymentId) -> Option<ProviderCharge> {
        let lookup = ChargeLookup {
            payment,
            reference: None,
            sent_after: self.now() - TimeDelta::minutes(1),
            sent_before: None,
        };
        self.port().find(&lookup).await.unwrap()
    }

    /// As the provider has it now.
    pub(crate) async fn again(&self, charge: &ProviderCharge) -> ProviderCharge {
        self.find(&charge.reference, charge.payment).await.unwrap()
    }

    /// Without knowing its reference.
    pub(crate) async fn find_refund(&self, refund: &Refund) -> Option<ProviderRefund> {
        let lookup = RefundLookup {
            refund: refund.refund,
            payment: refund.payment,
            charge_reference: refund.reference.clone(),
            reference: None,
        };
        self.port().find_refund(&lookup).await.unwrap()
    }
}

/// The call that takes what the shopper has agreed to.
pub(crate) fn agreed(charge: &Charge, told: &ProviderCharge) -> Charge {
    Charge {
        key: format!("{}:take", charge.key),
        approved: Some(told.reference.clone()),
        ..charge.clone()
    }
}

pub(crate) fn new_capture(of: &ProviderCharge, minor: i64) -> Capture {
    Capture {
        payment: of.payment,
        reference: of.reference.clone(),
        key: format!("cap_{}", SystemIds::default().unguessable()),
        amount: euros(minor),
        releases_rest: true,
    }
}

pub(crate) fn new_void(of: &ProviderCharge) -> Void {
    Void {
        payment: of.payment,
        reference: of.reference.clone(),
        key: format!("{}:void", of.payment),
    }
}

pub(crate) fn new_refund(of: &ProviderCharge, minor: i64) -> Refund {
    let refund = RefundId(SystemIds::default().unguessable());
    Refund {
        refund,
        payment: of.payment,
        reference: of.reference.clone(),
        key: refund.to_string(),
        amount: euros(minor),
    }
}

pub(crate) fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// Amount, captured, refunded.
pub(crate) fn sums(charge: &ProviderCharge) -> (i64, i64, i64) {
    (charge.amount.minor, charge.captured_minor, charge.refunded_minor)
}

/// # Panics
/// When it was not rejected.
pub(crate) fn assert_rejected<T: std::fmt::Debug>(outcome: &Result<T, ProviderError>) {
    assert!(matches!(outcome, Err(ProviderError::Rejected(_))), "{outcome:?}");
}
