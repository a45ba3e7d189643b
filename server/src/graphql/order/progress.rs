use async_graphql::{Enum, SimpleObject};
use vitrine_commerce::orders;

use super::object::OrderStatus;

/// How far along an order is.
#[derive(Debug, SimpleObject)]
pub struct OrderProgress {
    /// 0 to 100. A cancelled order has ended: 100.
    pub percent: i32,
    /// The steps that it goes through, in order.
    pub steps: Vec<OrderStep>,
}

/// One of the steps that an order goes through.
#[derive(Debug, SimpleObject)]
pub struct OrderStep {
    /// Which step.
    pub status: OrderStatus,
    /// Where it stands.
    pub state: OrderStepState,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::orders::StepState")]
pub enum OrderStepState {
    /// It is behind.
    Done,
    /// The order is in it.
    Current,
    /// It is to come.
    Ahead,
}

impl From<orders::Progress> for OrderProgress {
    fn from(progress: orders::Progress) -> Self {
        let step = |step: orders::Step| OrderStep {
            status: step.status.into(),
            state: step.state.into(),
        };
        Self {
            percent: progress.percent.into(),
            steps: progress.steps.into_iter().map(step).collect(),
        }
    }
}
