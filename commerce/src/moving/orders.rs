//! Orders as a file has them: pure.

use std::collections::HashSet;

use uuid::Uuid;
use vitrine_entity::{
    ids::ImportedOrderId,
    imported_order::{self, ImportSource, ImportedDetails, ImportedLine},
};

use super::{
    cell::{self, Parts, line, minor, moment, quantity},
    file::{Row, Table},
    headings::{AddressHeadings, OrderHeadings},
    report::Problems,
    thing::{Defaults, Entry, Thing},
};
use crate::{
    imported,
    language::{Message, messages},
    money::Currency,
    text,
};

/// The most lines of one order.
const LINES_MAX: usize = 1_000;

/// How long a note may be.
const NOTE_MAX: usize = 5_000;

/// Why an order is not taken: a column, and what is wrong there.
type Wrong = (&'static str, Message);

/// All orders of a file, and what is wrong with the others.
pub(super) fn orders(table: &Table, source: ImportSource, by: &Defaults, problems: &mut Problems) -> Vec<Entry> {
    let headings = OrderHeadings::of(source);
    let required = [headings.number, headings.total, headings.placed_at];
    if let Some(missing) = required.into_iter().find(|names| !table.has(names)) {
        let name = missing.first().copied().unwrap_or_default();
        problems.error(1, "", messages::moving_column_missing(name, source.name()));
        return Vec::new();
    }
    let mut groups: Vec<(&str, Vec<&Row>)> = Vec::new();
    let mut seen = HashSet::new();
    for row in &table.rows {
        let number = table.cell(row, headings.number);
        // Some exports leave the number out where the row before has it.
        let open = groups
            .last_mut()
            .filter(|(open, _)| number.is_empty() || *open == number);
        if let Some((_, rows)) = open {
            rows.push(row);
        } else if number.is_empty() {
            problems.error(row.number, "", messages::moving_no_number());
        } else if seen.insert(number) {
            groups.push((number, vec![row]));
        } else {
            problems.error(row.number, "", messages::moving_rows_apart(cell::excerpt(number)));
        }
    }
    let mut entries = Vec::new();
    for (number, rows) in groups {
        let first = rows[0].number;
        let reading = Reading { table, headings, rows };
        match reading.order(source, number, by) {
            Ok(order) => entries.push(Entry {
                row: first,
                thing: Thing::Order(Box::new(order)),
            }),
            Err((column, message)) => problems.error(first, column, message),
        }
    }
    entries
}

struct Reading<'a> {
    table: &'a Table,
    headings: &'static OrderHeadings,
    /// Those of one order.
    rows: Vec<&'a Row>,
}

impl<'a> Reading<'a> {
    /// What the first row says that says anything: some exports repeat it, some leave it out.
    fn cell(&self, names: &'static [&'static str]) -> &'a str {
        let mut cells = self.rows.iter().copied().map(|row| self.table.cell(row, names));
        cells.find(|cell| !cell.is_empty()).unwrap_or_default()
    }

    fn order(&self, source: ImportSource, number: &str, by: &Defaults) -> Result<imported_order::Model, Wrong> {
        let headings = self.headings;
        let currency = match self.cell(headings.currency) {
            "" => by.currency,
            code => {
                let known = code.to_uppercase().parse::<Currency>();
                known.map_err(|_| {
                    (
                        first(headings.currency),
                        messages::moving_no_currency(cell::excerpt(code)),
                    )
                })?
            }
        };
        let amount =
            |names: &'static [&'static str]| minor(self.cell(names), currency).map_err(|wrong| (first(names), wrong));
        let at =
            |names: &'static [&'static str]| moment(self.cell(names), by.zone).map_err(|wrong| (first(names), wrong));
        let placed_at = at(headings.placed_at)?;
        let placed_at = placed_at.ok_or_else(|| (first(headings.placed_at), messages::moving_no_time("")))?;
        if self.cell(headings.total).is_empty() {
            return Err((first(headings.total), messages::moving_no_total()));
        }
        let number_key = imported::key(number);
        if number_key.is_empty() || number.chars().count() > 64 {
            return Err((first(headings.number), messages::moving_no_number()));
        }
        let source_id = match self.cell(headings.id) {
            "" => number,
            id => id,
        };
        let email = self.cell(headings.email);
        Ok(imported_order::Model {
            // By whoever writes it.
            id: ImportedOrderId(Uuid::nil()),
            source,
            source_id: source_id.chars().take(200).collect(),
            number: line(number).unwrap_or_else(|| number_key.clone()),
            number_key,
            // History is not refused for an address that no mail server would take: it is shown as it was.
            email: text::email(&["email"], email).ok().or_else(|| line(email)),
            customer_id: None,
            currency,
            subtotal_minor: amount(headings.subtotal)?,
            discount_minor: amount(headings.discount)?.abs(),
            shipping_minor: amount(headings.shipping)?,
            tax_minor: amount(headings.tax)?,
            total_minor: amount(headings.total)?,
            refunded_minor: amount(headings.refunded)?.abs(),
            status: line(self.cell(headings.status)),
            payment_status: line(self.cell(headings.payment_status)),
            fulfilment_status: line(self.cell(headings.fulfilment_status)),
            placed_at,
            cancelled_at: at(headings.cancelled_at)?,
            details: self.details(currency)?,
            search: String::new(),
            imported_at: placed_at,
            updated_at: placed_at,
            erasure_asked_at: None,
            erased_at: None,
        })
    }

    fn details(&self, currency: Currency) -> Result<ImportedDetails, Wrong> {
        let headings = self.headings;
        Ok(ImportedDetails {
            lines: self.lines(currency)?,
            shipping_address: parts(self, &headings.shipping_to).as_it_was(),
            billing_address: parts(self, &headings.billing).as_it_was(),
            shipping_method: line(self.cell(headings.shipping_method)),
            payment_method: line(self.cell(headings.payment_method)),
            discount_code: line(self.cell(headings.discount_code)),
            note: note(self.cell(headings.note)),
            staff_note: note(self.cell(headings.staff_note)),
        })
    }

    fn lines(&self, currency: Currency) -> Result<Vec<ImportedLine>, Wrong> {
        let headings = self.headings;
        let mut lines = Vec::new();
        for row in &self.rows {
            let cell = |names: &'static [&'static str]| self.table.cell(row, names);
            let sku = line(cell(headings.line_sku).trim_start_matches('\''));
            let title = line(cell(headings.line_title)).or_else(|| sku.clone());
            let Some(title) = title else { continue };
            let units =
                quantity(cell(headings.line_quantity)).map_err(|wrong| (first(headings.line_quantity), wrong))?;
            let price =
                minor(cell(headings.line_price), currency).map_err(|wrong| (first(headings.line_price), wrong))?;
            lines.push(ImportedLine {
                sku,
                title,
                quantity: units,
                unit_price_minor: price,
            });
            if lines.len() > LINES_MAX {
                return Err((first(headings.line_title), messages::moving_lines_max(LINES_MAX)));
            }
        }
        Ok(lines)
    }
}

/// Some lines, cut; `None` where nothing is left, or they hide what they hold.
fn note(text: &str) -> Option<String> {
    let whole = text::paragraph(text).unwrap_or_default();
    let cut: String = whole.chars().take(NOTE_MAX).collect();
    Some(cut).filter(|note| !note.trim().is_empty())
}

fn parts<'a>(reading: &Reading<'a>, headings: &'static AddressHeadings) -> Parts<'a> {
    Parts {
        first_name: reading.cell(headings.first_name),
        last_name: reading.cell(headings.last_name),
        name: reading.cell(headings.name),
        company: reading.cell(headings.company),
        line1: reading.cell(headings.line1),
        line2: reading.cell(headings.line2),
        city: reading.cell(headings.city),
        region: reading.cell(headings.region),
        postal_code: reading.cell(headings.postal_code),
        country: reading.cell(headings.country),
        phone: reading.cell(headings.phone),
    }
}

/// As a message names the column.
fn first(names: &'static [&'static str]) -> &'static str {
    names.first().copied().unwrap_or_default()
}
