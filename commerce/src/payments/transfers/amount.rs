//! Reads an amount that somebody typed.

use vitrine_entity::order;

use crate::{ErrorCode, Refusal, Result, language::messages, money::Money};

/// In the order's currency, in minor units. `None` where nothing was typed.
pub(super) fn amount(text: Option<&str>, order: &order::Model) -> Result<Option<i64>> {
    let Some(text) = text else { return Ok(None) };
    let money = Money::parse(text, order.currency).map_err(|error| Refusal::from(error).at(&["amount"]))?;
    if money.minor <= 0 {
        let message = messages::must_be_positive("amount");
        return Err(Refusal::new(ErrorCode::InvalidAmount, message).at(&["amount"]).into());
    }
    Ok(Some(money.minor))
}
