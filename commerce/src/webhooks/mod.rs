//! Events are sent to whoever wants to know of them, by HTTP and as Standard Webhooks says, and appended to the event stream.
//!
//! The rows are what is to be done. `publish` looks who is to be sent an event, and writes a delivery for each; `deliver`
//! takes a few of an endpoint's at a time, sends them side by side, and has another job take the next, so that an endpoint
//! which does not answer holds up mails, whose queue it waits in, for no more than some seconds; the more often it has failed,
//! the less often it is asked. (A queue of its own would need other words in the outbox's table than the version before
//! knows.) What was sent and not noted is sent again: an event comes at least once, and by its id it is known.

mod address;
mod change;
mod claim;
mod create;
pub(crate) mod deliver;
mod deliveries;
mod expected_jobs;
mod forget;
mod list;
mod outcome;
mod ping;
pub(crate) mod publish;
mod replay;
mod retry;
mod rotate;
mod secret;
pub(crate) mod stream;
mod types;

use serde_json::json;
use vitrine_entity::webhook_endpoint;

pub use self::{
    change::{EndpointChange, delete, restore, update},
    create::{NewEndpoint, WithSecret, create},
    deliveries::{DeliveryFilter, attempts_of, deliveries, events_by_ids},
    list::{Backlog, EndpointFilter, backlog, find, list},
    ping::ping,
    replay::{Replay, replay, replay_all},
    rotate::{Rotate, rotate},
    types::types_of,
};
pub(crate) use self::{expected_jobs::EXPECTED_JOBS, forget::forget};
use crate::{
    Result, Tx, settings,
    staff::removal::{self, Removable},
};

/// The most endpoints of a shop that are there.
const ENDPOINTS_MAX: u64 = 50;

impl Removable for webhook_endpoint::Model {
    const CALLED: &'static str = "webhook endpoint";
    const NOUN: &'static str = "webhook_endpoint";

    removal::life!();

    /// What stands behind the path may open something.
    fn told(&self) -> (String, serde_json::Value) {
        let address = self.url.split(['?', '#']).next().unwrap_or_default();
        let data = json!({ "url": address, "eventTypes": self.event_types, "enabled": self.enabled });
        (self.id.to_string(), data)
    }

    async fn followed(&self, tx: &Tx) -> Result<()> {
        settings::note_webhooks(tx).await
    }
}
