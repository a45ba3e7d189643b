//! `/api/orders`: reading them, and being paid for them.

pub(super) mod process_payment;
pub(super) mod read;

use axum::http::HeaderValue;

/// How long a payment is waited for where the caller does not say.
pub(super) const WAIT_SECONDS: u64 = 10;

/// When to look again at what is under way.
pub(super) const RETRY_AFTER: HeaderValue = HeaderValue::from_static("2");
