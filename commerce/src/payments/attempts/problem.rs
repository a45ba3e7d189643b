//! What stands in the way of an attempt, and what the shopper's client should do about it. Pure.

use vitrine_entity::payment::{self, PaymentStatus, PaymentTrouble};

use super::decline::decline_message;
use crate::language::{Message, messages};

/// Why an attempt is not paid, or not yet. Stable: clients branch on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentProblemCode {
    /// The provider or the shopper's bank said no.
    PaymentDeclined,
    /// The shopper must confirm it first, or send the money.
    PaymentActionRequired,
    /// It is under way: the outcome will be known by itself.
    PaymentPending,
    /// The provider does not answer: the shop goes on asking by itself.
    PaymentProviderUnavailable,
    /// The provider's keys or settings are missing or wrong: staff must act.
    PaymentConfigMissing,
    /// It was given up before any money moved.
    PaymentVoided,
}

impl PaymentProblemCode {
    /// As clients read it, at every door alike.
    pub fn name(self) -> &'static str {
        match self {
            Self::PaymentDeclined => "PAYMENT_DECLINED",
            Self::PaymentActionRequired => "PAYMENT_ACTION_REQUIRED",
            Self::PaymentPending => "PAYMENT_PENDING",
            Self::PaymentProviderUnavailable => "PAYMENT_PROVIDER_UNAVAILABLE",
            Self::PaymentConfigMissing => "PAYMENT_CONFIG_MISSING",
            Self::PaymentVoided => "PAYMENT_VOIDED",
        }
    }
}

/// What stands in the way, with a sentence for the shopper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub code: PaymentProblemCode,
    pub message: Message,
}

/// What stands in the way of the attempt; `None` when the money is held or has come.
pub fn problem(payment: &payment::Model) -> Option<Problem> {
    let code = match (payment.status, payment.trouble) {
        (PaymentStatus::Authorized | PaymentStatus::Captured | PaymentStatus::Refunded, _) => return None,
        (PaymentStatus::Declined, _) => PaymentProblemCode::PaymentDeclined,
        (PaymentStatus::Voided, _) => PaymentProblemCode::PaymentVoided,
        (PaymentStatus::ActionRequired, _) => PaymentProblemCode::PaymentActionRequired,
        (_, Some(PaymentTrouble::ProviderUnavailable)) => PaymentProblemCode::PaymentProviderUnavailable,
        (_, Some(PaymentTrouble::ConfigMissing)) => PaymentProblemCode::PaymentConfigMissing,
        (PaymentStatus::Created | PaymentStatus::Unknown | PaymentStatus::Pending, None) => {
            PaymentProblemCode::PaymentPending
        }
    };
    Some(Problem {
        code,
        message: message(code, payment),
    })
}

fn message(code: PaymentProblemCode, payment: &payment::Model) -> Message {
    match code {
        PaymentProblemCode::PaymentDeclined => decline_message(payment.decline_code.as_deref().unwrap_or_default()),
        PaymentProblemCode::PaymentActionRequired => messages::payment_action_required(),
        PaymentProblemCode::PaymentPending => messages::payment_pending(),
        PaymentProblemCode::PaymentProviderUnavailable => messages::payment_provider_unavailable(),
        PaymentProblemCode::PaymentConfigMissing => messages::payment_config_missing(),
        PaymentProblemCode::PaymentVoided => messages::payment_voided(),
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;
    use crate::payments::testing;

    fn attempt(status: PaymentStatus, trouble: Option<PaymentTrouble>) -> payment::Model {
        payment::Model {
            decline_code: Some("expired_card".to_owned()),
            trouble,
            ..testing::attempt(status)
        }
    }

    fn code(status: PaymentStatus, trouble: Option<PaymentTrouble>) -> Option<PaymentProblemCode> {
        problem(&attempt(status, trouble)).map(|problem| problem.code)
    }

    #[test]
    fn money_that_is_there_has_no_problem_and_everything_else_has_one() {
        for status in PaymentStatus::iter() {
            let is_there = matches!(
                status,
                PaymentStatus::Authorized | PaymentStatus::Captured | PaymentStatus::Refunded
            );
            assert_eq!(code(status, None).is_none(), is_there, "{status:?}");
        }
    }

    #[test]
    fn trouble_tells_why_an_open_attempt_does_not_go_on_and_nothing_of_a_closed_one() {
        use PaymentProblemCode::*;
        let (away, unset) = (
            Some(PaymentTrouble::ProviderUnavailable),
            Some(PaymentTrouble::ConfigMissing),
        );
        assert_eq!(code(PaymentStatus::Unknown, away), Some(PaymentProviderUnavailable));
        assert_eq!(code(PaymentStatus::Created, unset), Some(PaymentConfigMissing));
        assert_eq!(code(PaymentStatus::Declined, away), Some(PaymentDeclined));
        assert_eq!(code(PaymentStatus::Captured, away), None);
    }

    #[test]
    fn a_decline_is_told_in_the_words_of_its_code() {
        let declined = problem(&attempt(PaymentStatus::Declined, None)).expect("a problem");
        assert_eq!(
            declined.message.to_string(),
            "This card has expired. Please use another one."
        );
    }
}
