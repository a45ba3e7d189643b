//! Customers as a file has them: pure.

use std::collections::HashMap;

use vitrine_entity::{address::Address, imported_order::ImportSource};

use super::{
    cell::{Parts, is_yes, moment},
    file::{Row, Table},
    firsts::Firsts,
    headings::CustomerHeadings,
    report::Problems,
    thing::{CustomerDraft, Defaults, Entry, Thing},
};
use crate::{Error, address, customers::sign_up::NAME_LENGTH_MAX, language::messages, text};

/// All customers of a file, and what is wrong with the others.
pub(super) fn customers(table: &Table, source: ImportSource, by: &Defaults, problems: &mut Problems) -> Vec<Entry> {
    let headings = CustomerHeadings::of(source);
    if !table.has(headings.email) {
        let name = headings.email.first().copied().unwrap_or_default();
        problems.error(1, "", messages::moving_column_missing(name, source.name()));
        return Vec::new();
    }
    let (mut firsts, mut undated) = (Firsts::default(), 0);
    // Who has which mail address: an account has one, and one has an account.
    let mut of_address: HashMap<String, (usize, String)> = HashMap::new();
    for row in &table.rows {
        let Some(draft) = customer(table, row, headings, by, problems) else {
            continue;
        };
        let (email, id) = (draft.email.clone(), draft.source_id.clone());
        if let Some((first, _)) = of_address.get(&email).filter(|(_, first)| *first != id) {
            let column = headings.email.first().copied().unwrap_or_default();
            problems.error(row.number, column, messages::moving_email_before(*first));
            continue;
        }
        undated += usize::from(draft.agreed_at.is_none() && is_yes(table.cell(row, headings.consent)));
        let (name, column) = match draft.source_id.as_str() {
            "" => (draft.email.clone(), headings.email),
            id => (id.to_owned(), headings.id),
        };
        let entry = Entry {
            row: row.number,
            thing: Thing::Customer(Box::new(draft)),
        };
        let column = column.first().copied().unwrap_or_default();
        if firsts.take(name, entry, column, problems) {
            of_address.entry(email).or_insert((row.number, id));
        }
    }
    if undated > 0 {
        problems.warning(1, "", messages::moving_consent_undated(undated));
    }
    firsts.entries()
}

fn customer(
    table: &Table,
    row: &Row,
    headings: &CustomerHeadings,
    by: &Defaults,
    problems: &mut Problems,
) -> Option<CustomerDraft> {
    let cell = |names| table.cell(row, names);
    let email = match text::email(&["email"], cell(headings.email)) {
        Ok(email) => email,
        Err(refusal) => {
            problems.error(row.number, "email", refusal.message);
            return None;
        }
    };
    let names = &headings.address;
    let parts = Parts {
        first_name: cell(names.first_name),
        last_name: cell(names.last_name),
        name: cell(names.name),
        company: cell(names.company),
        line1: cell(names.line1),
        line2: cell(names.line2),
        city: cell(names.city),
        region: cell(names.region),
        postal_code: cell(names.postal_code),
        country: cell(names.country),
        phone: cell(names.phone),
    };
    let whole: String = parts.whole_name().chars().take(NAME_LENGTH_MAX).collect();
    let local = email.split('@').next().unwrap_or_default();
    let name = match whole.trim() {
        "" => local.chars().take(NAME_LENGTH_MAX).collect(),
        whole => whole.to_owned(),
    };
    let agreed_at = match is_yes(cell(headings.consent)) {
        true => moment(cell(headings.consent_at), by.zone).unwrap_or_default(),
        false => None,
    };
    let address = parts.as_it_was().filter(Address::is_somewhere);
    let address = address.and_then(|address| todays(address, &name, row.number, problems));
    Some(CustomerDraft {
        source_id: cell(headings.id).trim_start_matches('\'').chars().take(200).collect(),
        tax_exempt: is_yes(cell(headings.tax_exempt)),
        email,
        name,
        address,
        agreed_at,
    })
}

/// An address that orders are sent to from now on has what its country needs.
fn todays(address: Address, name: &str, row: usize, problems: &mut Problems) -> Option<Address> {
    let address = Address {
        name: match address.name.as_str() {
            "" => name.to_owned(),
            _ => address.name.clone(),
        },
        ..address
    };
    match address::checked(&address.into(), "address") {
        Ok(address) => Some(address),
        Err(error) => {
            let refusals = match error {
                Error::Refused(refusals) => refusals,
                Error::Fault(_) => Vec::new(),
            };
            let why = refusals.into_iter().next().map(|refusal| refusal.message);
            let message = messages::moving_address_left_out(why.unwrap_or_else(|| "".into()));
            problems.warning(row, "address", message);
            None
        }
    }
}
