//! What a row is about, where that may be a thing of more than one kind.

use std::{fmt, str::FromStr};

use sea_orm::DeriveValueType;

use crate::ids::{DraftOrderId, InvalidId, OrderId, VariantId, WithdrawalId};

macro_rules! subjects {
    ($($kind:ident($id:ident)),*) => {
        /// One thing of ours. Stored by its public id, whose prefix tells its kind.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, DeriveValueType)]
        #[sea_orm(value_type = "String")]
        pub enum Subject {
            $($kind($id)),*
        }

        $(impl From<$id> for Subject {
            fn from(id: $id) -> Self {
                Self::$kind(id)
            }
        })*

        impl fmt::Display for Subject {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$kind(id) => id.fmt(f)),*
                }
            }
        }

        impl FromStr for Subject {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let unknown = Err(InvalidId { expected: "subject" });
                unknown$(.or_else(|_: InvalidId| text.parse().map(Self::$kind)))*
            }
        }
    };
}

subjects!(
    DraftOrder(DraftOrderId),
    Order(OrderId),
    Variant(VariantId),
    Withdrawal(WithdrawalId)
);

impl Subject {
    /// The order that it is, where it is one.
    pub fn order(self) -> Option<OrderId> {
        match self {
            Self::Order(id) => Some(id),
            Self::DraftOrder(_) | Self::Variant(_) | Self::Withdrawal(_) => None,
        }
    }
}
