//! Which taxes are due where.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vitrine_entity::ids::TaxRateId;

use super::defaults::{is_no, is_yes, yes};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    delivery::tax::setting::{self, RateChange, RateDraft},
    language::messages,
    setup::file::section::Section,
};

pub(super) struct TaxRates;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct RateEntry {
    country: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    /// The standard rate where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    name: String,
    /// In percent, as in `5.5`.
    rate: String,
    #[serde(default, skip_serializing_if = "is_no")]
    on_top: bool,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    confirmed: bool,
}

#[async_trait]
impl Section for TaxRates {
    const KEY: &'static str = "tax_rates";
    type Id = TaxRateId;
    type Entry = RateEntry;

    fn name(entry: &RateEntry) -> String {
        let place = entry
            .region
            .as_deref()
            .unwrap_or(&entry.country)
            .trim()
            .to_ascii_uppercase();
        match &entry.category {
            Some(category) => format!("{place} {}", category.trim()),
            None => place,
        }
    }

    async fn read(tx: &Tx) -> Result<Vec<(TaxRateId, RateEntry)>> {
        let entry = |row: vitrine_entity::tax_rate::Model| RateEntry {
            country: row.country,
            region: row.region,
            category: row.tax_category,
            name: row.name,
            rate: percent(row.basis_points),
            on_top: row.on_top,
            confirmed: row.confirmed,
        };
        let rows = setting::all(tx.db()).await?;
        Ok(rows.into_iter().map(|row| (row.id, entry(row))).collect())
    }

    async fn put(tx: &Tx, current: Option<TaxRateId>, entry: &RateEntry, _: bool) -> Result<()> {
        let draft = RateDraft {
            country: entry.country.clone(),
            region: entry.region.clone(),
            tax_category: entry.category.clone(),
            name: entry.name.clone(),
            basis_points: basis_points(&entry.rate)?,
            on_top: entry.on_top,
            confirmed: entry.confirmed,
        };
        let Some(id) = current else {
            return setting::create_in(tx, &draft).await.map(drop);
        };
        let change = RateChange {
            country: Some(draft.country),
            region: Some(draft.region),
            tax_category: Some(draft.tax_category),
            name: Some(draft.name),
            basis_points: Some(draft.basis_points),
            on_top: Some(draft.on_top),
            confirmed: Some(draft.confirmed),
        };
        setting::update_in(tx, id, None, change).await.map(drop)
    }

    async fn remove(tx: &Tx, id: TaxRateId) -> Result<()> {
        setting::delete_in(tx, id, None).await.map(drop)
    }

    /// They stand by country, region and category.
    async fn order(_: &Tx, _: &[TaxRateId]) -> Result<()> {
        Ok(())
    }
}

fn percent(basis_points: i32) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn basis_points(percent: &str) -> Result<i32, Refusal> {
    let (whole, fraction) = percent.trim().split_once('.').unwrap_or((percent.trim(), ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = format!("{whole}{fraction:0<2}");
    let is_percent = !whole.is_empty() && whole.len() <= 4 && fraction.len() <= 2 && is_number(&digits);
    let points = digits.parse().ok().filter(|_| is_percent);
    points.ok_or_else(|| Refusal::new(ErrorCode::Invalid, messages::file_rate_form()).at(&["rate"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_written_as_people_do() {
        for (points, text) in [
            (1_900, "19"),
            (550, "5.5"),
            (0, "0"),
            (2_550, "25.5"),
            (105, "1.05"),
            (10_000, "100"),
        ] {
            assert_eq!(percent(points), text);
            assert_eq!(basis_points(text), Ok(points));
        }
        for text in ["", "-1", "19 %", "1.005", ".5", "99999", "1,5"] {
            assert!(basis_points(text).is_err(), "{text}");
        }
    }
}
