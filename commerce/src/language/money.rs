//! Why an amount could not be made, as a message.

use super::{message::Message, messages};
use crate::money::MoneyError;

impl From<MoneyError> for Message {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::NotADecimal(amount) => messages::amount_no_decimal(amount),
            MoneyError::TooManyDecimals {
                currency,
                decimals,
                amount,
            } => messages::amount_decimals(currency, decimals, amount),
            MoneyError::Overflow => messages::amount_too_large(),
            MoneyError::CurrencyMismatch(one, other) => messages::currencies_not_added(one, other),
        }
    }
}
