//! What staff decided of a cart that they put together, and what follows for its price. Such a cart's lines cost what they did
//! when staff put them in, until staff say otherwise; no discount applies by itself.

use sea_orm::{ConnectionTrait, EntityTrait};
use vitrine_entity::{
    cart::{self, OwnOff, OwnShipping},
    cart_line, draft_order,
    ids::{ShippingMethodId, ShippingZoneId},
};

use super::{surroundings::Surroundings, view::ShippingOption};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    catalog::{goods::Good, own_goods},
    delivery::draft::{Head, MethodDraft},
    discounts::rules::{percentage, whole_steps},
    language::messages,
    money::Money,
    pricing::{self, Adjustment, Basket, Effect, ShippingToPrice, Target},
};

/// What an adjustment that staff decided is called by programs.
const CODE: &str = "DRAFT_ORDER";

/// Has the lines of a draft order cost what was agreed, and be what staff called them. Doing it twice changes nothing.
pub(super) fn agree(cart: &cart::Model, lines: &mut [(cart_line::Model, Good)]) {
    if cart.draft.is_none() {
        return;
    }
    for (line, good) in lines {
        if let Some(own) = &line.own_goods {
            own_goods::call(good, own);
        }
        good.agreed_minor = Some(line.seen_price_minor);
    }
}

/// How staff said that it is sent.
pub(super) fn shipping(cart: &cart::Model) -> Option<&OwnShipping> {
    cart.draft.as_ref()?.shipping.as_ref()
}

pub(super) fn shipping_to_price(own: &OwnShipping, goods: &Basket, around: &Surroundings) -> ShippingToPrice {
    let rates = goods.lines.iter().map(|line| &line.tax);
    ShippingToPrice {
        amount_minor: own.amount_minor,
        tax: around.taxation.of_shipping(None, rates),
    }
}

/// As front ends show it: the only way to ship, and chosen.
pub(super) fn shipping_option(own: &OwnShipping, price: Money) -> ShippingOption {
    let method = MethodDraft {
        name: own.title.clone(),
        amount_minor: own.amount_minor,
        ..MethodDraft::default()
    };
    // It is of this cart alone.
    let head = Head {
        id: ShippingMethodId::from(uuid::Uuid::nil()),
        zone: ShippingZoneId::from(uuid::Uuid::nil()),
        currency: price.currency,
        position: 0,
        version: 0,
    };
    ShippingOption {
        method: method.row(head),
        price,
        former: None,
        adjustments: Vec::new(),
        selected: true,
        estimate: None,
    }
}

/// What staff take off of the goods; a percentage of what other discounts have left.
pub(super) fn discount(cart: &cart::Model, basket: &Basket, step_minor: i64) -> Result<Option<Adjustment>, Refusal> {
    let Some(own) = cart.draft.as_ref().and_then(|draft| draft.discount.as_ref()) else {
        return Ok(None);
    };
    let amount_minor = match own.off {
        OwnOff::AmountMinor(minor) => minor,
        OwnOff::BasisPoints(basis_points) => {
            let lines = pricing::price_in_steps(basket, step_minor)?.lines;
            let left_minor: i64 = lines.iter().map(|line| line.subtotal_minor - line.discount_minor).sum();
            whole_steps(percentage(left_minor, basis_points), left_minor, step_minor)
        }
    };
    Ok(Some(Adjustment {
        effect: Effect::Discount(Target::Goods),
        amount_minor,
        code: CODE.to_owned(),
        label: own.title.clone(),
        origin: None,
    }))
}

/// Whether it is a draft order's that nobody may pay any more. Staff may still go on with one that has expired.
pub(super) async fn is_over(
    shop: &Shop,
    context: &Context,
    db: &impl ConnectionTrait,
    cart: &cart::Model,
) -> Result<bool> {
    let Some(draft) = cart.draft.as_ref().filter(|_| cart.order_id.is_none()) else {
        return Ok(false);
    };
    if context.viewer.works_here() {
        return Ok(false);
    }
    let row = draft_order::Entity::find_by_id(draft.id).one(db).await?;
    let is_over = |row: &draft_order::Model| row.deleted_at.is_some() || has_expired(row, shop);
    Ok(row.as_ref().is_none_or(is_over))
}

/// Whether the time in which it could be paid is over.
pub(crate) fn has_expired(row: &draft_order::Model, shop: &Shop) -> bool {
    row.expires_at.is_some_and(|at| at <= shop.now())
}

/// What of a draft order only staff change.
pub(super) fn locked() -> Refusal {
    Refusal::new(ErrorCode::DraftOrderState, messages::draft_order_locked()).at(&["cartId"])
}
