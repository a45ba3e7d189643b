//! Exchange rates that the shop takes from elsewhere: from a file that staff have ([`take()`]), or from whoever publishes them,
//! by the clock ([`fetch_if_due`]). They take the place of a price list's rate only where staff say that it follows them, and
//! only if they are not too far from it: what is refused is kept beside it for staff to look at.

mod fetch;
mod take;

pub use fetch::{fetch, fetch_if_due};
pub use take::{RateChange, RateOutcome, take};
