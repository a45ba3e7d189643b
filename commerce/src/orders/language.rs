//! In which language an order is told of.

use std::sync::Arc;

use vitrine_entity::order;

use crate::language::Language;

/// The language that it was placed in, as the country writes it that it goes to: whoever orders in America has seen dollars and
/// dates as they are written there, wherever the shop is.
pub(crate) fn language_of(order: &order::Model) -> Arc<Language> {
    Language::of(&order.locale, &order.shipping_address.country)
}
