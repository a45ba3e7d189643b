//! The row of an order, from the cart that it was.

use sea_orm::ActiveValue::Set;
use vitrine_entity::{
    address::Address,
    cart as cart_row,
    delivery_record::DeliveryRecord,
    ids::OrderId,
    order::{self, OrderStatus},
    shipping_method::MethodKind,
    tax_record::{TaxRecord, TaxRecordLine},
};

use crate::{
    Fault, Result, Shop,
    cart::{CartView, ShippingOption},
    money::{Currency, convert},
    orders,
    pricing::TaxLine,
};

/// How an order of downloads is shipped.
const NOTHING_TO_SEND: &str = "Nothing to send";

/// The order that a cart without problems becomes.
pub(super) fn new_order(shop: &Shop, id: OrderId, view: &CartView) -> Result<order::ActiveModel> {
    let (cart, cost) = (&view.cart, &view.cost);
    let incomplete = || Fault::Corrupt {
        table: "cart",
        column: "shipping",
        id: cart.id.to_string(),
    };
    let country = &view.tax_country;
    let method = view.shipping_methods.iter().find(|option| option.selected);
    let is_fetched = method.is_some_and(|option| option.method.kind == MethodKind::Pickup);
    let needs_address = view.is_sent && !is_fetched;
    let (shipping_address, billing_address) = addresses(cart, needs_address, country).ok_or_else(incomplete)?;
    let now = shop.now();
    Ok(order::ActiveModel {
        id: Set(id),
        number: Set(orders::number::draw(shop)),
        customer_id: Set(cart.customer_id),
        email: Set(cart.email.clone().ok_or_else(incomplete)?),
        locale: Set(cart.locale.clone()),
        status: Set(OrderStatus::Created),
        currency: Set(cart.currency),
        subtotal_minor: Set(cost.subtotal_minor),
        discount_minor: Set(cost.discount_minor),
        fee_minor: Set(cost.fee_minor),
        shipping_minor: Set(cost.shipping_minor),
        tax_minor: Set(cost.tax_minor),
        total_minor: Set(cost.total_minor),
        credit_minor: Set(cost.credit_minor),
        prices_include_tax: Set(cost.prices_include_tax),
        billing_address: Set(billing_address),
        shipping_address: Set(shipping_address),
        shipping_method_name: Set(
            method.map_or_else(|| NOTHING_TO_SEND.to_owned(), |option| option.method.name.clone())
        ),
        note: Set(cart.note.clone()),
        access_token_hash: Set(orders::access::hash(&orders::access::token(shop, id))),
        event_count: Set(0),
        placed_at: Set(now),
        updated_at: Set(now),
        tax: Set(Some(tax_record(view))),
        delivery: Set(method.filter(|method| !method.is_own()).map(delivery_record)),
        ships: Set(view.is_sent),
        attributes: Set(cart.attributes.clone()),
        gift_message: Set(cart.gift_message.clone()),
        base_total_minor: Set(base_total(shop, cart.currency, cost.total_minor)),
        unpaid_minor: Set(0),
    })
}

/// What an order in another currency is worth in the shop's own, at the rate of its price list; the margin is no part of it.
fn base_total(shop: &Shop, currency: Currency, total_minor: i64) -> Option<i64> {
    let profile = shop.profile();
    let list = profile.price_list(currency)?;
    convert::worth(total_minor, currency, profile.currency, list.rate_e8)
}

/// Where the goods and the bill go. What is sent nowhere, or picked up, needs neither: an address that nobody gave is empty but for
/// the country whose tax was charged.
fn addresses(cart: &cart_row::Model, needs_address: bool, country: &str) -> Option<(Address, Address)> {
    let (shipping, billing) = (cart.shipping_address.clone(), cart.billing_address.clone());
    match (shipping, billing) {
        (Some(shipping), billing) => Some((shipping.clone(), billing.unwrap_or(shipping))),
        (None, _) if needs_address => None,
        (None, Some(billing)) => Some((billing.clone(), billing)),
        (None, None) => {
            let nowhere = Address::nowhere(country);
            Some((nowhere.clone(), nowhere))
        }
    }
}

fn tax_record(view: &CartView) -> TaxRecord {
    let line = |tax: &TaxLine| TaxRecordLine {
        name: tax.name.clone(),
        basis_points: tax.basis_points,
        amount_minor: tax.amount_minor,
    };
    TaxRecord {
        treatment: view.treatment,
        country: view.tax_country.clone(),
        lines: view.cost.taxes.iter().map(line).collect(),
        tax_id: view.cart.tax_id.clone(),
        exempt_reason: view.exempt_reason.clone(),
    }
}

/// What the chosen method promised.
fn delivery_record(option: &ShippingOption) -> DeliveryRecord {
    let method = &option.method;
    DeliveryRecord {
        method: method.id,
        kind: method.kind,
        carrier: method.carrier.clone(),
        location: method.location_id,
        earliest: option.estimate.map(|estimate| estimate.earliest),
        latest: option.estimate.map(|estimate| estimate.latest),
    }
}
