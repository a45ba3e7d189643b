//! An order's rows as the tests have them.

use chrono::DateTime;
use uuid::Uuid;
use vitrine_entity::{
    address::Address,
    currency::Currency,
    ids::{OrderId, OrderLineId, ProductId, VariantId},
    order,
    order::OrderStatus,
    order_event::{self, OrderEventKind},
    order_line,
};

use crate::{
    language::{Language, Value},
    mail::{
        layout::Entry,
        render::{Parts, render},
    },
    orders,
    ports::mailer::Mail,
    profile::Profile,
};

pub(super) fn order() -> order::Model {
    let at = DateTime::from_timestamp(1_795_184_100, 0).expect("an instant");
    order::Model {
        id: OrderId(Uuid::from_u128(0x0193_4a5b_7c8d_7e9f_8a1b_2c3d_4e5f_6071)),
        number: "V-7K3M-9QXT".to_owned(),
        customer_id: None,
        email: "ada@example.com".to_owned(),
        locale: "en".to_owned(),
        status: OrderStatus::Confirmed,
        currency: Currency::EUR,
        subtotal_minor: 143_700,
        discount_minor: 10_000,
        fee_minor: 0,
        shipping_minor: 0,
        tax_minor: 21_347,
        total_minor: 133_700,
        credit_minor: 0,
        prices_include_tax: true,
        shipping_address: address(),
        billing_address: address(),
        shipping_method_name: "Parcel, two to four days".to_owned(),
        note: None,
        access_token_hash: Vec::new(),
        event_count: 3,
        placed_at: at,
        updated_at: at,
        tax: None,
        delivery: None,
        ships: true,
        attributes: Default::default(),
        gift_message: None,
        base_total_minor: None,
        unpaid_minor: 0,
    }
}

/// An order's entry of this number, as a mail is made of it.
pub(super) fn entry(order: order::Model, number: i64) -> Entry {
    let event = order_event::Model {
        order_id: order.id,
        number,
        kind: OrderEventKind::Confirmed,
        public: true,
        status: order.status,
        data: serde_json::json!({}),
        actor: "system".to_owned(),
        created_at: order.placed_at,
    };
    Entry {
        language: orders::language_of(&order),
        order,
        event,
        lines: Vec::new(),
        adjustments: Vec::new(),
        has_backorders: false,
        has_downloads: false,
        resend: None,
    }
}

pub(super) fn profile(name: &str) -> Profile {
    Profile::new(name, "DE", Currency::EUR, "en")
}

pub(super) fn address() -> Address {
    Address {
        name: "Ada Lovelace".to_owned(),
        company: Some("Analytical Engines".to_owned()),
        line1: "Rua das Flores 12".to_owned(),
        line2: None,
        city: "Lisboa".to_owned(),
        region: None,
        postal_code: "1200-195".to_owned(),
        country: "PT".to_owned(),
        phone: None,
    }
}

pub(super) fn lines(order: OrderId) -> Vec<order_line::Model> {
    vec![
        line(order, 1, "Ribbed glass pendant lamp", "Amber / 40 cm", 2, 24_900),
        line(order, 2, "Oak lounge chair", "Natural oak / Linen", 1, 89_000),
        line(order, 3, "Care oil for oak", "", 1, 4_900),
    ]
}

fn line(
    order: OrderId,
    position: i32,
    title: &str,
    options: &str,
    quantity: i32,
    unit_price_minor: i64,
) -> order_line::Model {
    let subtotal_minor = unit_price_minor * i64::from(quantity);
    order_line::Model {
        id: OrderLineId(Uuid::from_u128(position as u128)),
        order_id: order,
        position,
        product_id: ProductId(Uuid::from_u128(10 + position as u128)),
        variant_id: VariantId(Uuid::from_u128(20 + position as u128)),
        sku: format!("SKU-{position}"),
        title: title.to_owned(),
        variant_title: options.to_owned(),
        picture_source: None,
        quantity,
        unit_price_minor,
        unit_measurement: None,
        weight_grams: None,
        subtotal_minor,
        discount_minor: 0,
        tax_basis_points: 1900,
        tax_minor: 0,
        total_minor: subtotal_minor,
        attributes: Default::default(),
    }
}

pub(super) fn mail(shown: &impl Parts, language: &Language) -> Mail {
    render(shown, language, "1".to_owned(), "ada@example.com").unwrap()
}

pub(super) fn held_until() -> Option<Value> {
    Some((order().placed_at, chrono_tz::Tz::UTC).into())
}
