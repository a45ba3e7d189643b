//! Cells that make a gift card of a variant, and say which amounts its buyer may choose.

use vitrine_entity::variant::GiftCardAmounts;

use super::{
    cell,
    header::{Column, Header},
    price::price,
    problem::Problems,
    row::{Row, value, yes},
    variant::NO_PRICE,
};
use crate::{
    catalog::{
        draft::{ProductDraft, VariantDraft},
        fields::Refusals,
        own_amount::{self, GiftCardAmountsFields},
    },
    language::{Message, messages},
    money::{Currency, Money},
};

/// Sets what the row says of it. Shopify says so in a product's first row, of all its variants.
pub(super) fn read(
    header: &Header,
    row: &Row,
    product: &ProductDraft,
    variant: &mut VariantDraft,
    currency: Currency,
    problems: &mut Problems,
) {
    let of_product = product.variants.first().and_then(|first| first.gift_card);
    variant.gift_card = yes(header, row, Column::GiftCard, problems).or(of_product);
    variant.gift_card_amounts = amounts(header, row, currency, problems);
    // A file that has no column for the one says so by the other.
    if header.place(Column::GiftCard).is_none() && matches!(variant.gift_card_amounts, Some(Some(_))) {
        variant.gift_card = Some(true);
    }
}

/// `10.00-200.00`, or `10.00-200.00 / 5.00` where only every so much may be chosen; `none` takes away what is there, and an
/// empty cell leaves it.
fn amounts(header: &Header, row: &Row, currency: Currency, problems: &mut Problems) -> Option<Option<GiftCardAmounts>> {
    let column = Column::GiftCardAmounts;
    let text = row.optional(header, column)?;
    if text.eq_ignore_ascii_case(NO_PRICE) {
        return Some(None);
    }
    value(header, row, column, parsed(&text, currency), problems).map(Some)
}

fn parsed(text: &str, currency: Currency) -> Result<GiftCardAmounts, Message> {
    let (range, step) = match text.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (text, None),
    };
    let form = || messages::import_no_amounts(cell::excerpt(text));
    let (minimum, maximum) = range.split_once(['-', '–']).ok_or_else(form)?;
    let money = |text: &str| price(text, currency).map(|minor| Money::new(minor, currency));
    let fields = GiftCardAmountsFields {
        minimum: money(minimum)?,
        maximum: money(maximum)?,
        step: step.map(money).transpose()?,
    };
    let mut refusals = Refusals::default();
    let read = own_amount::read(&fields, &[], &mut refusals);
    read.ok_or_else(|| refusals.0.first().map_or_else(form, |refusal| refusal.message.clone()))
}

/// Amounts as [`read`] reads them.
pub(in crate::catalog) fn written(amounts: &GiftCardAmounts) -> String {
    let decimal = |minor| Money::new(minor, amounts.currency).decimal();
    let range = format!("{}-{}", decimal(amounts.minimum_minor), decimal(amounts.maximum_minor));
    match amounts.step_minor {
        1 => range,
        step => format!("{range} / {}", decimal(step)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_they_are_written() {
        for text in ["10.00-200.00", "10.00-200.00 / 5.00"] {
            let amounts = parsed(text, Currency::EUR).expect("amounts");
            assert_eq!((amounts.minimum_minor, amounts.maximum_minor), (1_000, 20_000));
            assert_eq!(written(&amounts), text);
        }
        assert_eq!(
            parsed("10–20", Currency::EUR).map(|amounts| amounts.maximum_minor),
            Ok(2_000)
        );
        for text in ["10.00", "20-10", "0-10", "10-20 / 3", "10-x", "10-20 / 5 / 5"] {
            assert!(parsed(text, Currency::EUR).is_err(), "{text}");
        }
    }
}
