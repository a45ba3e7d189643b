//! The shop's ports, each with a memory and with the faults that the weather brings.

mod bus;
mod mailer;
mod provider;
mod queue;
mod search;

pub(super) use bus::SimulatedBus;
pub(super) use mailer::{Sent, SimulatedMailer};
pub(super) use provider::Between;
pub(super) use queue::SimulatedQueue;
pub(super) use search::SimulatedSearch;
