//! A document in the words of whoever reads it.

use vitrine_entity::{address::Address, order_adjustment::AdjustmentKind, order_line};

use super::{
    gather::Sources,
    heading::Heading,
    invoice::seller,
    trade::{Category, Party, TaxScheme, Trade},
};
use crate::{
    address,
    language::{Language, Message, messages},
    money::Money,
    ports::document_renderer::{Column, Row, Sheet, Total},
    text::one_line,
};

/// In a cell that has nothing to say: a table has all of its cells, for whoever is read it.
const NOTHING: &str = "–";

/// Words and amounts for one reader.
struct Writer<'a> {
    language: &'a Language,
    trade: Option<&'a Trade>,
}

impl Writer<'_> {
    fn say(&self, message: Message) -> String {
        self.language.say(&message)
    }

    fn money(&self, minor: i64) -> String {
        match self.trade {
            Some(trade) => self.language.money(Money::new(minor, trade.currency)),
            None => String::new(),
        }
    }

    fn column(&self, heading: Message, is_number: bool) -> Column {
        Column {
            heading: self.say(heading),
            is_number,
        }
    }

    fn total(&self, label: Message, minor: i64, is_sum: bool) -> Total {
        Total {
            label: self.say(label),
            value: self.money(minor),
            is_sum,
        }
    }

    fn address(&self, address: &Address) -> Vec<String> {
        let lines = address::lines_in(address, self.language.tag()).into_iter();
        lines
            .map(|line| one_line(&line))
            .filter(|line| !line.is_empty())
            .collect()
    }
}

/// The goods of an invoice or a credit note, and shipping. Prices stand as the order had them: with the tax where its prices contain it.
pub(super) fn rows(sources: &Sources, trade: &Trade, language: &Language) -> Vec<Row> {
    let writer = &Writer {
        language,
        trade: Some(trade),
    };
    let gross = sources.order.prices_include_tax;
    let shown = |net_minor: i64, tax_minor: i64| if gross { net_minor + tax_minor } else { net_minor };
    let mut rows: Vec<Row> = Vec::new();
    for (place, line) in trade.lines.iter().enumerate() {
        let is_it = |sold: &&order_line::Model| {
            (&sold.sku, &sold.title) == (&line.sku, &line.name)
                && is_whole(sold, line.quantity, shown(line.net_minor, line.tax_minor))
        };
        // A credit note has some of the lines, and others.
        let sold = sources.lines.get(place).filter(is_it);
        let sold = sold.or_else(|| sources.lines.iter().find(is_it));
        rows.push(Row {
            cells: vec![
                named(&line.name, line.description.as_deref(), &line.sku),
                language.number(line.quantity),
                sold.map_or_else(
                    || each(writer, shown(line.net_minor, line.tax_minor), line.quantity),
                    |sold| writer.money(sold.unit_price_minor),
                ),
                language.percent(line.rate.basis_points),
                writer.money(shown(line.net_minor, line.tax_minor)),
            ],
            details: sold.map(|sold| taken_off(sources, sold, writer)).unwrap_or_default(),
        });
    }
    rows.extend(trade.charges.iter().map(|charge| Row {
        cells: vec![
            charge.label.clone(),
            NOTHING.to_owned(),
            NOTHING.to_owned(),
            language.percent(charge.rate.basis_points),
            writer.money(shown(charge.net_minor, charge.tax_minor)),
        ],
        details: Vec::new(),
    }));
    rows
}

/// An invoice or a credit note with these rows.
pub(super) fn of_trade(
    sources: &Sources,
    heading: &Heading<'_>,
    trade: &Trade,
    rows: Vec<Row>,
    language: &Language,
) -> Sheet {
    let writer = &Writer {
        language,
        trade: Some(trade),
    };
    Sheet {
        facts: facts(sources, trade, writer),
        introduction: Vec::new(),
        columns: vec![
            writer.column(messages::document_column_goods(), false),
            writer.column(messages::document_column_quantity(), true),
            writer.column(messages::document_column_price(), true),
            writer.column(
                match trade.tax_scheme {
                    TaxScheme::ValueAdded => messages::document_column_tax(),
                    TaxScheme::GoodsAndServices => messages::document_column_gst(),
                    TaxScheme::Sales => messages::document_column_sales_tax(),
                },
                true,
            ),
            writer.column(messages::document_column_amount(), true),
        ],
        rows,
        totals: totals(sources, trade, writer),
        notes: notes(trade, writer),
        recipient: recipient(&trade.buyer, writer),
        ..frame(sources, heading, &trade.seller, writer)
    }
}

/// What is in a parcel.
pub(super) fn delivery_note(sources: &Sources, heading: &Heading<'_>, parcel: usize, language: &Language) -> Sheet {
    let writer = &Writer { language, trade: None };
    let (shipment, inside) = &sources.parcels[parcel];
    let order = &sources.order;
    let row = |line: &order_line::Model, quantity: i32| Row {
        cells: vec![
            named(
                &line.title,
                Some(&line.variant_title)
                    .filter(|text| !text.is_empty())
                    .map(String::as_str),
                &line.sku,
            ),
            language.number(i64::from(quantity)),
        ],
        details: Vec::new(),
    };
    let sent = inside.iter().filter_map(|part| {
        let line = sources.lines.iter().find(|line| line.id == part.order_line_id)?;
        Some(row(line, part.quantity))
    });
    let travels: Vec<String> = [&shipment.carrier, &shipment.tracking_number]
        .into_iter()
        .flatten()
        .map(|text| one_line(text))
        .collect();
    let mut facts = vec![
        (writer.say(messages::document_date()), language.day(heading.issued_on)),
        (writer.say(messages::document_order()), order.number.clone()),
    ];
    if !travels.is_empty() {
        facts.push((writer.say(messages::document_parcel()), travels.join(" ")));
    }
    Sheet {
        recipient: writer.address(&order.shipping_address),
        facts,
        columns: vec![
            writer.column(messages::document_column_goods(), false),
            writer.column(messages::document_column_quantity(), true),
        ],
        rows: sent.collect(),
        notes: order.gift_message.iter().map(|message| one_line(message)).collect(),
        ..frame(sources, heading, &seller(sources), writer)
    }
}

/// What is around every document.
fn frame(sources: &Sources, heading: &Heading<'_>, seller: &Party, writer: &Writer<'_>) -> Sheet {
    let own = seller
        .address
        .as_ref()
        .map(|address| writer.address(address))
        .unwrap_or_default();
    let own: Vec<String> = own.into_iter().filter(|line| *line != seller.name).collect();
    Sheet {
        language: writer.language.tag().to_owned(),
        is_rtl: writer.language.direction() == "rtl",
        issued_on: heading.issued_on,
        author: seller.name.clone(),
        title: writer.say(heading.title()),
        sender: [seller.name.clone()]
            .into_iter()
            .chain(own.iter().cloned())
            .collect::<Vec<_>>()
            .join(" · "),
        footer: footer(seller, own, sources.settings.seller.footer.as_deref(), writer),
        page: writer.say(messages::document_page("{page}", "{pages}")),
        ..Sheet::default()
    }
}

fn footer(seller: &Party, own: Vec<String>, besides: Option<&str>, writer: &Writer<'_>) -> Vec<Vec<String>> {
    let said =
        |text: &Option<String>, message: fn(&str) -> Message| text.as_deref().map(|text| writer.say(message(text)));
    let who = [seller.name.clone()].into_iter().chain(own).collect();
    // Its digits are read from left to right, wherever it stands.
    let phone = seller.phone.as_deref().map(|phone| match writer.language.direction() {
        "rtl" => format!("\u{200e}{phone}"),
        _ => phone.to_owned(),
    });
    let reached = [phone, seller.email.clone()];
    let register = [&seller.legal_form, &seller.registration_number]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>();
    let law = [
        said(&seller.vat_number, |text| messages::document_vat_number(text)),
        said(&seller.tax_number, |text| messages::document_tax_number(text)),
        Some(register.join(", ")).filter(|text| !text.is_empty()),
        said(&seller.contact_name, |text| messages::document_managers(text)),
    ];
    let besides = besides.iter().flat_map(|text| text.lines()).map(one_line).collect();
    let columns = [
        who,
        reached.into_iter().flatten().collect(),
        law.into_iter().flatten().collect(),
        besides,
    ];
    let columns = columns.into_iter().filter(|column: &Vec<String>| !column.is_empty());
    columns.collect()
}

fn recipient(buyer: &Party, writer: &Writer<'_>) -> Vec<String> {
    let address = buyer
        .address
        .as_ref()
        .map(|address| writer.address(address))
        .unwrap_or_default();
    let named = address.contains(&buyer.name);
    let name = (!named).then(|| buyer.name.clone());
    name.into_iter().chain(address).collect()
}

fn facts(sources: &Sources, trade: &Trade, writer: &Writer<'_>) -> Vec<(String, String)> {
    let ordered_on = sources.profile.date(sources.order.placed_at);
    let corrects = trade.corrects.as_ref().map(|(number, day)| {
        (
            messages::document_corrects(),
            writer.say(messages::document_corrects_value(number, *day)),
        )
    });
    let all = [
        Some((messages::document_date(), writer.language.day(trade.issued_on))),
        corrects,
        Some((messages::document_order(), trade.order_number.clone())),
        trade
            .purchase_order_number
            .clone()
            .map(|number| (messages::mail_purchase_order(), number)),
        Some((messages::document_ordered_on(), writer.language.day(ordered_on))),
        trade
            .delivered_on
            .map(|day| (messages::document_delivered_on(), writer.language.day(day))),
        trade
            .buyer
            .vat_number
            .clone()
            .map(|number| (messages::document_your_vat_number(), number)),
    ];
    let said = |(label, value): (Message, String)| (writer.say(label), value);
    all.into_iter().flatten().map(said).collect()
}

fn totals(sources: &Sources, trade: &Trade, writer: &Writer<'_>) -> Vec<Total> {
    let mut totals = vec![writer.total(messages::document_net(), trade.net_minor(), false)];
    for tax in trade.taxes.iter().filter(|tax| tax.rate.category == Category::Standard) {
        let percent = writer.language.percent(tax.rate.basis_points);
        let net = Money::new(tax.net_minor, trade.currency);
        let label = match trade.tax_scheme {
            TaxScheme::ValueAdded => messages::document_tax_of(percent, net),
            TaxScheme::GoodsAndServices => messages::document_gst_of(percent, net),
            TaxScheme::Sales => messages::document_sales_tax_of(percent, net),
        };
        totals.push(writer.total(label, tax.tax_minor, false));
    }
    if trade.is_credit_note {
        totals.push(writer.total(messages::document_total_credited(), trade.total_minor(), true));
        return totals;
    }
    totals.push(writer.total(messages::document_total(), trade.total_minor(), true));
    let by_credit = sources.order.credit_minor.min(trade.paid_minor);
    let paid = trade.paid_minor - by_credit;
    if by_credit > 0 {
        totals.push(writer.total(messages::document_paid_by_credit(), -by_credit, false));
    }
    if paid > 0 {
        totals.push(writer.total(messages::document_paid(), -paid, false));
    }
    if trade.paid_minor > 0 || trade.due_minor() > 0 {
        totals.push(writer.total(messages::document_due(), trade.due_minor(), true));
    }
    totals
}

fn notes(trade: &Trade, writer: &Writer<'_>) -> Vec<String> {
    let mut notes: Vec<String> = trade.payment.terms.iter().cloned().collect();
    if let Some(iban) = &trade.payment.iban {
        let bank = [trade.payment.account_name.as_deref(), trade.payment.bic.as_deref()];
        let bank = bank
            .into_iter()
            .flatten()
            .map(|text| format!(" · {text}"))
            .collect::<String>();
        notes.push(format!("IBAN {}{bank}", in_fours(iban)));
    }
    notes.extend(trade.taxes.iter().filter_map(|tax| tax.reason.clone()));
    if let Some((currency, minor)) = trade.tax_in_own_currency {
        let amount = Money::new(minor, currency);
        notes.push(writer.say(messages::document_tax_in_own_currency(currency.code(), amount)));
    }
    if trade.delivered_on.is_none() && !trade.is_credit_note {
        notes.push(writer.say(messages::document_delivered_with_date()));
    }
    if let Some(address) = &trade.ship_to
        && trade.buyer.address.as_ref() != Some(address)
    {
        let label = writer.say(messages::document_ship_to());
        notes.push(format!("{label}: {}", writer.address(address).join(", ")));
    }
    notes
}

/// What was taken off a line or put on it, each with its name.
fn taken_off(sources: &Sources, line: &order_line::Model, writer: &Writer<'_>) -> Vec<String> {
    let of_line = sources
        .adjustments
        .iter()
        .filter(|change| change.order_line_id == Some(line.id));
    let text = |minor: i64, label: &str| format!("{}: {}", one_line(label), writer.money(minor));
    of_line
        .map(|change| match change.kind {
            AdjustmentKind::Fee => text(change.amount_minor, &change.label),
            AdjustmentKind::Discount | AdjustmentKind::Credit => text(-change.amount_minor, &change.label),
        })
        .collect()
}

/// Whether a line of a document is a line of the order, all of it.
fn is_whole(sold: &order_line::Model, quantity: i64, shown_minor: i64) -> bool {
    let order_minor = [sold.total_minor, sold.total_minor - sold.tax_minor];
    i64::from(sold.quantity) == quantity && order_minor.contains(&shown_minor)
}

fn each(writer: &Writer<'_>, minor: i64, quantity: i64) -> String {
    match minor % quantity.max(1) {
        0 => writer.money(minor / quantity.max(1)),
        _ => NOTHING.to_owned(),
    }
}

fn named(title: &str, options: Option<&str>, sku: &str) -> String {
    let parts = [Some(title), options, Some(sku)].into_iter().flatten();
    let parts: Vec<String> = parts.map(one_line).filter(|text| !text.is_empty()).collect();
    parts.join(" · ")
}

fn in_fours(iban: &str) -> String {
    let letters: Vec<char> = iban.chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("\u{a0}")
}
