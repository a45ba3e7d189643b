//! How an order was to be sent, kept as JSON in its row: it does not change with the method.

use sea_orm::{FromJsonQueryResult, prelude::Date};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{LocationId, ShippingMethodId},
    shipping_method::MethodKind,
};

/// The method as it was, and what it promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct DeliveryRecord {
    pub method: ShippingMethodId,
    pub kind: MethodKind,
    pub carrier: Option<String>,
    /// Where a pickup waits.
    pub location: Option<LocationId>,
    /// The first and the last day on which it was to arrive, by the shop's calendar.
    pub earliest: Option<Date>,
    pub latest: Option<Date>,
}
