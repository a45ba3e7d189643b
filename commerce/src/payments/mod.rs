//! Being paid, exactly once.
//!
//! An order has at most one attempt that is live or has succeeded (the table holds it). Before the
//! provider is called, the attempt is marked *unknown*, and an unknown attempt is looked up before
//! it is ever sent again, under the key that is its own id. Whatever the provider tells (an answer,
//! a look-up, a webhook) goes through `apply.rs`, the one place that moves an attempt and its order.

mod apply;
mod begin;
pub mod check;
mod give_up;
mod ledger;
pub mod process;
pub mod refund;
pub mod settle;
pub mod state;
pub mod void;
mod webhook;

use std::{future::Future, sync::Arc, time::Duration};

pub use begin::{Retry, begin, first_step, retry};
pub use give_up::give_up;
pub use webhook::{WebhookRefused, webhook};

use crate::{
    Fault, Shop,
    ports::{PaymentProvider, payment::ProviderError},
};

/// How long a provider may take over a call that moves money.
const CALL_TIMEOUT: Duration = Duration::from_secs(35);

/// How long a provider may take over a look-up.
const LOOK_UP_TIMEOUT: Duration = Duration::from_secs(15);

fn provider<'shop>(shop: &'shop Shop, name: &str) -> Result<&'shop Arc<dyn PaymentProvider>, Fault> {
    shop.payment_providers.get(name).ok_or_else(|| {
        Fault::Provider(ProviderError::Misconfigured(format!(
            "the payment provider `{name}` is not configured"
        )))
    })
}

/// A call that takes too long has an unknown outcome, like one that was cut.
async fn bounded<T>(limit: Duration, call: impl Future<Output = Result<T, ProviderError>>) -> Result<T, ProviderError> {
    match tokio::time::timeout(limit, call).await {
        Ok(outcome) => outcome,
        Err(elapsed) => Err(ProviderError::Unknown(Box::new(elapsed))),
    }
}
