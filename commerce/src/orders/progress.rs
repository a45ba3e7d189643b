//! How far along an order is, for the bar that a shopper looks at. Pure.

use vitrine_entity::order::OrderStatus::{self, *};

/// How far along an order is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// 0 to 100. A cancelled order has ended: 100.
    pub percent: u8,
    pub steps: Vec<Step>,
}

/// One of the steps that an order goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub status: OrderStatus,
    pub state: StepState,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    Done,
    Current,
    Ahead,
}

/// The steps of an order in the state `status`; `ships` where anything of it is sent.
pub fn progress(status: OrderStatus, ships: bool) -> Progress {
    let mut path = match status {
        PaymentFailed => vec![Created, PaymentFailed, PaymentSuccess, Confirmed, Dispatched, Completed],
        Cancelled => vec![Created, Cancelled],
        _ => vec![
            Created,
            PaymentPending,
            PaymentSuccess,
            Confirmed,
            Dispatched,
            Completed,
        ],
    };
    path.retain(|step| ships || *step != Dispatched || *step == status);
    let current = path.iter().position(|step| *step == status).unwrap_or(0);
    let last = path.len() - 1;
    let steps = path.into_iter().enumerate().map(|(index, status)| Step {
        status,
        state: match index.cmp(&current) {
            std::cmp::Ordering::Less => StepState::Done,
            // Nothing follows the last step: it is not waited in.
            std::cmp::Ordering::Equal if index == last => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Current,
            std::cmp::Ordering::Greater => StepState::Ahead,
        },
    });
    Progress {
        percent: (current * 100 / last) as u8,
        steps: steps.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_runs_from_nothing_to_all() {
        let percents: Vec<_> = [
            Created,
            PaymentPending,
            PaymentSuccess,
            Confirmed,
            Dispatched,
            Completed,
        ]
        .map(|s| progress(s, true).percent)
        .to_vec();
        assert_eq!(percents, [0, 20, 40, 60, 80, 100]);
        assert_eq!(progress(Cancelled, true).percent, 100);
        assert_eq!(progress(Confirmed, false).percent, 75);
        assert!(
            progress(Completed, true)
                .steps
                .iter()
                .all(|step| step.state == StepState::Done)
        );
        assert_eq!(
            progress(PaymentFailed, true).steps[1],
            Step {
                status: PaymentFailed,
                state: StepState::Current
            }
        );
    }
}
