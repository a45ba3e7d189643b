use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{Refusal, settings::flags::FlagEdit};
use vitrine_entity::flag;

use super::object::FlagAudience;
use crate::{graphql::shared::CountryCode, ids};

/// Whom a rule names, and for how many of them the flag is on. It names those of whom everything holds that it says.
#[derive(Debug, InputObject)]
pub struct FlagRuleInput {
    /// For how many of a hundred of them it is on: 0 to 100.
    #[graphql(default = 100)]
    pub percent: i32,
    /// Who they are to the shop; everybody unless given.
    pub audience: Option<FlagAudience>,
    /// In which of these countries they are answered; all where there are none.
    #[graphql(default)]
    pub countries: Vec<CountryCode>,
    /// In which of these markets their country is; all where there are none.
    #[graphql(default)]
    pub market_ids: Vec<ID>,
    /// In which of these groups of customers they are; all where there are none.
    #[graphql(default)]
    pub customer_group_ids: Vec<ID>,
    /// From when on.
    pub starts_at: Option<DateTime<Utc>>,
    /// Before when: later than `startsAt`.
    pub ends_at: Option<DateTime<Utc>>,
}

/// A flag as it should be. What is left out stays as it is; a new flag is off, and meant for everybody.
#[derive(Debug, InputObject)]
pub struct FlagSetInput {
    /// A capability's name, or one of your own: 1 to 60 small letters, digits, underscores, hyphens and dots, beginning with a
    /// letter.
    pub name: String,
    /// The flag's version that you saw, 0 where nobody has said anything of it: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What it is for: at most 500 characters. That of a capability stays what it is.
    pub description: Option<String>,
    /// The switch: where it is off, the flag is off for everybody.
    pub is_on: Option<bool>,
    /// For how many of a hundred it is on of those whom no rule names: 0 to 100.
    pub percent: Option<i32>,
    /// All its rules, at most 20, in their order: the first that names somebody decides.
    pub rules: Option<Vec<FlagRuleInput>>,
}

impl FlagSetInput {
    /// # Errors
    /// `NOT_FOUND` at the place of the first id that is no market's, or no group's.
    pub fn edit(self) -> Result<FlagEdit, Refusal> {
        let rules = self.rules.map(|rules| {
            let rules = rules.into_iter().enumerate();
            rules.map(|(place, rule)| rule.read(&place.to_string())).collect()
        });
        Ok(FlagEdit {
            name: self.name,
            expected_version: self.expected_version.map(i64::from),
            description: self.description,
            is_on: self.is_on,
            percent: self.percent,
            rules: rules.transpose()?,
        })
    }
}

impl FlagRuleInput {
    fn read(self, place: &str) -> Result<flag::FlagRule, Refusal> {
        let market = |id: &ID| ids::input(id, "market", &["rules", place, "marketIds"]);
        let group = |id: &ID| ids::input(id, "group of customers", &["rules", place, "customerGroupIds"]);
        Ok(flag::FlagRule {
            percent: self.percent,
            audience: self.audience.map(Into::into),
            countries: self.countries.into_iter().map(|code| code.0).collect(),
            markets: self.market_ids.iter().map(market).collect::<Result<_, _>>()?,
            customer_groups: self.customer_group_ids.iter().map(group).collect::<Result<_, _>>()?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
        })
    }
}
