//! Where an account stands, and whether it pays.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    credit_account::{self, CreditKind},
    ids::CreditAccountId,
};

use super::code::Code;
use crate::{ErrorCode, Refusal, Result, Shop, Tx, language::messages, money::Money};

/// Whether an account pays, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditState {
    Active,
    /// Nothing is left.
    Empty,
    /// Its time is over.
    Expired,
    /// Staff have shut it.
    Disabled,
}

impl CreditState {
    /// Where `account` stands at `now`.
    pub fn of(account: &credit_account::Model, now: DateTime<Utc>) -> Self {
        if account.disabled_at.is_some() {
            Self::Disabled
        } else if account.expires_at.is_some_and(|expiry| expiry <= now) {
            Self::Expired
        } else if account.balance_minor == 0 {
            Self::Empty
        } else {
            Self::Active
        }
    }
}

/// What an account pays at `now`, in minor units.
pub(super) fn usable_minor(account: &credit_account::Model, now: DateTime<Utc>) -> i64 {
    match CreditState::of(account, now) {
        CreditState::Active => account.balance_minor,
        CreditState::Empty | CreditState::Expired | CreditState::Disabled => 0,
    }
}

pub(super) fn balance(account: &credit_account::Model) -> Money {
    Money::new(account.balance_minor, account.currency)
}

/// The gift card with this code, for whoever wants to pay with it. One that there is not and one that staff have shut are
/// answered alike.
///
/// # Errors
/// Refuses what is no code, a card that there is not, and one that pays nothing.
pub(crate) async fn by_code(shop: &Shop, field: &[&str], typed: &str) -> Result<credit_account::Model> {
    let found = find_by_code(shop, field, typed).await?;
    let refuse = |message| Err(Refusal::new(ErrorCode::Invalid, message).at(field).into());
    match CreditState::of(&found, shop.now()) {
        CreditState::Active => Ok(found),
        CreditState::Empty => refuse(messages::gift_card_empty()),
        CreditState::Expired => refuse(messages::gift_card_expired()),
        CreditState::Disabled => Err(unknown(field).into()),
    }
}

/// As [`by_code`], of a card that may be empty or expired.
pub(super) async fn find_by_code(shop: &Shop, field: &[&str], typed: &str) -> Result<credit_account::Model> {
    let (own, foreign) = (Code::read(field, typed), Code::foreign(typed));
    // A card of another shop system may have a code of any form, which may be taken for one of ours, too.
    let hashes = [own.as_ref().ok(), foreign.as_ref()]
        .into_iter()
        .flatten()
        .map(Code::hash);
    let found = credit_account::Entity::find()
        .filter(credit_account::Column::CodeHash.is_in(hashes))
        .one(&shop.db)
        .await?;
    if found.is_none() {
        own?;
    }
    let found = found.filter(|card| card.disabled_at.is_none());
    Ok(found.ok_or_else(|| unknown(field))?)
}

fn unknown(field: &[&str]) -> Refusal {
    Refusal::new(ErrorCode::NotFound, messages::gift_card_unknown()).at(field)
}

/// The account `id`, locked until the transaction ends.
pub(super) async fn lock(tx: &Tx, id: CreditAccountId, kind: CreditKind) -> Result<credit_account::Model> {
    let found = tx.lock::<credit_account::Entity>(id).await?;
    Ok(found.filter(|account| account.kind == kind).ok_or_else(missing)?)
}

pub(super) fn missing() -> Refusal {
    Refusal::not_found("gift card").at(&["id"])
}
