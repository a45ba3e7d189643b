use async_graphql::MaybeUndefined;
use vitrine_commerce::{
    Refusal,
    money::{Currency, Money},
};

use crate::graphql::shared::Decimal;

/// Left out stays as it is, null takes it away.
pub(super) fn maybe<T>(given: MaybeUndefined<T>) -> Option<Option<T>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

/// An amount in the shop's currency.
pub(super) fn minor(amount: &Decimal, currency: Currency, field: &[&str]) -> Result<i64, Refusal> {
    let money = Money::parse(&amount.0, currency);
    money
        .map(|money| money.minor)
        .map_err(|error| Refusal::from(error).at(field))
}

/// The same, of one that may be left out or taken away.
pub(super) fn maybe_minor(
    given: MaybeUndefined<Decimal>,
    currency: Currency,
    field: &str,
) -> Result<Option<Option<i64>>, Refusal> {
    let read = |amount: Option<Decimal>| amount.map(|amount| minor(&amount, currency, &[field])).transpose();
    maybe(given).map(read).transpose()
}
