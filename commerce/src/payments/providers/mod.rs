//! Payment providers: how one is called, with a time-out and the circuit that all processes share;
//! what staff hear of a call that gets nowhere; and what a provider tells by itself.

pub(super) mod call;
mod circuit;
pub(super) mod job;
pub(super) mod look_up;
mod status;
pub(super) mod trouble;
mod webhook;

pub use circuit::CircuitState;
pub(crate) use status::statuses;
pub use status::{ProviderStatus, providers};
pub use webhook::{WebhookRefused, webhook};
