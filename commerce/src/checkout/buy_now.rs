//! Buys goods that lie in no cart, for clients that keep the basket themselves.
//!
//! It is one transaction: the key is claimed first, then a cart is written, and the order placed of
//! it as of any other. So two requests at once with one key make one cart and one order (the second
//! waits at the claim, and finds what the first made), and a refusal leaves neither a cart nor a
//! used key behind. The other way, a cart whose id is derived from the key and that is then ordered
//! in a second transaction, would have to mend what a crash leaves between the two.
//!
//! A key belongs to the signed-in customer; a guest has no cart whose secret id could hold theirs,
//! so that it belongs to the mail address. Whoever would be answered with another's order has to
//! know its key and the whole request, payment token included.

use std::time::Instant;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use sha2::{Digest, Sha256};
use vitrine_entity::{
    address::Address,
    cart::{self, DiscountCodes},
    ids::{OrderId, ShippingMethodId, VariantId},
    variant,
};

use super::place_order::{Agreed, Placed, place, replay};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx, Viewer,
    address::{AddressInput, checked},
    cart::{CartRef, CartRow, LineInput, Lines, add_to, assemble_of, begin, complete, empty, typed_codes},
    error::Details,
    flags::{self, Capability},
    fulfilment::with_lapsed_freed,
    idempotency::{self, Claim},
    language::messages,
    metrics,
    payments::{self, PaymentMethod},
    text, trace,
};

/// What is asked: everything that an order needs.
#[derive(Debug, Clone)]
pub struct BuyNow {
    pub lines: Vec<BuyLine>,
    pub email: String,
    /// Not needed where nothing is sent.
    pub shipping_address: Option<AddressInput>,
    /// The shipping address where it is not given.
    pub billing_address: Option<AddressInput>,
    /// The first that reaches the address where it is not given.
    pub shipping_method: Option<ShippingMethodId>,
    pub note: Option<String>,
    /// The codes of discounts, as they were typed. One that does not apply refuses the order.
    pub discount_codes: Vec<String>,
    /// Not looked at where nothing is to be paid.
    pub payment_method: PaymentMethod,
    /// Chosen by the client, once for each order it means to place.
    pub idempotency_key: String,
}

/// A variant, and how many of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyLine {
    pub goods: Goods,
    pub quantity: i32,
}

/// By what a variant is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goods {
    Variant(VariantId),
    Sku(String),
}

/// The same, in its normal form.
struct Checked {
    email: String,
    shipping: Option<Address>,
    billing: Option<Address>,
    note: Option<String>,
    codes: DiscountCodes,
}

/// Claims the key, and places the order as [`super::place_order`] does. All or nothing.
///
/// # Errors
/// Refuses what placing an order of a cart refuses, by the fields of this input.
pub async fn buy_now(shop: &Shop, context: &Context, input: BuyNow) -> Result<Placed> {
    let began = Instant::now();
    let outcome = place_without_cart(shop, context, input).await;
    metrics::checkout(&outcome, |placed| placed.replayed, began.elapsed());
    if let Ok(placed) = &outcome {
        trace::note(trace::ORDER_ID, placed.order.id);
    }
    outcome
}

async fn place_without_cart(shop: &Shop, context: &Context, input: BuyNow) -> Result<Placed> {
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    payments::refuse_card_number(&input.payment_method)?;
    let (checked, input) = (&check(&input)?, &input);
    let attempt = || {
        shop.transact_keyed(context, |tx| async move {
            let id = OrderId(shop.new_id());
            let request = request(context.viewer, input, checked, key);
            if let Claim::Replay(order) = idempotency::claim(&tx, &request, id, id).await? {
                return replay(&tx, order).await;
            }
            if !checked.codes.0.is_empty() {
                flags::require_in(&tx, Capability::DiscountCodes).await?;
            }
            let cart = write_cart(&tx, checked).await?;
            let id_of_cart = cart.row.id;
            let lines = add_to(&tx, &cart.row, Vec::new(), &variants(&tx, &input.lines).await?).await?;
            choose_shipping(&tx, cart, lines, input.shipping_method).await?;
            let seen = CartRef {
                id: id_of_cart,
                expected_version: None,
            };
            let cart = complete(&tx, seen, id).await?;
            place(&tx, id, cart, &input.payment_method, Agreed::default()).await
        })
    };
    let bought = with_lapsed_freed(shop, context, attempt);
    bought.await.map_err(in_words_of_the_input)
}

fn check(input: &BuyNow) -> Result<Checked> {
    let (shipping, billing) = (input.shipping_address.as_ref(), input.billing_address.as_ref());
    Ok(Checked {
        email: text::email(&["email"], &input.email)?,
        shipping: shipping
            .map(|address| checked(address, "shippingAddress"))
            .transpose()?,
        billing: billing.map(|address| checked(address, "billingAddress")).transpose()?,
        note: text::optional_paragraph(&["note"], input.note.as_deref(), 2_000)?,
        codes: typed_codes(&input.discount_codes).map_err(|refusal| refusal.at(&["discountCodes"]))?,
    })
}

/// Somebody who signed in after a request whose answer was lost asks under another name.
fn request<'key>(viewer: Viewer, input: &BuyNow, checked: &Checked, key: &'key str) -> idempotency::Request<'key> {
    let parts = fingerprint(input, checked);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    // Hashed, so that an address that is to be forgotten does not live on in a key.
    let guest = format!("mail:{}", URL_SAFE_NO_PAD.encode(Sha256::digest(&checked.email)));
    match viewer.customer() {
        Some(customer) => idempotency::Request::new("buy_now", customer.to_string(), key, &parts).formerly(Some(guest)),
        None => idempotency::Request::new("buy_now", guest, key, &parts),
    }
}

/// Everything that was asked for, in one order. What is not given stands as nothing, which no given
/// text is.
fn fingerprint(input: &BuyNow, checked: &Checked) -> Vec<String> {
    let mut parts = vec![
        input.lines.len().to_string(),
        checked.email.clone(),
        checked.note.clone().unwrap_or_default(),
        input.shipping_method.map(|id| id.to_string()).unwrap_or_default(),
        input.payment_method.provider.clone().unwrap_or_default(),
        input.payment_method.token.clone().unwrap_or_default(),
    ];
    parts.extend(input.payment_method.saved_parts());
    if checked.shipping.is_none() {
        // No country: else a billing address would look like a shipping address.
        parts.push("nowhere".to_owned());
    }
    for address in [checked.shipping.as_ref(), checked.billing.as_ref()] {
        parts.extend(address.map(address_parts).unwrap_or_default());
    }
    parts.extend(checked.codes.0.iter().map(|code| format!("code:{code}")));
    for line in &input.lines {
        parts.push(match &line.goods {
            Goods::Variant(id) => id.to_string(),
            Goods::Sku(sku) => format!("sku:{sku}"),
        });
        parts.push(line.quantity.to_string());
    }
    parts
}

fn address_parts(address: &Address) -> [String; 9] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        address.name.clone(),
        text(&address.company),
        address.line1.clone(),
        text(&address.line2),
        address.city.clone(),
        text(&address.region),
        address.postal_code.clone(),
        address.country.clone(),
        text(&address.phone),
    ]
}

async fn write_cart(tx: &Tx, checked: &Checked) -> Result<CartRow> {
    let row = cart::Model {
        email: Some(checked.email.clone()),
        shipping_address: checked.shipping.clone(),
        billing_address: checked.billing.clone(),
        note: checked.note.clone(),
        discount_codes: checked.codes.clone(),
        ..empty(tx.shop(), tx.context())
    };
    begin(tx, row).await
}

/// Chooses the method that was asked for, or else the first, among those that carry all that the cart holds.
async fn choose_shipping(tx: &Tx, cart: CartRow, lines: Lines, asked: Option<ShippingMethodId>) -> Result<()> {
    let view = assemble_of(tx.shop(), tx.context(), tx.db(), cart, lines).await?;
    let cart = &view.cart;
    if !view.is_sent {
        return Ok(());
    }
    let mut offered = view.shipping_methods.iter().map(|option| option.method.id);
    let chosen = match asked {
        // That they come for the goods themselves, they have to say.
        None if cart.shipping_address.is_none() => None,
        None => offered.next(),
        Some(asked) => Some(offered.find(|id| *id == asked).ok_or_else(|| {
            let message = messages::method_does_not_reach();
            Refusal::new(ErrorCode::NotShippable, message).at(&["shippingMethodId"])
        })?),
    };
    cart::Entity::update_many()
        .col_expr(cart::Column::ShippingMethodId, Expr::value(chosen))
        .filter(cart::Column::Id.eq(cart.id))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The variants that the lines name.
async fn variants(tx: &Tx, lines: &[BuyLine]) -> Result<Vec<LineInput>> {
    let skus = lines.iter().filter_map(|line| match &line.goods {
        Goods::Sku(sku) => Some(text::normal(sku)),
        Goods::Variant(_) => None,
    });
    let named = variant::Entity::find()
        .filter(variant::Column::Sku.is_in(skus))
        .all(tx.db())
        .await?;
    let inputs = lines.iter().enumerate().map(|(index, line)| {
        let variant = match &line.goods {
            Goods::Variant(id) => Some(*id),
            Goods::Sku(sku) => named
                .iter()
                .find(|variant| variant.sku == text::normal(sku))
                .map(|variant| variant.id),
        };
        let variant = variant.ok_or_else(|| {
            Refusal::new(ErrorCode::NotForSale, messages::cart_sku_missing()).at(&["lines", &index.to_string(), "sku"])
        })?;
        Ok(LineInput {
            variant,
            quantity: line.quantity,
            attributes: None,
        })
    });
    inputs.collect()
}

/// The caller knows nothing of the cart.
fn in_words_of_the_input(error: Error) -> Error {
    let Error::Refused(mut refusals) = error else {
        return error;
    };
    for refusal in &mut refusals {
        if refusal.field == ["cartId"] {
            let field = match refusal.code {
                ErrorCode::NotShippable | ErrorCode::CartIncomplete => "shippingAddress",
                ErrorCode::DiscountUnavailable => "discountCodes",
                _ => "lines",
            };
            refusal.field = vec![field.to_owned()];
        }
        if let Some(Details::InsufficientStock { line, .. }) = &mut refusal.details {
            *line = None;
        }
    }
    Error::Refused(refusals)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn address() -> AddressInput {
        AddressInput {
            name: "Ada".to_owned(),
            line1: "Unter den Linden 1".to_owned(),
            city: "Berlin".to_owned(),
            postal_code: "10117".to_owned(),
            country: "DE".to_owned(),
            ..AddressInput::default()
        }
    }

    fn asked(change: impl FnOnce(&mut BuyNow)) -> Vec<String> {
        let mut input = BuyNow {
            lines: vec![BuyLine {
                goods: Goods::Variant(VariantId(Uuid::from_u128(1))),
                quantity: 1,
            }],
            email: "ada@example.com".to_owned(),
            shipping_address: Some(address()),
            billing_address: None,
            shipping_method: None,
            note: None,
            discount_codes: Vec::new(),
            payment_method: PaymentMethod::default(),
            idempotency_key: "key".to_owned(),
        };
        change(&mut input);
        fingerprint(&input, &check(&input).expect("valid"))
    }

    #[test]
    fn a_request_is_the_same_however_its_text_was_typed_and_no_other() {
        let first = asked(|_| {});
        assert_eq!(asked(|input| input.email = " Ada@Example.com".to_owned()), first);
        assert_eq!(asked(|input| input.note = Some("  ".to_owned())), first);
        let others: [fn(&mut BuyNow); 9] = [
            |input| input.lines[0].quantity = 2,
            |input| input.lines[0].goods = Goods::Sku("MUG-1".to_owned()),
            |input| input.lines.push(input.lines[0].clone()),
            |input| input.billing_address = Some(address()),
            |input| {
                input.shipping_address = input.shipping_address.take().map(|address| AddressInput {
                    city: "Bonn".to_owned(),
                    ..address
                })
            },
            |input| input.billing_address = input.shipping_address.take(),
            |input| input.shipping_method = Some(ShippingMethodId(Uuid::from_u128(1))),
            |input| input.payment_method.token = Some("tok".to_owned()),
            |input| input.discount_codes = vec!["summer".to_owned()],
        ];
        for (index, other) in others.into_iter().enumerate() {
            assert_ne!(asked(other), first, "{index}");
        }
    }
}
