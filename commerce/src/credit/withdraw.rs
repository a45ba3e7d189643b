//! Gift cards that were sold lose what is paid back for them: a card whose price is back pays nothing.

use std::collections::HashMap;

use vitrine_entity::{
    credit_account,
    credit_entry::CreditEntryKind,
    ids::{CreditAccountId, OrderId, OrderLineId, RefundId},
    order::{self, OrderStatus},
};

use super::{
    account::balance,
    ledger::{self, Movement},
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    language::{Message, messages},
    money::Money,
    sql,
};

/// The gift cards that lines of an order became.
pub(crate) type SoldCards = HashMap<OrderLineId, Vec<credit_account::Model>>;

/// Units of a line whose price is paid back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Withdrawal {
    pub(crate) quantity: i32,
    pub(crate) amount_minor: i64,
    /// Which one of the refund's lines it is.
    pub(crate) place: usize,
}

/// The gift cards of a locked order whose price is not back, by lines, those with most on them first. A line whose cards are
/// still to be made has none.
pub(crate) async fn sold_cards(tx: &Tx, order: &order::Model) -> Result<SoldCards> {
    let sql = format!(
        "select * from credit_account a where a.order_id = $1 \
         and not exists (select 1 from credit_entry e where e.account_id = a.id and e.kind = 'WITHDRAWN') \
         order by a.balance_minor desc, a.position {}",
        sql::locking(tx.db())
    );
    let mut cards = SoldCards::new();
    for card in sql::all::<credit_account::Model>(tx.db(), &sql, [order.id.into()]).await? {
        if let Some(line) = card.order_line_id {
            cards.entry(line).or_default().push(card);
        }
    }
    if order.status == OrderStatus::PaymentSuccess {
        let lines = "select l.id from order_line l join variant v on v.id = l.variant_id \
                     where l.order_id = $1 and v.gift_card and l.unit_price_minor > 0";
        for line in sql::column::<OrderLineId>(tx.db(), lines, [order.id.into()]).await? {
            cards.entry(line).or_default();
        }
    }
    Ok(cards)
}

/// Takes what a refund pays back for units off their cards.
///
/// # Errors
/// Refuses where the cards are still to be made, and where less is on them than is to be paid back: the rest has been spent.
pub(crate) async fn withdraw(
    tx: &Tx,
    order: OrderId,
    refund: RefundId,
    of: Withdrawal,
    cards: &[credit_account::Model],
) -> Result<()> {
    let refuse = |message: Message| {
        let field = ["lines", &of.place.to_string(), "amount"];
        Err(Refusal::new(ErrorCode::InvalidAmount, message).at(&field).into())
    };
    let units = usize::try_from(of.quantity).unwrap_or_default();
    let Some(first) = cards.first() else {
        return refuse(messages::gift_card_not_made());
    };
    let cards = &cards[..units.min(cards.len())];
    let left_minor: i64 = cards.iter().map(|card| card.balance_minor).sum();
    if left_minor == 0 && of.amount_minor > 0 {
        return refuse(messages::gift_card_spent());
    }
    if left_minor < of.amount_minor {
        let left = Money::new(left_minor, first.currency);
        return refuse(messages::gift_card_partly_spent(left));
    }
    let mut to_take_minor = of.amount_minor;
    for card in cards {
        let part_minor = to_take_minor.min(card.balance_minor);
        if part_minor > 0 {
            take(tx, (order, refund), card, part_minor).await?;
            to_take_minor -= part_minor;
        }
    }
    Ok(())
}

async fn take(
    tx: &Tx,
    (order, refund): (OrderId, RefundId),
    card: &credit_account::Model,
    amount_minor: i64,
) -> Result<()> {
    let movement = Movement {
        kind: CreditEntryKind::Withdrawn,
        amount_minor: -amount_minor,
        order: Some(order),
        refund: Some(refund),
        reason: None,
    };
    let Some(left) = ledger::apply(tx, card.id, movement).await? else {
        let message = messages::gift_card_used_meanwhile(balance(card));
        return Err(Refusal::new(ErrorCode::CreditChanged, message).into());
    };
    match left.balance_minor {
        0 => shut(tx, card.id).await,
        _ => Ok(()),
    }
}

async fn shut(tx: &Tx, card: CreditAccountId) -> Result<()> {
    let sql = "update credit_account set disabled_at = $2, version = version + 1, updated_at = $2 \
               where id = $1 and disabled_at is null";
    sql::execute(tx.db(), sql, [card.into(), tx.shop().now().into()]).await?;
    Ok(())
}

/// Shuts the cards of a locked order that is cancelled.
///
/// # Errors
/// Refuses where one of them was used: what it paid cannot be taken back.
pub(crate) async fn withdraw_sold(tx: &Tx, order: &order::Model) -> Result<()> {
    let shut = "update credit_account set disabled_at = $2, updated_at = $2, version = version + 1 \
                where order_id = $1 and disabled_at is null";
    sql::execute(tx.db(), shut, [order.id.into(), tx.shop().now().into()]).await?;
    // A card that has back what it paid for an order that was cancelled has not been used.
    let used = "select cast(count(*) as bigint) from (select e.account_id from credit_entry e \
                join credit_account a on a.id = e.account_id \
                where a.order_id = $1 and e.kind not in ('ISSUED', 'WITHDRAWN') \
                group by e.account_id having sum(e.amount_minor) <> 0) as used";
    let used: Vec<i64> = sql::column(tx.db(), used, [order.id.into()]).await?;
    if used.iter().any(|count| *count > 0) {
        let message = messages::gift_card_of_order_used();
        return Err(Refusal::new(ErrorCode::OrderState, message).at(&["orderId"]).into());
    }
    Ok(())
}
