//! What pays a cart before its payment method does: gift cards by their codes, and the customer's store credit.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    cart,
    credit_account::{self, CreditKind},
    ids::CreditAccountId,
};

use super::{
    access::{is_theirs, missing},
    assemble::view,
    change::{CartRef, set, set_if},
    view::CartView,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, credit,
    flags::{self, Capability},
    language::messages,
};

/// The most gift cards that pay one cart.
pub const GIFT_CARDS_MAX: usize = 10;

/// Has the gift card with this code pay the cart, as far as it goes. One that pays it already is seen with today's balance.
///
/// # Errors
/// Refuses what is no code, a card that there is not or that pays nothing, one in another currency, and more cards than may
/// pay a cart.
pub async fn add_gift_card(shop: &Shop, context: &Context, cart: CartRef, code: &str) -> Result<CartView> {
    flags::require(shop, context, Capability::GiftCards).await?;
    let card = credit::by_code(shop, &["code"], code).await?;
    let refuse = |code, message| Err(Refusal::new(code, message).at(&["code"]));
    set_if(
        shop,
        context,
        cart,
        |row, _| row.credits.see(card.id, card.balance_minor),
        |view| match view.cart.credits.gift_cards.len() {
            _ if view.cart.currency != card.currency => {
                let message = messages::gift_card_currency(card.currency.code(), view.cart.currency.code());
                refuse(ErrorCode::Invalid, message)
            }
            cards if cards > GIFT_CARDS_MAX => refuse(ErrorCode::CartLimit, messages::gift_cards_max(GIFT_CARDS_MAX)),
            _ => Ok(()),
        },
    )
    .await
}

/// Has a gift card pay the cart no longer; one that does not stays away.
///
/// # Errors
/// What any change of a cart refuses.
pub async fn remove_gift_card(
    shop: &Shop,
    context: &Context,
    cart: CartRef,
    card: CreditAccountId,
) -> Result<CartView> {
    set(shop, context, cart, |row| row.credits.remove(card)).await
}

/// Has the customer's store credit pay their cart, after its gift cards, or no longer.
///
/// # Errors
/// Refuses a cart that is not the signed-in customer's, and a customer who has no credit in its currency.
pub async fn use_store_credit(shop: &Shop, context: &Context, cart: CartRef, use_it: bool) -> Result<CartView> {
    if !use_it {
        return set(shop, context, cart, |row| row.credits.store_credit_seen_minor = None).await;
    }
    let row = find(shop, context, cart).await?;
    let signed_in = context
        .viewer
        .customer()
        .filter(|customer| row.customer_id == Some(*customer));
    if signed_in.is_none() {
        return Err(Refusal::new(ErrorCode::Unauthenticated, messages::store_credit_sign_in()).into());
    }
    let seen = store_credit_of(shop, &row)
        .await?
        .map_or(0, |account| account.balance_minor);
    if seen == 0 {
        let message = messages::store_credit_none(row.currency.code());
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["use"]).into());
    }
    set(shop, context, cart, |row| {
        row.credits.store_credit_seen_minor = Some(seen)
    })
    .await
}

/// Notes that the shopper has seen what is left on all that pays their cart.
///
/// # Errors
/// What any change of a cart refuses.
pub async fn accept_credits(shop: &Shop, context: &Context, cart: CartRef) -> Result<CartView> {
    let seen = &view(shop, context, cart.id).await?.ok_or_else(missing)?.credits;
    set(shop, context, cart, |row| {
        for credit in seen {
            let (account, minor) = (&credit.account, credit.usable.minor);
            match account.kind {
                CreditKind::GiftCard if row.credits.pays(account.id) => row.credits.see(account.id, minor),
                CreditKind::StoreCredit if row.credits.store_credit_seen_minor.is_some() => {
                    row.credits.store_credit_seen_minor = Some(minor);
                }
                CreditKind::GiftCard | CreditKind::StoreCredit => {}
            }
        }
    })
    .await
}

async fn find(shop: &Shop, context: &Context, cart: CartRef) -> Result<cart::Model> {
    let row = cart::Entity::find_by_id(cart.id).one(&shop.db).await?;
    Ok(row.filter(|row| is_theirs(row, context.viewer)).ok_or_else(missing)?)
}

async fn store_credit_of(shop: &Shop, cart: &cart::Model) -> Result<Option<credit_account::Model>> {
    let Some(customer) = cart.customer_id else {
        return Ok(None);
    };
    Ok(credit_account::Entity::find()
        .filter(credit_account::Column::CustomerId.eq(customer))
        .filter(credit_account::Column::Currency.eq(cart.currency))
        .one(&shop.db)
        .await?)
}
