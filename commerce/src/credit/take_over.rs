//! A gift card that another shop system issued: it pays by the code that its owner has.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{credit_account, credit_entry::CreditEntryKind};

use super::{
    code::Code,
    issue::{currency, new_card, write},
    ledger::{self, Movement},
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    language::{Message, messages},
    money::Currency,
    staff::audit,
};

/// What is known of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TakenOver<'a> {
    /// As its owner has it.
    pub(crate) code: &'a str,
    pub(crate) currency: Currency,
    pub(crate) balance_minor: i64,
    pub(crate) expires_at: Option<DateTime<Utc>>,
    /// What the other system is called.
    pub(crate) from: &'a str,
}

/// Makes the card. Nobody is written to.
///
/// # Errors
/// Refuses a code that no card may have or one has already, a currency that the shop does not sell in, and a card whose time is
/// over.
pub(crate) async fn take_over(tx: &Tx, card: TakenOver<'_>) -> Result<credit_account::Model> {
    let currency = currency(tx, Some(card.currency.code()))?;
    check(tx, &card)?;
    let code = Code::foreign(card.code).ok_or_else(|| refuse(messages::moving_code_form(), "code"))?;
    let there = credit_account::Entity::find().filter(credit_account::Column::CodeHash.eq(code.hash()));
    if there.count(tx.db()).await? > 0 {
        return Err(refuse(messages::moving_code_taken(), "code").into());
    }
    let row = credit_account::Model {
        code_hash: Some(code.hash()),
        last_four: Some(code.last_four()),
        balance_minor: card.balance_minor,
        expires_at: card.expires_at,
        locale: tx.context().locale.to_string(),
        note: Some(card.from.to_owned()),
        ..new_card(tx.shop(), currency)
    };
    let data = json!({ "amountMinor": row.balance_minor, "currency": row.currency, "lastFour": row.last_four });
    let row = write(tx, row, Some(card.from)).await?;
    audit(tx, "gift_card.take_over", row.id.to_string(), data).await?;
    Ok(row)
}

/// Makes a locked card, which nobody has used or changed here, what its file says by now.
///
/// # Errors
/// Refuses more than a card may hold, and a card whose time is over.
pub(crate) async fn take_over_again(
    tx: &Tx,
    before: credit_account::Model,
    card: TakenOver<'_>,
) -> Result<credit_account::Model> {
    check(tx, &card)?;
    let mut row = before.clone();
    if card.balance_minor != before.balance_minor {
        let movement = Movement {
            kind: CreditEntryKind::Adjusted,
            amount_minor: card.balance_minor - before.balance_minor,
            order: None,
            refund: None,
            reason: Some(card.from),
        };
        let moved = ledger::apply(tx, before.id, movement).await?;
        row = moved.ok_or_else(|| ledger::too_much().at(&["balance"]))?;
    }
    if card.expires_at != before.expires_at {
        let changed = credit_account::Model {
            expires_at: card.expires_at,
            version: row.version + 1,
            updated_at: tx.shop().now(),
            ..row
        };
        row = changed.into_active_model().reset_all().update(tx.db()).await?;
    }
    let data = json!({
        "amountMinor": row.balance_minor, "beforeMinor": before.balance_minor, "currency": row.currency,
        "lastFour": row.last_four,
    });
    audit(tx, "gift_card.take_over_again", row.id.to_string(), data).await?;
    Ok(row)
}

fn check(tx: &Tx, card: &TakenOver<'_>) -> Result<(), Refusal> {
    if !ledger::may_be(card.balance_minor) {
        return Err(ledger::too_much().at(&["balance"]));
    }
    if card.expires_at.is_some_and(|at| at <= tx.shop().now()) {
        return Err(refuse(messages::gift_card_expired(), "expires"));
    }
    Ok(())
}

fn refuse(message: Message, field: &str) -> Refusal {
    Refusal::new(ErrorCode::Invalid, message).at(&[field])
}
