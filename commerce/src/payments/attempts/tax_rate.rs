//! At which rate an order holds tax, for providers that are told of it. Pure.

use vitrine_entity::tax_record::TaxRecord;

/// By how much the tax of an order may differ from that of its total, because it was rounded line by line.
const ROUNDING_MAX: i64 = 5;

const WHOLE: i64 = 10_000;

/// In hundredths of a percent: the order's own rate where it has one alone, and otherwise what its tax comes to.
pub(super) fn tax_rate(record: Option<&TaxRecord>, tax_minor: i64, total_minor: i64) -> i32 {
    let net = total_minor - tax_minor;
    if tax_minor <= 0 || net <= 0 {
        return 0;
    }
    let rates = record.map_or(&[][..], |record| record.lines.as_slice());
    if let [only] = rates {
        let rate = i64::from(only.basis_points);
        if (share(net, rate, WHOLE) - tax_minor).abs() <= ROUNDING_MAX {
            return only.basis_points;
        }
    }
    i32::try_from(share(tax_minor, WHOLE, net)).unwrap_or_default()
}

/// `of * times / parts`, rounded to the nearest.
fn share(of: i64, times: i64, parts: i64) -> i64 {
    let (of, times, parts) = (i128::from(of), i128::from(times), i128::from(parts));
    i64::try_from((of * times + parts / 2) / parts).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use vitrine_entity::tax_record::{TaxRecordLine, TaxTreatment};

    use super::*;

    fn record(rates: &[i32]) -> TaxRecord {
        let lines = rates.iter().map(|rate| TaxRecordLine {
            name: "VAT".to_owned(),
            basis_points: *rate,
            amount_minor: 0,
        });
        TaxRecord {
            treatment: TaxTreatment::Taxed,
            country: "DE".to_owned(),
            lines: lines.collect(),
            tax_id: None,
            exempt_reason: None,
        }
    }

    #[test]
    fn one_rate_is_told_as_it_is_and_several_as_what_they_come_to() {
        let one = record(&[1900]);
        // 160 of 840 are 19.05%.
        assert_eq!(tax_rate(Some(&one), 160, 1000), 1900);
        assert_eq!(tax_rate(None, 160, 1000), 1905);
        // Half of it bears no tax.
        assert_eq!(tax_rate(Some(&one), 1597, 20_000), 868);
        assert_eq!(tax_rate(Some(&record(&[1900, 700])), 2251, 20_700), 1220);
        for (tax, total) in [(0, 1000), (0, 0), (10, 10), (-1, 5)] {
            assert_eq!(tax_rate(Some(&one), tax, total), 0, "{tax} of {total}");
        }
    }
}
