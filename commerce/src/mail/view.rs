//! What a mail shows, in words: built from rows, without a clock or a database.

use vitrine_entity::{address::Address, order, order_line};

use super::words::{date, one_line, price};
use crate::money::Currency;

/// An order as its mails show it. Every text is a single line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderView {
    pub message_id: String,
    pub to: String,
    pub shop_name: String,
    pub number: String,
    /// Whom the parcel is for.
    pub name: String,
    /// Opens the order without signing in.
    pub link: String,
    pub placed_on: String,
    pub lines: Vec<Line>,
    pub totals: Totals,
    pub address: Vec<String>,
    pub shipping_method: String,
}

/// What was bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub title: String,
    /// The chosen options; empty where there is no choice.
    pub options: String,
    pub quantity: i32,
    pub unit_price: String,
    pub total: String,
}

/// What it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    pub subtotal: String,
    pub discount: Option<String>,
    pub shipping: String,
    /// `None` where there is no tax.
    pub tax: Option<String>,
    /// Whether the tax is contained in the prices above it.
    pub tax_included: bool,
    pub total: String,
}

/// What the mail tells, with what only this mail needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occasion {
    Received,
    Confirmed,
    /// How the shopper pays by themselves: by transfer, or at the door.
    PaymentInstructions {
        /// In the shop's words, on several lines.
        instructions: String,
        held_until: Option<String>,
    },
    PaymentFailed {
        /// A sentence.
        reason: &'static str,
        /// Until when the goods are held, where they are.
        held_until: Option<String>,
    },
    Dispatched(Parcel),
    Cancelled {
        /// In the words of whoever cancelled it.
        reason: Option<String>,
        money: MoneyBack,
    },
    Refunded {
        amount: String,
        /// Whether nothing of what was paid remains with the shop.
        whole: bool,
    },
}

/// What left the house.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parcel {
    pub carrier: Option<String>,
    pub tracking_number: Option<String>,
    /// Only http and https.
    pub tracking_url: Option<String>,
    /// What it holds, where that is not the whole order.
    pub part: Vec<Line>,
}

/// What becomes of the money for an order that was cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoneyBack {
    /// No money was taken or held.
    Nothing,
    /// The provider has not told yet what became of the payment.
    Unknown,
    /// An amount may have been held, and will be let go.
    Hold,
    /// This much was taken, and will be paid back.
    Paid(String),
}

impl OrderView {
    /// `link` opens the order; `event` is the number of the timeline's entry.
    pub fn new(
        shop_name: &str,
        order: &order::Model,
        lines: &[order_line::Model],
        currency: Currency,
        link: String,
        event: i64,
    ) -> Self {
        Self {
            message_id: format!("{}.{event}", order.id),
            to: order.email.clone(),
            shop_name: one_line(shop_name),
            number: one_line(&order.number),
            name: one_line(&order.shipping_address.name),
            link,
            placed_on: date(order.placed_at),
            lines: lines
                .iter()
                .map(|line| Line::new(line, line.quantity, currency))
                .collect(),
            totals: Totals::new(order, currency),
            address: address_lines(&order.shipping_address),
            shipping_method: one_line(&order.shipping_method_name),
        }
    }
}

impl Line {
    /// `quantity` may be less than the line's own: a part of it in a parcel.
    pub fn new(line: &order_line::Model, quantity: i32, currency: Currency) -> Self {
        let part = line.unit_price_minor.saturating_mul(i64::from(quantity));
        let total_minor = if quantity == line.quantity {
            line.subtotal_minor
        } else {
            part
        };
        Self {
            title: one_line(&line.title),
            options: one_line(&line.variant_title),
            quantity,
            unit_price: price(line.unit_price_minor, currency),
            total: price(total_minor, currency),
        }
    }
}

impl Totals {
    fn new(order: &order::Model, currency: Currency) -> Self {
        let price = |minor| price(minor, currency);
        Self {
            subtotal: price(order.subtotal_minor),
            discount: (order.discount_minor != 0).then(|| price(-order.discount_minor)),
            shipping: if order.shipping_minor == 0 {
                "Free".to_owned()
            } else {
                price(order.shipping_minor)
            },
            tax: (order.tax_minor != 0).then(|| price(order.tax_minor)),
            tax_included: order.prices_include_tax,
            total: price(order.total_minor),
        }
    }
}

fn address_lines(address: &Address) -> Vec<String> {
    let town = format!("{} {}", address.postal_code, address.city);
    let parts = [
        Some(&address.name),
        address.company.as_ref(),
        Some(&address.line1),
        address.line2.as_ref(),
        Some(&town),
        address.region.as_ref(),
        Some(&address.country),
    ];
    parts
        .into_iter()
        .flatten()
        .map(|part| one_line(part))
        .filter(|part| !part.is_empty())
        .collect()
}
