//! Why an order was cancelled: in its timeline as a code, in words where it is shown.

use serde_json::{Value as Json, json};

use crate::language::{Message, messages};

/// Why an order was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CancelReason<'a> {
    NotPaid,
    SoldOut,
    /// The shopper withdrew from the contract.
    Withdrawn,
    /// In the words of whoever cancelled it; earlier versions kept all their reasons so.
    Given(&'a str),
}

const CODES: [(&str, CancelReason<'_>); 3] = [
    ("NOT_PAID", CancelReason::NotPaid),
    ("SOLD_OUT", CancelReason::SoldOut),
    ("WITHDRAWN", CancelReason::Withdrawn),
];

impl<'a> CancelReason<'a> {
    /// As the timeline's entry keeps it.
    pub(crate) fn data(reason: Option<Self>) -> Json {
        match reason {
            Some(Self::Given(text)) => json!({ "reason": text }),
            reason => {
                let code = CODES.iter().find(|(_, known)| Some(*known) == reason);
                json!({ "reasonCode": code.map(|(code, _)| code) })
            }
        }
    }

    /// From an entry's data.
    pub(crate) fn of(data: &'a Json) -> Option<Self> {
        let code = data["reasonCode"].as_str();
        let known = CODES.iter().find(|(known, _)| Some(*known) == code);
        let given = || data["reason"].as_str().filter(|text| !text.is_empty());
        known.map(|(_, reason)| *reason).or_else(|| given().map(Self::Given))
    }

    /// In words that end a sentence.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::NotPaid => messages::cancelled_not_paid(),
            Self::SoldOut => messages::cancelled_sold_out(),
            Self::Withdrawn => messages::cancelled_withdrawn(),
            Self::Given(text) => text.into(),
        }
    }
}
