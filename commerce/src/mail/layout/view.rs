//! An order in words, as its mails show it: built from rows, without a clock or a database.

use chrono_tz::Tz;
use vitrine_entity::{
    address::Address,
    attribute::{Attribute, Attributes},
    backorder::{self, BackorderKind, BackorderState},
    location, order, order_adjustment, order_line,
};

use super::discounts::{self, Discount};
use crate::{
    address,
    catalog::unit_price,
    delivery::tax::{TaxKind, treatment::note},
    downloads::Download,
    language::{Language, Message, messages},
    mail::words::one_line,
    money::{Currency, Money},
    orders::due_minor,
    profile::Profile,
};

/// An order as its mails show it. Every text is a single line.
#[derive(Debug, Clone)]
pub(crate) struct OrderView {
    pub(crate) shop_name: String,
    pub(crate) number: String,
    /// Whom the parcel is for.
    pub(crate) name: String,
    /// Opens the order without signing in.
    pub(crate) link: String,
    pub(crate) placed_on: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) totals: Totals,
    pub(crate) address: Vec<String>,
    pub(crate) shipping_method: String,
    /// Whether anything of it is sent or picked up.
    pub(crate) ships: bool,
    /// Where it is picked up, instead of being sent.
    pub(crate) pickup: Option<Pickup>,
    /// What is written to whoever is given the goods.
    pub(crate) gift_message: Option<String>,
    /// What the front end noted, as in `Delivery: ring twice`.
    pub(crate) attributes: Vec<String>,
    /// By when it is to be paid on account, or what became of that.
    pub(crate) account: Option<Message>,
    /// By which number a company knows its purchase.
    pub(crate) purchase_order: Option<String>,
}

/// Where goods are picked up.
#[derive(Debug, Clone)]
pub(crate) struct Pickup {
    /// Its name, and its address beneath.
    pub(crate) place: Vec<String>,
    pub(crate) opening_hours: Option<String>,
    pub(crate) instructions: Option<String>,
}

/// What was bought.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) title: String,
    /// The chosen options; empty where there is no choice.
    pub(crate) options: String,
    pub(crate) quantity: i32,
    pub(crate) unit_price: String,
    /// As in `€15.80 / kg`; empty where nobody has measured it.
    pub(crate) measured_price: String,
    pub(crate) total: String,
    /// What was taken off it, and why.
    pub(crate) discounts: Vec<String>,
    /// What of it has not come yet, and when it should.
    pub(crate) promise: Option<String>,
}

/// A file that can be fetched.
#[derive(Debug, Clone)]
pub(crate) struct DownloadView {
    pub(crate) name: String,
    pub(crate) link: String,
    /// How often and until when, in words; empty where that is not bounded.
    pub(crate) terms: String,
}

impl DownloadView {
    pub(crate) fn new(download: &Download, link: String, zone: Tz, language: &Language) -> Self {
        let until = download.row.expires_at.map(|at| (at, zone));
        let terms = match (download.row.remaining, until) {
            (Some(often), Some(until)) => Some(messages::mail_download_often_until(often, until)),
            (Some(often), None) => Some(messages::mail_download_often(often)),
            (None, Some(until)) => Some(messages::mail_download_until(until)),
            (None, None) => None,
        };
        Self {
            name: one_line(&download.file.name),
            link,
            terms: terms.map(|terms| language.say(&terms)).unwrap_or_default(),
        }
    }
}

/// What it costs.
#[derive(Debug, Clone)]
pub(crate) struct Totals {
    pub(crate) subtotal: String,
    /// What was taken off, by what led to it.
    pub(crate) discounts: Vec<Discount>,
    pub(crate) shipping: String,
    /// The tax that comes on top of the prices above it, where there is any.
    pub(crate) tax: Option<String>,
    /// The tax that they contain, where they do.
    pub(crate) tax_included: Option<Message>,
    pub(crate) total: String,
    /// Why there is no tax, as an invoice says it.
    pub(crate) tax_note: Option<Message>,
    pub(crate) credit: Option<CreditTotals>,
}

/// What gift cards and store credit paid of an order.
#[derive(Debug, Clone)]
pub(crate) struct CreditTotals {
    pub(crate) paid: String,
    /// What was left to be paid.
    pub(crate) due: String,
}

impl OrderView {
    /// `link` opens the order.
    pub(crate) fn new(
        profile: &Profile,
        order: &order::Model,
        lines: &[order_line::Model],
        currency: Currency,
        link: String,
        language: &Language,
    ) -> Self {
        Self {
            shop_name: one_line(&profile.name),
            number: one_line(&order.number),
            name: one_line(addressee(order)),
            link,
            placed_on: language.day(profile.date(order.placed_at)),
            lines: lines
                .iter()
                .map(|line| Line::new(line, line.quantity, currency, language))
                .collect(),
            totals: Totals::new(order, currency, language),
            address: match order.ships {
                true if order.shipping_address.is_somewhere() => address_lines(&order.shipping_address, language),
                _ => Vec::new(),
            },
            shipping_method: one_line(&order.shipping_method_name),
            ships: order.ships,
            pickup: None,
            gift_message: order.gift_message.as_deref().map(one_line),
            attributes: noted(&order.attributes),
            account: None,
            purchase_order: None,
        }
    }
}

impl OrderView {
    /// Says of each of `lines`, which it was made of, what has not come yet.
    pub(crate) fn with_promises(
        mut self,
        lines: &[order_line::Model],
        backorders: &[backorder::Model],
        language: &Language,
    ) -> Self {
        for (shown, line) in self.lines.iter_mut().zip(lines) {
            shown.promise = promise(line, backorders).map(|promise| language.say(&promise));
        }
        self
    }

    /// Says what was taken off, by which discount: of all of it, and of each of `lines`, which it was made of.
    pub(crate) fn with_discounts(
        mut self,
        lines: &[order_line::Model],
        adjustments: &[order_adjustment::Model],
        currency: Currency,
        language: &Language,
    ) -> Self {
        let named = discounts::named(adjustments, currency, language);
        if !named.is_empty() {
            self.totals.discounts = named;
        }
        for (shown, line) in self.lines.iter_mut().zip(lines) {
            shown.discounts = discounts::of_line(line.id, adjustments, currency, language);
        }
        self
    }

    /// Whether something of it has not come yet.
    pub(crate) fn waits(&self) -> bool {
        self.lines.iter().any(|line| line.promise.is_some())
    }

    /// Whether a carrier brings it.
    pub(crate) fn goes_by_parcel(&self) -> bool {
        self.ships && self.pickup.is_none()
    }
}

impl Pickup {
    pub(crate) fn new(location: &location::Model, language: &Language) -> Self {
        let address = location.address.as_ref();
        let address = address
            .map(|address| address_lines(address, language))
            .unwrap_or_default();
        let text = |text: &Option<String>| text.as_deref().map(one_line).filter(|text| !text.is_empty());
        let name = one_line(&location.name);
        let address = address.into_iter().filter(|line| *line != name);
        Self {
            place: [name.clone()].into_iter().chain(address).collect(),
            opening_hours: text(&location.opening_hours),
            instructions: text(&location.pickup_instructions),
        }
    }
}

/// Whom the mail greets. Where nothing is sent and nobody gave an address, there is only the mail address.
fn addressee(order: &order::Model) -> &str {
    let name = &order.shipping_address.name;
    if name.is_empty() { &order.email } else { name }
}

fn noted(attributes: &Attributes) -> Vec<String> {
    let line = |attribute: &Attribute| one_line(&format!("{}: {}", attribute.key, attribute.value));
    attributes.0.iter().map(line).collect()
}

impl Line {
    /// `quantity` may be less than the line's own: a part of it in a parcel.
    pub(crate) fn new(line: &order_line::Model, quantity: i32, currency: Currency, language: &Language) -> Self {
        let part = line.unit_price_minor.saturating_mul(i64::from(quantity));
        let total_minor = if quantity == line.quantity {
            line.subtotal_minor
        } else {
            part
        };
        Self {
            title: one_line(&line.title),
            options: options(line),
            quantity,
            unit_price: language.money(Money::new(line.unit_price_minor, currency)),
            measured_price: measured_price(line, currency, language).unwrap_or_default(),
            total: language.money(Money::new(total_minor, currency)),
            discounts: Vec::new(),
            promise: None,
        }
    }
}

/// What of a line has not come yet.
fn promise(line: &order_line::Model, backorders: &[backorder::Model]) -> Option<Message> {
    let is_waiting = |row: &&backorder::Model| row.state == BackorderState::Waiting;
    let of_it = || backorders.iter().filter(|row| row.variant_id == line.variant_id);
    let kind = of_it().find(is_waiting)?.kind;
    let waiting = of_it().filter(is_waiting);
    let units: i64 = waiting.map(|row| row.quantity - row.filled).sum();
    let expected = of_it().filter(is_waiting).filter_map(|row| row.promised_for).max();
    let quantity = line.quantity;
    Some(match (kind, expected) {
        (BackorderKind::Backorder, None) => messages::mail_backorder(units, quantity),
        (BackorderKind::Backorder, Some(day)) => messages::mail_backorder_expected(units, quantity, day),
        (BackorderKind::PreOrder, None) => messages::mail_pre_order(units, quantity),
        (BackorderKind::PreOrder, Some(day)) => messages::mail_pre_order_expected(units, quantity, day),
    })
}

/// What it cost per kilogram, litre or whatever it was told for.
fn measured_price(line: &order_line::Model, currency: Currency, language: &Language) -> Option<String> {
    let measurement = line.unit_measurement.as_ref()?;
    let told = unit_price::unit_price(Money::new(line.unit_price_minor, currency), measurement)?;
    let reference = unit_price::reference(measurement)?;
    Some(format!("{} / {reference}", language.money(told)))
}

/// What was chosen of it, and what the front end noted of it.
fn options(line: &order_line::Model) -> String {
    let chosen = Some(one_line(&line.variant_title)).filter(|chosen| !chosen.is_empty());
    chosen
        .into_iter()
        .chain(noted(&line.attributes))
        .collect::<Vec<_>>()
        .join(", ")
}

impl Totals {
    fn new(order: &order::Model, currency: Currency, language: &Language) -> Self {
        let price = |minor| language.money(Money::new(minor, currency));
        let tax = (order.tax_minor != 0).then(|| price(order.tax_minor));
        let (tax, included) = match order.prices_include_tax {
            true => (None, tax),
            false => (tax, None),
        };
        let kind = TaxKind::of_order(order).word();
        Self {
            subtotal: price(order.subtotal_minor),
            discounts: discounts::in_all(order, language),
            shipping: if order.shipping_minor == 0 {
                language.say(&messages::mail_shipping_free())
            } else {
                price(order.shipping_minor)
            },
            tax,
            tax_included: included.map(|tax| messages::mail_tax_included(kind, tax)),
            total: price(order.total_minor),
            tax_note: order.tax.as_ref().and_then(|tax| note(tax.treatment)),
            credit: (order.credit_minor != 0).then(|| CreditTotals {
                paid: price(-order.credit_minor),
                due: price(due_minor(order)),
            }),
        }
    }
}

pub(crate) fn address_lines(address: &Address, language: &Language) -> Vec<String> {
    let lines = address::lines_in(address, language.tag()).into_iter();
    lines
        .map(|line| one_line(&line))
        .filter(|line| !line.is_empty())
        .collect()
}
