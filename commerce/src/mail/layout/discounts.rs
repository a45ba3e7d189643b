//! What was taken off an order, and why, as its mails show it.

use vitrine_entity::{
    ids::OrderLineId,
    order,
    order_adjustment::{self, AdjustmentKind},
};

use crate::{
    language::{Language, Message, messages},
    mail::words::one_line,
    money::{Currency, Money},
};

/// What one discount took off in all.
#[derive(Debug, Clone)]
pub(crate) struct Discount {
    pub(crate) label: Message,
    pub(crate) amount: String,
}

/// All of an order's together, where nobody says which they were.
pub(super) fn in_all(order: &order::Model, language: &Language) -> Vec<Discount> {
    let all = Discount {
        label: messages::mail_discount(),
        amount: language.money(Money::new(-order.discount_minor, order.currency)),
    };
    (order.discount_minor != 0).then_some(all).into_iter().collect()
}

/// By what led to it; nothing where nobody says that.
pub(super) fn named(rows: &[order_adjustment::Model], currency: Currency, language: &Language) -> Vec<Discount> {
    let named = by_reason(rows, |_| true).into_iter().map(|(name, minor)| Discount {
        label: messages::mail_discount_by(one_line(name)),
        amount: language.money(Money::new(-minor, currency)),
    });
    named.collect()
}

/// What was taken off a line, a text for each discount.
pub(super) fn of_line(
    line: OrderLineId,
    rows: &[order_adjustment::Model],
    currency: Currency,
    language: &Language,
) -> Vec<String> {
    let of_it = by_reason(rows, |row| row.order_line_id == Some(line));
    let told = of_it.into_iter().map(|(name, minor)| {
        let amount = language.money(Money::new(-minor, currency));
        language.say(&messages::mail_labelled(Message::from(one_line(name)), amount))
    });
    told.collect()
}

/// What each discount came to, in the order in which they were decided.
fn by_reason(
    rows: &[order_adjustment::Model],
    is_asked: impl Fn(&order_adjustment::Model) -> bool,
) -> Vec<(&str, i64)> {
    // One that is for single lines is several adjustments.
    let mut sums: Vec<(&str, &str, i64)> = Vec::new();
    let discounts = rows.iter().filter(|row| row.kind == AdjustmentKind::Discount);
    for row in discounts.filter(|row| is_asked(row)) {
        match sums
            .iter_mut()
            .find(|(code, label, _)| (*code, *label) == (&row.code, &row.label))
        {
            Some((_, _, sum)) => *sum += row.amount_minor,
            None => sums.push((&row.code, &row.label, row.amount_minor)),
        }
    }
    sums.into_iter().map(|(_, label, sum)| (label, sum)).collect()
}
