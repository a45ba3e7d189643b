//! An order by which gift cards were bought: what is paid back for them, they lose.

use vitrine_entity::{ids::RefundId, order, order_line};

use super::{
    back,
    tenders::{self, Tender},
    wanted::Wanted,
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    credit::{self, SoldCards, Withdrawal},
    language::messages,
    money::Money,
    orders::load,
};

/// Takes off the cards what a refund pays back for them, before anything of it is written. `tenders` is what the order was paid
/// with; where nobody has read it, it is read if cards were bought.
///
/// # Errors
/// Refuses more than is on the cards, and an amount that only the price of cards could be paid back of: which of them would
/// lose it nobody said.
pub(super) async fn withdraw(
    tx: &Tx,
    id: RefundId,
    order: &order::Model,
    (amount_minor, tenders): (i64, Option<&[Tender]>),
    wanted: &Wanted,
) -> Result<()> {
    let mut cards = credit::sold_cards(tx, order).await?;
    if cards.is_empty() {
        return Ok(());
    }
    if wanted.parts.is_empty() {
        let left_minor = match tenders {
            Some(tenders) => left_minor(tenders),
            None => left_minor(&tenders::of_order(tx, order).await?),
        };
        return check_amount(tx, order, (amount_minor, left_minor), &cards).await;
    }
    for (place, part) in wanted.parts.iter().enumerate() {
        let Some(cards) = cards.remove(&part.line) else {
            continue;
        };
        let of = Withdrawal {
            place,
            quantity: part.quantity,
            amount_minor: part.amount_minor,
        };
        credit::withdraw(tx, order.id, id, of, &cards).await?;
    }
    Ok(())
}

/// How much can be paid back at most.
fn left_minor(tenders: &[Tender]) -> i64 {
    tenders.iter().map(Tender::left_minor).sum()
}

/// What was paid for cards is left alone by an amount that says nothing of them.
async fn check_amount(
    tx: &Tx,
    order: &order::Model,
    (amount_minor, left_minor): (i64, i64),
    cards: &SoldCards,
) -> Result<()> {
    let back = back::of_order(tx, order.id).await?;
    let sold = load::lines_on(tx.db(), order.id).await?;
    let not_back = |line: &order_line::Model| {
        let back = back.lines.get(&line.id).copied().unwrap_or_default();
        (line.total_minor - back.amount_minor).max(0)
    };
    let of_cards: i64 = sold
        .iter()
        .filter(|line| cards.contains_key(&line.id))
        .map(not_back)
        .sum();
    let most_minor = (left_minor - of_cards).max(0);
    if amount_minor <= most_minor {
        return Ok(());
    }
    let most = Money::new(most_minor, order.currency);
    let message = messages::refund_gift_cards_by_lines(most);
    Err(Refusal::new(ErrorCode::InvalidAmount, message).at(&["amount"]).into())
}
