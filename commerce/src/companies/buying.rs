//! For whom somebody buys at present, and how much they may without being asked.

use sea_orm::{DbErr, FromQueryResult, QueryResult};
use vitrine_entity::company;

use crate::{
    money::{Money, convert},
    profile::Profile,
};

/// The company that a customer buys for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buying {
    pub company: company::Model,
    /// What they buy above this amount, in the shop's own currency, needs a manager's approval.
    pub approval_above_minor: Option<i64>,
}

impl FromQueryResult for Buying {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            company: company::Model::from_query_result(row, prefix)?,
            approval_above_minor: row.try_get(prefix, "approval_above_minor")?,
        })
    }
}

impl Buying {
    /// Whether a manager has to approve so much; in another currency by what it is worth in the shop's own. Pure.
    pub fn needs_approval(&self, profile: &Profile, total: Money) -> bool {
        let Some(above_minor) = self.approval_above_minor else {
            return false;
        };
        let worth_minor = match total.currency == profile.currency {
            true => Some(total.minor),
            false => profile
                .price_list(total.currency)
                .and_then(|list| convert::worth(total.minor, total.currency, profile.currency, list.rate_e8)),
        };
        worth_minor.is_none_or(|minor| minor > above_minor)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;
    use vitrine_entity::ids::CompanyId;

    use super::*;
    use crate::money::Currency;

    #[test]
    fn what_is_above_the_amount_needs_approval() {
        let profile = Profile::new("Shop", "DE", Currency::EUR, "en");
        let needs = |above: Option<i64>, minor: i64, currency: Currency| {
            let company = company::Model {
                id: CompanyId(Uuid::nil()),
                name: String::new(),
                tax_id: None,
                registration_number: None,
                billing_address: None,
                email: None,
                note: None,
                payment_terms_days: 30,
                credit_limit_minor: None,
                open_minor: 0,
                version: 1,
                created_at: Default::default(),
                updated_at: Default::default(),
                deleted_at: None,
            };
            let buying = Buying {
                company,
                approval_above_minor: above,
            };
            buying.needs_approval(&profile, Money::new(minor, currency))
        };
        assert!(!needs(None, 1_000_000, Currency::EUR));
        assert!(!needs(Some(5_000), 5_000, Currency::EUR));
        assert!(needs(Some(5_000), 5_001, Currency::EUR) && needs(Some(0), 1, Currency::EUR));
        // Nobody knows what it is worth.
        assert!(needs(Some(5_000), 1, "JPY".parse().expect("a currency")));
    }
}
