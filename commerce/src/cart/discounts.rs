//! A cart's discounts: what is asked of its rows, and what it says of them. Pure.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use vitrine_entity::{
    cart, cart_line,
    ids::{CollectionId, MarketId, ProductId},
    price,
};

use super::{
    discount_view::{CodeView, OfferView},
    view::LineAdjustment,
};
use crate::{
    catalog::goods::Good,
    discounts::{
        Candidates,
        rules::{self, Decision, Given, Line, Unmet, decide},
    },
    money::{Currency, Money},
    pricing::{self, Applied, Origin, Share, ShareOf},
};

/// What discounts are decided by, beside what the cart holds.
pub(super) struct Discounting {
    pub(super) candidates: Candidates,
    /// Where the goods go.
    pub(super) country: String,
    pub(super) market: Option<MarketId>,
}

/// Decides on the discounts of what is to be priced.
pub(super) fn decided(
    around: &Discounting,
    lines: &[(cart_line::Model, Good)],
    basket: &pricing::Basket,
    now: DateTime<Utc>,
    step_minor: i64,
) -> Decision {
    let candidates = &around.candidates;
    let line = |((line, good), asked): (&(cart_line::Model, Good), &pricing::LineToPrice)| Line {
        variant: good.variant.id,
        product: good.product.id,
        category: good.product.category_id,
        collections: in_collections(&candidates.collections, good.product.id),
        unit_price_minor: asked.unit_price_minor,
        quantity: asked.quantity,
        is_discountable: !good.variant.gift_card,
        is_reduced: is_reduced(good, line.quantity, step_minor),
    };
    let decided_for = rules::Basket {
        lines: lines.iter().zip(&basket.lines).map(line).collect(),
        shipping_minor: basket.shipping.as_ref().map(|shipping| shipping.amount_minor),
        country: around.country.clone(),
        market: around.market,
        groups: candidates.groups.clone(),
        is_first_order: candidates.is_first_order,
        now,
        step_minor,
    };
    decide(&candidates.candidates, &decided_for)
}

/// Whether it costs less than before; a price of a catalog's is not one that was reduced.
fn is_reduced(good: &Good, quantity: i32, step_minor: i64) -> bool {
    let is_everybodys = good
        .unit_price(quantity, step_minor)
        .is_some_and(|won| won.offer.is_none());
    is_everybodys && good.price.as_ref().and_then(price::Model::former_minor).is_some()
}

fn in_collections(known: &HashMap<ProductId, Vec<CollectionId>>, product: ProductId) -> Vec<CollectionId> {
    known.get(&product).cloned().unwrap_or_default()
}

/// What each code comes to, in the order in which they were typed.
pub(super) fn codes(
    cart: &cart::Model,
    candidates: &Candidates,
    decision: &Decision,
    given: &[Given],
) -> Vec<CodeView> {
    let view = |(code, outcome): &(String, Result<usize, Unmet>)| {
        let candidate = outcome
            .as_ref()
            .ok()
            .and_then(|place| candidates.candidates.get(*place));
        let id = candidate
            .and_then(|candidate| candidate.code.as_ref())
            .map(|code| code.id);
        let taken = given.iter().find(|given| given.code.is_some() && given.code == id);
        CodeView {
            code: code.clone(),
            discount: candidate.map(|candidate| candidate.discount),
            title: candidate.map(|candidate| candidate.title.clone()),
            amount: Money::new(taken.map_or(0, |given| given.amount_minor), cart.currency),
            unmet: match outcome {
                Ok(place) => decision.unmet.get(*place).cloned().flatten(),
                Err(unmet) => Some(unmet.clone()),
            },
        }
    };
    candidates.codes.iter().map(view).collect()
}

/// What a discount that staff try comes to.
pub(super) fn tried(
    cart: &cart::Model,
    candidates: &Candidates,
    decision: &Decision,
    given: &[Given],
) -> Option<CodeView> {
    let outcome = candidates.tried.as_ref()?;
    let candidate = outcome
        .as_ref()
        .ok()
        .and_then(|place| candidates.candidates.get(*place));
    let taken = candidate.and_then(|candidate| given.iter().find(|given| given.discount == candidate.discount));
    let title = candidate.map(|candidate| candidate.title.clone());
    Some(CodeView {
        code: title.clone().unwrap_or_default(),
        discount: candidate.map(|candidate| candidate.discount),
        title,
        amount: Money::new(taken.map_or(0, |given| given.amount_minor), cart.currency),
        unmet: match outcome {
            Ok(place) => decision.unmet.get(*place).cloned().flatten(),
            Err(unmet) => Some(unmet.clone()),
        },
    })
}

pub(super) fn offers(decision: &Decision, currency: Currency) -> Vec<OfferView> {
    let view = |offer: &rules::Offer| OfferView {
        discount: offer.discount,
        title: offer.title.clone(),
        missing: offer.missing,
        currency,
    };
    decision.offers.iter().map(view).collect()
}

/// What each discount has taken off in all, where it has.
pub(super) fn given(applied: &[Applied]) -> Vec<Given> {
    let mut given: Vec<Given> = Vec::new();
    for applied in applied {
        let Some(Origin::Discount { discount, code }) = applied.adjustment.origin else {
            continue;
        };
        let amount_minor = applied.shares.iter().map(|share| share.amount_minor).sum::<i64>();
        match given.iter_mut().find(|given| given.discount == discount) {
            Some(given) => given.amount_minor += amount_minor,
            None => given.push(Given {
                discount,
                code,
                amount_minor,
            }),
        }
    }
    given.retain(|given| given.amount_minor > 0);
    given
}

/// What was taken off a line and put on it.
pub(super) fn of_line(applied: &[Applied], place: usize, currency: Currency) -> Vec<LineAdjustment> {
    let shares = applied
        .iter()
        .flat_map(|applied| applied.shares.iter().map(move |share| (applied, share)));
    let of_it = shares.filter(|(_, share)| share.of == ShareOf::Line(place));
    let adjustment = |(applied, share): (&Applied, &Share)| LineAdjustment {
        adjustment: applied.adjustment.clone(),
        amount: Money::new(share.amount_minor, currency),
    };
    of_it.map(adjustment).collect()
}
