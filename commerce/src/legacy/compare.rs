//! What two systems say of one order that is not the same. Pure.

use std::collections::BTreeMap;

use vitrine_entity::legacy_order::{LegacyDifference, LegacyItem, LegacyRecord};

/// The most that is told of an order.
const DIFFERENCES_MAX: usize = 50;

/// What differs of an order of ours, where `there` is the older system's.
pub(super) fn compare(here: &LegacyRecord, there: Option<&LegacyRecord>) -> Vec<LegacyDifference> {
    let Some(there) = there else {
        return vec![difference("order", &here.number, "")];
    };
    let mut found = Vec::new();
    if !here.status.eq_ignore_ascii_case(&there.status) {
        found.push(difference("status", &here.status, &there.status));
    }
    found.extend(worth(here, there));
    found
}

/// What differs of its currency, its total and its goods, which no order changes by itself.
pub(super) fn worth(here: &LegacyRecord, there: &LegacyRecord) -> Vec<LegacyDifference> {
    let mut found = Vec::new();
    if !here.currency.eq_ignore_ascii_case(&there.currency) {
        found.push(difference("currency", &here.currency, &there.currency));
    }
    if !is_same_amount(&here.total, &there.total) {
        found.push(difference("total", &here.total, &there.total));
    }
    let (ours, theirs) = (by_sku(&here.items), by_sku(&there.items));
    for sku in ours.keys().chain(theirs.keys().filter(|sku| !ours.contains_key(*sku))) {
        let is_same = match (ours.get(sku), theirs.get(sku)) {
            (Some(ours), Some(theirs)) => {
                ours.quantity == theirs.quantity && is_same_amount(&ours.total, &theirs.total)
            }
            _ => false,
        };
        if !is_same {
            found.push(difference(sku, &told(ours.get(sku)), &told(theirs.get(sku))));
        }
    }
    found.truncate(DIFFERENCES_MAX);
    found
}

pub(super) fn difference(field: &str, here: &str, there: &str) -> LegacyDifference {
    LegacyDifference {
        field: field.to_owned(),
        here: here.to_owned(),
        there: there.chars().take(200).collect(),
    }
}

fn by_sku(items: &[LegacyItem]) -> BTreeMap<&str, &LegacyItem> {
    items.iter().map(|item| (item.sku.as_str(), item)).collect()
}

fn told(item: Option<&&LegacyItem>) -> String {
    item.map(|item| format!("{} × {}", item.quantity, item.total))
        .unwrap_or_default()
}

/// `12.3` and `12.30` are one amount.
fn is_same_amount(one: &str, other: &str) -> bool {
    let plain = |text: &str| match text.trim().split_once('.') {
        Some((whole, decimals)) => (whole.to_owned(), decimals.trim_end_matches('0').to_owned()),
        None => (text.trim().to_owned(), String::new()),
    };
    plain(one) == plain(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(total: &str, items: &[(&str, i64, &str)]) -> LegacyRecord {
        LegacyRecord {
            number: "V-1".to_owned(),
            status: "paid".to_owned(),
            currency: "EUR".to_owned(),
            total: total.to_owned(),
            items: items
                .iter()
                .map(|(sku, quantity, total)| LegacyItem {
                    sku: (*sku).to_owned(),
                    quantity: *quantity,
                    total: (*total).to_owned(),
                })
                .collect(),
        }
    }

    #[test]
    fn what_is_written_otherwise_is_the_same() {
        let (here, there) = (
            record("12.30", &[("A", 1, "12.30")]),
            record("12.3", &[("A", 1, "12.3")]),
        );
        assert!(compare(&here, Some(&there)).is_empty());
        assert!(!is_same_amount("12.30", "12.03") && is_same_amount("5", "5.00") && !is_same_amount("50", "5"));
    }

    #[test]
    fn each_field_that_differs_is_told() {
        let here = record("12.30", &[("A", 1, "2.30"), ("B", 2, "10.00")]);
        let there = LegacyRecord {
            status: "placed".to_owned(),
            ..record("13.30", &[("A", 1, "2.30"), ("B", 1, "10.00"), ("C", 1, "1.00")])
        };
        let found = compare(&here, Some(&there));
        let fields: Vec<&str> = found.iter().map(|found| found.field.as_str()).collect();
        assert_eq!(fields, ["status", "total", "B", "C"]);
        assert_eq!((found[3].here.as_str(), found[3].there.as_str()), ("", "1 × 1.00"));
        assert_eq!(compare(&here, None), [difference("order", "V-1", "")]);
    }
}
