//! An amount of money, as it stands in the file: a decimal in the shop's currency.

use crate::{
    ErrorCode, Refusal,
    language::{Message, messages},
    money::{Currency, Money},
};

/// In minor units; `field` is where it stands.
pub(super) fn minor(text: &str, currency: Currency, field: &[&str]) -> Result<i64, Refusal> {
    let money = Money::parse(text.trim(), currency).map_err(|error| {
        let like = Money::new(490, currency).decimal();
        let message = messages::file_amount_form(Message::from(error), currency, like);
        Refusal::new(ErrorCode::InvalidAmount, message).at(field)
    });
    Ok(money?.minor)
}
