//! What pays a cart before its payment method does: the credits of its basket.

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    cart,
    credit_account::{self, CreditKind},
};

use super::account::usable_minor;
use crate::{
    Result, Shop,
    money::Money,
    pricing::{Adjustment, Applied, Effect},
};

/// An account that is to pay a cart.
#[derive(Debug, Clone)]
pub(crate) struct Usable {
    account: credit_account::Model,
    seen_minor: i64,
    usable_minor: i64,
}

/// An account that pays a cart, and how much of it.
#[derive(Debug, Clone)]
pub struct CartCredit {
    pub account: credit_account::Model,
    /// The balance that the shopper saw.
    pub seen: Money,
    /// What it could pay now.
    pub usable: Money,
    /// What it pays of this cart.
    pub applied: Money,
}

/// What is to pay the cart: its gift cards in the order in which they were added, then its customer's store credit. Nothing
/// is read for a cart that asks for none.
pub(crate) async fn usable(shop: &Shop, db: &impl ConnectionTrait, cart: &cart::Model) -> Result<Vec<Usable>> {
    if cart.credits.is_empty() {
        return Ok(Vec::new());
    }
    let named = cart.credits.gift_cards.iter().map(|card| card.account);
    let own = cart
        .customer_id
        .filter(|_| cart.credits.store_credit_seen_minor.is_some());
    let of_customer = own.map(|customer| credit_account::Column::CustomerId.eq(customer));
    let which = Condition::any()
        .add(credit_account::Column::Id.is_in(named))
        .add_option(of_customer);
    let rows = credit_account::Entity::find()
        .filter(which)
        .filter(credit_account::Column::Currency.eq(cart.currency))
        .all(db)
        .await?;
    let mut all: Vec<_> = rows
        .into_iter()
        .filter_map(|account| {
            let (place, seen_minor) = place_of(cart, &account)?;
            let usable_minor = usable_minor(&account, shop.now());
            Some((
                place,
                Usable {
                    account,
                    seen_minor,
                    usable_minor,
                },
            ))
        })
        .collect();
    all.sort_by_key(|(place, _)| *place);
    Ok(all.into_iter().map(|(_, usable)| usable).collect())
}

/// When an account pays, and the balance that the shopper saw.
fn place_of(cart: &cart::Model, account: &credit_account::Model) -> Option<(usize, i64)> {
    let cards = &cart.credits.gift_cards;
    match account.kind {
        CreditKind::GiftCard => {
            let place = cards.iter().position(|card| card.account == account.id)?;
            Some((place, cards[place].seen_minor))
        }
        CreditKind::StoreCredit => Some((cards.len(), cart.credits.store_credit_seen_minor?)),
    }
}

/// As a basket takes them, in whole steps of so many minor units: what is left for the provider is then a multiple of one.
pub(crate) fn adjustments(credits: &[Usable], step_minor: i64) -> impl Iterator<Item = Adjustment> {
    credits.iter().map(move |credit| Adjustment {
        effect: Effect::Credit,
        amount_minor: credit.usable_minor - credit.usable_minor % step_minor.max(1),
        code: match credit.account.kind {
            CreditKind::GiftCard => "GIFT_CARD".to_owned(),
            CreditKind::StoreCredit => "STORE_CREDIT".to_owned(),
        },
        label: credit.account.last_four.clone().unwrap_or_default(),
        origin: None,
    })
}

/// What each came to, of a basket that had their [`adjustments`] and no other credits.
pub(crate) fn applied(credits: &[Usable], all: &[Applied]) -> Vec<CartCredit> {
    let paid = all.iter().filter(|applied| applied.adjustment.effect == Effect::Credit);
    let paid = paid.map(|applied| applied.shares.iter().map(|share| share.amount_minor).sum::<i64>());
    let credits = credits.iter().zip(paid).map(|(credit, paid_minor)| {
        let money = |minor| Money::new(minor, credit.account.currency);
        CartCredit {
            seen: money(credit.seen_minor),
            usable: money(credit.usable_minor),
            applied: money(paid_minor),
            account: credit.account.clone(),
        }
    });
    credits.collect()
}
