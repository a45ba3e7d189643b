//! That somebody has an account, that it was changed, or that they were erased: nothing of who they are but their id.

use serde::Serialize;
use vitrine_entity::ids::CustomerId;

use super::{EventKind, NewEvent, write};
use crate::Tx;

#[derive(Serialize)]
struct CustomerData {}

/// Tells of an account, at its version where it has one. Its id comes with the event for as long as the person is not erased;
/// afterwards it stands in what says so alone.
pub(crate) fn customer(tx: &Tx, kind: EventKind, customer: CustomerId, version: Option<i64>) {
    let is_there = kind != EventKind::CustomerErased;
    let event = NewEvent {
        kind,
        subject: &customer.to_string(),
        sequence: version,
        customer: is_there.then_some(customer),
        data: &CustomerData {},
    };
    write(tx, &event);
}
