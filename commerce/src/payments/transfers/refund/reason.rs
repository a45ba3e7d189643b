//! Why money is paid back: a code where a rule of the shop's says so, in words where it is shown.

use vitrine_entity::refund;

/// Why money is paid back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundReason<'a> {
    /// Staff said so, and not why.
    ShopDecided,
    OrderCancelled,
    /// The order will not be delivered, or another attempt took this one's place.
    NotWanted,
    MadeAtProvider,
    /// It costs less since it was changed.
    OrderEdited,
    /// In the words of staff; earlier versions kept all their reasons so.
    Given(&'a str),
}

const CODES: [(&str, RefundReason<'_>); 5] = [
    ("SHOP_DECIDED", RefundReason::ShopDecided),
    ("ORDER_CANCELLED", RefundReason::OrderCancelled),
    ("NOT_WANTED", RefundReason::NotWanted),
    ("MADE_AT_PROVIDER", RefundReason::MadeAtProvider),
    ("ORDER_EDITED", RefundReason::OrderEdited),
];

impl<'a> RefundReason<'a> {
    pub fn of(refund: &'a refund::Model) -> Self {
        let code = refund.reason_code.as_deref();
        let known = CODES.iter().find(|(known, _)| Some(*known) == code);
        known.map_or(Self::Given(&refund.reason), |(_, reason)| *reason)
    }

    /// What the shopper is told beside the amount: what staff wrote. The order's timeline tells the other
    /// reasons by itself.
    pub(super) fn told(self) -> Option<&'a str> {
        match self {
            Self::Given(text) => Some(text),
            _ => None,
        }
    }

    /// In words, as a part of a sentence.
    pub fn words(self) -> &'a str {
        match self {
            Self::ShopDecided => "the shop pays it back",
            Self::OrderCancelled => "the order was cancelled",
            Self::NotWanted => "it was not wanted any more",
            Self::MadeAtProvider => "made at the provider",
            Self::OrderEdited => "the order was changed",
            Self::Given(text) => text,
        }
    }

    /// As a refund's row keeps it; `None` for what is kept in words.
    pub(in crate::payments) fn code(self) -> Option<String> {
        let code = CODES.iter().find(|(_, known)| *known == self);
        code.map(|(code, _)| (*code).to_owned())
    }
}
