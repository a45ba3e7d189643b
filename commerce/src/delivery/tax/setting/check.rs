//! What a rate must be.

use super::draft::RateDraft;
use crate::{
    Result,
    address::{country_code, is_country},
    delivery::{fields::Refusals, place::subdivision},
    language::messages,
};

/// Nobody taxes more than this.
const BASIS_POINTS_MAX: i64 = 100_000;

/// A rate in its normal form.
pub(super) fn check(draft: &RateDraft) -> Result<RateDraft> {
    let mut draft = draft.clone();
    let mut refusals = Refusals::default();
    draft.country = country_code(&draft.country);
    if !is_country(&draft.country) {
        refusals.refuse(&["countryCode"], messages::country_form());
    }
    refusals.optional(&["region"], &mut draft.region, 100);
    if let Some(region) = &mut draft.region {
        let code = subdivision(&draft.country, region);
        match code {
            Some(code) => *region = code,
            None => refusals.refuse(&["region"], messages::tax_region_form()),
        }
    } else if draft.on_top {
        refusals.refuse(&["onTop"], messages::tax_on_top_of_region());
    }
    refusals.optional(&["taxCategory"], &mut draft.tax_category, 100);
    refusals.line(&["name"], &mut draft.name, 100);
    refusals.within(
        &["basisPoints"],
        Some(i64::from(draft.basis_points)),
        BASIS_POINTS_MAX,
        "A rate in hundredths of a percent",
    );
    refusals.any()?;
    Ok(draft)
}
