use async_graphql::MaybeUndefined;
use vitrine_commerce::{
    Refusal,
    money::{Currency, Money},
};

use crate::graphql::shared::{Decimal, given};

/// An amount in the shop's currency.
pub(super) fn minor(amount: &Decimal, currency: Currency, field: &[&str]) -> Result<i64, Refusal> {
    let money = Money::parse(&amount.0, currency);
    money
        .map(|money| money.minor)
        .map_err(|error| Refusal::from(error).at(field))
}

/// The same, of one that may be left out or taken away.
pub(super) fn maybe_minor(
    amount: MaybeUndefined<Decimal>,
    currency: Currency,
    field: &str,
) -> Result<Option<Option<i64>>, Refusal> {
    let read = |amount: Option<Decimal>| amount.map(|amount| minor(&amount, currency, &[field])).transpose();
    given(amount).map(read).transpose()
}
