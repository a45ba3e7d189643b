use async_graphql::SimpleObject;
use vitrine_commerce::delivery::estimate::Estimate;
use vitrine_entity::delivery_record::DeliveryRecord;

use crate::graphql::shared::Date;

/// When goods arrive, or wait to be picked up: by the shop's time zone, working days and holidays.
#[derive(Debug, SimpleObject)]
pub struct DeliveryEstimate {
    /// The first day on which they may arrive.
    pub earliest: Date,
    /// The day by which they should have arrived.
    pub latest: Date,
}

impl DeliveryEstimate {
    /// As an order was told it when it was placed.
    pub fn told(delivery: &DeliveryRecord) -> Option<Self> {
        Some(Self {
            earliest: Date(delivery.earliest?),
            latest: Date(delivery.latest?),
        })
    }
}

impl From<Estimate> for DeliveryEstimate {
    fn from(estimate: Estimate) -> Self {
        Self {
            earliest: Date(estimate.earliest),
            latest: Date(estimate.latest),
        }
    }
}
