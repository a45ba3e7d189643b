//! Gift cards that were sold: each unit of a paid order becomes a card, in the transaction that confirms it.

use sea_orm::IntoActiveModel;
use vitrine_entity::{credit_account, credit_entry::CreditEntryKind, order, order_line};

use super::{
    issue::{new_card, usual_expiry},
    ledger::{self, Movement},
    send::ask_for_mail,
    wish::{self, Wish},
};
use crate::{Result, Tx, sql};

/// Issues the cards of a locked order, which this transaction confirms.
pub(crate) async fn issue_sold(tx: &Tx, order: &order::Model) -> Result<()> {
    let sql = "select l.* from order_line l join variant v on v.id = l.variant_id \
               where l.order_id = $1 and v.gift_card order by l.position";
    let lines: Vec<order_line::Model> = sql::all(tx.db(), sql, [order.id.into()]).await?;
    let cards: Vec<_> = lines.iter().flat_map(|line| cards(tx, order, line)).collect();
    // Before the entries, which refer to them.
    tx.write_later::<credit_account::Entity>(cards.iter().cloned().map(IntoActiveModel::into_active_model));
    for card in &cards {
        let movement = Movement {
            kind: CreditEntryKind::Issued,
            amount_minor: card.balance_minor,
            order: Some(order.id),
            refund: None,
            reason: None,
        };
        ledger::note(tx, card, movement);
        ask_for_mail(tx, card);
    }
    Ok(())
}

/// A card for each unit of a line, worth the price of one whatever was taken off it. What is free is no card.
fn cards(tx: &Tx, order: &order::Model, line: &order_line::Model) -> Vec<credit_account::Model> {
    let (shop, profile, now) = (tx.shop(), tx.shop().profile(), tx.shop().now());
    let wish = Wish::of(&line.attributes.0);
    let units = if line.unit_price_minor > 0 { line.quantity } else { 0 };
    let card = |position| credit_account::Model {
        balance_minor: line.unit_price_minor,
        locale: order.locale.clone(),
        deliver_at: Some(wish::deliver_at(&wish, &profile, now)),
        recipient_email: Some(wish.recipient_email.clone().unwrap_or_else(|| order.email.clone())),
        recipient_name: wish.recipient_name.clone(),
        sender_name: wish.sender_name.clone(),
        message: wish.message.clone(),
        expires_at: usual_expiry(&profile, now),
        order_id: Some(order.id),
        order_line_id: Some(line.id),
        position,
        ..new_card(shop, order.currency)
    };
    (0..units).map(card).collect()
}
