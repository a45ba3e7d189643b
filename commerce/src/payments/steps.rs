//! Amounts that a provider takes only in steps: of a currency with three decimals, cards take no odd thousandth.

use std::sync::Arc;

use vitrine_entity::payment;

use crate::{
    ErrorCode, Refusal, Shop,
    language::messages,
    money::{Currency, Money},
    ports::{PaymentProvider, payment::Settlement},
};

/// The steps of what is paid in a shop, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    /// In which prices are computed: those of the coarsest of the shop's providers, so that each can take them.
    pub priced: i64,
    /// Those of the finest: what is no multiple of it nobody can pay.
    pub payable: i64,
}

impl Steps {
    pub fn of(shop: &Shop, currency: Currency) -> Self {
        let own = &shop.settings.payment_provider;
        let providers = shop.payment_providers.values();
        let step = |provider: &Arc<dyn PaymentProvider>| provider.step_minor(currency).max(1);
        // The simulated one, which stands beside another while a shop is developed, is no way to pay.
        let offered = |provider: &&Arc<dyn PaymentProvider>| {
            provider.name() == own || provider.settlement() == Settlement::ByStaff
        };
        Self {
            priced: shop.price_step_minor(currency),
            payable: providers.filter(offered).map(step).min().unwrap_or(1),
        }
    }

    pub fn can_pay(&self, due: Money) -> bool {
        due.minor % self.payable == 0
    }
}

/// Refuses an amount that is no multiple of the step.
pub(in crate::payments) fn check(step_minor: i64, amount: Money) -> Result<(), Refusal> {
    let step = Money::new(step_minor.max(1), amount.currency);
    if amount.minor % step.minor == 0 {
        return Ok(());
    }
    Err(Refusal::new(
        ErrorCode::InvalidAmount,
        messages::payment_in_steps(amount, step),
    ))
}

/// Refuses a part of a payment that its provider can neither capture nor pay back.
pub(in crate::payments) fn check_part(shop: &Shop, payment: &payment::Model, amount_minor: i64) -> Result<(), Refusal> {
    check(step_of(shop, payment), Money::new(amount_minor, payment.currency)).map_err(|refusal| refusal.at(&["amount"]))
}

/// In multiples of what an attempt's provider takes its currency, in minor units.
pub(in crate::payments) fn step_of(shop: &Shop, payment: &payment::Model) -> i64 {
    let provider = shop.payment_providers.get(payment.provider.as_str());
    provider
        .map_or(1, |provider| provider.step_minor(payment.currency))
        .max(1)
}
