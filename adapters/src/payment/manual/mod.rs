//! Means of payment that staff settle: they see the money arrive, in the till or on the account,
//! and pay back by hand.
//!
//! These providers have no memory and no books: all that they know of a charge, its reference
//! says. Nothing can be looked up, and nothing needs to be: to ask twice does nothing twice.

mod bank_transfer;
mod promised;
mod reference;

use vitrine_commerce::{
    money::Money,
    ports::payment::{Capture, ChargeState, ProviderCharge, ProviderError, ProviderRefund, Refund, RefundState, Void},
};
use vitrine_entity::ids::PaymentId;

pub use bank_transfer::BankTransferProvider;
pub use promised::PromisedProvider;

/// An attempt for `amount`, of which nothing has come yet.
fn opened(payment: PaymentId, amount: Money, state: ChargeState) -> Result<ProviderCharge, ProviderError> {
    if amount.minor <= 0 {
        return Err(ProviderError::Rejected("the amount is not positive".to_owned()));
    }
    Ok(known(payment, amount, state))
}

/// An attempt as its reference tells of it.
fn known(payment: PaymentId, amount: Money, state: ChargeState) -> ProviderCharge {
    ProviderCharge {
        reference: reference::write(payment, amount),
        payment,
        state,
        amount,
        captured_minor: 0,
        refunded_minor: 0,
        live: true,
        capture_before: None,
        in_parts: false,
        saved: None,
        request_id: None,
    }
}

/// Staff say that the money has come.
fn captured(capture: &Capture) -> Result<ProviderCharge, ProviderError> {
    let amount = reference::read(&capture.reference, capture.payment)?;
    require_within(capture.amount, amount)?;
    Ok(ProviderCharge {
        captured_minor: capture.amount.minor,
        ..known(capture.payment, amount, ChargeState::Captured)
    })
}

/// Nothing has come, and nothing is expected any more.
fn voided(void: &Void) -> Result<ProviderCharge, ProviderError> {
    let amount = reference::read(&void.reference, void.payment)?;
    Ok(known(void.payment, amount, ChargeState::Voided))
}

/// It is on its way until staff say that they have paid it back.
fn refunding(refund: &Refund) -> Result<ProviderRefund, ProviderError> {
    let amount = reference::read(&refund.reference, refund.payment)?;
    require_within(refund.amount, amount)?;
    Ok(ProviderRefund {
        reference: refund.refund.to_string(),
        state: RefundState::Pending,
        amount: refund.amount,
        request_id: None,
    })
}

fn require_within(part: Money, whole: Money) -> Result<(), ProviderError> {
    if part.currency == whole.currency && (1..=whole.minor).contains(&part.minor) {
        return Ok(());
    }
    Err(ProviderError::Rejected(format!("{part} is not a part of {whole}")))
}
