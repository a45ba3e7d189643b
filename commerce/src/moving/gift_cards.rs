//! Gift cards as a file has them: pure. Shopify's own export has only the last characters of each code, by which nobody could
//! pay here; files of programs that issued the cards have whole ones.

use vitrine_entity::imported_order::ImportSource;

use super::{
    cell::{self, end, is_yes, minor},
    file::{Row, Table},
    firsts::Firsts,
    report::Problems,
    thing::{Defaults, Entry, GiftCardDraft, Thing},
};
use crate::{
    language::{Message, messages},
    money::Currency,
};

const ID: &[&str] = &["id", "gift card id"];
const CODE: &[&str] = &["code", "gift card code", "gift_card_code"];
const LAST: &[&str] = &["last characters", "last four", "last 4"];
const BALANCE: &[&str] = &["current balance", "balance", "remaining", "value"];
const CURRENCY: &[&str] = &["currency", "currency code"];
const EXPIRES: &[&str] = &["expires on", "expires at", "expiry date", "expires"];
const ENABLED: &[&str] = &["enabled?", "enabled"];
const DISABLED_AT: &[&str] = &["disabled at"];

/// Those by which a file is known to be one of gift cards.
pub(super) const TELLING: [&[&str]; 6] = [ID, CODE, LAST, BALANCE, CURRENCY, EXPIRES];

/// All cards of a file that pay and have a code, and why the others are not taken.
pub(super) fn gift_cards(table: &Table, source: ImportSource, by: &Defaults, problems: &mut Problems) -> Vec<Entry> {
    if !table.has(BALANCE) {
        problems.error(1, "", messages::moving_column_missing(BALANCE[0], source.name()));
        return Vec::new();
    }
    if !table.has(CODE) {
        problems.error(1, "", messages::moving_no_codes(source.name()));
        return Vec::new();
    }
    let mut firsts = Firsts::default();
    for row in &table.rows {
        match gift_card(table, row, by) {
            Ok(card) => {
                let (name, column) = match card.source_id.as_str() {
                    "" => (card.code.clone(), CODE[0]),
                    id => (id.to_owned(), ID[0]),
                };
                let entry = Entry {
                    row: row.number,
                    thing: Thing::GiftCard(Box::new(card)),
                };
                firsts.take(name, entry, column, problems);
            }
            Err((column, message)) => problems.error(row.number, column, message),
        }
    }
    firsts.entries()
}

fn gift_card(table: &Table, row: &Row, by: &Defaults) -> Result<GiftCardDraft, (&'static str, Message)> {
    let at = |names: &'static [&'static str]| table.cell(row, names);
    let code = at(CODE).trim_start_matches('\'');
    if code.is_empty() {
        return Err((CODE[0], messages::moving_no_code()));
    }
    let currency = match at(CURRENCY) {
        "" => by.currency,
        code => {
            let known = code.to_uppercase().parse::<Currency>();
            known.map_err(|_| (CURRENCY[0], messages::moving_no_currency(cell::excerpt(code))))?
        }
    };
    let balance_minor = minor(at(BALANCE), currency).map_err(|wrong| (BALANCE[0], wrong))?;
    let expires_at = end(at(EXPIRES), by.zone).map_err(|wrong| (EXPIRES[0], wrong))?;
    let enabled = at(ENABLED);
    let is_shut = !at(DISABLED_AT).is_empty() || (!enabled.is_empty() && !is_yes(enabled));
    if balance_minor <= 0 || is_shut {
        return Err((BALANCE[0], messages::gift_card_pays_nothing()));
    }
    Ok(GiftCardDraft {
        source_id: at(ID).trim_start_matches('\'').chars().take(200).collect(),
        code: code.to_owned(),
        currency,
        balance_minor,
        expires_at,
    })
}
