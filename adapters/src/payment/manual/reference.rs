//! The reference of a charge that staff settle. It carries what a provider with a memory would
//! remember of it: `pay_…/4999/EUR`.

use vitrine_commerce::{
    money::{Currency, Money},
    ports::payment::ProviderError,
};
use vitrine_entity::ids::PaymentId;

pub(super) fn write(payment: PaymentId, amount: Money) -> String {
    format!("{payment}/{}/{}", amount.minor, amount.currency)
}

/// How much was to be paid.
///
/// # Errors
/// When it is not a reference of ours, or is another attempt's.
pub(super) fn read(reference: &str, payment: PaymentId) -> Result<Money, ProviderError> {
    let mut parts = reference.split('/');
    let parts = (parts.next(), parts.next(), parts.next(), parts.next());
    let (Some(named), Some(minor), Some(currency), None) = parts else {
        return Err(refusal(reference, payment));
    };
    let (named, minor, currency) = (named.parse(), minor.parse(), currency.parse::<Currency>());
    match (named, minor, currency) {
        (Ok(named), Ok(minor), Ok(currency)) if payment == named => Ok(Money::new(minor, currency)),
        _ => Err(refusal(reference, payment)),
    }
}

fn refusal(reference: &str, payment: PaymentId) -> ProviderError {
    ProviderError::Rejected(format!("`{reference}` is not a reference of {payment}"))
}
