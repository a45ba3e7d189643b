//! Invoices and credit notes as programs read them: who, to whom, and how it is paid.

use chrono::{DateTime, NaiveDate, Utc};
use vitrine_entity::{
    document,
    payment::{CaptureMode, PaymentStatus},
    shipment::{self, ShipmentStatus},
    tax_record::TaxTreatment,
};

use super::{
    gather::Sources,
    heading::Heading,
    trade::{self, Party, Payment, TaxScheme, Trade, Treatment},
};
use crate::{
    Fault,
    delivery::tax::treatment::note,
    language::{Language, Message, messages},
    money::{Currency, Money, divide_half_even},
    text::one_line,
};

/// The invoice of an order: of all that it sold.
///
/// # Errors
/// A fault where the order's rows do not sum up.
pub(super) fn invoice(sources: &Sources, heading: &Heading<'_>, language: &Language) -> Result<Trade, Fault> {
    let order = &sources.order;
    let reason = zero_tax_reason(sources).map(|reason| language.say(&reason));
    let treatment = Treatment {
        treatment: treatment(sources),
        ships: order.ships,
        has_vat_number: has_vat_number(sources),
        reason: reason.as_deref(),
    };
    let shipping = match &*order.shipping_method_name {
        "" => messages::document_shipping_plain(),
        method => messages::document_shipping(method),
    };
    let sold = trade::of_order(
        order,
        &sources.lines,
        &sources.adjustments,
        &treatment,
        &language.say(&shipping),
    )?;
    let paid_minor = paid_minor(sources);
    let due_minor = order.total_minor - paid_minor;
    let trade = Trade {
        is_credit_note: false,
        number: heading.number.to_owned(),
        issued_on: heading.issued_on,
        currency: order.currency,
        tax_in_own_currency: tax_in_own_currency(sources, order.tax_minor),
        delivered_on: delivered_on(sources, heading),
        order_number: order.number.clone(),
        purchase_order_number: purchase_order_number(sources),
        corrects: None,
        seller: seller(sources),
        buyer: buyer(sources),
        ship_to: Some(order.shipping_address.clone()).filter(|address| order.ships && address.is_somewhere()),
        payment: payment(sources, due_minor, language),
        lines: sold.lines,
        charges: sold.charges,
        taxes: sold.taxes,
        tax_scheme: TaxScheme::default(),
        paid_minor,
    };
    Ok(trade.with_tax_scheme())
}

fn purchase_order_number(sources: &Sources) -> Option<String> {
    let (row, _) = sources.company.as_ref()?;
    row.purchase_order_number.clone()
}

/// A credit note without what it takes back, and its tax: to whom the invoice went, of which it takes.
pub(super) fn credit_note(
    sources: &Sources,
    heading: &Heading<'_>,
    invoiced: &Trade,
    invoice: &document::Model,
) -> Trade {
    Trade {
        is_credit_note: true,
        number: heading.number.to_owned(),
        issued_on: heading.issued_on,
        corrects: Some((invoice.number.clone(), invoice.issued_on)),
        seller: seller(sources),
        payment: Payment {
            means: NOT_DEFINED.to_owned(),
            ..Payment::default()
        },
        ..invoiced.clone()
    }
}

/// UNTDID 4461.
const NOT_DEFINED: &str = "ZZZ";
const CASH: &str = "10";
const CREDIT_TRANSFER: &str = "30";
const CARD: &str = "48";

fn treatment(sources: &Sources) -> TaxTreatment {
    let tax = sources.order.tax.as_ref();
    tax.map_or(TaxTreatment::Taxed, |tax| tax.treatment)
}

fn has_vat_number(sources: &Sources) -> bool {
    let number = sources.profile.vat_number.as_deref();
    number.is_some_and(|number| !compact(number).is_empty())
}

/// Why what bears no tax bears none.
fn zero_tax_reason(sources: &Sources) -> Option<Message> {
    let kept = sources.order.tax.as_ref().and_then(|tax| tax.exempt_reason.as_deref());
    let sellers = sources.settings.seller.zero_tax_reason.as_deref().map(Message::from);
    match treatment(sources) {
        TaxTreatment::Taxed => sellers,
        TaxTreatment::ReverseCharge if !sources.order.ships => note(TaxTreatment::ReverseCharge),
        // A small business is exempt wherever its goods go.
        TaxTreatment::ReverseCharge | TaxTreatment::Export if sellers.is_some() && !has_vat_number(sources) => sellers,
        TaxTreatment::Exempt => kept.map(Message::from).or_else(|| note(TaxTreatment::Exempt)),
        TaxTreatment::ReverseCharge => Some(messages::document_intra_community()),
        TaxTreatment::Export => note(TaxTreatment::Export),
    }
}

/// Gift cards and store credit, and what a provider or staff have taken.
fn paid_minor(sources: &Sources) -> i64 {
    let taken = sources.payments.iter().filter(|payment| !payment.superseded);
    let captured_minor: i64 = taken.map(|payment| payment.captured_minor).sum();
    (sources.order.credit_minor + captured_minor).min(sources.order.total_minor)
}

/// The day on which the last parcel left, or nothing is sent. What goes to a business abroad untaxed has to name one.
fn delivered_on(sources: &Sources, heading: &Heading<'_>) -> Option<NaiveDate> {
    let left = sources.parcels.iter().filter_map(|(parcel, _)| left_at(parcel)).max();
    let left = left.map(|at| sources.profile.date(at));
    let names_one = !sources.order.ships || treatment(sources) == TaxTreatment::ReverseCharge;
    left.or_else(|| names_one.then_some(heading.issued_on))
}

fn left_at(parcel: &shipment::Model) -> Option<DateTime<Utc>> {
    match parcel.status {
        ShipmentStatus::Packed | ShipmentStatus::Cancelled => None,
        _ => Some(parcel.dispatched_at.unwrap_or(parcel.created_at)),
    }
}

/// The law wants the tax in the seller's own currency, too: at the rate of the order's day.
fn tax_in_own_currency(sources: &Sources, tax_minor: i64) -> Option<(Currency, i64)> {
    let order = &sources.order;
    let own = sources.profile.currency;
    let base_minor = order
        .base_total_minor
        .filter(|_| order.currency != own && order.total_minor > 0)?;
    let tax = divide_half_even(
        i128::from(tax_minor) * i128::from(base_minor),
        i128::from(order.total_minor),
    );
    Some((own, i64::try_from(tax).ok()?))
}

pub(super) fn seller(sources: &Sources) -> Party {
    let (profile, seller) = (&sources.profile, &sources.settings.seller);
    let text = |text: &Option<String>| text.as_deref().map(one_line).filter(|text| !text.is_empty());
    Party {
        name: text(&seller.legal_name).unwrap_or_else(|| one_line(&profile.name)),
        address: profile.address.clone(),
        vat_number: profile.vat_number.as_deref().map(compact),
        tax_number: text(&seller.tax_number),
        registration_number: text(&seller.registration_number),
        legal_form: text(&seller.register),
        contact_name: text(&seller.managers),
        phone: text(&seller.phone),
        email: text(&profile.contact_email),
    }
}

fn buyer(sources: &Sources) -> Party {
    let order = &sources.order;
    let company = sources.company.as_ref().map(|(_, company)| company);
    let own = company.and_then(|company| company.billing_address.clone());
    let address = own.unwrap_or_else(|| order.billing_address.clone());
    let tax_id = order.tax.as_ref().and_then(|tax| tax.tax_id.as_ref());
    let named = company
        .map(|company| company.name.clone())
        .or_else(|| address.company.clone());
    let named = named.filter(|name| !name.is_empty());
    let person = Some(one_line(&address.name)).filter(|name| !name.is_empty());
    Party {
        name: named
            .as_deref()
            .map(one_line)
            .or_else(|| person.clone())
            .unwrap_or_else(|| order.email.clone()),
        contact_name: named.is_some().then_some(person).flatten(),
        vat_number: tax_id
            .map(|tax_id| &tax_id.number)
            .or_else(|| company.and_then(|company| company.tax_id.as_ref().map(|tax_id| &tax_id.number)))
            .map(|number| compact(number)),
        registration_number: company.and_then(|company| company.registration_number.clone()),
        address: Some(address),
        email: Some(order.email.clone()),
        ..Party::default()
    }
}

fn compact(number: &str) -> String {
    number
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .collect::<String>()
        .to_uppercase()
}

fn payment(sources: &Sources, due_minor: i64, language: &Language) -> Payment {
    let seller = &sources.settings.seller;
    let due = Money::new(due_minor, sources.order.currency);
    let due_on = sources.company.as_ref().and_then(|(order, _)| order.due_on);
    let payment = sources.payments.iter().rev().find(|payment| {
        !payment.superseded && !matches!(payment.status, PaymentStatus::Declined | PaymentStatus::Voided)
    });
    let by_staff = payment.is_some_and(|payment| payment.capture_mode == CaptureMode::ByStaff);
    let terms = match (due_minor > 0, due_on, by_staff) {
        (false, _, _) => None,
        (true, Some(day), _) => Some(messages::document_due_on(due, day)),
        (true, None, true) => Some(messages::document_due_on_delivery(due)),
        (true, None, false) => Some(messages::document_due_charged()),
    };
    let by_transfer = due_minor > 0 && due_on.is_some() && seller.iban.is_some();
    let means = match (by_transfer, payment) {
        (true, _) => CREDIT_TRANSFER,
        (false, None) => NOT_DEFINED,
        (false, Some(_)) if due_on.is_some() => NOT_DEFINED,
        (false, Some(_)) if by_staff && due_minor > 0 => CASH,
        (false, Some(_)) if by_staff => NOT_DEFINED,
        (false, Some(_)) => CARD,
    };
    Payment {
        means: means.to_owned(),
        text: None,
        iban: seller.iban.clone().filter(|_| by_transfer),
        bic: seller.bic.clone().filter(|_| by_transfer),
        account_name: seller.bank_name.clone().filter(|_| by_transfer),
        due_on: due_on.filter(|_| due_minor > 0),
        terms: terms.map(|terms| language.say(&terms)),
    }
}
