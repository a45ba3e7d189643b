//! Shoppers place their orders, and repeat what was not answered.

use rand::seq::IndexedRandom;
use vitrine_commerce::{
    Context, Error, ErrorCode, Result, Shop,
    checkout::{BuyLine, BuyNow, Goods, PlaceOrder, Placed, buy_now, place_order},
    payments::PaymentMethod,
};

use super::shopping::address;
use crate::simulator::{
    model::{Cart, Known, Model, Order, Placement, Shopper, codes, short},
    operation::{Learned, Operation},
    world::World,
};

/// How shoppers pay: mostly well.
pub(super) const TOKENS: [&str; 29] = [
    "tok_approve",
    "tok_approve",
    "tok_approve",
    "tok_approve",
    "tok_approve",
    "tok_decline",
    "tok_decline_insufficient_funds",
    "tok_second_factor",
    "tok_second_factor",
    "tok_pending",
    "tok_slow",
    "tok_unavailable",
    "tok_rate_limited",
    "tok_timeout_before",
    "tok_timeout_after",
    "tok_error_after",
    "tok_webhook_twice",
    "tok_webhook_thrice_at_once",
    "tok_webhook_out_of_order",
    "tok_webhook_early",
    "tok_webhook_never",
    "tok_capture_timeout_before",
    "tok_capture_timeout_after",
    "tok_void_timeout_before",
    "tok_void_timeout_after",
    "tok_refund_timeout_before",
    "tok_refund_timeout_after",
    "tok_refund_pending",
    "tok_refund_fails",
];

/// How often a placement is asked for before its shopper goes away.
const ASKED_MAX: u32 = 4;

impl World {
    pub(super) async fn begin_placing(&mut self, who: usize, cart: Cart) {
        let index = self.model.placements.len();
        let (token, at_once) = (self.token(), self.chance(20) && !cart.of_staff);
        self.model.placements.push(Placement {
            shopper: who,
            key: format!("placement {index}"),
            cart,
            at_once,
            token,
            known: Known::Unknown,
            asked: 0,
        });
        self.model.shoppers[who].placing = Some(index);
        self.place(who, index).await;
    }

    pub(super) fn token(&mut self) -> &'static str {
        TOKENS.choose(&mut self.dice).copied().unwrap_or("tok_approve")
    }

    /// Asks for the placement, for the first time or again.
    pub(super) async fn place(&mut self, who: usize, index: usize) {
        let goes_away = self.model.placements[index].asked >= ASKED_MAX || self.chance(4);
        let placement = &mut self.model.placements[index];
        if goes_away && placement.asked > 0 {
            let shopper = &mut self.model.shoppers[who];
            (shopper.placing, shopper.cart) = (None, None);
            let what = format!("shopper {who} gives placement {index} up");
            return self.note(&what);
        }
        placement.asked += 1;
        let placement = placement.clone();
        let is_sure = index.is_multiple_of(3) || placement.cart.of_staff;
        let seen = is_sure.then_some(placement.cart.version);
        let what = format!(
            "shopper {who} places {index}{} by {} (cart {}, for the {}. time)",
            if placement.at_once { " at once" } else { "" },
            placement.token,
            short(placement.cart.id),
            placement.asked
        );
        let (shop, context) = (self.shop(self.server()), self.context(self.viewer(who)));
        let running = async move {
            let answer = ask(&shop, &context, &placement, placement.token, seen).await;
            Box::new(move |model: &mut Model| placed(model, index, answer)) as Learned
        };
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }

    /// Asks again for what is done, as a client does whose answer came late; or for something else
    /// under the same key.
    pub(super) async fn place_again(&mut self, order: usize) {
        let id = self.model.orders[order].id;
        let Some(index) = self
            .model
            .placements
            .iter()
            .position(|placement| placement.known == Known::Done(id))
        else {
            return;
        };
        // Of what staff put together for a customer, somebody else may have paid.
        let who = self.model.placements[index].shopper;
        if self.chance(60) {
            self.model.placements[index].asked = 1;
            return self.place_once_more(who, index, None).await;
        }
        self.place_once_more(who, index, Some("tok_of_somebody_else")).await;
    }

    async fn place_once_more(&mut self, who: usize, index: usize, other: Option<&'static str>) {
        let placement = self.model.placements[index].clone();
        let token = other.unwrap_or(placement.token);
        let (shop, context) = (self.shop(self.server()), self.context(self.viewer(who)));
        let running = async move {
            let answer = ask(&shop, &context, &placement, token, None).await;
            Box::new(move |model: &mut Model| match other {
                None => placed(model, index, answer),
                Some(_) => misused(model, index, &answer),
            }) as Learned
        };
        let how = if other.is_some() { " otherwise" } else { "" };
        let what = format!("shopper {who} places {index} once more{how}");
        let operation = Operation::plain(what, self.server(), running);
        self.perform(operation).await;
    }
}

/// Asks for the order, of the cart or at once.
async fn ask(
    shop: &Shop,
    context: &Context,
    placement: &Placement,
    token: &str,
    expected_cart_version: Option<i64>,
) -> Result<Placed> {
    let payment_method = PaymentMethod {
        token: Some(token.to_owned()),
        ..PaymentMethod::default()
    };
    if !placement.at_once {
        let input = PlaceOrder {
            agreed_policies: None,
            expected_total: None,
            cart: placement.cart.id,
            idempotency_key: placement.key.clone(),
            payment_method,
            expected_cart_version,
        };
        return place_order(shop, context, input).await;
    }
    let lines = placement.cart.lines.iter().map(|(variant, quantity, _)| BuyLine {
        goods: Goods::Variant(*variant),
        quantity: *quantity,
    });
    let input = BuyNow {
        lines: lines.collect(),
        email: placement.email(),
        shipping_address: Some(address()),
        billing_address: None,
        shipping_method: None,
        note: None,
        discount_codes: Vec::new(),
        payment_method,
        idempotency_key: placement.key.clone(),
    };
    buy_now(shop, context, input).await
}

fn placed(model: &mut Model, index: usize, answer: Result<Placed>) -> String {
    let placement = model.placements[index].clone();
    match answer {
        Ok(placed) => {
            let id = placed.order.id;
            match &placement.known {
                Known::Done(known) if *known == id => return format!("order {} again", short(id)),
                Known::Done(known) => {
                    model.accuse(format!("{} was {known}, and is now {id}", placement.key));
                    return "another order".to_owned();
                }
                Known::Refused | Known::Unknown => {}
            }
            // Where an answer was lost, staff may have changed the order before it is asked for again.
            let is_changed = model.changed.contains(&id);
            if !placement.at_once && !is_changed && placed.order.total_minor != placement.cart.total_minor {
                model.accuse(format!(
                    "{} was agreed to at {} and costs {}",
                    placed.order.number, placement.cart.total_minor, placed.order.total_minor
                ));
            }
            acknowledge(model, index, &placement, &placed);
            format!(
                "order {} {}, {}",
                placed.order.number,
                short(id),
                placed.order.total_minor
            )
        }
        Err(error) => {
            let (refused, told) = model.hear("placing an order", &error);
            if refused {
                if let Known::Done(known) = placement.known {
                    model.accuse(format!("{} was {known}, and its repetition was {told}", placement.key));
                    return told;
                }
                model.placements[index].known = Known::Refused;
                let shopper = &mut model.shoppers[placement.shopper];
                shopper.placing = None;
                if let Some(cart) = &mut shopper.cart {
                    (cart.known, cart.ready) = (false, false);
                }
            }
            told
        }
    }
}

fn acknowledge(model: &mut Model, index: usize, placement: &Placement, placed: &Placed) {
    model.placements[index].known = Known::Done(placed.order.id);
    let order = model.orders.len();
    // What staff put together for a customer is theirs, whoever pays it.
    let customer = placed.order.customer_id;
    let theirs = |shopper: &Shopper| customer.is_some() && shopper.customer == customer;
    let owner = model.shoppers.iter().position(theirs).unwrap_or(placement.shopper);
    let total_minor = match model.changed.contains(&placed.order.id) {
        true if !placement.at_once => placement.cart.total_minor,
        _ => placed.order.total_minor,
    };
    model.orders.push(Order {
        id: placed.order.id,
        shopper: owner,
        access_token: placed.access_token.clone(),
        total_minor,
        lines: placement.cart.lines.clone(),
        priced: !placement.at_once,
        seen: Vec::new(),
        cursor: None,
        retry: None,
        retries: 0,
    });
    model.shoppers[owner].orders.push(order);
    let shopper = &mut model.shoppers[placement.shopper];
    (shopper.placing, shopper.cart) = (None, None);
}

/// The key's second use must be refused.
fn misused(model: &mut Model, index: usize, answer: &Result<Placed>) -> String {
    match answer {
        Err(Error::Refused(refusals)) if codes(refusals) == [ErrorCode::IdempotencyKeyReused] => "refused".to_owned(),
        Err(error) => {
            let (_, told) = model.hear("placing an order", error);
            model.accuse(format!(
                "the key of placement {index} was used for other input and was {told}"
            ));
            told
        }
        Ok(placed) => {
            model.accuse(format!(
                "the key of placement {index} was used for other input and gave {}",
                placed.order.id
            ));
            "an order".to_owned()
        }
    }
}
